// The rows of a table as a tree, word for word as the server makes it.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { type Branch, type Level, treeOf } from "./tree";

interface Vector {
  columns: Level[];
  rows: Record<string, string>[];
  tree: unknown[];
}
const vectors = JSON.parse(readFileSync("../tests/data/tree_vectors.json", "utf8")) as Vector[];

const plain = (branches: Branch[]): unknown[] =>
  branches.map(({ label, words, branches: below }) => [label, words, plain(below)]);
const withChoices = (column: Level): Level =>
  column.kind === "yesno" ? { ...column, choices: "yes=Yes|no=No" } : column;

it.each(vectors)("[ED82] rows grow into one tree", ({ columns, rows, tree }) => {
  expect(plain(treeOf(columns.map(withChoices), rows))).toEqual(tree);
});
