// Undo of one's own edits only, and the editor and the text staying one over ten thousand random steps.
import { joinBackward, splitBlock } from "prosemirror-commands";
import type { Node } from "prosemirror-model";
import { describe, expect, it, vi } from "vitest";
import { enter, toggleEmphasis, toggleHeading, toggleStrong } from "./commands";
import { indexAt, indexOf, positionAt, relativeAt } from "./positions";
import { exchange, exchangeAll, type Person, people, seed } from "./testing/people";
import { Dice } from "./testing/random";
import { redo, undo } from "./undo";

/** A place a person could put the caret: in a block, and not inside an emoji. */
function place(doc: Node, dice: Dice): number {
  const pos = Math.min(doc.content.size - 1, 1 + dice.below(doc.content.size - 1));
  const { parent, parentOffset } = doc.resolve(pos);
  if (!parent.isTextblock) return pos - 1;
  return /[\udc00-\udfff]/.test(parent.textContent[parentOffset] ?? "") ? pos - 1 : pos;
}

const STEPS: readonly ((person: Person, dice: Dice) => void)[] = [
  ...Array.from({ length: 4 }, () => (person: Person, dice: Dice) => {
    person.type([..."ab🙂 é"].slice(0, 1 + dice.below(5)).join(""));
  }),
  (person) => void person.do(splitBlock),
  (person) => void person.do(joinBackward),
  (person, dice) => {
    person.select(person.view.state.selection.from, place(person.view.state.doc, dice));
    person.view.dispatch(person.view.state.tr.deleteSelection());
  },
  (person, dice) => {
    person.select(person.view.state.selection.from, place(person.view.state.doc, dice));
    person.do(dice.one([toggleStrong, toggleEmphasis]));
  },
  (person) => void person.do(undo),
  (person) => void person.do(redo),
];

function step(group: readonly Person[], dice: Dice): void {
  const person = dice.one(group);
  person.select(place(person.view.state.doc, dice));
  dice.one(STEPS)(person, dice);
  if (dice.chance() < 0.5) exchange(group[0]!, group[1]!);
  if (dice.chance() < 0.4) exchange(group[1]!, group[2]!);
}

function expectBijective({ view, text }: Person): void {
  const { doc } = view.state;
  const inBlocks: number[] = [];
  doc.forEach((block, offset) => {
    for (let at = 0; at <= block.content.size; at++) inBlocks.push(offset + 1 + at);
  });
  const indexes = Array.from({ length: text.length }, (_, nth) => nth + 1);
  expect(indexes.map((index) => positionAt(doc, index))).toEqual(inBlocks);
  expect(inBlocks.map((pos) => indexAt(doc, pos))).toEqual(indexes);
}

const STEPS_EACH = 40;
vi.stubGlobal("MutationObserver", undefined); // nobody types into the page here, and watching it takes time
const hosts = people(3);

function session(number: number): void {
  const dice = new Dice(number);
  hosts.forEach((host, nth) => {
    host.open(seed()).doc.clientID = nth + 3;
  });
  for (let nth = 0; nth < STEPS_EACH; nth++) {
    step(hosts, dice);
    if (!hosts.every((host) => host.agrees)) throw new Error(`Step ${nth}: the view and the text differ.`);
    expectBijective(dice.one(hosts));
  }
  exchangeAll(hosts);
  exchangeAll(hosts);
  const [first, ...others] = hosts.map(({ view }) => JSON.stringify(view.state.doc.toJSON()));
  for (const other of others) expect(other).toBe(first);
}

it("[FE2] [FE3] over ten thousand random steps the view equals the text, positions map both ways, all converge", () => {
  for (let number = 1; number <= 250; number++) {
    try {
      session(number);
    } catch (cause) {
      throw new Error(`Seed ${number}: ${String(cause)}`, { cause });
    }
  }
}, 120_000);

describe("undo", () => {
  it("[FE10] takes back one's own words and leaves the other person's", () => {
    const [amara, ben] = people(2, seed("\nWe need beds.")) as [Person, Person];
    amara.type(" Mine.", 14);
    exchange(amara, ben);
    ben.type(" His.", 20);
    exchange(amara, ben);
    amara.do(undo);
    exchange(amara, ben);
    expect(amara.text.toString()).toBe("\nWe need beds. His.");
    ben.do(undo);
    expect(ben.text.toString()).toBe("\nWe need beds.");
    ben.do(redo);
    expect(ben.text.toString()).toBe("\nWe need beds. His.");
  });

  it("[FE10] has nothing to take back of what came from the others or from the server", () => {
    const [amara, ben] = people(2, seed("\nWe need beds.")) as [Person, Person];
    ben.type("Now ", 1);
    exchange(amara, ben);
    expect(undo(amara.view.state)).toBe(false);
  });

  it("[FE11] puts the caret back to where it was before the edit", () => {
    const [amara, ben] = people(2, seed("\nOne two three")) as [Person, Person];
    amara.select(8).do((state, dispatch) => {
      dispatch?.(state.tr.delete(5, 8));
      return true;
    });
    ben.type("Zero ", 1);
    exchange(amara, ben);
    amara.select(1).do(undo);
    expect(amara.text.toString()).toBe("\nZero One two three");
    expect(amara.view.state.selection.head).toBe(13);
  });

  it("[FE10] of a heading keeps what the other person typed in it meanwhile", () => {
    const [amara, ben] = people(2, seed("\nBeds")) as [Person, Person];
    amara.select(2).do(toggleHeading(3)).select(5).do(enter);
    exchange(amara, ben);
    ben.type(" and staff", 5);
    exchange(amara, ben);
    amara.do(undo).do(undo);
    exchange(amara, ben);
    expect(ben.text.toDelta()).toEqual([{ insert: "\nBeds and staff" }]);
  });
});

describe("places", () => {
  it("[FE4] survive other people's edits, and keep to their side", () => {
    const [amara] = people(1, seed("\nOne two")) as [Person];
    const start = relativeAt(amara.text, 5, 1);
    const end = relativeAt(amara.text, 8, -1);
    amara.type("very ", 5).type(" three", 13);
    expect([indexOf(amara.text, start), indexOf(amara.text, end)]).toEqual([10, 13]);
  });

  it("[FE4] that are nonsense or of another text are nowhere", () => {
    const [amara] = people(1) as [Person];
    const elsewhere = amara.doc.getText("t:other");
    elsewhere.insert(0, "\nOne");
    for (const nonsense of [null, 7, "x", {}, { item: "x" }, { item: { client: 9, clock: 9 } }]) {
      expect(indexOf(amara.text, nonsense)).toBeNull();
    }
    expect(indexOf(amara.text, relativeAt(elsewhere, 2, 0))).toBeNull();
  });
});
