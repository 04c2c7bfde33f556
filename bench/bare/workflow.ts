/** The least that can be told something: what every measurement of a path is held against. */
import { condition, defineQuery, defineUpdate, proxyActivities, setHandler } from '@temporalio/workflow';
import type { BareActivities } from './activities.ts';

const { nothing } = proxyActivities<BareActivities>({ startToCloseTimeout: '10 seconds' });

export const tellUpdate = defineUpdate<number>('tell');
export const doUpdate = defineUpdate<boolean>('do');
export const toldQuery = defineQuery<number>('told');

/** Counts what it is told, and does what it is asked to by an activity that does nothing. */
export async function bare(): Promise<void> {
  let told = 0;
  setHandler(tellUpdate, () => (told += 1));
  setHandler(doUpdate, async () => {
    await nothing();
    return true;
  });
  setHandler(toldQuery, () => told);
  await condition(() => false);
}
