/** Events as the histories of a path hold them: what its workflow ever handed over to be recorded. */
import { type Client, isGrpcServiceError, type WorkflowExecutionStatusName } from '@temporalio/client';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow/index.js';
import type { PathEvent } from '../../domain/events.ts';
import { asPathId, type PathId } from '../../domain/ids.ts';
import { PATH_WORKFLOW, type PathActivities, type PathInput, workflowIdOf } from '../../workflows/messages.ts';

const RECORD: keyof PathActivities = 'record';
/** Code of gRPC, which the client of Temporal translates for other questions only. */
const NOT_FOUND = 5;
/** For one answer of the server. */
const ANSWER_MS = 10_000;

/** So many events before a number are looked at too: as many as a morning and the answers of a day leave. */
const OVERLAP = 50;

type Payloads = Parameters<typeof decodeArrayFromPayloads>[1];

/** Those whose workflow runs now. */
export async function openPaths(client: Client): Promise<PathId[]> {
  const prefix = workflowIdOf(asPathId(''));
  const query = `WorkflowType = '${PATH_WORKFLOW}' AND ExecutionStatus = 'Running'`;
  const ids: PathId[] = [];
  for await (const { workflowId } of client.workflow.list({ query }))
    if (workflowId.startsWith(prefix)) ids.push(asPathId(workflowId.slice(prefix.length)));
  return ids;
}

/** How the last run of a path stands: `RUNNING`, `COMPLETED`, `TERMINATED`, … Throws WorkflowNotFoundError. */
export async function standingOf(client: Client, path: PathId): Promise<WorkflowExecutionStatusName> {
  const handle = client.workflow.getHandle(workflowIdOf(path));
  return (await client.withDeadline(Date.now() + ANSWER_MS, () => handle.describe())).status.name;
}

export interface Found {
  /**
   * From the one after the number on, without a gap; with those right before it that were handed over too, since the record may hold
   * others under their numbers.
   */
  events: PathEvent[];
  /** The next one was handed over in a run of which the server has no history any more. */
  isLost: boolean;
}

/** What was ever handed over to be recorded after a number, as far as the runs of this path are kept. */
export async function eventsInHistories(client: Client, path: PathId, after: number): Promise<Found> {
  const events = new Map<number, PathEvent>();
  // What a run began with is not told otherwise by an older one, which may have been given up.
  let upTo = Number.POSITIVE_INFINITY;
  for (const runId of await runsOf(client, path)) {
    const run = await readRun(client, path, runId);
    if (run === undefined) continue;
    for (const event of run.events)
      if (event.seq > after - OVERLAP && event.seq <= upTo && !events.has(event.seq)) events.set(event.seq, event);
    upTo = Math.min(upTo, run.beganWith);
    if (upTo <= after || events.has(after + 1)) break;
  }
  // Never with a gap: what comes after one waits for what is in it.
  let [first, last] = [after + 1, after];
  while (events.has(first - 1)) first -= 1;
  while (events.has(last + 1)) last += 1;
  const whole = [...events.values()]
    .filter(({ seq }) => seq >= first && seq <= last)
    .sort((one, other) => one.seq - other.seq);
  return { events: whole, isLost: last === after && upTo > after };
}

/** The newest first. An ended path that was opened again has runs that do not name the ones before. */
async function runsOf(client: Client, path: PathId): Promise<string[]> {
  const { runId } = await client.workflow.getHandle(workflowIdOf(path)).describe();
  const runs: { runId: string; startTime: Date }[] = [];
  for await (const run of client.workflow.list({ query: `WorkflowId = '${workflowIdOf(path)}'` })) runs.push(run);
  runs.sort((one, other) => other.startTime.getTime() - one.startTime.getTime());
  // What can be listed may lag behind what there is.
  return [...new Set([runId, ...runs.map((run) => run.runId)])];
}

interface Run {
  events: PathEvent[];
  /** The number of the last event that had happened before it. */
  beganWith: number;
}

/** Undefined when its history is gone. */
async function readRun(client: Client, path: PathId, runId: string): Promise<Run | undefined> {
  const decode = (payloads: Payloads) => decodeArrayFromPayloads(client.options.loadedDataConverter, payloads);
  const history = await client.workflow
    .getHandle(workflowIdOf(path), runId)
    .fetchHistory()
    .catch((error: unknown) => {
      if (isGrpcServiceError(error) && (error.code as number) === NOT_FOUND) return undefined;
      throw error;
    });
  if (history === undefined) return undefined;
  const run: Run = { events: [], beganWith: 0 };
  for (const event of history.events ?? []) {
    const { workflowExecutionStartedEventAttributes: started, activityTaskScheduledEventAttributes: scheduled } = event;
    if (started) {
      const [input] = (await decode(started.input?.payloads)) as [PathInput];
      run.beganWith = input.carried?.state.seq ?? 0;
      run.events.push(...(input.carried?.unrecorded ?? []));
    }
    if (scheduled?.activityType?.name !== RECORD) continue;
    const [input] = (await decode(scheduled.input?.payloads)) as Parameters<PathActivities['record']>;
    run.events.push(...input.events);
  }
  return run;
}
