/** A PostgreSQL server of its own for a run of the tests: from Debian's programs, in a temporary folder, on loopback. */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePort, until } from '../../worker/processes.ts';
import { endWithThisProcess } from '../../worker/temporal/guard.ts';
import type { Missing } from './missing.ts';

const run = promisify(execFile);
const readyMs = 60_000;
/** Another process may take a port that was free a moment ago. */
const attempts = 3;
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

/**
 * Starts a server. Its databases sort text as Dutch is sorted and it forgets what it was told when the machine stops: what the tests
 * prove must not rest on the first, and need not be durable.
 */
export async function startPostgres(programs: string): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'regiopad-postgres-'));
  const owner = unprivileged();
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=nl'];
  await run(
    join(programs, 'initdb'),
    ['--pgdata', data, '--username=regiopad', '--auth=trust', '--no-sync', ...locale],
    {
      ...owner,
      cwd: folder,
    },
  );
  for (let attempt = 1; ; attempt += 1) {
    const server = await tryStart(programs, folder, data, owner);
    if (server !== undefined) return server;
    if (attempt === attempts) throw new Error(`PostgreSQL did not start in ${folder}`);
  }
}

async function tryStart(
  programs: string,
  folder: string,
  data: string,
  owner: Owner | undefined,
): Promise<PostgresServer | undefined> {
  const port = await freePort();
  const url = `postgres://regiopad@127.0.0.1:${port}/postgres`;
  const settings = {
    ...{ port, listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: 300 },
    ...{ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', log_min_messages: 'fatal' },
  };
  const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${String(value)}`]);
  const child = spawn(join(programs, 'postgres'), ['-D', data, ...given], { ...owner, cwd: folder, stdio: 'ignore' });
  const ended = once(child, 'exit');
  endWithThisProcess(child);
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const isReady = await until(async () => hasEnded() || (await answers(url)), readyMs);
  if (hasEnded() || !isReady) {
    child.kill('SIGKILL');
    return undefined;
  }
  return {
    url,
    stop: async () => {
      // At once: nothing of it is needed any more.
      child.kill('SIGQUIT');
      await ended;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const client = new Client(url);
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

interface Owner {
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
