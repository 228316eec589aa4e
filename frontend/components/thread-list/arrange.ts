// Where the cards of the margin go: level with their words, never over each other, the active one first of all.

export interface Card {
  /** Where it would like to be: level with its words. */
  wish: number;
  height: number;
  /** It never goes above this: the top of its section, below its help. */
  floor: number;
}
/** What stands in the margin already. */
export interface Fixed {
  top: number;
  bottom: number;
}

export const GAP = 8;

/** The tops of cards that are given in their order. `active`: the index of the one that may cover what is fixed. */
export function arrange(cards: readonly Card[], fixed: readonly Fixed[], active = -1): number[] {
  const wishes = cards.map((card) => card.wish);
  const place = (wished: number[]): number[] =>
    downwards(cards, wished, (nth) => (nth === active ? [] : fixed));
  const tops = place(wishes);
  const chosen = cards[active];
  if (!chosen || (tops[active] ?? 0) <= chosen.wish) return tops;
  // Those before it make room, as far as their own sections reach; then all settle again from the top.
  wishes[active] = Math.max(chosen.wish, chosen.floor);
  for (let nth = active - 1; nth >= 0; nth--) {
    const { wish, height, floor } = cards[nth] ?? chosen;
    wishes[nth] = Math.max(floor, Math.min(wish, (wishes[nth + 1] ?? wish) - GAP - height));
  }
  return place(wishes);
}

function downwards(
  cards: readonly Card[],
  wishes: readonly number[],
  fixedFor: (nth: number) => readonly Fixed[],
): number[] {
  let free = 0;
  return cards.map(({ height, floor }, nth) => {
    const top = clear(Math.max(free, floor, wishes[nth] ?? 0), height, fixedFor(nth));
    free = top + height + GAP;
    return top;
  });
}

/** The next place down from here that nothing fixed stands in. `fixed` is in order. */
function clear(from: number, height: number, fixed: readonly Fixed[]): number {
  let top = from;
  for (const { top: start, bottom } of fixed) {
    if (top < bottom + GAP && top + height + GAP > start) top = bottom + GAP;
  }
  return top;
}
