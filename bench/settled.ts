import { until } from '../worker/processes.ts';

const LOOK_MS = 250;
const MOST_MS = 300_000;

/** Waits for a condition; after five minutes it gives up. */
export async function settled(holds: () => boolean | Promise<boolean>, lookMs = LOOK_MS): Promise<void> {
  if (!(await until(holds, MOST_MS, lookMs))) throw new Error('not settled after five minutes');
}
