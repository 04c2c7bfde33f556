/** The drill of test/faults with the store on PostgreSQL; and what such a copy must never show or overwrite. */
import { join } from 'node:path';
import { Client } from 'pg';
import { expect, inject, onTestFinished, test } from 'vitest';
import { holdStore, restoreStore } from '../../store/copies/moment.ts';
import { reasonIn } from '../../store/copies/postgres-programs.ts';
import { openStore } from '../../store/store.ts';
import { drill } from '../faults/drill.ts';
import { temporaryFolder } from '../foundation/launched.ts';
import { newPlace } from '../store/places.ts';

test(
  'a backup with the store on PostgreSQL brings all answers back in a new database, and no mail goes out twice',
  { timeout: 600_000 },
  async () => {
    const [before, after] = [await newPlace(), await newPlace()];
    await drill([
      { DATABASE_URL: before, DATABASE_POOL: '4' },
      { DATABASE_URL: after, DATABASE_POOL: '4' },
    ]);
  },
);

test('a database that holds tables is not overwritten', async () => {
  const place = await newPlace();
  await (await openStore(place)).close();
  await expect(restoreStore(place, '/dev/null')).rejects.toMatchObject({ code: 'not-empty' });
});

test('why a database does not take a copy is said in a line', async () => {
  const [from, place] = [await newPlace(), await newPlace()];
  await (await openStore(from)).close();
  const copy = join(temporaryFolder(onTestFinished), 'copy');
  const held = await holdStore(from, () => undefined);
  await held.copyTo(copy).finally(held.release);
  const client = new Client(place);
  await client.connect();
  await client.query('create type notes as (text text)').finally(() => client.end());
  await expect(restoreStore(place, copy)).rejects.toThrow(
    /pg_restore failed: could not execute query: ERROR: +(?:type|relation) "notes" already exists$/,
  );
});

test('of what a program says, the line that says why is shown, and not the one that comes first', () => {
  const said = [
    'pg_restore: while PROCESSING TOC:',
    'pg_restore: from TOC entry 215; 1259 16385 TABLE notes regiopad',
    'pg_restore: error: could not execute query: ERROR:  relation "notes" already exists',
    'Command was: CREATE TABLE public.notes (',
  ];
  expect(reasonIn(said.join('\n'))).toBe('could not execute query: ERROR:  relation "notes" already exists');
  expect(reasonIn('pg_dump: warning: odd\npg_dump: error: connection failed: FATAL:  no\n')).toMatch(/^connection f/);
});

test('a database without a store, and one that nobody can reach, are said plainly', async () => {
  await expect(holdStore(await newPlace(), () => undefined)).rejects.toThrow(/holds no store/);
  const away = new URL(inject('postgres') ?? '');
  away.pathname = '/nowhere';
  await expect(holdStore(away.href, () => undefined)).rejects.toThrow(/"nowhere" does not exist/);
});
