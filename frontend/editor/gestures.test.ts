// Single gestures by one person while the other types in the same paragraph: the sentence stays, and stays in its place.
import type { Command } from "prosemirror-state";
import { describe, expect, it } from "vitest";
import * as commands from "./commands";
import { exchange, type Person, people, seed } from "./testing/people";
import { undo } from "./undo";

const SENTENCE = " Cost agreed: 2.4 WTE.";
const FIRST = "Second on-call team needed.";

/** Amara makes the gesture, Ben types at the same time; both end with the same. */
function together(gesture: (amara: Person) => void, words = `\n${FIRST}`, typeAt = FIRST.length + 1): Person {
  const ben = meanwhile(gesture, words, typeAt, false);
  meanwhile(gesture, words, typeAt, true);
  return ben;
}

function meanwhile(
  gesture: (amara: Person) => void,
  words: string,
  typeAt: number,
  benFirst: boolean,
): Person {
  const [amara, ben] = people(2, seed(words)) as [Person, Person];
  if (benFirst) ben.doc.clientID = 1; // whose words come first at the same place depends on it
  gesture(amara);
  ben.type(SENTENCE, typeAt);
  exchange(amara, ben);
  expect(ben.text.toString()).toContain(SENTENCE);
  expect(amara.text.toDelta()).toEqual(ben.text.toDelta());
  expect(amara.agrees && ben.agrees).toBe(true);
  expect(ben.view.dom.textContent).toBe(amara.view.dom.textContent);
  return ben;
}

const onAll = (command: Command) => (amara: Person) => void amara.do(commands.selectAll).do(command);

describe("[FE5] a sentence typed during somebody else's gesture is kept in its place", () => {
  it.each([
    ["heading", commands.toggleHeading(3), { h: 3 }],
    ["bullet list", commands.toggleList("bullet"), { list: "bullet" }],
    ["numbered list", commands.toggleList("number"), { list: "number" }],
    ["quotation", commands.toggleQuote, { quote: true }],
  ])("%s", (_name, command, attributes) => {
    const ben = together((amara) => void amara.select(3).do(command));
    expect(ben.text.toDelta()).toEqual([{ insert: "\n", attributes }, { insert: FIRST + SENTENCE }]);
  });

  it("bold", () => {
    const ben = together(onAll(commands.toggleStrong));
    const words = ben.text.toDelta().map(({ insert }: { insert: string }) => insert);
    expect(words.join("")).toBe(`\n${FIRST}${SENTENCE}`);
  });

  it("link", () => {
    const ben = together(onAll(commands.setLink("https://example.nhs.uk/rota")));
    expect(ben.text.toString()).toBe(`\n${FIRST}${SENTENCE}`);
  });

  it("split", () => {
    const ben = together((amara) => void amara.select(7).do(commands.enter));
    expect(ben.text.toString()).toBe(`\nSecond\n on-call team needed.${SENTENCE}`);
  });

  it("split at the end, where the other person types", () => {
    const ben = together(
      (amara) =>
        void amara
          .select(FIRST.length + 1)
          .do(commands.enter)
          .type("Next."),
    );
    expect(ben.text.toString()).toMatch(/Cost agreed: 2\.4 WTE\./);
  });

  it("join", () => {
    const ben = together((amara) => void amara.select(7).do(commands.backspace), "\nOne.\nTwo.", 11);
    expect(ben.text.toString()).toBe(`\nOne.Two.${SENTENCE}`);
  });

  it("deleting the whole paragraph", () => {
    const ben = together(
      ({ view }) => void view.dispatch(view.state.tr.delete(6, 12)),
      "\nOne.\nTwo.\nThree.",
      11,
    );
    expect(ben.text.toString()).toBe(`\nOne.${SENTENCE}\nThree.`);
  });

  it("deleting the first paragraph", () => {
    const ben = together(({ view }) => void view.dispatch(view.state.tr.delete(0, 6)), "\nOne.\nTwo.", 5);
    expect(ben.text.toString()).toBe(`\n${SENTENCE}Two.`);
  });

  it("dragging another paragraph past it", () => {
    const ben = together(
      ({ view }) => {
        const first = view.state.doc.child(0);
        const tr = view.state.tr.insert(view.state.doc.content.size, first).delete(0, first.nodeSize);
        view.dispatch(tr);
      },
      "\nOne.\nTwo.\nThree.",
      11,
    );
    expect(ben.text.toString()).toBe(`\nTwo.${SENTENCE}\nThree.\nOne.`);
  });

  it("changing words at two places in one go", () => {
    const ben = together(
      ({ view }) => void view.dispatch(view.state.tr.delete(1, 4).insertText("!", 14).split(12)),
      "\nOne two three four.",
      9,
    );
    expect(ben.text.toString()).toContain(SENTENCE);
    expect(ben.text.toString()).toContain(" two");
  });

  it("undoing an edit of the same paragraph", () => {
    const ben = together((amara) => void amara.select(3).do(commands.toggleHeading(4)).do(undo));
    expect(ben.text.toDelta()).toEqual([{ insert: `\n${FIRST}${SENTENCE}` }]);
  });

  it("both making it a different kind of block", () => {
    const [amara, ben] = people(2, seed(`\n${FIRST}`)) as [Person, Person];
    amara.select(3).do(commands.toggleHeading(3));
    ben.select(3).do(commands.toggleList("bullet"));
    exchange(amara, ben);
    expect(amara.text.toString()).toBe(`\n${FIRST}`);
    expect(amara.view.dom.querySelectorAll("h3").length).toBe(1);
    expect(ben.view.dom.textContent).toBe(FIRST);
  });
});
