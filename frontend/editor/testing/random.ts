// Chance that can be repeated: the same seed gives the same session on every machine.

/** Mulberry32: numbers from 0 up to 1. */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Chance with the few questions a session asks. */
export class Dice {
  readonly chance: () => number;

  constructor(seed: number) {
    this.chance = randomFrom(seed);
  }

  below(limit: number): number {
    return Math.floor(this.chance() * limit);
  }

  one<T>(of: readonly T[]): T {
    return of[this.below(of.length)] as T;
  }
}
