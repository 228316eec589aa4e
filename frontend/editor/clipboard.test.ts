// Cells as spreadsheets put them on the clipboard, and what they mean in a column.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Column, dayIn, valueFor } from "./cellvalues";
import { cellsIn, rowsOf } from "./clipboard";
import { Dice } from "./testing/random";

const PIECES = ["a", "£1,200", '"', '""', "\n", "\t", " ", "naïve", "🙂", "'", ",", "x\n\ny", '"q"', "12.5%"];

/** As Excel, Google Sheets and LibreOffice write: quotation marks where a cell holds a tab, a line or begins with one. */
const copied = (rows: string[][], end: string): string =>
  rows.map((row) => row.map(quoted).join("\t")).join(end) + end;
const quoted = (cell: string): string => (/[\t\n]|^"/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

function randomCells(dice: Dice): string[][] {
  const width = 1 + dice.below(5);
  const rows = Array.from({ length: 1 + dice.below(6) }, () =>
    Array.from({ length: width }, () =>
      Array.from({ length: dice.below(4) }, () => dice.one(PIECES)).join(""),
    ),
  );
  rows.push(Array.from({ length: width }, () => "end")); // empty rows at the end are no rows
  return rows;
}

const data = (plain: string, html = "") => ({
  getData: (type: string) => (type === "text/html" ? html : plain),
});

describe("copied cells", () => {
  it("[FE90] come apart as they were put together: 2,000 random tables, both kinds of line end", () => {
    for (let seed = 1; seed <= 2_000; seed++) {
      const rows = randomCells(new Dice(seed));
      expect(rowsOf(copied(rows, seed % 2 ? "\r\n" : "\n"))).toEqual(rows);
    }
  });

  it("[FE90] from Excel: quoted lines, amounts, empty cells and an empty last line", () => {
    const plain = readFileSync("editor/fixtures/excel-cells.tsv", "utf8");
    const html = readFileSync("editor/fixtures/excel-cells.html", "utf8");
    const rows = cellsIn(data(plain, html));
    expect(rows?.length).toBe(12);
    expect(rows?.every((row) => row.length === 6)).toBe(true);
    expect(rows?.[1]?.[0]).toBe('Seen by a "front door" team\nwithin 14 hours');
  });

  it("[FE90] words are no table: prose of many lines, one cell, a mark of inches", () => {
    expect(cellsIn(data("One line\nand another"))).toBe(null);
    expect(cellsIn(data("alone\r\n", "<table><tr><td>alone</td></tr></table>"))).toBe(null);
    expect(cellsIn(data("a\r\nb\r\n", "<table>"))).toEqual([["a"], ["b"]]);
    expect(rowsOf('6" pipe\t"quoted" and more')).toEqual([['6" pipe', '"quoted" and more']]);
  });
});

const column = (kind: string, choices: [string, string][] = []): Column => ({
  key: "k",
  label: "K",
  kind,
  choices,
});

describe("a cell", () => {
  it.each([
    ["£25,000.00", "25000.00"],
    [" £ 1,200 ", "1200"],
    ["(1,200)", "-1200"],
    ["-£5", "-5"],
    ["£-5", "-5"],
    ["£   -", "0"],
    ["1.5k", "1.5k"],
    ["about £5", "about £5"],
    ["\u00a0", ""],
  ])("[FE91] of money: %s is %s", (said, kept) => {
    expect(valueFor(column("money"), said)).toBe(kept);
  });

  it.each([
    ["31/03/2027", "2027-03-31"],
    ["3/4/27", "2027-04-03"],
    ["31.3.2027", "2027-03-31"],
    ["31-Mar-27", "2027-03-31"],
    ["Wednesday, 31st March 2027", "2027-03-31"],
    ["2027-03-31", "2027-03-31"],
    ["2027-03-31T00:00:00", "2027-03-31"],
    ["31/03/2027 00:00", "2027-03-31"],
    ["03/31/2027", null],
    ["31/02/2027", null],
    ["in spring", null],
  ])("[FE91] of days, in the order of the UK: %s is %s", (said, kept) => {
    expect(dayIn(said)).toBe(kept);
  });

  it("[FE91] of choices: by label or value, whatever the capitals; yes and no in short", () => {
    const choice = column("choice", [
      ["high", "High"],
      ["over_1m", "Over £1 million"],
    ]);
    const yesno = column("yesno", [
      ["yes", "Yes"],
      ["no", "No"],
    ]);
    expect(
      [" HIGH", "over  £1 million", "over_1m", "lots", ""].map((cell) => valueFor(choice, cell)),
    ).toEqual(["high", "over_1m", "over_1m", null, ""]);
    expect(["Y", "TRUE", "no", "N", "maybe"].map((cell) => valueFor(yesno, cell))).toEqual([
      "yes",
      "yes",
      "no",
      "no",
      null,
    ]);
  });
});
