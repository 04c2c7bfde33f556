/** Takes the histories of a workflow from a server and lays them in a folder. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { createCodec } from '../../worker/histories/codec.ts';
import type { KeyRing } from '../../worker/key-file.ts';
import { fileNameOf, inTheClear, type History, packed } from './histories.ts';

/** Every run of a workflow, oldest first. */
export async function historiesOf(client: Client, workflowId: string): Promise<History[]> {
  const runs: History[] = [];
  let { runId }: { runId: string | undefined } = await client.workflow.getHandle(workflowId).describe();
  while (runId) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    runs.unshift(history);
    runId = history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? undefined;
  }
  return runs;
}

export interface Keeping {
  folder: string;
  /** To read what goes into the folder in the clear; absent: it stays encrypted. */
  keys?: KeyRing;
}

/** @param first the number of the first run */
export async function keepHistories(
  { folder, keys }: Keeping,
  client: Client,
  workflowId: string,
  first = 1,
): Promise<void> {
  for (const [index, history] of (await historiesOf(client, workflowId)).entries()) {
    const kept = keys === undefined ? history : await inTheClear(history, createCodec(keys));
    writeFileSync(join(folder, fileNameOf(workflowId, first + index)), packed(kept));
  }
}
