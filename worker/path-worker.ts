/** A worker for paths: the workflow bundle, the activities, and the settings that both real use and simulation share. */
import { type NativeConnection, Worker } from '@temporalio/worker';
import { type HousekeepingActivities, type PathActivities, TASK_QUEUE } from '../workflows/messages.ts';
import { workflowBundle } from './bundle.ts';
import { dataConverterOf } from './histories/converter.ts';
import type { KeyRing } from './key-file.ts';

export interface PathWorkerOptions {
  connection: NativeConnection;
  namespace: string;
  /** The keys of histories. */
  keys: KeyRing;
  /** Those of housekeeping are left out where nothing starts it. */
  activities: PathActivities & Partial<HousekeepingActivities>;
  /** How long a click waits for a dead worker before another one takes over. */
  stickyQueueTimeoutMs?: number;
  identity?: string;
}

export async function createPathWorker(options: PathWorkerOptions): Promise<Worker> {
  const { connection, namespace, keys, activities, stickyQueueTimeoutMs = 2_000, identity } = options;
  return Worker.create({
    connection,
    namespace,
    taskQueue: TASK_QUEUE,
    workflowBundle: await workflowBundle(),
    dataConverter: dataConverterOf(keys),
    activities: { ...activities },
    stickyQueueScheduleToStartTimeout: stickyQueueTimeoutMs,
    shutdownGraceTime: '500 ms',
    ...(identity && { identity }),
  });
}
