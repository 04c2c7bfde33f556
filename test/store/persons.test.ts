/** Somebody asks what is known about them, or to be forgotten: nothing may be left over, and nobody else may be touched. */
import { expect, test } from 'vitest';
import { asInstant, asPathId, asPersonId, municipalityParty, type Instant } from '../../domain/ids.ts';
import type { Store } from '../../store/store.ts';
import type { Erasure } from '../../store/persons.ts';
import { newStore } from './places.ts';

const path = asPathId('proef');
const party = municipalityParty('23102');
const at = '2031-02-12T09:00:00.000Z' as Instant;
const address = 'Quirine.Zwartewever@wemmel.example.org';
const name = 'Quirine Zwartewever';
const phone = '0477 88 99 66';
const erasure: Erasure = {
  functionOf: ({ function: known }) => `${known} van Wemmel`,
  roleOf: ({ role }) => role,
  inTexts: '(naam gewist)',
};

async function filled(): Promise<Store> {
  const store = await newStore({ now: () => at });
  const { db } = store;
  const who = { path, party, role: 'contact' as const, function: 'secretaris', phone };
  const id = await store.people.ensurePerson({ ...who, name, email: address });
  // The same person twice, and somebody else who reads the same mailbox.
  await store.people.changedPerson({ ...who, name, email: address.toLowerCase(), phone: '' });
  await store.people.ensurePerson({ ...who, name: 'Bart Blijver', email: address, phone: '02 1' });
  await store.people.ensurePerson({
    path,
    role: 'coordinator',
    name: 'Lore Blijver',
    email: 'lore@example.org',
    phone,
  });
  const account = await store.accounts.ensureAccount({ role: 'consultant', email: address, name });
  await store.accounts.createWebSession(account.id, asInstant(Date.parse(at) + 1000));
  const text = `Bel quirine  zwartewever (${address.toLowerCase()}) op ${phone}.`;
  const data = { reason: text, to: id };
  const event = { path_id: path, at, type: 'paused', actor: `{"kind":"contact","personId":"${id}","via":"link"}` };
  await db
    .insertInto('events')
    .values({ ...event, seq: 1, data: JSON.stringify(data) })
    .execute();
  await db
    .insertInto('snapshots')
    .values({ path_id: path, seq: 1, state: JSON.stringify({ paused: data }) })
    .execute();
  await store.notes.add({ id: 'n1', path, account: account.id, author: name, via: 'web', text });
  await store.ledger.noteAttempt({
    ...{
      messageId: '<1@example.org>',
      messageKey: 'k',
      path,
      person: id,
      kind: 'request',
      address,
      at,
      subject: 'Wemmel',
    },
    ...{ day: '2031-02-12' as never, outcome: 'refused', code: '550', response: `550 <${address}> unknown` },
  });
  const mail = { receivedAt: at, kind: 'reply' as const, path, subject: 'Re: Wemmel', excerpt: 'Groeten', code: '' };
  await store.inbound.keep({ ...mail, id: 'm1', person: id, sender: address });
  await store.inbound.keep({ ...mail, id: 'm2', person: asPersonId('proef.4'), sender: 'lore@example.org' });
  return store;
}

async function everything({ db }: Store): Promise<string> {
  const tables = await db.introspection.getTables();
  const rows = await Promise.all(
    tables.map((table) =>
      db
        .selectFrom(table.name as 'people')
        .selectAll()
        .execute(),
    ),
  );
  return JSON.stringify(rows.map((each) => each.map((row) => JSON.stringify(row)).sort()));
}

const traces = (text: string): string[] =>
  [address, name, 'quirine', 'zwartewever'].filter((word) => text.toLowerCase().includes(word.toLowerCase()));

test('who is erased is nowhere in the store; the record says their function; who reads the same mailbox stays', async () => {
  const store = await filled();
  const before = await everything(store);
  const all = { people: 2, accounts: 1, mails: 1, incoming: 1, codes: 0, filesKept: 0 };
  expect(await store.persons.foreseeErasure({ address, name }, erasure)).toMatchObject(all);
  expect(await everything(store)).toBe(before);
  expect(await store.persons.erase({ address: address.toUpperCase(), name }, erasure)).toMatchObject(all);
  const people = await store.people.peopleOf(path);
  expect(people.map((person) => [person.name, person.email ?? '', person.phone ?? ''])).toEqual([
    ['secretaris van Wemmel', '', ''],
    ['secretaris van Wemmel', '', ''],
    ['Bart Blijver', address, '02 1'],
    ['Lore Blijver', 'lore@example.org', phone],
  ]);
  const [event] = await store.db.selectFrom('events').selectAll().execute();
  expect(JSON.parse(event!.data)).toEqual({
    ...{ reason: 'Bel (naam gewist) ((naam gewist)) op (naam gewist).', to: 'proef.1' },
  });
  const [note] = await store.notes.notesOf(path);
  expect(note).toMatchObject({ author: 'consultant', text: 'Bel (naam gewist) ((naam gewist)) op (naam gewist).' });
  const entry = await store.ledger.entry('<1@example.org>');
  expect(entry).toMatchObject({ outcome: 'refused', person: 'proef.1', address: '', subject: 'Wemmel' });
  expect((await store.inbound.mail('m2'))?.sender).toBe('lore@example.org');
  // The other reader goes too: then nothing is left of the address.
  await store.persons.erase({ address }, erasure);
  expect(traces(await everything(store))).toEqual([]);
  await store.close();
});

test('an export holds all of it and no secret', async () => {
  const store = await filled();
  const given = await store.persons.everythingOf({ address, name });
  expect(given).toMatchObject({
    people: [{ name }, { name }],
    account: { name },
    mails: [{ address, outcome: 'refused' }],
    mailFacts: [{ detail: `550 <${address}> unknown` }],
    incomingMails: [{ id: 'm1' }],
    events: [{ seq: 1 }],
    notes: [{ id: 'n1' }],
    sessions: [{ agent: '' }],
  });
  expect(given['namedIn']).toEqual(expect.arrayContaining([expect.objectContaining({ table: 'events' })]));
  expect(JSON.stringify(given)).not.toMatch(/"hash"|lore@example/);
  await store.close();
});
