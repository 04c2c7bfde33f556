/** What somebody prepared and that is gone the next morning, or that somebody else reads. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { asPathId, type Instant } from '../../domain/ids.ts';
import type { Store } from '../../store/store.ts';
import { newStore } from './places.ts';

let store: Store;
let at = '2031-02-12T09:00:00.000Z' as Instant;
let an = '';
let bart = '';

beforeEach(async () => {
  store = await newStore({ now: () => at });
  const account = (email: string) => store.accounts.ensureAccount({ role: 'coordinator', email, name: email });
  [an, bart] = [(await account('an@example.org')).id, (await account('bart@example.org')).id];
});
afterEach(() => store.close());

test('a draft is kept as it was last saved, and listed with the newest first', async () => {
  const first = await store.startDrafts.create(an, '{"path":"a"}');
  at = '2031-02-12T10:00:00.000Z' as Instant;
  const second = await store.startDrafts.create(an, '{"path":"b"}');
  at = '2031-02-12T11:00:00.000Z' as Instant;
  await store.startDrafts.save(an, first.id, '{"path":"c"}');
  expect((await store.startDrafts.list(an)).map(({ id, content }) => [id, content])).toEqual([
    [first.id, '{"path":"c"}'],
    [second.id, '{"path":"b"}'],
  ]);
  await store.startDrafts.started(an, first.id, asPathId('c-2033'));
  expect(await store.startDrafts.find(an, first.id)).toMatchObject({ startedAs: 'c-2033', updatedAt: at });
});

test('nobody else finds, changes or removes it', async () => {
  const { id } = await store.startDrafts.create(an, '{}');
  await store.startDrafts.save(bart, id, 'taken over');
  await store.startDrafts.started(bart, id, asPathId('x'));
  await store.startDrafts.remove(bart, id);
  expect(await store.startDrafts.find(bart, id)).toBeUndefined();
  expect(await store.startDrafts.list(bart)).toEqual([]);
  expect(await store.startDrafts.find(an, id)).toMatchObject({ content: '{}' });
  await store.startDrafts.remove(an, id);
  expect(await store.startDrafts.find(an, id)).toBeUndefined();
});
