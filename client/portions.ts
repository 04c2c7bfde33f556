/** Long lists of regions, some at a time: the store is asked once for several, and other requests have their turn in between. */

/** So many regions are asked for at once: what is in hand stays small. */
export const PORTION = 20;

/** Lets whatever else waits go first. */
export const othersTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

export async function* portions<Item>(all: readonly Item[]): AsyncGenerator<readonly Item[]> {
  for (let from = 0; from < all.length; from += PORTION) {
    if (from > 0) await othersTurn();
    yield all.slice(from, from + PORTION);
  }
}
