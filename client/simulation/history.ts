/** How much history a path has made, over all its runs. */
import type { Client } from '@temporalio/client';
import type { PathId } from '../../domain/ids.ts';
import { workflowIdOf } from '../../workflows/messages.ts';

export interface HistorySize {
  runs: number;
  events: number;
  /** Size of the events on the wire, as JSON: close to what the server keeps. */
  bytes: number;
}

export async function historySize(client: Client, path: PathId): Promise<HistorySize> {
  const size: HistorySize = { runs: 0, events: 0, bytes: 0 };
  const description = await client.workflow.getHandle(workflowIdOf(path)).describe();
  // Runs are followed backwards: each one names the one it continues.
  let runId: string | undefined = description.runId;
  while (runId) {
    const { events } = await client.workflow.getHandle(workflowIdOf(path), runId).fetchHistory();
    size.runs += 1;
    size.events += events?.length ?? 0;
    size.bytes += Buffer.byteLength(JSON.stringify(events ?? []));
    runId = events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? undefined;
  }
  return size;
}
