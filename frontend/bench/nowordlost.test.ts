// How many words nobody deleted are lost, here and with the editors others use: the same sessions, side by side.
import { writeFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { type Outcome, SCENARIOS, type Scenario, Session } from "../editor/testing/session";
import type { Rival } from "./rivals";

/** Only when asked for: BENCH=1. SESSIONS is the number of sessions per cell, BENCH_JSON a file for the figures. */
const SESSIONS = Number(process.env.SESSIONS ?? 200);
/** The harness must not lose words by itself: without structure nobody loses any. */
const CONTROL: Scenario = {
  name: "control: 2 people, typing only",
  people: 2,
  rounds: 6,
  burst: 4,
  structure: 0,
};

interface Cell {
  scenario: string;
  editor: string;
  sessions: number;
  words: number;
  lost: number;
  percent: number;
  sessionsWithLoss: number;
  diverged: number;
  errors: number;
}

function play(rival: Rival, scenario: Scenario, number: number): Outcome | null {
  const people = rival.open(scenario.people);
  people.forEach(({ doc }, nth) => {
    doc.clientID = 1000 * number + nth + 3;
  });
  try {
    return new Session(number, people, rival.gestures).play(scenario, rival.split);
  } catch {
    return null;
  } finally {
    for (const { editor, view } of people) editor ? editor.destroy() : view.destroy();
    document.body.replaceChildren();
  }
}

function measure(rival: Rival, scenario: Scenario): Cell {
  const numbers = Array.from({ length: SESSIONS }, (_, nth) => nth + 1);
  const outcomes = numbers.map((number) => play(rival, scenario, number));
  const played = outcomes.filter((outcome) => outcome !== null);
  const sum = (count: (outcome: Outcome) => number) =>
    played.reduce((total, outcome) => total + count(outcome), 0);
  const words = sum((outcome) => outcome.words);
  const lost = sum((outcome) => outcome.lost.length);
  return {
    scenario: scenario.name,
    editor: rival.name,
    sessions: SESSIONS,
    words,
    lost,
    percent: Math.round((1000 * lost) / words) / 10,
    sessionsWithLoss: sum((outcome) => Number(outcome.lost.length > 0)),
    diverged: sum((outcome) => Number(outcome.diverged)),
    errors: outcomes.length - played.length,
  };
}

function table(cells: readonly Cell[]): string {
  const rows = cells.map(
    (cell) =>
      `| ${cell.scenario} | ${cell.editor} | ${cell.words} | ${cell.lost} | ${cell.percent} % | ${cell.diverged} | ${cell.errors} |`,
  );
  return [
    "| scenario | editor | words | lost | share | diverged | errors |",
    "|---|---|--:|--:|--:|--:|--:|",
    ...rows,
  ].join("\n");
}

describe.skipIf(!process.env.BENCH)("words lost", () => {
  it("beside other editors", async () => {
    vi.stubGlobal("MutationObserver", undefined);
    const { RIVALS } = await import("./rivals");
    const cells = [...SCENARIOS, CONTROL].flatMap((scenario) =>
      RIVALS.map((rival) => measure(rival, scenario)),
    );
    process.stdout.write(`\nWords lost, ${SESSIONS} sessions each\n\n${table(cells)}\n`);
    if (process.env.BENCH_JSON) writeFileSync(process.env.BENCH_JSON, JSON.stringify(cells, null, 2));
    const ours = cells.filter((cell) => cell.editor === "coprod");
    expect(ours.map(({ lost, diverged, errors }) => lost + diverged + errors)).toEqual([0, 0, 0, 0]);
  }, 1_800_000);
});
