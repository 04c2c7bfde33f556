/**
 * One workflow per path. It accepts commands, and does two things side by side: it has every event recorded, and it
 * delivers what is due. All decisions are made by the core in domain/; here is only durability.
 */
import { condition, continueAsNew, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import { nextDue } from '../domain/due.ts';
import { Journal } from './journal.ts';
import { type PathActivities, type PathInput, commandUpdate, stateQuery } from './messages.ts';

const { record } = proxyActivities<PathActivities>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

// An attempt may take half an hour: a mail server can let the end of a message wait for ten minutes (RFC 5321, 4.5.3.2.6).
const { deliver } = proxyActivities<PathActivities>({
  startToCloseTimeout: '35 minutes',
  heartbeatTimeout: '1 minute',
  retry: { initialInterval: '5 seconds', backoffCoefficient: 2, maximumInterval: '5 minutes' },
});

/** So many events at most go into one call, so that a long silence of the store does not make one huge call. */
const RECORD_BATCH = 200;
/** How long a path that starts with an ended state waits for the command that opens it again. */
const REOPEN_WITHIN = '1 minute';

export async function path(input: PathInput): Promise<void> {
  const journal = new Journal(input);
  setHandler(commandUpdate, (message) => journal.accept(message), {
    validator: (message) => {
      journal.check(message);
    },
  });
  setHandler(stateQuery, () => journal.state);

  if (journal.isEnded) await condition(() => !journal.isEnded, REOPEN_WITHIN);
  do {
    await Promise.all([recording(journal), delivering(journal)]);
    // Nothing may be awaited between here and the end of this run: what a handler accepts now must be carried over.
    if (!journal.isFinished) await continueIfWanted(journal);
  } while (!journal.isFinished);
}

/** True when this run's history has grown enough to go on in a new run. */
function wantsContinue(journal: Journal): boolean {
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  return continueAsNewSuggested || historyLength >= (journal.continueAfterEvents ?? Number.POSITIVE_INFINITY);
}

function continueIfWanted(journal: Journal): Promise<void> {
  return wantsContinue(journal) ? continueAsNew<typeof path>(journal.nextInput()) : Promise.resolve();
}

/** Hands new events to the store until there is nothing more to come in this run. */
async function recording(journal: Journal): Promise<void> {
  const mayStop = (): boolean => wantsContinue(journal) || journal.isQuiet;
  for (;;) {
    await condition(() => journal.unrecorded.length > 0 || mayStop());
    const events = journal.unrecorded.slice(0, RECORD_BATCH);
    if (events.length === 0 || wantsContinue(journal)) return;
    await record({ path: journal.state.id, events });
    journal.recorded(events.length);
  }
}

/** Sends what is due, closes the path on its day, and sleeps until the next moment or a change of it. */
async function delivering(journal: Journal): Promise<void> {
  while (!journal.isQuiet && !wantsContinue(journal)) {
    const due = nextDue(journal.state, journal.now());
    const wait = due === undefined ? undefined : Date.parse(due.at) - journal.exactNow();
    if (due === undefined || wait === undefined || wait > 0) {
      const isOther = (): boolean => journal.isQuiet || wantsContinue(journal) || journal.dueAt !== due?.at;
      await (wait === undefined ? condition(isOther) : condition(isOther, wait));
    } else if (due.messages.length > 0) {
      const reports = await deliver({ path: journal.state.id, messages: due.messages, now: journal.now() });
      journal.delivered(due.messages, reports);
    } else if (due.closes) {
      journal.close();
    }
  }
}
