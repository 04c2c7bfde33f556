/** PostgreSQL as a part: killed and started again on the same files, with the settings of a server that people rely on. */
import { Client } from 'pg';
import { endChild, hasEnded, until } from '../../worker/processes.ts';
import { SetupError } from '../../worker/setup-error.ts';
import { onFreePort } from '../testing/ports.ts';
import {
  addressAt,
  answers,
  type Cluster,
  findPostgres,
  layOutCluster,
  removeCluster,
  serveCluster,
} from '../testing/postgres.ts';
import { keepPart, type Part, onceServing } from './part.ts';

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

/**
 * What was begun is removed when it fails.
 * @throws SetupError where PostgreSQL is not installed
 */
export async function keepDatabases(log: (line: string) => void): Promise<Databases> {
  const { programs, missing } = findPostgres();
  if (programs === undefined) throw new SetupError(missing.map(({ what, why }) => `${what}: ${why}`).join('\n'));
  const cluster = await layOutCluster(programs);
  let part: Part | undefined;
  try {
    const served = await onFreePort((port) => onceServing(keepServer(cluster, port, log)));
    part = served.part;
    const storeUrl = await createDatabase(served.url, 'regiopad');
    return {
      ...{ part, serverUrl: served.url, storeUrl },
      remove: () => {
        removeCluster(cluster);
      },
    };
  } catch (error) {
    await part?.stop(0);
    removeCluster(cluster);
    throw error;
  }
}

function keepServer(cluster: Cluster, port: number, log: (line: string) => void): { part: Part; url: string } {
  const url = addressAt(port);
  const part = keepPart({
    ...{ name: 'postgres', log },
    start: async (onSpawn) => {
      const { child } = serveCluster(cluster, port);
      onSpawn(child);
      const isReady = await until(async () => hasEnded(child) || (await answers(url)), READY_MS);
      if (isReady && !hasEnded(child)) return;
      await endChild(child, 0);
      throw new SetupError(`PostgreSQL did not start on port ${port}`);
    },
    answers: () => answers(url),
  });
  return { part, url };
}

/** The address of a new database on a server. */
async function createDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new Client(serverUrl);
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  const address = new URL(serverUrl);
  address.pathname = `/${name}`;
  return address.href;
}
