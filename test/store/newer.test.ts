/** What an installation would lose in the minute of an upgrade: a process of the release before, that cannot start again. */
import { expect, onTestFinished, test } from 'vitest';
import { asInstant, asPathId } from '../../domain/ids.ts';
import { openStore } from '../../store/store.ts';
import { newPlace } from './places.ts';

test('a store that a newer release has brought further is opened and used, and left as it is', async () => {
  const place = await newPlace();
  const newer = await openStore(place);
  onTestFinished(() => newer.close());
  await newer.db.schema
    .alterTable('people')
    .addColumn('nickname', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  const migrations = newer.db.withTables<{ kysely_migration: { name: string; timestamp: string } }>();
  await migrations.insertInto('kysely_migration').values({ name: '9999-nicknames', timestamp: '2027-01-01' }).execute();

  const older = await openStore(place);
  onTestFinished(() => older.close());
  const path = asPathId('proef');
  await older.paths.ensurePath({ path, partnership: 'Cultuur Proef', createdAt: asInstant(0) });
  await older.people.ensurePerson({ path, role: 'coordinator', name: 'Lore', email: 'lore@example.org' });
  expect((await older.people.peopleOf(path)).map(({ name }) => name)).toEqual(['Lore']);
  expect((await older.about()).migration).toBe('9999-nicknames');
});

test('a store that lacks something that was released before is not taken for a newer one', async () => {
  const place = await newPlace();
  const store = await openStore(place);
  onTestFinished(() => store.close());
  const migrations = store.db.withTables<{ kysely_migration: { name: string; timestamp: string } }>();
  await migrations.deleteFrom('kysely_migration').where('name', '=', '0002-mail-and-documents').execute();
  for (const name of ['9998-other', '9999-nicknames'])
    await migrations.insertInto('kysely_migration').values({ name, timestamp: '2027-01-01' }).execute();
  await expect(openStore(place)).rejects.toMatchObject({ code: 'migration-failed' });
});
