// The word in the rail: right, calm, and read out only when it matters.
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { element } from "../../editor/elements";
import { openPage, setUp, tearDown, until, wait } from "../../editor/testing/page";
import { eventFrame, FakeServer, FakeSocket, receipt, stateFrame } from "../../editor/testing/socket";
import { SavedState } from "./saved-state";

async function open() {
  const part = element(
    "div",
    { "data-module": "coprod-saved-state", "data-kind": "saved" },
    element("p", { class: "coprod-saved-state__label" }),
    element("p", { class: "coprod-saved-state__detail" }),
    element("p", { class: "coprod-saved-state__notice" }),
    element("p", { class: "coprod-saved-state__news" }),
    element("p", { class: "coprod-saved-state__status" }),
  );
  const { session } = openPage("amara", part);
  new SavedState(part);
  const text = (name: string): string =>
    part.querySelector(`.coprod-saved-state__${name}`)?.textContent ?? "";
  expect(text("label")).toBe("Connecting");
  await until(() => text("label") === "Saved");
  const write = (words: string): void => session.doc.getText("t:aim").insert(1, words);
  return { part, session, text, write };
}

beforeEach(setUp);
afterEach(tearDown);

// On the real clock: a machine that stalls for two seconds looks like a broken line, so a stalled run is taken again.
describe("the saved state", { retry: 3 }, () => {
  it("[FE39] says Saving at once, Saved only when it has lasted, and neither aloud", async () => {
    const server = new FakeServer();
    server.acknowledges = false;
    const { text, write, part } = await open();
    write("a");
    expect(text("label")).toBe("Saving");
    FakeSocket.last.hear(receipt(1));
    await wait(300);
    expect(text("label")).toBe("Saving");
    write("b");
    FakeSocket.last.hear(receipt(2));
    await until(() => text("label") === "Saved");
    expect(text("status")).toBe("");
    expect(part.dataset.kind).toBe("saved");
  });

  it("[FE39] says aloud that words are not saved, and when they are again", async () => {
    const server = new FakeServer();
    const { text, write } = await open();
    server.accepts = () => false;
    FakeSocket.last.shut(1006);
    write("alone");
    await until(() => text("label").startsWith("Not saved since"));
    expect(text("status")).toContain("Kept on this device");
    server.accepts = () => true;
    await until(() => text("label") === "Saved");
    await until(() => text("status").startsWith("Saved."));
    expect(server.text).toContain("alone");
  }, 12_000);

  it("[FE39] a line that breaks and comes back within two seconds is not mentioned", async () => {
    new FakeServer();
    const { text } = await open();
    FakeSocket.last.shut(1006);
    await wait(900);
    expect([text("label"), text("detail"), text("status")]).toEqual(["Saved", "", ""]);
  });

  it("[FE82] shows and reads out once that the document is nearly full, until it is not", async () => {
    new FakeServer();
    const { session, text } = await open();
    const aloud = (): string => session.root.querySelector("[data-announcer]")?.textContent ?? "";
    const full = "This document is 81% full.";
    FakeSocket.last.hear(stateFrame("edit", "", { fill: 81, notice: full }));
    expect(text("notice")).toBe(full);
    await until(() => aloud().includes(full));
    const said = aloud();
    FakeSocket.last.hear(stateFrame("edit", "", { fill: 81, notice: full }));
    await wait(1_700);
    expect(aloud()).toBe(said);
    FakeSocket.last.hear(stateFrame("edit", "", { fill: 60 }));
    expect(text("notice")).toBe("");
    await until(() => aloud().includes("The document has room again."));
  }, 12_000);

  it("[FE82] says who brought back which version of this document", async () => {
    new FakeServer();
    const { session, text } = await open();
    FakeSocket.last.hear(eventFrame({ type: "restored", document: 4, version: 2, by: 1 }));
    expect(text("news")).toBe("");
    FakeSocket.last.hear(eventFrame({ type: "restored", document: 3, version: 2, by: 1 }));
    expect(text("news")).toMatch(
      /^You restored version 2 at \d\d:\d\d\. You can see what changed under Versions\.$/,
    );
    FakeSocket.last.hear(eventFrame({ type: "restored", document: 3, version: 1, by: 9 }));
    expect(text("news")).toMatch(/^A colleague restored version 1/);
    await until(
      () => session.root.querySelector("[data-announcer]")?.textContent?.includes("version 1") ?? false,
    );
  });

  it("[FE35] says why there is no writing any more", async () => {
    new FakeServer();
    const { text, part } = await open();
    FakeSocket.last.shut(4401);
    expect(text("label")).toBe("Read only");
    expect(text("detail")).toBe(
      "You are signed out. Sign in again: your unsent edits are kept on this device.",
    );
    expect(text("status")).toContain("You are signed out.");
    expect(part.dataset.kind).toBe("read");
  });
});
