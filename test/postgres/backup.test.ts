/** The drill of test/faults with the store on PostgreSQL; and what such a copy must never show or overwrite. */
import { expect, inject, test } from 'vitest';
import { holdStore, restoreStore } from '../../store/copies/moment.ts';
import { programAccess } from '../../store/copies/postgres-programs.ts';
import { openStore } from '../../store/store.ts';
import { drill } from '../faults/drill.ts';
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

test('a database without a store, and one that nobody can reach, are said plainly', async () => {
  await expect(holdStore(await newPlace(), () => undefined)).rejects.toThrow(/holds no store/);
  const away = new URL(inject('postgres') ?? '');
  away.pathname = '/nowhere';
  await expect(holdStore(away.href, () => undefined)).rejects.toThrow(/"nowhere" does not exist/);
});

test('a password goes to the programs of PostgreSQL by their environment, never among their words', () => {
  const { target, environment } = programAccess(
    'postgres://us:se%2Fcret@db.example.org:5433/regiopad?sslmode=no-verify&password=other',
  );
  expect(target).toBe('postgres://us@db.example.org:5433/regiopad?sslmode=require');
  expect(environment).toEqual({ PGPASSWORD: 'se/cret' });
});
