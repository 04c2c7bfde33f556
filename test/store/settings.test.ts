/** What somebody chose for themselves stays chosen; without it a digest would come to who switched it off. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LocalDate } from '../../domain/ids.ts';
import type { Store } from '../../store/store.ts';
import { newStore } from './places.ts';

let store: Store;
beforeAll(async () => {
  store = await newStore();
});
afterAll(() => store.close());

const account = (name: string, role: 'consultant' | 'coordinator' | 'administrator' | 'reader') =>
  store.accounts.ensureAccount({ role, email: `${name}@example.org`, name });

test('who chose nothing gets a digest on Mondays when they have regions, else none', async () => {
  const weekdays = await Promise.all(
    (['consultant', 'coordinator', 'administrator', 'reader'] as const).map(
      async (role) => (await store.settings.settingsOf(await account(role, role))).digestWeekday,
    ),
  );
  expect(weekdays).toEqual([1, 1, 0, 0]);
});

test('a choice changes what it names and nothing else', async () => {
  const owner = await account('ans', 'consultant');
  await store.settings.change(owner, { digestWeekday: 4 });
  await store.settings.change(owner, { digestSentOn: '2031-04-10' as LocalDate });
  expect(await store.settings.change(owner, {})).toEqual({
    feedGeneration: 0,
    digestWeekday: 4,
    digestSentOn: '2031-04-10',
  });
  await store.settings.change(owner, { digestWeekday: 0 });
  expect(await store.settings.settingsOf(owner)).toMatchObject({ digestWeekday: 0, digestSentOn: '2031-04-10' });
});

test('renewing the address of the calendar keeps the day of the digest, and each time counts', async () => {
  const owner = await account('bea', 'coordinator');
  await Promise.all([store.settings.renewFeed(owner), store.settings.renewFeed(owner)]);
  expect(await store.settings.settingsOf(owner)).toEqual({ feedGeneration: 2, digestWeekday: 1 });
});

test('with the account its settings go', async () => {
  const owner = await account('cas', 'consultant');
  await store.settings.change(owner, { digestWeekday: 5 });
  await store.accounts.removeAccount(owner.id);
  expect(await store.settings.settingsOf(owner)).toMatchObject({ digestWeekday: 1 });
});
