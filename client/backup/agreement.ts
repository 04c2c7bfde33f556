/**
 * Whether the record in the store and the workflows say the same. They do by themselves; not when one of the two came from a backup of
 * another moment. What the store misses stands in the histories, and is recorded from there. What a workflow misses nobody can tell it.
 */
import type { Client } from '@temporalio/client';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow/index.js';
import type { PathEvent } from '../../domain/events.ts';
import type { PathId } from '../../domain/ids.ts';
import type { Store } from '../../store/store.ts';
import { type PathActivities, workflowIdOf } from '../../workflows/messages.ts';
import { type PathClient, UnavailableError, UnknownPathError } from '../path-client.ts';

export interface Agreement {
  /** Of so many paths both say the same. */
  equal: PathId[];
  /** Recorded just now from their histories, with how many events. */
  mended: { path: PathId; events: number }[];
  /** The worker will record what is missing: it was not handed over yet. */
  waiting: PathId[];
  /** The record goes further than the workflow, which cannot go on: its next event has a number that is taken. */
  behind: { path: PathId; recorded: number; workflow: number }[];
  /** Open in the record, and without a workflow. */
  missing: PathId[];
  /** No answer: the server or its worker is away. */
  unknown: PathId[];
}

export interface AgreementTools {
  store: Pick<Store, 'events' | 'overview'>;
  paths: Pick<PathClient, 'state'>;
  client: Client;
}

const ended: readonly string[] = ['stopped', 'completed', 'refused'];
const RECORD: keyof PathActivities = 'record';

/** Looks at every path that has not ended, and records what only histories have. Repeating it does no harm. */
export async function agree({ store, paths, client }: AgreementTools): Promise<Agreement> {
  const found: Agreement = { equal: [], mended: [], waiting: [], behind: [], missing: [], unknown: [] };
  for (const { path, status } of await store.overview.overview()) {
    if (ended.includes(status)) continue;
    // In this order: a workflow that works on meanwhile can only be further.
    const recorded = await store.events.lastSeq(path);
    const workflow = await seqOf(paths, path);
    if (typeof workflow === 'string') found[workflow].push(path);
    else if (workflow === recorded) found.equal.push(path);
    else if (workflow < recorded) found.behind.push({ path, recorded, workflow });
    else {
      await store.events.recordEvents(path, await eventsInHistory(client, path, recorded));
      const now = await store.events.lastSeq(path);
      if (now >= workflow) found.mended.push({ path, events: now - recorded });
      else found.waiting.push(path);
    }
  }
  return found;
}

async function seqOf(paths: Pick<PathClient, 'state'>, path: PathId): Promise<number | 'missing' | 'unknown'> {
  try {
    return (await paths.state(path)).seq;
  } catch (error) {
    if (error instanceof UnknownPathError) return 'missing';
    if (error instanceof UnavailableError) return 'unknown';
    throw error;
  }
}

/** What was ever handed over to be recorded after a number, as far as the runs of this workflow are kept. */
async function eventsInHistory(client: Client, path: PathId, after: number): Promise<PathEvent[]> {
  const events = new Map<number, PathEvent>();
  for (let runId: string | undefined, isFirst = true; isFirst || runId !== undefined; isFirst = false) {
    const history = (await client.workflow.getHandle(workflowIdOf(path), runId).fetchHistory()).events ?? [];
    for (const { activityTaskScheduledEventAttributes: scheduled } of history) {
      if (scheduled?.activityType?.name !== RECORD) continue;
      const [input] = (await decodeArrayFromPayloads(
        client.options.loadedDataConverter,
        scheduled.input?.payloads,
      )) as Parameters<PathActivities['record']>;
      for (const event of input.events) if (event.seq > after) events.set(event.seq, event);
    }
    const [started] = history;
    const before = started?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? '';
    runId = before === '' || events.has(after + 1) ? undefined : before;
  }
  const found = [...events.values()].sort((one, other) => one.seq - other.seq);
  // Never with a gap: what comes after one waits for what is in it.
  const gap = found.findIndex(({ seq }, index) => seq !== after + index + 1);
  return gap === -1 ? found : found.slice(0, gap);
}
