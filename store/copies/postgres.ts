/** Copies of a PostgreSQL store by PostgreSQL's own programs, `pg_dump` and `pg_restore`. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { StoreError } from '../errors.ts';
import type { Contents, HeldStore } from './moment.ts';
import { findProgram, runOn } from './postgres-programs.ts';

/** For a connection, and for each question that is answered at once. */
const ANSWER_MS = 10_000;
/** Who holds up all others, and says nothing for so long, is put out by the server. */
const HOLD_LIMIT = '10s';
/** For a count over a large store. */
const COUNT_MS = 120_000;
/**
 * For the lock on a table while others are held. Shorter than the second after which PostgreSQL looks for a deadlock: of this lock and a
 * transaction that waits for each other this one gives up, and tries again.
 */
const LOCK_TIMEOUT = '500ms';
/**
 * For the first table, while none is held, so that nothing can be stuck: longer than that second, since after it an automatic vacuum on
 * the table steps aside.
 */
const FIRST_LOCK_TIMEOUT = '1500ms';
const ATTEMPTS = 40;
const PAUSE_MS = 100;
const LOCK_NOT_AVAILABLE = '55P03';

export async function holdPostgresStore<Held>(address: string, meanwhile: () => Held): Promise<HeldStore<Held>> {
  const reader = await connected(address, COUNT_MS);
  try {
    const program = await findProgram('pg_dump', await serverMajor(reader));
    // A large copy takes its time.
    await reader.query('set idle_in_transaction_session_timeout = 0');
    const locker = await connected(address, ANSWER_MS);
    try {
      await locker.query(`set idle_in_transaction_session_timeout = '${HOLD_LIMIT}'`);
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

/** @param answerMs after so long without an answer the connection is given up */
async function connected(address: string, answerMs: number): Promise<Client> {
  const pg = await import('pg');
  const client = new pg.Client({
    ...{ connectionString: address, application_name: 'regiopad backup', keepAlive: true },
    ...{ connectionTimeoutMillis: ANSWER_MS, query_timeout: answerMs },
  });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** `15.14 (Debian …)` gives 15. */
async function serverMajor(client: Client): Promise<number> {
  const { rows } = await client.query<{ version: string }>(`select current_setting('server_version') as version`);
  return Number.parseInt(rows[0]?.version ?? '', 10);
}

/** Waits until no transaction writes, and lets none begin to. */
async function lockTables(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = current_schema() order by 1`,
  );
  if (rows.length === 0) throw new StoreError('copy-failed', 'the database of DATABASE_URL holds no store');
  let tables = rows.map(({ name }) => name);
  for (let attempt = 1; ; attempt += 1) {
    const held = await lockAll(client, tables);
    if (held === undefined) return;
    if (attempt === ATTEMPTS)
      throw new StoreError('copy-failed', `somebody else holds the table ${held} of the store: try again later`);
    // Next time it is the one to be waited for while none is held.
    tables = [held, ...tables.filter((table) => table !== held)];
    await delay(PAUSE_MS);
  }
}

/** Locks them one after the other, in a transaction. Gives the one that somebody else holds; then none is locked. */
async function lockAll(client: Client, tables: readonly string[]): Promise<string | undefined> {
  await client.query('begin');
  for (const [index, table] of tables.entries()) {
    try {
      await client.query(`set local lock_timeout = '${index === 0 ? FIRST_LOCK_TIMEOUT : LOCK_TIMEOUT}'`);
      await client.query(`lock table ${table} in share mode`);
    } catch (error) {
      if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
      await client.query('rollback');
      return table;
    }
  }
  return undefined;
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
  const client = await connected(address, ANSWER_MS);
  let program: string;
  try {
    program = await findProgram('pg_restore', await serverMajor(client));
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
  const how = ['--no-owner', '--no-privileges', '--exit-on-error', '--single-transaction'];
  await runOn(address, program, [...how, copy]);
}
