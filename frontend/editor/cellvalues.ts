// What a cell of a spreadsheet means in a column: amounts without signs, days as the UK writes them, choices by their words.
import { figure } from "./figures";

export interface Column {
  key: string;
  label: string;
  kind: string;
  /** Value and label of what can be chosen. */
  choices: [string, string][];
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const YES = ["yes", "y", "true"];
const NO = ["no", "n", "false"];
const NUMBERS = /^(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4}|\d{2})(?:\s+0{1,2}:00(?::00)?)?$/;
const NAMED = /^(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s\-/]+([a-z]{3,9})\.?,?[\s\-/]+(\d{4}|\d{2})$/i;
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T\s]00:00(?::00(?:\.0+)?)?)?$/;

/** The value to keep, or null where the cell's control could not show it. */
export function valueFor(column: Column, cell: string): string | null {
  const said = cell.replaceAll("\u00a0", " ").trim();
  if (!said) return "";
  if (column.choices.length) return choiceIn(column, said);
  if (column.kind === "date") return dayIn(said);
  if (column.kind === "money" || column.kind === "number") return amountIn(said);
  return said;
}

function choiceIn({ kind, choices }: Column, said: string): string | null {
  const plain = folded(said);
  const found = choices.find(([value, label]) => folded(label) === plain || folded(value) === plain);
  if (found) return found[0];
  if (kind !== "yesno") return null;
  return YES.includes(plain) ? "yes" : NO.includes(plain) ? "no" : null;
}

const folded = (words: string): string => words.toLowerCase().replace(/\s+/g, " ").trim();

/** Brackets are how accounts write a minus, and a lone dash is nothing. What is no figure stays for people to see. */
function amountIn(said: string): string {
  const bare = said.replace(/^\s*-?\s*£?\s*-\s*$/, "0").replace(/^(£?)\((.+)\)$/, "-$1$2");
  const plain = bare.replace(/[£,\s]/g, "").replace("\u2212", "-");
  return figure(plain) === null ? said : plain;
}

/** Day before month, as everybody writes it here. */
export function dayIn(said: string): string | null {
  const iso = ISO.exec(said);
  if (iso) return existing(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numbers = NUMBERS.exec(said);
  if (numbers) return existing(yearOf(numbers[3]), Number(numbers[2]), Number(numbers[1]));
  const named = NAMED.exec(said);
  const month = MONTHS.indexOf(named?.[2]?.slice(0, 3).toLowerCase() ?? "");
  return named && month >= 0 ? existing(yearOf(named[3]), month + 1, Number(named[1])) : null;
}

function yearOf(written = ""): number {
  return Number(written) + (written.length === 2 ? 2000 : 0);
}

function existing(year: number, month: number, day: number): string | null {
  const two = (part: number): string => String(part).padStart(2, "0");
  const written = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
  const date = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written) ? written : null;
}
