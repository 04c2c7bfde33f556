/** What PostgreSQL does otherwise than SQLite, and must not be seen: order, numbers, bytes, and a server that goes away. */
import { sql } from 'kysely';
import { Client } from 'pg';
import { expect, inject, onTestFinished, test } from 'vitest';
import { asInstant, asPathId } from '../../domain/ids.ts';
import { openStore, type Store } from '../../store/store.ts';
import { newPlace } from '../store/places.ts';

async function storeAt(place: string, poolSize?: number): Promise<Store> {
  const store = await openStore(place, poolSize === undefined ? {} : { poolSize });
  onTestFinished(() => store.close());
  return store;
}

/** As somebody who looks after the server. */
async function onServer<Result>(place: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client(place);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const connectionsOf = (place: string): Promise<number> =>
  onServer(inject('postgres') ?? '', async (client) => {
    const counted =
      'select count(*)::int as count from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()';
    const { rows } = await client.query<{ count: number }>(counted, [new URL(place).pathname.slice(1)]);
    return rows[0]?.count ?? 0;
  });

test('lists come in one order, whatever the language of the server', async () => {
  const store = await storeAt(await newPlace());
  const names = ['b', 'a', 'B', 'É', 'a b', 'a-b', 'A', 'ab', 'ä', '_', '10', '2'];
  const at = asInstant(Date.now());
  for (const name of names) await store.paths.ensurePath({ path: asPathId(name), partnership: name, createdAt: at });
  const bytes = (text: string): Buffer => Buffer.from(text);
  const expected = names.toSorted((one, other) => Buffer.compare(bytes(one), bytes(other)));
  expect((await store.paths.paths()).map(({ path }) => path)).toEqual(expected);
  const { rows } = await sql<{
    name: string;
  }>`select path_id || '' collate "default" as name from paths order by name`.execute(store.db);
  expect(rows.map(({ name }) => name)).not.toEqual(expected);
});

test('numbers come back as numbers beyond 32 bits, bytes as plain bytes, and no character stops a text', async () => {
  const store = await storeAt(await newPlace());
  await store.db.insertInto('mail_pace').values({ name: 'x', next_at: Number.MAX_SAFE_INTEGER }).execute();
  expect(await store.db.selectFrom('mail_pace').selectAll().execute()).toEqual([
    { name: 'x', next_at: Number.MAX_SAFE_INTEGER },
  ]);
  const content = Uint8Array.from([0, 255, 10, 128]);
  const document = await store.documents.addDocument({
    ...{ path: asPathId('x'), kind: 'evidence', name: 'a.bin', mediaType: 'application/pdf', content, createdBy: 'x' },
  });
  const kept = await store.documents.content(document);
  expect([kept.constructor, kept]).toEqual([Uint8Array, content]);
  const text = 'voor\0 na, \u{1F600} en \uD800';
  await store.notes.add({ id: '1', path: asPathId('x'), account: 'a', author: 'An', via: 'web', text });
  expect((await store.notes.note('1'))?.text).toBe('voor\uFFFD na, \u{1F600} en \uFFFD');
});

test('a process keeps to its number of connections, however much it is asked at once', async () => {
  const place = await newPlace();
  const store = await storeAt(place, 2);
  await Promise.all(Array.from({ length: 20 }, () => sql`select pg_sleep(0.02)`.execute(store.db)));
  // None is given back within half a minute: what there is now is the most that there was.
  expect(await connectionsOf(place)).toBe(2);
});

test('connections that the server ends, idle or in the middle of a transaction, cost one error and no process', async () => {
  const place = await newPlace();
  const store = await storeAt(place);
  const endAll = () =>
    onServer(inject('postgres') ?? '', (client) =>
      client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
        new URL(place).pathname.slice(1),
      ]),
    );
  await endAll();
  await expect.poll(() => store.ping().then(() => 'answers', String), { timeout: 30_000 }).toBe('answers');
  const broken = store.db.transaction().execute(async (trx) => {
    await trx.insertInto('person_numbers').values({ path_id: 'x', last: 1 }).execute();
    await endAll();
    await sql`select 1`.execute(trx);
  });
  await expect(broken).rejects.toThrow();
  await expect.poll(() => store.ping().then(() => 'answers', String), { timeout: 30_000 }).toBe('answers');
  expect(await store.db.selectFrom('person_numbers').selectAll().execute()).toEqual([]);
});

test('a server whose transactions see less by default is told otherwise', async () => {
  const place = await newPlace();
  const database = new URL(place).pathname.slice(1);
  await onServer(place, (client) =>
    client.query(`alter database ${database} set default_transaction_isolation = 'serializable'`),
  );
  const store = await storeAt(place);
  const fact = { at: asInstant(Date.now()), fact: 'delayed', code: '', detail: '' } as const;
  await Promise.all(Array.from({ length: 20 }, () => store.ledger.noteFact('<a@example.org>', fact)));
  expect((await store.ledger.factsOf(['<a@example.org>'])).get('<a@example.org>')).toHaveLength(20);
});

test('a database in which not every name can be written is refused, with what to do', async () => {
  const name = `latin_${process.pid}`;
  const server = inject('postgres') ?? '';
  const options = `encoding 'LATIN1' template template0 locale_provider libc lc_collate 'C' lc_ctype 'C'`;
  await onServer(server, (client) => client.query(`create database ${name} ${options}`));
  onTestFinished(() => onServer(server, (client) => client.query(`drop database ${name}`)).then(() => undefined));
  const place = new URL(server);
  place.pathname = `/${name}`;
  await expect(openStore(place.href)).rejects.toMatchObject({
    code: 'database-not-supported',
    message: expect.stringContaining(`has the encoding LATIN1; make one with: create database`) as string,
  });
  place.pathname = '/nowhere';
  await expect(openStore(place.href)).rejects.toMatchObject({
    code: 'database-not-reachable',
    message: expect.stringContaining('database "nowhere" does not exist') as string,
  });
});

test('who looks after it reads what holds the store, without its password', async () => {
  const place = new URL(await newPlace());
  place.password = 'ge-heim';
  const about = await (await storeAt(place.href)).about();
  expect(about).toMatchObject({
    location: expect.stringContaining('regiopad:***@127.0.0.1') as string,
    migration: '0003-desks',
  });
  expect(about.engine).toMatch(/^PostgreSQL 1\d/);
  expect(JSON.stringify(about)).not.toContain('ge-heim');
});
