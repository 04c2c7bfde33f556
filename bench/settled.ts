import { setTimeout as delay } from 'node:timers/promises';

const LOOK_MS = 250;
const MOST_MS = 300_000;

/** Waits for a condition; after five minutes it says so and gives up. */
export async function settled(
  holds: () => boolean | Promise<boolean>,
  say: (line: string) => void,
  lookMs = LOOK_MS,
): Promise<void> {
  const deadline = Date.now() + MOST_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) {
      say('not settled after five minutes');
      throw new Error('not settled');
    }
    await delay(lookMs);
  }
}
