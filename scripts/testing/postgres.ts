/** A PostgreSQL server of its own for a run of the tests: from Debian's programs, in a temporary folder, on loopback. */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { endChild, hasEnded, until } from '../../worker/processes.ts';
import { endWithThisProcess } from '../../worker/temporal/guard.ts';
import type { Missing } from './missing.ts';
import { onFreePort } from './ports.ts';

const run = promisify(execFile);
const readyMs = 60_000;
/** One that was stopped keeps its port and says nothing. */
const askMs = 2_000;
const where = '/usr/lib/postgresql';

export interface PostgresServer {
  /** Of the database `postgres`, as superuser. */
  readonly url: string;
  stop(): Promise<void>;
}

/** The folder with `initdb` and `postgres`: REGIOPAD_POSTGRES_BIN, where Debian puts the newest, or on the PATH. */
export function findPostgres(environment: NodeJS.ProcessEnv = process.env): { programs?: string; missing: Missing[] } {
  const named = environment['REGIOPAD_POSTGRES_BIN'] ?? '';
  const versions = existsSync(where) ? readdirSync(where).sort((a, b) => Number(b) - Number(a)) : [];
  const places = [
    ...versions.map((version) => join(where, version, 'bin')),
    ...(environment['PATH'] ?? '').split(delimiter),
  ];
  const isWhole = (folder: string) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name)));
  const programs = (named === '' ? places : [named]).find(isWhole);
  if (programs !== undefined) return { programs, missing: [] };
  const why = `no initdb in ${named === '' ? `${where}/*/bin nor on the PATH` : named}: apt-get install postgresql, or set REGIOPAD_POSTGRES_BIN`;
  return { missing: [{ what: 'PostgreSQL (the store is tested on SQLite only)', why }] };
}

/** Databases on disk, with who may serve them: a server can be started on them again and again. */
export interface Cluster {
  readonly programs: string;
  readonly folder: string;
  readonly owner: Owner | undefined;
}

/** Lays out a cluster in a temporary folder. Its databases sort text as Dutch is sorted: what the tests prove must not rest on that. */
export async function layOutCluster(programs: string): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'regiopad-postgres-'));
  const owner = unprivileged();
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=nl'];
  const how = ['--username=regiopad', '--auth=trust', '--no-sync', ...locale];
  const cluster = { programs, folder, owner };
  try {
    await run(join(programs, 'initdb'), ['--pgdata', join(folder, 'data'), ...how], { ...owner, cwd: folder });
  } catch (error) {
    removeCluster(cluster);
    throw error;
  }
  return cluster;
}

export const removeCluster = ({ folder }: Cluster): void => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
};

/** Of the database `postgres` on a server there, as superuser. */
export const addressAt = (port: number): string => `postgres://regiopad@127.0.0.1:${port}/postgres`;

/** Starts a server on a cluster, on loopback; it ends with this process. @param settings beside those that a server here needs */
export function serveCluster(
  { programs, folder, owner }: Cluster,
  port: number,
  settings: Readonly<Record<string, string | number>> = {},
): { child: ChildProcess; url: string } {
  const all = {
    ...{ port, listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: 300 },
    ...{ log_min_messages: 'fatal', ...settings },
  };
  const given = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${String(value)}`]);
  const data = join(folder, 'data');
  const child = spawn(join(programs, 'postgres'), ['-D', data, ...given], { ...owner, cwd: folder, stdio: 'ignore' });
  endWithThisProcess(child);
  return { child, url: addressAt(port) };
}

/** It forgets what it was told when the machine stops: a test needs nothing durable. */
const forgetful = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** Starts a server on a cluster of its own. */
export async function startPostgres(programs: string): Promise<PostgresServer> {
  const cluster = await layOutCluster(programs);
  try {
    return await onFreePort((port) => startOn(cluster, port));
  } catch (error) {
    removeCluster(cluster);
    throw error;
  }
}

async function startOn(cluster: Cluster, port: number): Promise<PostgresServer> {
  const { child, url } = serveCluster(cluster, port, forgetful);
  const ended = once(child, 'exit');
  const isReady = await until(async () => hasEnded(child) || (await answers(url)), readyMs);
  if (hasEnded(child) || !isReady) {
    await endChild(child, 0);
    throw new Error(`PostgreSQL did not start in ${cluster.folder}`);
  }
  return {
    url,
    stop: async () => {
      // At once: nothing of it is needed any more.
      child.kill('SIGQUIT');
      await ended;
      removeCluster(cluster);
    },
  };
}

/** Whether a server answers a question now. */
export async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: askMs, query_timeout: askMs });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}

export interface Owner {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root: then as the user of Debian's package, or as nobody. */
function unprivileged(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const ask = (what: '-u' | '-g', user: string): number =>
    Number(execFileSync('id', [what, user], { encoding: 'utf8', stdio: 'pipe' }));
  for (const user of ['postgres', 'nobody']) {
    try {
      return { uid: ask('-u', user), gid: ask('-g', user) };
    } catch {
      // The next one.
    }
  }
  return undefined;
}
