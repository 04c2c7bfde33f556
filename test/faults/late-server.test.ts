/** A Temporal server that ends while everything starts is started again: the worker must be there then, not gone. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { expect, onTestFinished, test } from 'vitest';
import { endChild, freePort, until } from '../../worker/processes.ts';
import { startEphemeralDevServer } from '../../worker/temporal/dev-server.ts';
import { awaitNamespace } from '../../worker/temporal/namespace.ts';
import { root } from '../cli/run.ts';
import { temporaryFolder } from '../foundation/launched.ts';

function startWorker(dataDir: string, address: string, namespace: string): ChildProcess {
  const env = {
    ...process.env,
    REGIOPAD_DATA: dataDir,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    SMTP_URL: 'smtp://127.0.0.1:1',
    LOG_LEVEL: 'error',
  };
  const worker = spawn(process.execPath, [join(root, 'worker', 'main.ts')], {
    env,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  onTestFinished(() => endChild(worker, 5_000));
  return worker;
}

test('a worker that starts before its server is ready once the server is there', { timeout: 90_000 }, async () => {
  const port = await freePort();
  const dataDir = temporaryFolder(onTestFinished);
  const worker = startWorker(dataDir, `127.0.0.1:${String(port)}`, 'late');
  const ready = once(worker, 'message').then(() => 'ready');
  const ended = once(worker, 'exit').then(([code]) => `ended with ${String(code)}`);
  // It has opened its store and looks for its server: only then the server starts.
  expect(await until(() => existsSync(join(dataDir, 'dossier.db')), 30_000)).toBe(true);
  const server = await startEphemeralDevServer({ port, namespace: 'late' });
  onTestFinished(() => server.stop());
  expect(await Promise.race([ready, ended])).toBe('ready');
});

test(
  'a server that listens before it knows the namespace is waited for, and not for ever',
  { timeout: 90_000 },
  async () => {
    const server = await startEphemeralDevServer({ namespace: 'other' });
    onTestFinished(() => server.stop());
    const late = { address: server.address, namespace: 'late', access: {} };
    await expect(awaitNamespace(late, 300)).rejects.toThrow(/late is not found/);
    const known = awaitNamespace(late, 60_000);
    await registerNamespace(server.address, 'late');
    await known;
  },
);

async function registerNamespace(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address });
  const workflowExecutionRetentionPeriod = msToTs('1 day');
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod });
  await connection.close();
}
