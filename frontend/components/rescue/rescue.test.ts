// Refused words: on the page, on the device, and gone only when the writer says so.
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as Y from "yjs";
import { element } from "../../editor/elements";
import { wipe } from "../../editor/localstore";
import { rescuedFrom, wordsOf } from "../../editor/rescue";
import { openPage, setUp, tearDown, until } from "../../editor/testing/page";
import { FakeServer, FakeSocket, reject } from "../../editor/testing/socket";
import { Rescue } from "./rescue";

function open() {
  const part = element(
    "section",
    { "data-module": "coprod-rescue", hidden: "" },
    element("h2", { class: "coprod-rescue__title", tabindex: "-1" }),
    element("p", { class: "coprod-rescue__reason" }),
    element("ul", { class: "coprod-rescue__list" }),
    element("p", { class: "coprod-rescue__kept" }),
    element("button", { class: "coprod-rescue__reload", hidden: "" }),
  );
  const { session } = openPage("amara", part);
  new Rescue(part);
  const button = (words: string) =>
    [...part.querySelectorAll("button")].find((each) =>
      each.textContent?.startsWith(words),
    ) as HTMLButtonElement;
  return { part, session, button };
}

beforeEach(setUp);
afterEach(async () => {
  tearDown();
  await wipe();
});

describe("refused words", () => {
  it("[FE36] are shown with section and reason, copied, and survive a reload until discarded", async () => {
    const server = new FakeServer();
    server.acknowledges = false;
    const { part, session, button } = open();
    await until(() => session.provider.synced);
    session.doc.getText("t:aim").insert(1, "Not lost");
    FakeSocket.last.hear(reject(1, "no-access", "You can no longer write here."));
    await until(() => !part.hidden && document.activeElement === part.querySelector("h2"));
    expect(part.querySelector("h2")?.textContent).toBe("These words were not accepted");
    expect(part.querySelector("h3")?.textContent).toContain("The aim");
    expect(part.querySelector("blockquote")?.textContent).toBe("Not lost");
    expect(part.textContent).toContain("You can no longer write here.");
    const writeText = vi.fn(async () => undefined);
    vi.stubGlobal("navigator", { ...navigator, clipboard: { writeText } });
    button("Copy").click();
    await until(() => writeText.mock.calls.length === 1);
    expect(writeText).toHaveBeenCalledWith("Not lost");
    await until(() => session.provider.saved.since === null);
    tearDown();
    setUp();

    new FakeServer();
    const later = open();
    await until(() => !later.part.hidden);
    expect(later.part.querySelector("blockquote")?.textContent).toBe("Not lost");
    expect(later.session.doc.getText("t:aim").toString()).not.toContain("Not lost");
    later.button("Discard").click();
    await until(() => later.part.hidden === true);
    expect(await later.session.provider.store.rescued()).toEqual([]);
  });

  it("[FE36] without any, a page that has to stop says so and offers to load again", async () => {
    new FakeServer();
    const { part, session, button } = open();
    await until(() => session.provider.synced);
    FakeSocket.last.shut(4409);
    expect(part.hidden).toBe(false);
    expect(part.querySelector("h2")?.textContent).toBe("This page has stopped");
    expect(part.querySelector(".coprod-rescue__reload")?.hasAttribute("hidden")).toBe(false);
    expect(button("Copy")).toBe(undefined);
  });
});

describe("words in updates", () => {
  const batch = (update: Uint8Array, roots = ["t:aim"]) => ({
    id: "1-1",
    order: 1,
    client: 1,
    update,
    roots,
    at: 5,
  });

  function updates(write: (doc: Y.Doc) => void): Uint8Array[] {
    const doc = new Y.Doc();
    const made: Uint8Array[] = [];
    doc.on("update", (update: Uint8Array) => made.push(update));
    write(doc);
    return made;
  }

  it("[FE36] are read without the document they belong to, without what was deleted again", () => {
    const base = new Y.Doc();
    base.getText("t:aim").insert(0, "\nOnce in a bed");
    const made = updates((doc) => {
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(base));
      const text = doc.getText("t:aim");
      text.insert(14, ", many lose strength😀");
      text.delete(16, 5);
      text.insert(1, "First: ");
    }).slice(1);
    expect(wordsOf(made)).toBe(", lose strength😀 … First:");
    expect(wordsOf([])).toBe("");
  });

  it("[FE36] of answers and rows are read too; edits without words give no entry", () => {
    const made = updates((doc) => {
      doc.getArray("r:people").push([
        new Y.Map([
          ["id", "x"],
          ["who", "Ward sisters"],
        ]),
      ]);
    });
    expect(
      rescuedFrom(
        made.map((update) => batch(update, ["r:people"])),
        "No.",
      ),
    ).toMatchObject([{ root: "r:people", words: "Ward sisters", reason: "No." }]);
    const silent = updates((doc) => doc.getText("t:aim").format(0, 0, { strong: true }));
    expect(
      rescuedFrom(
        silent.map((update) => batch(update)),
        "No.",
      ),
    ).toEqual([]);
  });
});
