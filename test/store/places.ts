/** Where a test keeps its store: in SQLite, or on PostgreSQL when it runs in that project (vitest.config.ts). */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Client } from 'pg';
import { inject, onTestFinished } from 'vitest';
import { openStore, type Store, type StoreOptions } from '../../store/store.ts';
import { temporaryFolder } from '../foundation/launched.ts';

/** The server on which this project's databases are; benchmarks, which run without vitest, keep to SQLite. */
const server = (): string | undefined => (process.env['VITEST'] === undefined ? undefined : inject('postgres'));

/** An empty place, gone after the test, where several can open a store at once. */
export async function newPlace(onEnd: (remove: () => Promise<void> | void) => void = onTestFinished): Promise<string> {
  if (server() === undefined) return join(temporaryFolder(onEnd), 'dossier.db');
  const { url, remove } = await newDatabase();
  onEnd(remove);
  return url;
}

/** Databases of this file whose store was closed, empty again. */
const free: string[] = [];

/** An empty store. Whoever opens it closes it. */
export async function newStore(options: StoreOptions = {}): Promise<Store> {
  if (server() === undefined) return openStore(':memory:', options);
  const place = free.pop() ?? (await newDatabase()).url;
  const store = await openStore(place, options);
  let closing: Promise<void> | undefined;
  const close = async () => {
    await empty(store);
    await store.close();
    free.push(place);
  };
  return { ...store, close: () => (closing ??= close()) };
}

/** Takes a tenth of the time of a new database. */
async function empty({ db }: Store): Promise<void> {
  const tables = await db.introspection.getTables();
  await sql.raw(tables.map(({ name }) => `delete from "${name}"`).join('; ')).execute(db);
}

async function newDatabase(): Promise<{ url: string; remove: () => Promise<void> }> {
  const name = `store_${randomUUID().replaceAll('-', '')}`;
  await tell(`create database ${name}`);
  const url = new URL(server() ?? '');
  url.pathname = `/${name}`;
  return { url: url.href, remove: () => tell(`drop database ${name} with (force)`) };
}

async function tell(command: string): Promise<void> {
  const client = new Client(server());
  await client.connect();
  try {
    await client.query(command);
  } finally {
    await client.end();
  }
}
