import { Client, Connection } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time.js';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { commandLineOf, freePort, until } from '../../worker/processes.ts';
import { startDevServer, startEphemeralDevServer, type DevServer } from '../../worker/temporal/dev-server.ts';
import { resolveTemporal } from '../../worker/temporal/resolve.ts';
import { passingHistoryKeys } from '../../worker/histories/keys.ts';
import { startTimeSkippingServer } from '../../worker/temporal/time-skipping.ts';
import { launch, temporaryFolder } from './launched.ts';

const aDay = 24 * 3600 * 1000;

async function connect({ address, namespace }: DevServer): Promise<Client> {
  const connection = await Connection.connect({ address });
  onTestFinished(() => connection.close());
  return new Client({ connection, namespace });
}

async function startOn(dataDir: string): Promise<DevServer> {
  const server = await startDevServer({ dataDir });
  onTestFinished(() => server.stop(0));
  return server;
}

async function retentionDays(server: DevServer): Promise<number> {
  const { connection } = await connect(server);
  const { config } = await connection.workflowService.describeNamespace({ namespace: server.namespace });
  return tsToMs(config?.workflowExecutionRetentionTtl) / aDay;
}

test('a path that was started is there after Ctrl-C and after kill -9 of the server', async () => {
  const dataDir = temporaryFolder(onTestFinished);
  const first = await startOn(dataDir);
  await (await connect(first)).workflow.start('path', { workflowId: 'path/one', taskQueue: 'nobody' });
  await first.stop();

  const second = await startOn(dataDir);
  const client = await connect(second);
  expect((await client.workflow.getHandle('path/one').describe()).status.name).toBe('RUNNING');
  await client.workflow.start('path', { workflowId: 'path/two', taskQueue: 'nobody' });
  process.kill(second.pid, 'SIGKILL');
  await second.exited;

  const third = await connect(await startOn(dataDir));
  expect((await third.workflow.getHandle('path/two').describe()).status.name).toBe('RUNNING');
});

test('a closed path stays readable for 100 years, also after a restart', async () => {
  const dataDir = temporaryFolder(onTestFinished);
  const first = await startOn(dataDir);
  expect(await retentionDays(first)).toBe(36_500);
  await first.stop(0);
  expect(await retentionDays(await startOn(dataDir))).toBe(36_500);
});

test('the database is written so that a power cut loses nothing (WAL, synchronous FULL)', async () => {
  const server = await startOn(temporaryFolder(onTestFinished));
  const commandLine = commandLineOf(server.pid) ?? '';
  expect(commandLine).toContain('--sqlite-pragma journal_mode=wal');
  expect(commandLine).toContain('--sqlite-pragma synchronous=2');
  expect(commandLine).toContain('--ip 127.0.0.1');
});

/** Says that the folder was laid out by another server than the one that did. */
function pretend(dataDir: string, minorsAgo: number): string {
  const note = join(dataDir, 'temporal-version.txt');
  const older = readFileSync(note, 'utf8').replace(
    /Server (\d+)\.(\d+)/,
    (_all, major: string, minor: string) => `Server ${major}.${String(Number(minor) - minorsAgo)}`,
  );
  writeFileSync(note, older);
  return older;
}

test('a folder of another Temporal version is not opened but explained', async () => {
  const dataDir = temporaryFolder(onTestFinished);
  await (await startOn(dataDir)).stop(0);
  const older = pretend(dataDir, 2);
  const explained =
    /was made by ".*REGIOPAD_TEMPORAL_BIN=.*move temporal\.db, temporal\.db-wal and temporal\.db-shm away.*regiopad revive --yes/;
  await expect(startDevServer({ dataDir })).rejects.toThrow(explained);
  expect(readFileSync(join(dataDir, 'temporal-version.txt'), 'utf8')).toBe(older);
});

test('a folder of the version before is opened when both lay out the same tables, and kept as it was', async () => {
  const dataDir = temporaryFolder(onTestFinished);
  const first = await startOn(dataDir);
  await (await connect(first)).workflow.start('path', { workflowId: 'path/one', taskQueue: 'nobody' });
  await first.stop(0);
  pretend(dataDir, 1);
  const lines: string[] = [];
  // The tables are compared with those of a server that is started for it, whose port may be taken the first time.
  const [taken, temporal] = ['taken', 'temporal'].map((name) => join(temporaryFolder(onTestFinished), name)) as [
    string,
    string,
  ];
  const refuse = `touch ${taken}; echo 'bind: address already in use' >&2; exit 1`;
  const script = `case "$*" in *regiopad-temporal-*) [ -e ${taken} ] || { ${refuse}; };; esac\nexec ${(await resolveTemporal()).path} "$@"`;
  writeFileSync(temporal, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const second = await startDevServer({ dataDir, temporal, onUpgrade: (line) => lines.push(line) });
  expect(existsSync(taken)).toBe(true);
  onTestFinished(() => second.stop(0));
  const started = (await connect(second)).workflow.getHandle('path/one');
  expect((await started.describe()).status.name).toBe('RUNNING');
  expect(lines).toEqual([expect.stringMatching(/kept in .*temporal-1\.\d+\.db\.$/)]);
  await second.stop(0);
  // The same, but for one index.
  pretend(dataDir, 1);
  const database = new DatabaseSync(join(dataDir, 'temporal.db'));
  database.exec('drop index by_workflow_type');
  database.close();
  await expect(startDevServer({ dataDir })).rejects.toThrow(/regiopad revive --yes/);
});

async function occupied(port: number): Promise<Server> {
  const server = createServer((socket) => socket.destroy()).listen({ host: '127.0.0.1', port, exclusive: true });
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return server;
}

test('a port that is taken just before the server listens costs another try, not the start', async () => {
  const port = await freePort();
  const taker = await occupied(port);
  let tries = 0;
  const server = await startDevServer({
    dataDir: temporaryFolder(onTestFinished),
    port,
    onSpawn: (child) => {
      tries++;
      child.once('exit', () => taker.close());
    },
  });
  onTestFinished(() => server.stop(0));
  expect(tries).toBe(2);
  expect(await retentionDays(server)).toBe(36_500);
});

test('a port that stays taken is named, with what the server said first', async () => {
  const port = await freePort();
  await occupied(port);
  await expect(startEphemeralDevServer({ port })).rejects.toThrow(new RegExp(`:${port}: bind: address already in use`));
});

test('no server stays behind when the process that started it is killed', async () => {
  const dataDir = temporaryFolder(onTestFinished);
  const script = join(import.meta.dirname, 'fakes', 'dev-server-owner.ts');
  const owner = launch(process.execPath, [script, dataDir], process.env);
  onTestFinished(() => void owner.child.kill('SIGKILL'));
  await owner.prints('server ');
  const pid = Number(/server (\d+)/.exec(owner.output())?.[1]);
  expect(commandLineOf(pid)).toContain('start-dev');
  owner.child.kill('SIGKILL');
  expect(await until(() => commandLineOf(pid) === undefined, 5_000)).toBe(true);
});

test('a server in memory for a test has the same namespace and is gone at once', async () => {
  const server = await startEphemeralDevServer();
  onTestFinished(() => server.stop());
  expect(await retentionDays(server)).toBe(36_500);
  await server.stop();
  expect(commandLineOf(server.pid)).toBeUndefined();
});

test('the test server skips a year in no time', async () => {
  const server = await startTimeSkippingServer(passingHistoryKeys());
  onTestFinished(() => server.teardown());
  const before = await server.currentTimeMs();
  await server.sleep('365 days');
  expect(await server.currentTimeMs()).toBeGreaterThanOrEqual(before + 365 * aDay);
});
