/** Bare workflows beside the paths: on the same server, with a worker of their own. */
import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { bundleWorkflowCode } from '@temporalio/worker';
import { inParallel } from '../../activities/in-parallel.ts';
import { startProgram } from '../../scripts/supervisor/child.ts';
import { endChild } from '../../worker/processes.ts';
import { BARE_QUEUE } from './names.ts';
import { type bare, doUpdate, tellUpdate, toldQuery } from './workflow.ts';

const nothing = (): void => undefined;
const quiet = { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
const AT_ONCE = 8;
const GRACE_MS = 3_000;

export interface Bare {
  /** The worker's process. */
  readonly pid: number;
  start(id: string): Promise<void>;
  /** Starts many, and has each in the worker once. */
  startAll(ids: readonly string[]): Promise<void>;
  tell(id: string): Promise<number>;
  /** Resolves when its activity is done. */
  do(id: string): Promise<boolean>;
  /** Kills the worker and starts it again at once. */
  replaceWorker(): Promise<void>;
  close(): Promise<void>;
}

/** @param client of the server's namespace, with the worker's data converter: none */
export async function bareBeside(client: Client, address: string, folder: string): Promise<Bare> {
  const { code } = await bundleWorkflowCode({ workflowsPath: join(import.meta.dirname, 'workflow.ts'), logger: quiet });
  const bundle = join(folder, 'bare.js');
  writeFileSync(bundle, code);
  const script = join(import.meta.dirname, 'worker.ts');
  const args = [address, client.options.namespace, bundle];
  let child: ChildProcess | undefined;
  const startWorker = async (): Promise<void> => {
    await startProgram({ name: 'bare worker', script, args, environment: process.env }, (spawned) => (child = spawned));
  };
  await startWorker();
  const handle = (id: string) => client.workflow.getHandle<typeof bare>(id);
  const start = async (id: string): Promise<void> => {
    await client.workflow.start<typeof bare>('bare', { workflowId: id, taskQueue: BARE_QUEUE });
  };
  return {
    get pid() {
      return child?.pid ?? 0;
    },
    start,
    async startAll(ids) {
      await inParallel(ids, AT_ONCE, (id) => start(id));
      await inParallel(ids, AT_ONCE, (id) => handle(id).query(toldQuery));
    },
    tell: (id) => handle(id).executeUpdate(tellUpdate),
    do: (id) => handle(id).executeUpdate(doUpdate),
    async replaceWorker() {
      child?.kill('SIGKILL');
      await startWorker();
    },
    async close() {
      if (child !== undefined) await endChild(child, GRACE_MS);
    },
  };
}
