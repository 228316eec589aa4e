// Where cards go.
import { describe, expect, it } from "vitest";
import { arrange, GAP } from "./arrange";

const card = (wish: number, height = 100, floor = 0) => ({ wish, height, floor });

describe("cards", () => {
  it("[FE78] stand level with their words, one below the other where there is no room", () => {
    expect(arrange([card(10), card(500)], [])).toEqual([10, 500]);
    expect(arrange([card(10), card(20), card(30)], [])).toEqual([10, 110 + GAP, 210 + 2 * GAP]);
  });

  it("[FE78] make room for the active one, but not above their section", () => {
    expect(arrange([card(200), card(250), card(260)], [], 1)).toEqual([250 - GAP - 100, 250, 350 + GAP]);
    expect(arrange([card(200, 100, 190), card(250)], [], 1)).toEqual([190, 290 + GAP]);
  });

  it("[FE78] keep clear of what stands in the margin; only the active one may cover it", () => {
    const help = [{ top: 100, bottom: 200 }];
    expect(arrange([card(50)], help)).toEqual([200 + GAP]);
    expect(arrange([card(50)], help, 0)).toEqual([50]);
    expect(arrange([card(0, 80)], help)).toEqual([0]);
  });

  it("[FE78] never stand over each other", () => {
    const cards = Array.from({ length: 60 }, (_, n) =>
      card((n * 37) % 400, 20 + ((n * 13) % 90), n > 30 ? 300 : 0),
    );
    cards.sort((one, other) => one.floor - other.floor || one.wish - other.wish);
    for (let active = -1; active < cards.length; active++) {
      const tops = arrange(cards, [{ top: 300, bottom: 350 }], active);
      tops.forEach((top, nth) => {
        expect(top).toBeGreaterThanOrEqual(cards[nth]!.floor);
        if (nth > 0) expect(top).toBeGreaterThanOrEqual(tops[nth - 1]! + cards[nth - 1]!.height + GAP);
      });
    }
  });
});
