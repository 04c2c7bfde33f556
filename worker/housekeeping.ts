/** The Schedule that starts housekeeping: made by the first worker, and brought up to date by each that starts after it. */
import { type Client, ScheduleAlreadyRunning, type ScheduleOptions, ScheduleOverlapPolicy } from '@temporalio/client';
import { HOUSEKEEPING_ID, HOUSEKEEPING_WORKFLOW, TASK_QUEUE } from '../workflows/messages.ts';
import { messageOf } from './setup-error.ts';

const MINUTE = 60_000;
const AGAIN_MS = MINUTE / 2;

/**
 * Some minutes past seven, eight and nine on weekdays in Brussels: what a mail server did not take at seven it may take at nine.
 * The clock of a trial has other hours and days than the server's: then once an hour, and each run looks what time it is.
 */
const specFor = (clockOffsetMs: number): ScheduleOptions['spec'] =>
  clockOffsetMs === 0
    ? {
        calendars: [{ hour: [7, 8, 9], minute: 5, dayOfWeek: { start: 'MONDAY', end: 'FRIDAY' } }],
        timezone: 'Europe/Brussels',
      }
    : { intervals: [{ every: '1 hour', offset: '5 minutes' }] };

const scheduleFor = (clockOffsetMs: number) =>
  ({
    spec: specFor(clockOffsetMs),
    action: {
      type: 'startWorkflow',
      workflowType: HOUSEKEEPING_WORKFLOW,
      workflowId: HOUSEKEEPING_ID,
      taskQueue: TASK_QUEUE,
      workflowExecutionTimeout: '1 hour',
      args: [],
    },
    // A run that is still under way does the work of the next one; of a night without a server one run is enough.
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '6 hours' },
  }) satisfies Omit<ScheduleOptions, 'scheduleId'>;

/** Makes the Schedule as it should be. Saying it twice changes nothing; what an operator paused stays paused. */
export async function ensureHousekeeping({ schedule }: Client, clockOffsetMs: number): Promise<void> {
  const wanted = scheduleFor(clockOffsetMs);
  try {
    // The first run is at once: what was due this morning does not wait for the next one.
    await schedule.create({ scheduleId: HOUSEKEEPING_ID, ...wanted, state: { triggerImmediately: true } });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await schedule.getHandle(HOUSEKEEPING_ID).update(({ state }) => ({ ...wanted, state }));
  }
}

/** Ensures it as soon as the server takes it. Paths do not wait for it, and a worker does not end over it. */
export function keepHousekeeping(
  client: Client,
  clockOffsetMs: number,
  log: (trouble: string) => void,
): { close: () => void } {
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  const ensure = (): void => {
    client
      .withDeadline(Date.now() + MINUTE, () => ensureHousekeeping(client, clockOffsetMs))
      .catch((error: unknown) => {
        if (isClosed) return;
        log(`The schedule of housekeeping could not be set: ${messageOf(error)}; trying again.`);
        timer = setTimeout(ensure, AGAIN_MS);
      });
  };
  ensure();
  return {
    close: () => {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
