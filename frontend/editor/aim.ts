// The aim as one sentence: the same words as proposals/portfolio/domain/aim.py.
import { perCent, pounds } from "./figures";

const GAP = "…";
const MOVES: Record<string, string> = { up: "goes up", down: "goes down", steady: "stays steady" };

const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});
const ISO = /^\d{4}-\d{2}-\d{2}$/;

/** A stored day as people write it; a day that is none stays as it was typed. */
export function longDate(value: string): string {
  const date = new Date(value);
  const exists = ISO.test(value) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
  return exists ? day.format(date) : value;
}

/** A small letter within a sentence, unless the word is an abbreviation such as CFS. */
function inside(phrase: string): string {
  const second = phrase.charAt(1);
  const shouted = second !== second.toLowerCase();
  return shouted ? phrase : phrase.charAt(0).toLowerCase() + phrase.slice(1);
}

function answered(fields: Record<string, string>): Map<string, string> {
  const words = Object.entries(fields).map(
    ([key, value]) => [key, value.trim().split(/\s+/).join(" ")] as const,
  );
  return new Map(words.filter(([, value]) => value));
}

export function aimSentence(fields: Record<string, string>): string {
  const said = answered(fields);
  if (!said.size) return "";
  const or = (key: string, otherwise = GAP): string => said.get(key) ?? otherwise;
  const parts = [
    `By ${longDate(or("by"))},`,
    inside(or("measure")),
    MOVES[or("direction")] ?? "goes",
    `from ${or("from")} to ${or("to")}`,
    `for ${inside(or("population"))}`.replace(/\.+$/, ""),
  ];
  const harm = said.has("without_harming") ? `, without harming: ${inside(or("without_harming"))}` : "";
  const sentence = parts.join(" ") + harm;
  return sentence.endsWith(".") ? sentence : `${sentence}.`;
}

/** "yes=Yes|no=No" as a template writes it, for showing a choice in words. */
export function choicesOf(encoded: string | undefined): Map<string, string> {
  const pairs = (encoded ?? "").split("|").filter(Boolean);
  return new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
}

/** A stored value in words: the label of a choice, a date and an amount as people write them. */
export function inWords(value: string, choices: Map<string, string>, kind = "date"): string {
  if (choices.size) return choices.get(value) ?? value;
  return SHOWN[kind]?.(value) ?? value;
}

const SHOWN: Record<string, (value: string) => string> = {
  date: longDate,
  money: pounds,
  percent: perCent,
};
