/** PostgreSQL as a part: killed and started again on the same files, with the settings of a server that people rely on. */
import { once } from 'node:events';
import { Client } from 'pg';
import { freePort, until } from '../../worker/processes.ts';
import { SetupError } from '../../worker/setup-error.ts';
import { answers, findPostgres, layOutCluster, removeCluster, serveCluster } from '../testing/postgres.ts';
import { keepPart, type Part } from './part.ts';

/** Longer than a recovery takes; the children of one that was killed hold the files for a moment. */
const READY_MS = 60_000;

export interface Databases {
  readonly part: Part;
  /** The address of the server, and in it of an empty database for the store. */
  readonly serverUrl: string;
  readonly storeUrl: string;
  /** Once its server has ended. */
  remove(): void;
}

/** @throws SetupError where PostgreSQL is not installed */
export async function keepDatabases(log: (line: string) => void): Promise<Databases> {
  const { programs, missing } = findPostgres();
  if (programs === undefined) throw new SetupError(missing.map(({ what, why }) => `${what}: ${why}`).join('\n'));
  const cluster = await layOutCluster(programs);
  const port = await freePort();
  let url = '';
  const part = keepPart({
    name: 'postgres',
    log,
    start: async (onSpawn) => {
      const served = serveCluster(cluster, port);
      url = served.url;
      onSpawn(served.child);
      const ended = once(served.child, 'exit').then(() => 'ended');
      const isReady = until(() => answers(served.url), READY_MS).then((is) => (is ? 'ready' : 'silent'));
      if ((await Promise.race([ended, isReady])) === 'ready') return;
      served.child.kill('SIGKILL');
      throw new SetupError(`PostgreSQL did not start on port ${port}`);
    },
    answers: () => answers(url),
  });
  await part.ready;
  const client = new Client(url);
  await client.connect();
  await client.query('create database regiopad');
  await client.end();
  const store = new URL(url);
  store.pathname = '/regiopad';
  return {
    ...{ part, serverUrl: url, storeUrl: store.href },
    remove: () => {
      removeCluster(cluster);
    },
  };
}
