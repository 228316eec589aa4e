// The aim's sentence, and answers in words.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { aimSentence, choicesOf, inWords } from "./aim";
import { countSentence, countWords } from "./words";

const vectors = JSON.parse(readFileSync("../tests/data/aim_vectors.json", "utf8")) as {
  fields: Record<string, string>;
  sentence: string;
}[];

describe("the aim", () => {
  it.each(vectors)("[FE47] says: $sentence", ({ fields, sentence }) => {
    expect(aimSentence(fields)).toBe(sentence);
  });

  it("[FE47] answers are shown in words", () => {
    const choices = choicesOf("yes=Yes|over_1m=Over £1 million = much|");
    const none = new Map<string, string>();
    expect([
      inWords("yes", choices, "choice"),
      inWords("over_1m", choices, "choice"),
      inWords("x", choices, "choice"),
      inWords("2026-12-03", none, "date"),
      inWords("2026-12-03", none, "text"),
      inWords("1234567.5", none, "money"),
      inWords("-25k", none, "money"),
      inWords("a lot", none, "money"),
      inWords("30", none, "percent"),
    ]).toEqual([
      "Yes",
      "Over £1 million = much",
      "x",
      "3 December 2026",
      "2026-12-03",
      "£1,234,567.50",
      "-£25,000",
      "a lot",
      "30%",
    ]);
  });
});

describe("words", () => {
  it("[FE47] counts what a reader reads", () => {
    expect(countWords("")).toBe(0);
    expect(countWords("Two – words\n\nand  7 more, naïvely…")).toBe(6);
  });

  it("[FE47] says how many of how many, and how many too many", () => {
    expect([countSentence(1, 0), countSentence(3, 0), countSentence(3, 5), countSentence(7, 5)]).toEqual([
      "1 word",
      "3 words",
      "3 of 5 words",
      "7 of 5 words: 2 too many",
    ]);
  });
});
