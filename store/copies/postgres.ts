/** Copies of a PostgreSQL store by PostgreSQL's own programs, `pg_dump` and `pg_restore`. */
import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Client } from 'pg';
import { StoreError } from '../errors.ts';
import type { Contents, HeldStore } from './moment.ts';
import { findProgram, majorOf, programAccess } from './postgres-programs.ts';

/**
 * For the lock on all tables. Shorter than the second after which PostgreSQL looks for a deadlock: of this lock and a transaction that
 * waits for each other this one gives up, and tries again.
 */
const LOCK_TIMEOUT = '500ms';
const ATTEMPTS = 40;
const PAUSE_MS = 100;
const LOCK_NOT_AVAILABLE = '55P03';

export async function holdPostgresStore<Held>(address: string, meanwhile: () => Held): Promise<HeldStore<Held>> {
  const program = await findProgram('pg_dump');
  const reader = await connected(address);
  try {
    await checkVersion(program, reader);
    const locker = await connected(address);
    try {
      await lockTables(locker);
      await reader.query('begin isolation level repeatable read read only');
      const { rows } = await reader.query<{ id: string }>('select pg_export_snapshot() as id');
      const held = meanwhile();
      await locker.query('rollback');
      const contents = await contentsOf(reader);
      const snapshot = rows[0]?.id ?? '';
      return { contents, held, copyTo: (file) => dump(program, address, snapshot, file), release: () => reader.end() };
    } finally {
      await locker.end();
    }
  } catch (error) {
    await reader.end();
    throw error;
  }
}

async function connected(address: string): Promise<Client> {
  const pg = await import('pg');
  const client = new pg.Client({ connectionString: address, application_name: 'regiopad backup' });
  client.on('error', () => undefined);
  await client.connect();
  // A large copy takes its time.
  await client.query('set idle_in_transaction_session_timeout = 0');
  return client;
}

async function checkVersion(program: string, client: Client): Promise<void> {
  const { rows } = await client.query<{ version: string }>('show server_version');
  const [ours, theirs] = [await majorOf(program), Number.parseInt(rows[0]?.version ?? '', 10)];
  if (ours < theirs)
    throw new StoreError(
      'copy-failed',
      `${program} is of PostgreSQL ${String(ours)} and the server of ${String(theirs)}: install postgresql-client-${String(theirs)}`,
    );
}

/** Waits until no transaction writes, and lets none begin to. */
async function lockTables(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = current_schema() order by 1`,
  );
  if (rows.length === 0) throw new StoreError('copy-failed', 'the database of DATABASE_URL holds no store');
  for (let attempt = 1; ; attempt += 1) {
    await client.query('begin');
    try {
      await client.query(`set local lock_timeout = '${LOCK_TIMEOUT}'`);
      await client.query(`lock table ${rows.map(({ name }) => name).join(', ')} in share mode`);
      return;
    } catch (error) {
      await client.query('rollback');
      if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
      if (attempt === ATTEMPTS)
        throw new StoreError('copy-failed', 'somebody else holds the tables of the store: try again later', {
          cause: error,
        });
      await delay(PAUSE_MS);
    }
  }
}

async function contentsOf(client: Client): Promise<Contents> {
  const { rows } = await client.query<{ migration: string; paths: string; events: string }>(
    `select (select max(name) from kysely_migration) as migration,
            (select count(distinct path_id) from events) as paths, (select count(*) from events) as events`,
  );
  const [found] = rows;
  return { migration: found?.migration ?? '', paths: Number(found?.paths), events: Number(found?.events) };
}

async function dump(program: string, address: string, snapshot: string, file: string): Promise<void> {
  const kind = ['--format=custom', '--no-owner', '--no-privileges', `--snapshot=${snapshot}`];
  await runOn(address, program, [...kind, `--file=${file}`]);
}

/** All of it or nothing. The database has to be empty. */
export async function restorePostgres(address: string, copy: string): Promise<void> {
  const program = await findProgram('pg_restore');
  const client = await connected(address);
  try {
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int as count from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const count = rows[0]?.count ?? 0;
    if (count > 0)
      throw new StoreError(
        'not-empty',
        `the database of DATABASE_URL holds ${String(count)} tables, and nothing is ever overwritten: make a new one (createdb)`,
      );
  } finally {
    await client.end();
  }
  await runOn(address, program, [
    ...['--no-owner', '--no-privileges', '--exit-on-error', '--single-transaction'],
    copy,
  ]);
}

async function runOn(address: string, program: string, words: string[]): Promise<void> {
  const { target, environment } = programAccess(address);
  try {
    await promisify(execFile)(program, [`--dbname=${target}`, ...words], { env: { ...process.env, ...environment } });
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    throw new StoreError('copy-failed', `${program} failed: ${stderr.trim().split('\n')[0] ?? String(error)}`, {
      cause: error,
    });
  }
}
