/** What the history of a path says of the workers that had it in their hands. */
import { type Client, Connection } from '@temporalio/client';
import type { PathId } from '../../domain/ids.ts';
import { historyKeysOf } from '../../worker/histories/keys.ts';
import { findRunning } from '../../worker/run-file.ts';
import { temporalClient } from '../../worker/temporal/client.ts';
import { workflowIdOf } from '../../workflows/messages.ts';
import { historiesOf } from '../replay/keep.ts';

export interface Handling {
  /** Workflow tasks that failed: a worker met a history that its code would not have made. */
  failed: string[];
  /** Patches, and whatever else left a marker. */
  markers: number;
  /** How many did some of it. */
  workers: number;
}

/** Of all its runs. */
export async function handlingOf(client: Client, path: PathId): Promise<Handling> {
  const histories = await historiesOf(client, workflowIdOf(path));
  const workers = new Set<string>();
  const failed: string[] = [];
  let markers = 0;
  for (const event of histories.flatMap(({ events }) => events ?? [])) {
    const failure = event.workflowTaskFailedEventAttributes;
    const completed = event.workflowTaskCompletedEventAttributes;
    if (failure) failed.push(`${String(event.eventId)}: cause ${String(failure.cause)}`);
    if (completed?.identity) workers.add(completed.identity);
    if (event.markerRecordedEventAttributes) markers += 1;
  }
  return { failed, markers, workers: workers.size };
}

/** The same, of a path on the server that runs on a data folder. */
export async function handlingIn(dataDir: string, path: PathId): Promise<Handling> {
  const { address = '', namespace = '' } = findRunning(dataDir)?.temporal ?? {};
  const connection = await Connection.connect({ address });
  try {
    return await handlingOf(temporalClient({ connection, namespace, keys: historyKeysOf({ dataDir }) }), path);
  } finally {
    await connection.close();
  }
}
