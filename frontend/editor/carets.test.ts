// Other people's carets, between two pages.
import "fake-indexeddb/auto";
import { TextSelection } from "prosemirror-state";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as Y from "yjs";
import { Section } from "./section";
import { openPage, type Page, setUp, stubLayout, tearDown, until, wait } from "./testing/page";
import { FakeServer, FakeSocket } from "./testing/socket";
import * as wire from "./wire";

const sections: Section[] = [];

function write({ root, session }: Page): Section {
  const host = document.createElement("div");
  root.append(host);
  const section = new Section(host, {
    key: "aim",
    title: "The aim",
    text: session.doc.getText("t:aim"),
    awareness: session.provider.awareness,
    editable: true,
    describedBy: "hint-aim",
    askForLink: () => false,
  });
  sections.push(section);
  session.addSection(section);
  return section;
}

async function two(): Promise<[Section, Section]> {
  new FakeServer("\nHome the same day");
  const pages = [openPage("amara"), openPage("ben")] as const;
  await until(() => pages.every(({ session }) => session.provider.synced));
  return [write(pages[0]), write(pages[1])];
}

function select(section: Section, from: number, to = from): void {
  section.view.focus();
  const { state } = section.view;
  section.view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, from, to)));
}

beforeEach(() => {
  setUp();
  stubLayout();
});
afterEach(() => {
  for (const section of sections.splice(0)) section.destroy();
  tearDown();
});

describe("another person's caret", () => {
  it("[FE43] carries their name and side, by classes only, and is silent for screen readers", async () => {
    const [amara, ben] = await two();
    select(ben, 6);
    await until(() => amara.view.dom.querySelector(".coprod-caret--manager") !== null);
    const caret = amara.view.dom.querySelector(".coprod-caret") as HTMLElement;
    expect(caret.querySelector(".coprod-caret__name")?.textContent).toBe("Ben Adeyemi");
    expect(caret.getAttribute("aria-hidden")).toBe("true");
    expect(amara.view.dom.querySelectorAll("[style]")).toHaveLength(0);
    expect(ben.view.dom.querySelector(".coprod-caret")).toBe(null);
    expect(amara.text).toBe("Home the same day");
  });

  it("[FE43] shows its name when it moves and not for long", async () => {
    const [amara, ben] = await two();
    select(ben, 6);
    await until(() => amara.view.dom.querySelector(".coprod-caret--named") !== null);
    await until(() => amara.view.dom.querySelector(".coprod-caret--named") === null);
    select(ben, 9);
    await until(() => amara.view.dom.querySelector(".coprod-caret--named") !== null);
  }, 10_000);

  it("[FE43] stays at its word while others write, and marks what is selected", async () => {
    const [amara, ben] = await two();
    select(ben, 10, 14);
    await until(() => amara.view.dom.querySelector(".coprod-selected--manager")?.textContent === "same");
    amara.view.dispatch(amara.view.state.tr.insertText("Going ", 1));
    await until(() => ben.text === "Going Home the same day");
    await wait(150);
    expect(amara.view.dom.querySelector(".coprod-selected--manager")?.textContent).toBe("same");
  });

  it("[FE43] goes when they leave the section", async () => {
    const [amara, ben] = await two();
    select(ben, 6);
    await until(() => amara.view.dom.querySelector(".coprod-caret") !== null);
    vi.spyOn(ben.view, "hasFocus").mockReturnValue(false);
    ben.view.dom.dispatchEvent(new FocusEvent("blur"));
    await until(() => amara.view.dom.querySelector(".coprod-caret") === null);
  });

  it("[FE68] takes no caret back that has just been moved", async () => {
    const [amara, ben] = await two();
    select(amara, 6);
    const words = amara.view.dom.querySelector("p")?.firstChild as Text;
    // The browser has not told of this yet when the frame comes.
    getSelection()?.collapse(words, 9);
    const theirs = new Y.Doc();
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(ben.options.text.doc as Y.Doc));
    theirs.getText("t:aim").insert(18, " as the scan");
    FakeSocket.all[0]?.hear(wire.update(Y.encodeStateAsUpdate(theirs)));
    expect(amara.text).toBe("Home the same day as the scan");
    expect(amara.view.state.selection.from).toBe(10);
  });
});
