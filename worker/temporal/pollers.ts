/** Who looks for work at a Temporal server, by the clock of the server. */
import { Connection } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import { TASK_QUEUE } from '../../workflows/messages.ts';
import { connectionOptions, type TemporalServer } from './connection.ts';

const PATIENCE_MS = 5_000;
const { TASK_QUEUE_TYPE_WORKFLOW: WORKFLOW_TASKS } = proto.temporal.api.enums.v1.TaskQueueType;

/** When each worker last asked for work, by the clock of the server; undefined when it does not say. */
export async function pollersOf(server: TemporalServer | undefined): Promise<number[] | undefined> {
  if (server === undefined) return undefined;
  try {
    const { pollers } = await withServer(server, ({ workflowService }) =>
      workflowService.describeTaskQueue({
        ...{ namespace: server.namespace, taskQueue: { name: TASK_QUEUE }, taskQueueType: WORKFLOW_TASKS },
      }),
    );
    return pollers.map(({ lastAccessTime }) => tsToMs(lastAccessTime));
  } catch {
    return undefined;
  }
}

/** Asks a server once, and waits for it no longer than five seconds. */
export async function withServer<Result>(
  server: TemporalServer,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const connection = Connection.lazy(connectionOptions(server));
  try {
    return await connection.withDeadline(Date.now() + PATIENCE_MS, () => work(connection));
  } finally {
    await connection.close();
  }
}
