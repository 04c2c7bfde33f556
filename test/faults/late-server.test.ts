/** A Temporal server that ends while everything starts is started again: the worker must be there then, not gone. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { endChild, freePort, until } from '../../worker/processes.ts';
import { startEphemeralDevServer } from '../../worker/temporal/dev-server.ts';
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

test('a worker that starts before its server is ready once the server is there', { timeout: 60_000 }, async () => {
  const port = await freePort();
  const dataDir = temporaryFolder(onTestFinished);
  const worker = startWorker(dataDir, `127.0.0.1:${String(port)}`, 'late');
  const ready = once(worker, 'message');
  const ended = once(worker, 'exit').then(() => 'ended');
  // It has opened its store and looks for its server: only then the server starts.
  expect(await until(() => existsSync(join(dataDir, 'dossier.db')), 20_000)).toBe(true);
  const server = await startEphemeralDevServer({ port, namespace: 'late' });
  onTestFinished(() => server.stop());
  expect(await Promise.race([ready.then(() => 'ready'), ended])).toBe('ready');
});
