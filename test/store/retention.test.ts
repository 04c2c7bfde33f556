/** What is kept for longer than was promised, and what is thrown away that should have stayed. */
import { expect, test } from 'vitest';
import { asInstant, asPathId, type Instant } from '../../domain/ids.ts';
import type { Store } from '../../store/store.ts';
import { newStore } from './places.ts';

const now = '2031-06-02T06:00:00.000Z' as Instant;
const ago = (days: number): Instant => asInstant(Date.parse(now) - days * 86_400_000);

/** One of each kind that is past its time by a day, and one that has a day left. */
async function filled(): Promise<Store> {
  const store = await newStore({ now: () => now });
  const { db } = store;
  const { id: account_id } = await store.accounts.ensureAccount({
    role: 'consultant',
    email: 'a@example.org',
    name: 'An',
  });
  const each = (days: number) => [
    { id: `old-${String(days)}`, at: ago(days + 1) },
    { id: `new-${String(days)}`, at: ago(days - 1) },
  ];
  for (const { id, at } of each(0))
    await db
      .insertInto('web_sessions')
      .values({ hash: id, account_id, created_at: ago(20), expires_at: at, agent: '' })
      .execute();
  for (const { id, at } of each(7))
    await db
      .insertInto('sign_in_tokens')
      .values({ hash: id, account_id, expires_at: at, used_at: null, asked_by: '' })
      .execute();
  for (const { id, at } of each(30))
    await db
      .insertInto('api_receipts')
      .values({ account_id, key: id, request: '', status: 200, body: '', created_at: at })
      .execute();
  for (const { id, at } of each(90)) {
    const token = { id, hash: id, account_id, name: 'Excel', role: 'reader', created_at: ago(300), last_used_at: null };
    await db
      .insertInto('api_tokens')
      .values({ ...token, expires_at: at })
      .execute();
    const mail = { id, received_at: at, kind: 'reply', message_id: '', person_id: '', sender: 'a@b.example.org' };
    for (const path_id of ['', 'proef'])
      await db
        .insertInto('inbound_mails')
        .values({ ...mail, id: `${id}${path_id}`, path_id, subject: '', excerpt: '', code: '' })
        .execute();
  }
  for (const { id, at } of each(0)) {
    const code = { hash: id, key_id: 'k1', path_id: 'proef', party: 'nis:1', person_id: 'proef.1', generation: 0 };
    await db
      .insertInto('link_codes')
      .values({ ...code, expires: at.slice(0, 10) })
      .execute();
  }
  for (const { id, at } of each(180))
    await db
      .insertInto('start_drafts')
      .values({ id, account_id, content: '{}', created_at: ago(300), updated_at: at, started_as: null })
      .execute();
  for (const { id, at } of each(365)) {
    for (const path of [undefined, asPathId('proef')]) {
      const messageId = `<${id}${path ?? ''}@example.org>`;
      const said = {
        kind: 'sign-in',
        day: at.slice(0, 10),
        subject: '',
        address: 'a@example.org',
        code: 'accepted',
      } as const;
      await store.ledger.noteAttempt({
        ...{ messageId, messageKey: messageId, person: account_id, outcome: 'accepted', response: '', at },
        ...(said as { kind: 'sign-in'; day: never; subject: string; address: string; code: string }),
        ...(path && { path }),
      });
    }
    const path_id = `ended-${id}`;
    await path(store, path_id, 'granted', at);
  }
  await path(store, 'running', 'running', ago(900));
  return store;
}

/** A path with somebody who can be called. */
async function path(store: Store, path_id: string, status: string, updated_at: Instant): Promise<void> {
  const words = { partnership: '', reference_region: '', definition: '', round: '', round_status: '', coordinator: '' };
  const numbers = { seq: 1, definition_version: 1, round_version: 1, parties: 0, undelivered: 0 };
  const counts = { steps_done: 0, steps_open: 0, steps: 0, asks: 0, asks_approved: 0, asks_waiting: 0, asks_held: 0 };
  const row = { ...words, ...numbers, ...counts, current_steps: '', route: null, started_at: ago(999) };
  await store.db
    .insertInto('overview')
    .values({ ...row, path_id, status, updated_at })
    .execute();
  await store.people.ensurePerson({
    path: asPathId(path_id),
    role: 'coordinator',
    name: 'Lore',
    phone: '02 123 45 67',
  });
}

const past = {
  'sign-in': 2,
  'api-receipts': 1,
  'api-tokens': 1,
  'link-codes': 1,
  'start-drafts': 1,
  'account-mails': 1,
  'loose-mails': 1,
  telephones: 1,
};
const counted = (kinds: { kind: string; past: number }[]) =>
  Object.fromEntries(kinds.map((each) => [each.kind, each.past]));

/** Every row of every table. */
async function everything({ db }: Store): Promise<string> {
  const tables = await db.introspection.getTables();
  const rows = await Promise.all(
    tables.map(({ name }) =>
      db
        .selectFrom(name as 'people')
        .selectAll()
        .execute(),
    ),
  );
  return JSON.stringify(rows.map((each) => each.map((row) => JSON.stringify(row)).sort()));
}

test('a dry run says for each kind how many would go, and changes nothing', async () => {
  const store = await filled();
  const before = await everything(store);
  expect(counted(await store.retention.foresee(now))).toEqual(past);
  expect(await everything(store)).toBe(before);
  await store.close();
});

test('each kind goes when its time is over and not a day before; dossiers stay, and a second time nothing goes', async () => {
  const store = await filled();
  expect(counted(await store.retention.apply(now))).toEqual(past);
  const left = await everything(store);
  expect(left).not.toContain('old-7"');
  for (const kept of ['new-0', 'new-7', 'new-30', 'new-90', 'new-180', 'old-90proef', 'old-365proef'])
    expect(left.includes(kept), kept).toBe(true);
  const phones = await store.db.selectFrom('people').select(['path_id', 'name', 'phone']).orderBy('path_id').execute();
  expect(phones).toEqual([
    { path_id: 'ended-new-365', name: 'Lore', phone: '02 123 45 67' },
    { path_id: 'ended-old-365', name: 'Lore', phone: '' },
    { path_id: 'running', name: 'Lore', phone: '02 123 45 67' },
  ]);
  // Of a mail that went the facts go too.
  const facts = await store.db.selectFrom('mail_facts').select('message_id').execute();
  expect(facts).toHaveLength(3);
  expect(counted(await store.retention.apply(now))).toEqual(
    Object.fromEntries(Object.keys(past).map((kind) => [kind, 0])),
  );
  await store.close();
});
