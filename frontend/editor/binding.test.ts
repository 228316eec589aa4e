// The bond between editor and text: what is written, what is left alone, and what other clients can do to it.
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { FlatBinding, isRemote, remoteDelta } from "./binding";
import * as commands from "./commands";
import { PLACEHOLDER } from "./schema";
import { exchange, type Person, people, seed } from "./testing/people";
import { Dice } from "./testing/random";
import { redo, undo } from "./undo";

/** What somebody's editor sends, as a count of updates. */
function updatesOf(person: Person): { count: number } {
  const sent = { count: 0 };
  person.doc.on("update", (_update: Uint8Array, origin: unknown) => {
    if (origin instanceof FlatBinding) sent.count++;
  });
  return sent;
}

/** Somebody with another program writes in the same text. */
function foreign(person: Person, change: (text: Y.Text) => void): void {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(person.doc));
  change(doc.getText("t:case"));
  Y.applyUpdate(person.doc, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(person.doc)), "from the others");
}

describe("reading", () => {
  it("[FE6] never writes: not on opening, not on other people's edits", () => {
    const [amara, ben] = people(2, seed("\nOne", { h: 3, strange: { deep: [1] } })) as [Person, Person];
    const sent = updatesOf(ben);
    amara.type("Now ").do(commands.toggleList("bullet"));
    exchange(amara, ben);
    foreign(ben, (text) => text.insert(2, "x", { unknown: true }));
    expect(sent.count).toBe(0);
  });

  it("[FE6] a read-only editor takes no local edit at all, and still shows other people's", () => {
    const [amara, ben] = people(2, seed("\nOne")) as [Person, Person];
    ben.type("x").do(undo).do(redo).do(undo);
    ben.view.setProps({ editable: () => false });
    expect([undo(ben.view.state), redo(ben.view.state)]).toEqual([false, false]);
    ben.do(redo).type("no").do(commands.toggleHeading(3));
    amara.type("Yes ", 1);
    exchange(amara, ben);
    expect(ben.view.dom.textContent).toBe("Yes One");
    expect(ben.text.toString()).toBe("\nYes One");
  });

  it("[FE7] tells other people's transactions from one's own", () => {
    const [amara, ben] = people(2) as [Person, Person];
    const seen: (readonly unknown[] | null)[] = [];
    ben.view.setProps({
      dispatchTransaction: (tr) => {
        seen.push(isRemote(tr) ? remoteDelta(tr) : null);
        ben.view.updateState(ben.view.state.apply(tr));
      },
    });
    ben.type("a");
    amara.type("b");
    exchange(amara, ben);
    expect(seen[0]).toBeNull();
    expect(seen[1]).toEqual(expect.arrayContaining([{ insert: "b" }]));
  });

  it("[FE7] stops listening when the editor is gone", () => {
    const [amara] = people(1) as [Person];
    amara.view.destroy();
    expect(() => amara.text.insert(1, "later")).not.toThrow();
  });
});

