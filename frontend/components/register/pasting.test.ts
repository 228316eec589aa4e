// Cells spread over a table, and two copies of a table written in without each other.
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import type { Values } from "../../editor/cell";
import type { Column } from "../../editor/cellvalues";
import { Dice } from "../../editor/testing/random";
import { type Pasted, pasteCells, type Target } from "./pasting";

const COLUMNS: Column[] = [
  { key: "what", label: "What", kind: "text", choices: [] },
  { key: "cost", label: "Cost", kind: "money", choices: [] },
  { key: "by", label: "By when", kind: "date", choices: [] },
  { key: "sure", label: "How sure", kind: "choice", choices: [["high", "High"], ["low", "Low"]] },
]; // biome-ignore format: a table

function table(doc = new Y.Doc()): Y.Array<Values> {
  return doc.getArray<Values>("r:plan");
}

function add(rows: Y.Array<Values>, id: string, what = ""): Values {
  const values: Values = new Y.Map<unknown>([["id", id], ["what", what]]); // biome-ignore format: pairs
  rows.push([values]);
  return values;
}

const at = (rows: Y.Array<Values>, row = 0, column = 0, most = 100): Target => ({
  rows,
  columns: COLUMNS,
  row,
  column,
  most,
});
const said = (rows: Y.Array<Values>) =>
  rows.toArray().map((row) => COLUMNS.map(({ key }) => row.get(key) ?? ""));

function meet(one: Y.Doc, other: Y.Doc): void {
  for (const [from, to] of [[one, other], [other, one], [one, other]] as const) // biome-ignore format: pairs
    Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)));
}

describe("a paste", () => {
  it("[FE92] fills from the focused cell, adds rows, leaves the rest, and is one edit", () => {
    const rows = table();
    add(rows, "a", "Kept");
    let edits = 0;
    rows.doc?.on("update", () => edits++);
    const done = pasteCells([["£1,200", "31/03/2027"], ["5", ""]], at(rows, 0, 1)) as Pasted; // biome-ignore format: a table
    expect(said(rows)).toEqual([["Kept", "1200", "2027-03-31", ""], ["", "5", "", ""]]); // biome-ignore format: a table
    expect(done.sentence).toBe("Pasted 2 rows of 2 cells. 1 row added.");
    expect(edits).toBe(1);
    expect(done.undo()).toBe("Taken back.");
    expect(said(rows)).toEqual([["Kept", "", "", ""]]);
  });

  it("[FE92] headings copied along are no row", () => {
    const rows = table();
    add(rows, "a");
    pasteCells([["what", "COST"], ["Beds", "1"]], at(rows)); // biome-ignore format: a table
    expect(said(rows)).toEqual([["Beds", "1", "", ""]]);
  });

  it.each([
    [[["a", "b", "c"]], 2, 100, "You copied 3 columns, and from this cell on there are 2."],
    [[["a"], ["b"], ["c"]], 0, 2, "You copied 3 rows. The table would have 3, and can have 2."],
    [[["x".repeat(5_001)]], 0, 100, "has 5,001 letters. A cell can have 5,000."],
    [Array.from({ length: 20 }, () => ["x".repeat(4_000)]), 0, 100, "too much to paste at once"],
    [[["a", "1", "soon"]], 0, 100, "says “soon” for “By when”, which is not a day, such as 31/03/2027."],
    [[["31/3/27", "so so"]], 2, 100, "which is not one of “High”, “Low”."],
  ])("[FE93] that does not fit is refused whole, in words: %#", (cells, column, most, words) => {
    const rows = table();
    add(rows, "a", "Kept");
    const before = JSON.stringify(rows.toJSON());
    const answer = pasteCells(cells, at(rows, 0, column, most));
    expect(answer).toContain(words);
    expect(answer).toContain("Nothing was pasted.");
    expect(JSON.stringify(rows.toJSON())).toBe(before);
  });

  it("[FE94] taken back leaves what others wrote in its cells and rows since", () => {
    const mine = table();
    add(mine, "a", "Before");
    const done = pasteCells([["One"], ["Two"], ["Three"]], at(mine)) as Pasted; // biome-ignore format: a column
    const theirs = table(new Y.Doc());
    meet(mine.doc as Y.Doc, theirs.doc as Y.Doc);
    theirs.get(0).set("what", "Theirs");
    theirs.get(1).set("cost", "7");
    meet(mine.doc as Y.Doc, theirs.doc as Y.Doc);
    expect(done.undo()).toBe("Taken back, but for 1 cell changed since.");
    meet(mine.doc as Y.Doc, theirs.doc as Y.Doc);
    expect(said(theirs)).toEqual([["Theirs", "", "", ""], ["", "7", "", ""]]); // biome-ignore format: a table
  });

  it("[FE94] is taken back also when others have removed rows of it", () => {
    const mine = table();
    add(mine, "a");
    const done = pasteCells([["One"], ["Two"]], at(mine)) as Pasted;
    mine.delete(1);
    expect(done.undo()).toBe("Taken back.");
    expect(said(mine)).toEqual([["", "", "", ""]]);
  });
});

describe("two who write in one table without each other", () => {
  it("[FE95] 500 times: all rows added and all cells written stay, and both have the same", () => {
    for (let seed = 1; seed <= 500; seed++) {
      const dice = new Dice(seed);
      const both = [table(), table(new Y.Doc())] as const;
      add(both[0], "start", "start");
      meet(both[0].doc as Y.Doc, both[1].doc as Y.Doc);
      const written = both.flatMap((rows, who) => work(rows, dice, who));
      meet(both[0].doc as Y.Doc, both[1].doc as Y.Doc);
      expect(both[0].toJSON()).toEqual(both[1].toJSON());
      const words = new Set(said(both[0]).flat());
      expect(written.filter((word) => !words.has(word))).toEqual([]);
    }
  });

  it("[FE95] of one cell the same answer stands on both sides, and a removed row is gone on both", () => {
    const [one, other] = [table(), table(new Y.Doc())];
    add(one, "a");
    add(one, "b");
    meet(one.doc as Y.Doc, other.doc as Y.Doc);
    one.get(0).set("what", "One");
    other.get(0).set("what", "Other");
    one.get(1).set("what", "Typed in a row that goes");
    other.delete(1);
    meet(one.doc as Y.Doc, other.doc as Y.Doc);
    expect(said(one)).toEqual(said(other));
    expect(["One", "Other"]).toContain(one.get(0).get("what"));
    expect(one.length).toBe(1);
  });
});

/** One person's edits, each in a cell of their own: who writes in which column never meets the other. */
function work(rows: Y.Array<Values>, dice: Dice, who: number): string[] {
  const own = who ? ["cost", "by"] : ["what", "sure"];
  const written = new Map<string, string>();
  for (let nth = 0; nth < 8; nth++) {
    const word = `w${who}-${nth}`;
    const row = dice.chance() < 0.4 ? add(rows, word) : rows.get(dice.below(rows.length));
    const key = dice.one(own);
    row.set(key, word);
    written.set(`${row.get("id")} ${key}`, word);
  }
  return [...written.values()];
}
