// One word for what is saved.
import { describe, expect, it } from "vitest";
import { closing } from "./closing";
import { type Situation, savedState, wording } from "./saved";

const CALM: Situation = {
  final: null,
  mode: "edit",
  reason: "",
  connected: true,
  everSynced: true,
  oldest: null,
  storeFailed: false,
  now: 100_000,
};
const kind = (facts: Partial<Situation>): string => savedState({ ...CALM, ...facts }).kind;
const words = (facts: Partial<Situation>) => wording(savedState({ ...CALM, ...facts }));

describe("what is saved", () => {
  it("[FE39] Saving until the receipt, Not saved after eight seconds, or two without a connection", () => {
    expect(kind({})).toBe("saved");
    expect(kind({ oldest: 95_000 })).toBe("saving");
    expect(kind({ oldest: 92_000 })).toBe("unsaved");
    expect(kind({ oldest: 98_500, connected: false })).toBe("saving");
    expect(kind({ oldest: 98_000, connected: false })).toBe("unsaved");
    expect(kind({ everSynced: false })).toBe("connecting");
  });

  it("[FE39] says since when, and whether this device keeps the words", () => {
    const since = new Date(2026, 10, 23, 10, 42).getTime();
    const facts = { oldest: since, now: since + 60_000, connected: false };
    expect(words(facts).label).toBe("Not saved since 10:42");
    expect(words(facts).detail).toContain("Kept on this device");
    expect(words({ ...facts, storeFailed: true }).detail).toContain("Leave this page open");
    expect(words({ connected: false }).label).toBe("Saved");
    expect(words({ connected: false }).detail).toContain("No connection");
  });

  it("[FE39] Read only says why", () => {
    expect(words({ mode: "read", reason: "Only the pair write here." })).toEqual({
      label: "Read only",
      detail: "Only the pair write here.",
    });
    expect(words({ final: "You are signed out." }).detail).toBe("You are signed out.");
    expect(words({ everSynced: false }).label).toBe("Connecting");
    expect(words({ oldest: 99_900 }).label).toBe("Saving");
  });
});

describe("why a document closed", () => {
  it("[FE35] every final code has its sentence, others mean: try again", () => {
    const final = [4400, 4401, 4403, 4404, 4409, 4413, 4423, 4499].map(closing);
    expect(final.every((end) => end.final && end.sentence.endsWith("."))).toBe(true);
    expect([1006, 1012, 4503, 3001].map((code) => closing(code).final)).toEqual([false, false, false, false]);
  });

  it("[FE36] edits that can never be sent are told from those that only have to wait", () => {
    expect([4401, 4409].map((code) => closing(code).refuses)).toEqual([false, false]);
    expect([4403, 4404, 4413, 4423].map((code) => closing(code).refuses)).toEqual([true, true, true, true]);
  });
});