describe("[FE8] what this client does not know stays in the text", () => {
  const CALLOUT = { callout: "warning", h: 3 };
  const unknown = () => {
    const [amara] = people(1, seed("\n", CALLOUT)) as [Person];
    foreign(amara, (text) => {
      text.insert(1, "Allergy", { highlight: "yellow", strong: true });
      text.insert(8, " warning", { strong: false });
    });
    return amara;
  };

  it("when the block is split and joined again", () => {
    const amara = unknown();
    const before = amara.text.toDelta();
    amara.select(4).do(commands.enter);
    expect(amara.text.toDelta()[0]).toEqual({ insert: "\n", attributes: CALLOUT });
    expect(amara.text.toDelta()[3]).toEqual({
      insert: "ergy",
      attributes: { highlight: "yellow", strong: true },
    });
    amara.do(commands.backspace).do(commands.backspace);
    expect(amara.text.toDelta()).toEqual(before);
  });

  it("when the block becomes another kind and its words get marks", () => {
    const amara = unknown();
    amara.do(commands.toggleList("bullet")).do(commands.selectAll).do(commands.toggleEmphasis);
    expect(amara.text.toDelta()[0].attributes).toEqual({ callout: "warning", list: "bullet" });
    expect(amara.text.toDelta()[1].attributes).toEqual({ highlight: "yellow", strong: true, em: true });
  });

  it("when somebody types next to it and in it", () => {
    const amara = unknown();
    amara.type("! ", 1).type("?", 5);
    const marked = amara.text
      .toDelta()
      .filter(({ attributes }: { attributes?: object }) => attributes && "highlight" in attributes);
    expect(marked.map(({ insert }: { insert: string }) => insert).join("")).toBe("Allergy");
  });

  it("an embedded thing is one place in the text, shown by a sign, and survives edits around it", () => {
    const amara = unknown();
    foreign(amara, (text) => text.insertEmbed(3, { image: "x.png" }));
    expect(amara.view.state.doc.textContent).toBe(`Al${PLACEHOLDER}lergy warning`);
    amara.type("-", 3).type("-", 5).select(3).do(commands.enter);
    expect(amara.agrees).toBe(true);
    expect(amara.text.toDelta()).toContainEqual({ insert: { image: "x.png" } });
  });

  it("a wrong value is not shown and not removed", () => {
    const [amara] = people(1, seed("\n", { h: 7, list: "stars", indent: "far" })) as [Person];
    foreign(amara, (text) => text.insert(1, "bad", { link: { href: "javascript:alert(1)" }, em: "very" }));
    amara.type("good ", 1);
    expect(amara.view.dom.querySelector("a, em, h3")).toBeNull();
    expect(amara.text.toDelta()[0].attributes).toEqual({ h: 7, list: "stars", indent: "far" });
    expect(amara.text.toDelta().at(-1).attributes).toEqual({
      link: { href: "javascript:alert(1)" },
      em: "very",
    });
  });
});

describe("[FE9] the opening at the start of a text", () => {
  it("is not removed with the first block, nor written before", () => {
    const [amara] = people(1, seed("\nOne\nTwo")) as [Person];
    const start = Y.createRelativePositionFromTypeIndex(amara.text, 0);
    amara.select(1).do(commands.enter).do(commands.selectAll);
    amara.view.dispatch(amara.view.state.tr.deleteSelection());
    amara.view.dispatch(amara.view.state.tr.delete(0, amara.view.state.doc.content.size));
    const first = Y.createAbsolutePositionFromRelativePosition(start, amara.doc);
    expect(amara.text.toString()).toBe("\n");
    expect(first?.index).toBe(0);
    expect(JSON.stringify(amara.text._start?.id)).toBe(JSON.stringify({ client: 2, clock: 0 }));
    expect(amara.text._start?.deleted).toBe(false);
  });

  it("missing because of another program, is written with the next edit", () => {
    const [amara] = people(1, seed("\nOne\nTwo")) as [Person];
    foreign(amara, (text) => text.delete(0, 1));
    expect(amara.agrees).toBe(true);
    expect(amara.text.toString()).toBe("One\nTwo");
    amara.select(4).do(commands.toggleHeading(3));
    expect(amara.text.toDelta()).toEqual([{ insert: "\n", attributes: { h: 3 } }, { insert: "One\nTwo" }]);
    expect(amara.agrees).toBe(true);
  });

  it("may be missing in an empty text", () => {
    const [amara] = people(1, Y.encodeStateAsUpdate(new Y.Doc())) as [Person];
    amara.type("First");
    expect(amara.text.toString()).toBe("\nFirst");
    expect(amara.agrees).toBe(true);
  });
});

describe("characters", () => {
  it("[FE12] of two units are never cut, even when an edit is", () => {
    const [amara] = people(1, seed("\na🙂b")) as [Person];
    amara.view.dispatch(amara.view.state.tr.insertText("\ude43", 3, 4));
    expect(amara.text.toString()).toBe("\na🙃b");
    amara.view.dispatch(amara.view.state.tr.insertText("🙂", 2));
    expect(amara.text.toString()).toBe("\na🙂🙃b");
  });

  it("[FE12] that come cut are replaced, so that everybody sees the same", () => {
    const [amara, ben] = people(2, seed("\na🙂b")) as [Person, Person];
    amara.type("-", 3).type("\ud83d", 1);
    exchange(amara, ben);
    expect(amara.text.toString()).toBe("\n\ufffda\ufffd-\ufffdb");
    expect(amara.agrees && ben.agrees).toBe(true);
    expect(ben.text.toString()).toBe(amara.text.toString());
  });

  it("[FE13] a line break that gets into a block opens a block", () => {
    const [amara] = people(1, seed("\nOne", { list: "bullet" })) as [Person];
    amara.view.dispatch(amara.view.state.tr.insertText("a\nb\nc", 2));
    expect(amara.text.toString()).toBe("\nOa\nb\ncne");
    expect(amara.view.state.doc.childCount).toBe(3);
    expect(amara.agrees).toBe(true);
  });

  it("[FE14] typed between equal letters goes where it was typed", () => {
    const [amara] = people(1, seed("\naaa")) as [Person];
    const before = Y.createRelativePositionFromTypeIndex(amara.text, 2);
    amara.type("a", 2);
    expect(Y.createAbsolutePositionFromRelativePosition(before, amara.doc)?.index).toBe(3);
  });
});

