/** Chance that can be had again: the same seed gives the same order of events. */

export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number below the limit. */
  below(limit: number): number;
  shuffled<Item>(items: readonly Item[]): Item[];
}

/** Mulberry32, by Tommy Ettinger: small and good enough to choose what dies next. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    shuffled: (items) =>
      items
        .map((item) => ({ item, rank: next() }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ item }) => item),
  };
}
