// Single answers, between two people and for readers.
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as Y from "yjs";
import { element } from "../../editor/elements";
import { openPage, type Page, setUp, tearDown, until, wait } from "../../editor/testing/page";
import { FakeServer } from "../../editor/testing/socket";
import * as wire from "../../editor/wire";
import { FormFields } from "./form-fields";

function part(): HTMLElement {
  const holder = (key: string, label: string, ...controls: HTMLElement[]) =>
    element("div", { "data-cell": key, "data-label": label }, ...controls);
  const radios = ["up", "down"].map((value) =>
    element("input", { type: "radio", name: `r${Math.random()}`, value }),
  );
  const template = element("template");
  template.content.append(
    holder("to", "To", element("textarea")),
    holder("direction", "Which way", ...radios),
    holder("by", "By when", element("input", { type: "date" })),
    holder(
      "band",
      "Cost",
      element("select", {}, element("option", { value: "" }), element("option", { value: "low" })),
    ),
  );
  return element(
    "div",
    { "data-module": "coprod-form-fields", "data-section": "aim" },
    element("p", { "data-sentence": "aim" }),
    element(
      "dl",
      { class: "coprod-form-fields__served" },
      element("dd", { "data-value": "direction", "data-choices": "up=Up|down=Down" }),
    ),
    template,
  );
}

async function open(as: "amara" | "ben"): Promise<Page> {
  const root = part();
  const page = openPage(as, root);
  new FormFields(root);
  await until(() => page.session.provider.synced);
  return page;
}

const box = (page: Page): HTMLTextAreaElement => page.root.querySelector("textarea") as HTMLTextAreaElement;
const notice = (page: Page): HTMLElement | null => page.root.querySelector(".coprod-cell-notice");
const answers = (page: Page) => page.session.doc.getMap("f:aim");

function type(page: Page, words: string): void {
  box(page).focus();
  box(page).value = words;
  box(page).dispatchEvent(new Event("input"));
}

beforeEach(setUp);
afterEach(tearDown);

describe("answers", () => {
  it("[FE45] written here are shown there, once one pauses or leaves", async () => {
    new FakeServer();
    const [amara, ben] = [await open("amara"), await open("ben")];
    type(amara, "30%");
    expect(answers(amara).get("to")).toBe(undefined);
    expect(amara.session.provider.saved.kind).toBe("saving");
    await until(() => box(ben).value === "30%");
    expect(ben.root.querySelector("[data-sentence]")?.textContent).toContain("to 30%");
    await until(() => amara.session.provider.saved.kind === "saved");
    const [up] = amara.root.querySelectorAll<HTMLInputElement>("input[type=radio]");
    (up as HTMLInputElement).checked = true;
    up?.dispatchEvent(new Event("change", { bubbles: true }));
    await until(() => answers(ben).get("direction") === "up");
    expect(ben.root.querySelector<HTMLInputElement>("input[value=up]")?.checked).toBe(true);
  });

  it("[FE45] half an answer is never replaced; both hear of it and can take either", async () => {
    new FakeServer();
    const [amara, ben] = [await open("amara"), await open("ben")];
    type(amara, "31%");
    box(ben).value = "33%"; // without the focus, which two pages in one window would take from each other
    box(ben).dispatchEvent(new Event("input"));
    box(ben).dispatchEvent(new Event("blur"));
    await until(() => notice(amara) !== null);
    expect(notice(amara)?.textContent).toContain(
      "Ben Adeyemi changed “To” to “33%” while you were writing in it.",
    );
    expect(box(amara).value).toBe("31%");
    await until(() => notice(ben) !== null);
    expect(notice(ben)?.textContent).toContain("Amara Okafor changed “To” to “31%”. You had “33%”.");
    notice(ben)?.querySelector("button")?.click();
    await until(() => answers(amara).get("to") === "33%" && box(amara).value === "33%");
    expect(notice(ben)).toBe(null);
  });

  it("[FE45] whose answer loses to one written without having seen it is told, however late", async () => {
    const server = new FakeServer();
    const ben = await open("ben");
    vi.useFakeTimers({ toFake: ["Date"] });
    const away = new Y.Doc();
    away.clientID = 2 ** 32 - 1; // the higher client id wins
    away.getMap("f:aim").set("to", "40%");
    type(ben, "33%");
    box(ben).dispatchEvent(new Event("blur"));
    vi.setSystemTime(Date.now() + 3_600_000);
    for (const socket of server.sockets) socket.hear(wire.update(Y.encodeStateAsUpdate(away)));
    expect(box(ben).value).toBe("40%");
    expect(notice(ben)?.textContent).toContain("Somebody else changed “To” to “40%”. You had “33%”.");
    vi.useRealTimers();
  });

  it("[FE45] others' words come in without moving the caret of who is there but not writing", async () => {
    new FakeServer();
    const [amara, ben] = [await open("amara"), await open("ben")];
    answers(ben).set("to", "30 of 100");
    await until(() => box(amara).value === "30 of 100");
    box(amara).focus();
    box(amara).setSelectionRange(2, 2);
    answers(ben).set("to", "35 of 100");
    await until(() => box(amara).value === "35 of 100");
    expect(box(amara).selectionStart).toBe(2);
    expect(notice(amara)).toBe(null);
  });

  it("[FE45] what is being typed when the page goes becomes an edit first", async () => {
    const server = new FakeServer();
    const amara = await open("amara");
    type(amara, "half");
    dispatchEvent(new Event("pagehide"));
    expect(server.doc.getMap("f:aim").get("to")).toBe("half");
  });

  it("[FE45] a choice from a newer template is shown, not dropped", async () => {
    new FakeServer();
    const amara = await open("amara");
    answers(amara).set("band", "huge");
    const ben = await open("ben");
    expect(ben.root.querySelector("select")?.value).toBe("huge");
  });

  it("[FE45] readers see them in words, as they change", async () => {
    const server = new FakeServer();
    server.mode = "read";
    const root = part();
    root.querySelector("template")?.remove();
    const page = openPage("ben", root);
    new FormFields(root);
    await until(() => page.session.provider.synced);
    const shown = () => root.querySelector("[data-value]")?.textContent;
    expect(shown()).toBe("Not answered yet");
    server.doc.getMap("f:aim").set("direction", "down");
    page.session.doc.transact(() => answers(page).set("direction", "down"), "remote");
    await wait(10);
    expect(shown()).toBe("Down");
  });

  it("[FE45] when writing ends, the answers stay and cannot be changed", async () => {
    const server = new FakeServer();
    const amara = await open("amara");
    expect(box(amara).readOnly).toBe(false);
    for (const socket of server.sockets) socket.shut(4403);
    expect(box(amara).readOnly).toBe(true);
    expect(amara.root.querySelector("select")?.disabled).toBe(true);
    expect(amara.root.querySelector<HTMLInputElement>("input[type=radio]")?.disabled).toBe(true);
  });
});