describe("the caret", () => {
  it("[FE15] stays behind its last letter when somebody writes at the same place, and ranges do not grow", () => {
    const [amara, ben] = people(2, seed("\nOne two")) as [Person, Person];
    ben.select(4);
    amara.type(" hundred", 4);
    exchange(amara, ben);
    expect(ben.view.state.selection.head).toBe(4);
    ben.select(4, 1);
    amara.type("X", 1).type("Y", 5);
    exchange(amara, ben);
    expect(ben.view.state.doc.textBetween(ben.view.state.selection.from, ben.view.state.selection.to)).toBe(
      "One",
    );
    expect(ben.view.state.selection.head).toBe(2);
  });

  it("[FE15] keeps a mark chosen for the next letter", () => {
    const [amara, ben] = people(2, seed("\nOne")) as [Person, Person];
    ben.select(4).do(commands.toggleStrong);
    amara.type("X", 1);
    exchange(amara, ben);
    expect(commands.isStrong(ben.view.state)).toBe(true);
  });

  it("[FE15] stays in its own block when one far away changes and one is opened before it", () => {
    const [amara, ben] = people(2, seed("\nOne\nTwo\nThree")) as [Person, Person];
    ben.select(8);
    amara.select(2).do(commands.enter).type("!", 16);
    exchange(amara, ben);
    expect(ben.view.state.selection.$head.parent.textContent).toBe("Two");
    expect(ben.view.state.selection.$head.parentOffset).toBe(2);
  });
});

it("[FE7] writes once for a transaction with an appended one, and nothing for one that was only tried", () => {
  const [amara] = people(1, seed("\nOne")) as [Person];
  const sent = updatesOf(amara);
  amara.view.state.apply(amara.view.state.tr.insertText("tried", 1));
  expect(sent.count).toBe(0);
  amara.view.dispatch(amara.view.state.tr.insertText("a\nb", 1));
  expect(sent.count).toBe(1);
  amara.select(1);
  expect(sent.count).toBe(1);
});

/** Any other program may do anything to the text; the editor follows. */
it("[FE2] the view equals the text whatever another program does to it", () => {
  const [amara] = people(1) as [Person];
  for (let number = 1; number <= 150; number++) {
    const dice = new Dice(number);
    amara.open(seed("\nOne two\nThree"));
    for (let nth = 0; nth < 25; nth++) {
      wildStep(amara, dice);
      if (!amara.agrees) throw new Error(`Seed ${number}, step ${nth}: the view and the text differ.`);
    }
  }
}, 60_000);

function wildStep(amara: Person, dice: Dice): void {
  foreign(amara, (text) => wildChange(text, dice));
  const { size } = amara.view.state.doc.content;
  if (dice.chance() < 0.5) amara.type("mine ", Math.min(2, size - 1));
  if (dice.chance() < 0.2) amara.do(commands.toggleHeading(3));
}

const WILD = [
  { h: 3 },
  { list: "number", indent: 2 },
  { strong: true },
  { odd: 1 },
  { h: null, strong: null },
  { link: { href: "x" } },
];

function wildChange(text: Y.Text, dice: Dice): void {
  const at = dice.below(text.length + 1);
  const length = Math.min(1 + dice.below(6), text.length - at);
  const attributes = dice.one(WILD);
  const change = dice.below(length > 0 ? 4 : 2);
  if (change === 0) text.insert(at, dice.one(["\n", "a\nb", "\n\n", "🙂"]), attributes);
  if (change === 1) text.insertEmbed(at, { thing: 1 });
  if (change === 2) text.delete(at, length);
  if (change === 3) text.format(at, length, attributes);
}
