// The rows of a table as a tree: the same as proposals/editing/domain/drawings.py.
import { choicesOf, inWords } from "./aim";

export interface Level {
  key: string;
  label: string;
  kind?: string;
  choices?: string;
}

export interface Branch {
  label: string;
  words: string;
  branches: Branch[];
}

/**
 * Each column is a level. Rows with the same words share a branch. What is empty before the first words of a row
 * is as in the row above; an empty cell after them skips its level.
 */
export function treeOf(levels: Level[], rows: Record<string, string>[]): Branch[] {
  const top: Branch[] = [];
  let path: string[] = [];
  for (const row of rows) {
    const said = levels.map((each) => lineOf(each, row));
    const first = said.findIndex(Boolean);
    if (first < 0) continue;
    const above = path;
    path = said.map((words, nth) => (nth < first ? (above[nth] ?? "") : words));
    plant(top, levels, path);
  }
  return top;
}

function plant(top: Branch[], levels: Level[], path: string[]): void {
  let level = top;
  path.forEach((words, nth) => {
    if (words) level = grown(level, levels[nth]?.label ?? "", words).branches;
  });
}

function lineOf({ key, kind, choices }: Level, row: Record<string, string>): string {
  const words = inWords(row[key] ?? "", choicesOf(choices), kind);
  return words.split(/\s+/).filter(Boolean).join(" ");
}

function grown(level: Branch[], label: string, words: string): Branch {
  const same = level.find(
    (branch) => branch.label === label && branch.words.toLowerCase() === words.toLowerCase(),
  );
  if (same) return same;
  const made: Branch = { label, words, branches: [] };
  level.push(made);
  return made;
}
