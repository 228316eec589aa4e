// Cells from a spreadsheet spread over a table: everything or nothing, and taken back in one go.
import * as Y from "yjs";
import { shown, type Values } from "../../editor/cell";
import { type Column, valueFor } from "../../editor/cellvalues";

/** Letters in one cell, and in all cells of one paste: well within what one message to the server may hold. */
const LONGEST_CELL = 5_000;
const MOST_AT_ONCE = 60_000;

export interface Target {
  rows: Y.Array<Values>;
  columns: Column[];
  /** Where the focus is: the first row and column that are filled. */
  row: number;
  column: number;
  most: number;
}

type Change = { values: Values; key: string; before: string; after: string };

/** What a paste did, to say and to take back. */
export interface Pasted {
  sentence: string;
  undo(): string;
}

/** Pastes, or says in words why nothing was pasted. */
export function pasteCells(cells: string[][], target: Target): Pasted | string {
  const body = withoutHeadings(cells, target);
  const width = Math.max(0, ...body.map((row) => row.length));
  const trouble = tooMuch(body, width, target);
  if (trouble) return `${trouble} Nothing was pasted.`;
  const wanted = body.map((row) =>
    row.map((cell, nth) => valueFor(target.columns[target.column + nth] as Column, cell)),
  );
  const misfit = misfitIn(body, wanted, target);
  if (misfit) return `${misfit} Nothing was pasted.`;
  return write(wanted as string[][], width, target);
}

/** People copy the headings along; where they say what ours say, they are no row. */
function withoutHeadings(cells: string[][], { columns, column }: Target): string[][] {
  const same = (cell: string, nth: number): boolean =>
    cell.trim().toLowerCase() === columns[column + nth]?.label.toLowerCase();
  return cells[0]?.length && cells[0].every(same) ? cells.slice(1) : cells;
}

function tooMuch(body: string[][], width: number, { columns, row, column, most }: Target): string {
  const room = columns.length - column;
  if (width > room)
    return `You copied ${count(width, "column")}, and from this cell on there ${room === 1 ? "is" : "are"} ${room}.`;
  const needed = row + body.length;
  if (needed > most)
    return `You copied ${count(body.length, "row")}. The table would have ${needed}, and can have ${most}.`;
  const cells = body.flat();
  const long = cells.find((cell) => cell.length > LONGEST_CELL);
  if (long !== undefined)
    return `The cell that begins “${long.slice(0, 30)}…” has ${long.length.toLocaleString("en-GB")} letters. A cell can have ${LONGEST_CELL.toLocaleString("en-GB")}.`;
  return cells.join("").length > MOST_AT_ONCE ? "This is too much to paste at once. Paste it in parts." : "";
}

/** The first cell whose control could not even show what was copied. */
function misfitIn(body: string[][], wanted: (string | null)[][], target: Target): string {
  for (const [nth, row] of wanted.entries()) {
    const at = row.indexOf(null);
    const column = target.columns[target.column + at];
    if (at < 0 || !column) continue;
    const labels = column.choices.map(([, label]) => `“${label}”`).join(", ");
    const need = labels ? `one of ${labels}` : "a day, such as 31/03/2027";
    return `Row ${nth + 1} of what you copied says “${body[nth]?.[at]?.trim()}” for “${column.label}”, which is not ${need}.`;
  }
  return "";
}

function write(wanted: string[][], width: number, { rows, columns, row: first, column }: Target): Pasted {
  const changes: Change[] = [];
  const added: Values[] = [];
  rows.doc?.transact(() => {
    wanted.forEach((cells, nth) => {
      let values = rows.length > first + nth ? rows.get(first + nth) : null;
      if (!values) {
        values = new Y.Map<unknown>([["id", crypto.randomUUID()]]);
        rows.push([values]);
        added.push(values);
      }
      cells.forEach((after, at) => {
        const key = columns[column + at]?.key ?? "";
        const before = shown(values, key);
        if (before !== after) changes.push({ values, key, before, after });
        if (before !== after) values.set(key, after);
      });
    });
  }, PASTE);
  const more = added.length ? ` ${count(added.length, "row")} added.` : "";
  const sentence = `Pasted ${count(wanted.length, "row")} of ${count(width, "cell")}.${more}`;
  return { sentence, undo: () => takeBack(rows, changes, added) };
}

/** The origin of a paste: this page's own edit, that its controls have not made. */
export const PASTE = { from: "a spreadsheet" };

/** Only what still stands as it was pasted goes: whatever anybody has written since stays. */
function takeBack(rows: Y.Array<Values>, changes: Change[], added: Values[]): string {
  const there = changes.filter(({ values }) => !values._item?.deleted);
  const standing = there.filter(({ values, key, after }) => shown(values, key) === after);
  rows.doc?.transact(() => {
    for (const { values, key, before } of standing) values.set(key, before);
    for (const values of added.filter(isEmpty)) {
      const at = rows.toArray().indexOf(values);
      if (at >= 0) rows.delete(at);
    }
  }, PASTE);
  const kept = there.length - standing.length;
  return kept ? `Taken back, but for ${count(kept, "cell")} changed since.` : "Taken back.";
}

const isEmpty = (values: Values): boolean =>
  [...values.keys()].every((key) => key === "id" || !shown(values, key));

function count(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? "" : "s"}`;
}
