// What an edit becomes in the shared text, step by step.
import { Fragment, Slice } from "prosemirror-model";
import { ReplaceAroundStep } from "prosemirror-transform";
import { describe, expect, it } from "vitest";
import { mapIndex, positionAt } from "./positions";
import { type Person, people, seed } from "./testing/people";

/** The changes that others see when something is done to the text. */
function changesOf(person: Person, act: (person: Person) => void): unknown[] {
  const seen: unknown[] = [];
  person.text.observe((event) => void seen.push(event.delta));
  act(person);
  return seen;
}

describe("[FE7] an edit is written as small as it was", () => {
  it("one letter", () => {
    const [amara] = people(1, seed("\naa")) as [Person];
    expect(changesOf(amara, () => amara.type("a", 2))).toEqual([[{ retain: 2 }, { insert: "a" }]]);
  });

  it("letters put over others keep what both share", () => {
    const [amara] = people(1, seed("\nthe ward")) as [Person];
    const act = () => amara.view.dispatch(amara.view.state.tr.insertText("the word", 1, 9));
    expect(changesOf(amara, act)).toEqual([[{ retain: 6 }, { delete: 1 }, { insert: "o" }]]);
  });

  it("a step around words that stay writes on both sides of them", () => {
    const [amara] = people(1, seed("\nabcde")) as [Person];
    const around = new Slice(Fragment.from(amara.view.state.schema.text("xyz")), 0, 0);
    const act = () =>
      amara.view.dispatch(amara.view.state.tr.step(new ReplaceAroundStep(1, 6, 2, 5, around, 2)));
    const [delta] = changesOf(amara, act);
    expect(amara.text.toString()).toBe("\nxybcdz");
    expect(delta).toEqual([
      { retain: 1 },
      { delete: 1 },
      { insert: "xy" },
      { retain: 3 },
      { delete: 1 },
      { insert: "z" },
    ]);
    expect(amara.agrees).toBe(true);
  });
});

describe("[FE4] an index after a change", () => {
  it.each([
    [[{ insert: "ab" }], 0, 1, 2],
    [[{ insert: "ab" }], 0, -1, 0],
    [[{ retain: 2 }, { delete: 3 }], 4, -1, 2],
    [[{ retain: 2 }, { delete: 3 }], 9, -1, 6],
    [[{ retain: 2 }, { delete: 3 }, { insert: "x" }], 4, 1, 3],
    [[{ retain: 1 }, { insert: { embedded: true } }], 5, 1, 6],
    [[{ retain: 9, attributes: { strong: true } }], 5, 1, 5],
  ] as const)("%j: %i keeping to %i is %i", (delta, index, side, expected) => {
    expect(mapIndex(delta, index, side)).toBe(expected);
  });

  it("beyond the text is the end of the text", () => {
    const [amara] = people(1, seed("\nOne\nTwo")) as [Person];
    expect(positionAt(amara.view.state.doc, 99)).toBe(9);
  });
});
