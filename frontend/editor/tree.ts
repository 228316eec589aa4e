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

/** Each column is a level. Rows with the same words share a branch; an empty cell skips its level. */
export function treeOf(levels: Level[], rows: Record<string, string>[]): Branch[] {
  const top: Branch[] = [];
  for (const row of rows) {
    let level = top;
    for (const { key, label, kind, choices } of levels) {
      const words = inWords(row[key] ?? "", choicesOf(choices), kind)
        .split(/\s+/)
        .filter(Boolean)
        .join(" ");
      if (words) level = grown(level, label, words).branches;
    }
  }
  return top;
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
