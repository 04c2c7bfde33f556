/**
 * What has to be done now and then for all paths together, started by a Schedule (worker/housekeeping.ts). Each run looks at what
 * is due at its moment; one that was missed is made up for by the next.
 */
import { proxyActivities } from '@temporalio/workflow';
import type { HousekeepingActivities } from './messages.ts';

const { tidy } = proxyActivities<HousekeepingActivities>({
  startToCloseTimeout: '1 minute',
  retry: { maximumAttempts: 5 },
});

// What is in the ledger is not sent again, so an attempt can be repeated; the last one ends before the next run.
const { sendDigests } = proxyActivities<HousekeepingActivities>({
  startToCloseTimeout: '40 minutes',
  scheduleToCloseTimeout: '50 minutes',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '5 minutes' },
});

export async function housekeeping(): Promise<void> {
  // Neither waits for the other, and one that fails does not keep the other from its work.
  const ends = await Promise.allSettled([tidy(), sendDigests()]);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
