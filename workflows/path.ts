/**
 * One workflow per path. It accepts commands, and does two things side by side: it has every event recorded, and it
 * delivers what is due. All decisions are made by the core in domain/; here is only durability.
 */
import {
  condition,
  continueAsNew,
  isCancellation,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { DeliveryReport, Message } from '../domain/message.ts';
import { Journal } from './journal.ts';
import { type CommandMessage, type PathActivities, type PathInput, commandUpdate, stateQuery } from './messages.ts';

// Recording takes milliseconds; when its worker dies, the next attempt must not wait long.
const { record } = proxyActivities<PathActivities>({
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

// An attempt may take half an hour: a mail server can let the end of a message wait for ten minutes (RFC 5321, 4.5.3.2.6).
const { deliver } = proxyActivities<PathActivities>({
  startToCloseTimeout: '35 minutes',
  // A batch that waited longer than this for a worker is stale: it is given up and computed anew.
  scheduleToCloseTimeout: '40 minutes',
  // When its worker dies, the next attempt must not wait long; a busy machine must not make a living worker look dead.
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '5 minutes' },
});

/** So many events at most go into one call, so that a long silence of the store does not make one huge call. */
const RECORD_BATCH = 200;
/** The server suggests a new run from so many events; five times that is still far from the limit of 51,200. */
const SUGGESTED_EVENTS = 4_096;
const URGENT_TIMES = 5;
/** How long a path that starts with an ended state waits for the command that opens it again. */
const REOPEN_WITHIN = '1 minute';

export async function path(input: PathInput): Promise<void> {
  const journal = new Journal(input);
  setHandler(commandUpdate, (message) => journal.accept(message), {
    validator: (message: CommandMessage) => {
      journal.check(message);
    },
  });
  setHandler(stateQuery, () => journal.state);

  if (journal.isFinished) await condition(() => !journal.isFinished, REOPEN_WITHIN);
  for (;;) {
    let isDelivering = true;
    const deliveries = delivering(journal).finally(() => (isDelivering = false));
    await Promise.all([deliveries, recording(journal, () => isDelivering)]);
    // Nothing may be awaited from here to the end of this run: what a handler accepts now must be carried over.
    if (journal.isFinished) return;
    if (mayContinue(journal)) await continueAsNew<typeof path>(journal.nextInput());
  }
}

/** History has grown enough to go on in a new run at a quiet moment. */
function mayContinue({ continueAfterEvents }: Journal): boolean {
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  return continueAfterEvents === undefined ? continueAsNewSuggested : historyLength >= continueAfterEvents;
}

/** History has grown so much that it cannot wait for one. */
const mustContinue = ({ continueAfterEvents = SUGGESTED_EVENTS }: Journal): boolean =>
  workflowInfo().historyLength >= URGENT_TIMES * continueAfterEvents;

/** Hands new events to the store; ends when the deliveries have ended and, unless a new run takes over, all is recorded. */
async function recording(journal: Journal, isDelivering: () => boolean): Promise<void> {
  for (;;) {
    await condition(() => journal.unrecorded.length > 0 || !isDelivering());
    const events = journal.unrecorded.slice(0, RECORD_BATCH);
    if (!isDelivering() && (events.length === 0 || mayContinue(journal))) return;
    await record({ path: journal.state.id, events });
    journal.recorded(events.length);
  }
}

/** One attempt at a batch. What is not known to have left is deferred; the ledger keeps it from being sent twice. */
async function attempt(journal: Journal, messages: Message[]): Promise<DeliveryReport[]> {
  try {
    return await deliver({ path: journal.state.id, messages, now: journal.now() });
  } catch (error) {
    if (isCancellation(error)) throw error;
    return [];
  }
}

/**
 * Sends what is due, closes the path on its day, and sleeps until the next moment or a change of it. Ends when the path is
 * over, or when it is time for a new run: right after mails, since a click that comes in just then waits two seconds.
 */
async function delivering(journal: Journal): Promise<void> {
  while (!journal.isQuiet && !mustContinue(journal)) {
    const due = journal.lookAhead();
    const wait = due === undefined ? undefined : journal.realTimeUntil(due.at);
    if (due === undefined || wait === undefined || wait > 0) {
      const isOther = (): boolean => journal.isQuiet || mustContinue(journal) || journal.dueAt !== due?.at;
      await (wait === undefined ? condition(isOther) : condition(isOther, wait));
    } else if (due.messages.length > 0 && journal.unrecorded.length > 0) {
      // Mails are made of what is recorded: names, the coordinator of the moment. Then the batch is computed anew.
      await condition(() => journal.unrecorded.length === 0);
    } else if (due.messages.length > 0) {
      journal.delivered(due.messages, await attempt(journal, due.messages));
      if (mayContinue(journal)) return;
    } else if (due.closes) {
      journal.close();
    }
  }
}
