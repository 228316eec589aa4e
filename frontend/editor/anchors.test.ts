// Places of threads in the text: from a selection, through edits by several people, and back.
import { TextSelection } from "prosemirror-state";
import { afterEach, describe, expect, it } from "vitest";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { type Anchor, anchorAt, anchorFrom, rangesOf, showAnchors, wordsBetween } from "./anchors";
import { toggleHeading, toggleStrong } from "./commands";
import { Section } from "./section";
import { stubLayout, until } from "./testing/page";
import { undo } from "./undo";

const sections: Section[] = [];

function open(words: string, from?: Section): Section {
  const doc = new Y.Doc();
  const text = doc.getText("t:aim");
  if (from) join(from.options.text.doc as Y.Doc, doc);
  else text.insert(0, words);
  const host = document.createElement("div");
  document.body.append(host);
  stubLayout();
  const section = new Section(host, {
    key: "aim",
    title: "The aim",
    text,
    awareness: new Awareness(doc),
    editable: true,
    describedBy: "",
    askForLink: () => false,
  });
  sections.push(section);
  return section;
}

function join(one: Y.Doc, other: Y.Doc): void {
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
  one.on(
    "update",
    (update: Uint8Array, origin: unknown) => origin !== other && Y.applyUpdate(other, update, one),
  );
  other.on(
    "update",
    (update: Uint8Array, origin: unknown) => origin !== one && Y.applyUpdate(one, update, other),
  );
}

function select({ view }: Section, words: string): void {
  let at = -1;
  view.state.doc.descendants((node, pos) => {
    const found = node.text?.indexOf(words) ?? -1;
    if (at < 0 && found >= 0) at = pos + found;
  });
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, at, at + words.length)));
}

function anchorOn(section: Section, words: string): Anchor {
  select(section, words);
  return anchorFrom(section.view.state, section.options.text) as Anchor;
}

function marked({ view }: Section): string {
  return [...view.dom.querySelectorAll(".coprod-anchor")].map((each) => each.textContent).join("");
}

const insert = (section: Section, words: string, before: string): void => {
  select(section, before);
  section.view.dispatch(section.view.state.tr.insertText(words, section.view.state.selection.from));
};

afterEach(() => {
  for (const section of sections.splice(0)) section.destroy();
  document.body.replaceChildren();
});

describe("an anchor", () => {
  it("[FE70] is the selected words without the white space around them", () => {
    const section = open("\nOlder people wait 😀 four hours.\nToday");
    const anchor = anchorOn(section, " wait 😀 four ");
    expect(anchor.quote).toBe("wait 😀 four");
    expect(wordsBetween(section.options.text, anchor)).toBe("wait 😀 four");
    const { state, dispatch } = section.view;
    dispatch.call(
      section.view,
      state.tr.setSelection(TextSelection.create(state.doc, 27, state.doc.content.size - 1)),
    );
    const across = anchorFrom(section.view.state, section.options.text);
    expect(across?.quote).toContain("\nToday");
    expect(wordsBetween(section.options.text, across as Anchor)).toBe(across?.quote);
  });

  it("[FE70] of nothing, or of white space, is none", () => {
    const section = open("\nOne  two");
    expect(anchorFrom(section.view.state, section.options.text)).toBe(null);
    select(section, "  ");
    expect(anchorFrom(section.view.state, section.options.text)).toBe(null);
  });

  it("[FE70] takes in what is written inside, not what is written at its ends", () => {
    const amara = open("\nwait four hours");
    const ben = open("", amara);
    const anchor = anchorOn(amara, "four");
    insert(ben, "xx", "four");
    insert(ben, "yy", " hours");
    insert(ben, "zz", "ur");
    expect(amara.options.text.toString()).toBe("\nwait xxfozzuryy hours");
    expect(wordsBetween(amara.options.text, anchor)).toBe("fozzur");
    expect(wordsBetween(ben.options.text, anchor)).toBe("fozzur");
  });
});

describe("marked words", () => {
  function both() {
    const amara = open("\nOlder people wait four hours.");
    const ben = open("", amara);
    const place = { id: 7, ...anchorOn(ben, "wait four hours") };
    for (const { view } of [amara, ben]) showAnchors(view, [place], 7);
    return { amara, ben };
  }

  it("[FE72] stay marked for both through typing, Enter, a heading and bold", () => {
    const { amara, ben } = both();
    insert(ben, "or five ", "hours");
    select(amara, "five");
    toggleStrong(amara.view.state, amara.view.dispatch);
    toggleHeading(3)(ben.view.state, ben.view.dispatch);
    amara.view.dispatch(amara.view.state.tr.split(amara.view.state.selection.from));
    for (const section of [amara, ben]) expect(marked(section)).toBe("wait four or five hours");
    expect(ben.view.dom.querySelector(".coprod-anchor--active")).not.toBe(null);
    expect(ben.view.dom.innerHTML).not.toContain("style");
  });

  it("[FE73] vanish with their words and are there again after undo", async () => {
    const { amara, ben } = both();
    let looked = 0;
    ben.onAnchors.add(() => looked++);
    select(ben, "wait four hours");
    ben.view.dispatch(ben.view.state.tr.deleteSelection());
    expect([marked(amara), marked(ben)]).toEqual(["", ""]);
    await until(() => looked === 1);
    undo(ben.view.state, ben.view.dispatch);
    await until(() => marked(ben) === "wait four hours");
    expect(rangesOf(ben.view.state).has(7)).toBe(true);
  });

  it("[FE77] tell whose they are, the fewest words first", () => {
    const section = open("\nOlder people wait four hours.");
    const wide = { id: 1, ...anchorOn(section, "people wait four hours") };
    const narrow = { id: 2, ...anchorOn(section, "four") };
    showAnchors(section.view, [wide, narrow], null);
    select(section, "fou");
    expect(anchorAt(section.view.state)).toBe(2);
    select(section, "wait");
    expect(anchorAt(section.view.state)).toBe(1);
    select(section, "Older");
    expect(anchorAt(section.view.state)).toBe(null);
  });
});
