// A tab that is left behind when its text is closed, and opened again: nothing that was not sent is lost.
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { element } from "../../editor/elements";
import { wipe } from "../../editor/localstore";
import { Session } from "../../editor/session";
import { setUp, tearDown, until } from "../../editor/testing/page";
import { FakeServer, FakeSocket, stateFrame } from "../../editor/testing/socket";
import { Rescue } from "./rescue";

const sessions: Session[] = [];

function open(epoch: string) {
  const part = element(
    "section",
    { "data-module": "coprod-rescue", hidden: "" },
    element("h2", { class: "coprod-rescue__title", tabindex: "-1" }),
    element("p", { class: "coprod-rescue__reason" }),
    element("ul", { class: "coprod-rescue__list" }),
    element("p", { class: "coprod-rescue__kept" }),
    element("button", { class: "coprod-rescue__reload", hidden: "" }),
  );
  const facts = { person: "1", name: "Amara Okafor", side: "clinician", document: "3", epoch };
  const root = element("div", { "data-session": "" }, element("h2", { id: "h-aim" }, "The aim"), part);
  Object.assign(root.dataset, facts, { socket: `/ws/documents/${epoch}?as=amara`, canEdit: "true" });
  document.body.replaceChildren(root);
  const session = Session.of(root);
  sessions.push(session);
  new Rescue(part);
  return { part, session, text: session.doc.getText("t:aim") };
}

/** As a reload does: the old page is gone, the next one reads where to go anew. */
function reload(epoch: string) {
  leave();
  new FakeServer();
  return open(epoch);
}

function leave(): void {
  for (const session of sessions.splice(0)) session.provider.destroy();
}

function button(part: HTMLElement, words: string): HTMLButtonElement {
  return [...part.querySelectorAll("button")].find((each) =>
    each.textContent?.startsWith(words),
  ) as HTMLButtonElement;
}

const wordsOn = (part: HTMLElement) =>
  [...part.querySelectorAll("blockquote")].map((each) => each.textContent);

/** Writes something that gets no receipt. */
async function unsent(words: string) {
  const server = new FakeServer();
  server.acknowledges = false;
  const page = open("e1");
  await until(() => page.session.provider.synced);
  page.text.insert(1, words);
  return page;
}

beforeEach(setUp);
afterEach(async () => {
  leave();
  tearDown();
  await wipe();
});

describe("words that were not sent when the text was closed", () => {
  it("[ED127] 4423: stand on the panel at once, can be copied, and are gone when discarded", async () => {
    const { part } = await unsent("Too late");
    FakeSocket.last.shut(4423);
    await until(() => wordsOn(part).length === 1);
    expect(part.hidden).toBe(false);
    expect(wordsOn(part)).toEqual(["Too late"]);
    expect(part.textContent).toContain("This stage was submitted");
    const writeText = vi.fn(async () => undefined);
    vi.stubGlobal("navigator", { ...navigator, clipboard: { writeText } });
    button(part, "Copy").click();
    await until(() => writeText.mock.calls.length === 1);
    expect(writeText).toHaveBeenCalledWith("Too late");
    button(part, "Discard").click();
    await until(() => wordsOn(part).length === 0);
  });

  it("[ED127] 4409: wait for the reload, stand on the panel there, and can be pasted into the next text", async () => {
    const { part, session } = await unsent("Still mine");
    FakeSocket.last.shut(4409);
    expect(part.hidden).toBe(false);
    expect(session.provider.writable).toBe(false);
    expect(part.querySelector(".coprod-rescue__reload")?.hasAttribute("hidden")).toBe(false);

    const later = reload("e2");
    await until(() => wordsOn(later.part).length === 1 && later.session.provider.synced);
    expect(wordsOn(later.part)).toEqual(["Still mine"]);
    expect(later.text.toString()).not.toContain("Still mine");
    expect(later.session.provider.writable).toBe(true);
    later.text.insert(1, wordsOn(later.part)[0] as string);
    await until(() => later.session.provider.saved.since === null);
    expect(later.text.toString()).toBe("\nStill mine");
    expect(wordsOn(later.part)).toEqual(["Still mine"]);
    button(later.part, "Discard").click();
    await until(() => Boolean(later.part.hidden));
    expect(await later.session.provider.store.rescued()).toEqual([]);
  });

  it("[ED127] 4409 of another version of the page: the same text takes them after the reload", async () => {
    await unsent("Not lost");
    FakeSocket.last.shut(4409);
    const later = reload("e1");
    await until(() => later.text.toString() === "\nNot lost");
    expect(wordsOn(later.part)).toEqual([]);
  });

  it("[ED122] while a freeze is under way what was written is sent, and no more can be written", async () => {
    const server = new FakeServer();
    const { session, text } = open("e1");
    await until(() => session.provider.synced);
    text.insert(1, "Just in time");
    FakeSocket.last.hear(stateFrame("freezing"));
    expect(session.provider.writable).toBe(false);
    await until(() => server.text === "\nJust in time" && session.provider.saved.since === null);
    FakeSocket.last.hear(stateFrame("edit"));
    expect(session.provider.writable).toBe(true);
  });
});
