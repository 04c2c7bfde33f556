import { Connection } from '@temporalio/client';
import { msToTs, tsToMs } from '@temporalio/common/lib/time.js';
import { setTimeout as delay } from 'node:timers/promises';
import { isListening, until } from '../processes.ts';
import { messageOf, SetupError } from '../setup-error.ts';
import { connectionOptions, type TemporalServer } from './connection.ts';

/** 100 years: a closed path stays readable in Temporal as long as the folder lives. The server's own default is 24 hours. */
export const retention = msToTs('36500 days');

/**
 * Waits until a server that is starting knows the namespace, and gives it the long retention.
 * @param gone whether the server has ended meanwhile: then nothing is worth waiting for
 * @throws SetupError when that takes longer than the timeout
 */
export const ensureNamespace = (server: TemporalServer, timeoutMs: number, gone?: () => boolean) =>
  ask(server, timeoutMs, (connection) => keepFor100Years(connection, server.namespace), gone);

/**
 * Waits until a server knows the namespace: one that starts listens some moments before it does.
 * @throws SetupError when that takes longer than the timeout
 */
export const awaitNamespace = (server: TemporalServer, timeoutMs: number) =>
  ask(server, timeoutMs, (connection) => connection.workflowService.describeNamespace({ namespace: server.namespace }));

/** Asks until there is an answer. */
async function ask(
  server: TemporalServer,
  timeoutMs: number,
  question: (connection: Connection) => Promise<unknown>,
  gone = () => false,
): Promise<void> {
  const { address } = server;
  const deadline = Date.now() + timeoutMs;
  // A gRPC client waits a second after a refused connection: knock first.
  await until(async () => gone() || (await isListening(address)), timeoutMs);
  const connection = Connection.lazy(connectionOptions(server));
  try {
    for (;;) {
      try {
        await connection.withDeadline(Date.now() + 1_000, () => question(connection));
        return;
      } catch (error) {
        if (gone() || Date.now() > deadline)
          throw new SetupError(
            `Temporal at ${address} did not answer within ${timeoutMs / 1000} s: ${messageOf(error)}`,
          );
        await delay(20);
      }
    }
  } finally {
    await connection.close();
  }
}

async function keepFor100Years(connection: Connection, namespace: string): Promise<void> {
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  const current = config?.workflowExecutionRetentionTtl;
  if (current && tsToMs(current) >= tsToMs(retention)) return;
  await connection.workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl: retention } });
}
