/** A digest that comes twice, tells of somebody else's region, keeps a rejection quiet, or cannot be stopped by its mail program. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createHousekeeping } from '../../activities/housekeeping.ts';
import { createSmtpTransport, type SmtpTransport } from '../../activities/transport.ts';
import { asLocalDate, type Instant } from '../../domain/ids.ts';
import { createLinks } from '../../worker/links.ts';
import { createTexts } from '../../worker/texts.ts';
import { createHarness, type Harness, request, startPath, WEMMEL } from '../web/harness.ts';
import { linkKeys, mailFrom } from './postman.ts';
import { reply, startServer, type TestServer } from './server.ts';

let harness: Harness;
let server: TestServer;
let transport: SmtpTransport;
let trouble: Error | undefined;
/** The Message-ID of each mail that was handed over, whatever became of it. */
let tried: (string | undefined)[];
beforeEach(async () => {
  harness = await createHarness();
  trouble = undefined;
  tried = [];
  server = await startServer({
    afterData: ({ mail }) => {
      tried.push(mail.messageId);
      return trouble;
    },
  });
  transport = createSmtpTransport(server.url);
  // Two regions, of which the consultant follows one.
  await startPath(harness.store, harness.paths);
  await startPath(harness.store, harness.paths, {
    ...{ id: 'zuidrand' as never, partnership: 'Zuidrand', coordinator: 'zoe@example.org' },
  });
  const mia = await harness.store.accounts.ensureAccount({ role: 'consultant', email: 'mia@example.org', name: 'Mia' });
  await harness.store.accounts.setRegions(mia.id, ['noordrand-2033' as never]);
});
afterEach(async () => {
  transport.close();
  await Promise.all([server.close(), harness.close()]);
});

/** A run of housekeeping at a moment. */
async function run(at: string): Promise<{ sent: number; waiting: number }> {
  const housekeeping = createHousekeeping({
    ...{ store: harness.store, transport, texts: createTexts(), config: { mailFrom }, now: () => at as Instant },
    links: createLinks({ keys: linkKeys, publicUrl: 'https://regiopad.example.org/pad' }),
  });
  return new MockActivityEnvironment().run(() => housekeeping.sendDigests());
}

const account = (email: string) => harness.store.accounts.accountWith(email);
const EIGHT = '2031-02-24T07:05:00.000Z' as Instant;
const NINE = '2031-02-24T08:05:00.000Z' as Instant;
const to = () => server.received.map(({ recipients }) => recipients[0]).sort();

test('each who has a region gets theirs once a week, and nothing of another region', async () => {
  await harness.store.accounts.ensureAccount({ role: 'consultant', email: 'none@example.org', name: 'Zonder' });
  await harness.store.accounts.ensureAccount({ role: 'coordinator', email: 'zoe@example.org', name: 'Zoë' });
  const late = await harness.store.accounts.ensureAccount({
    role: 'coordinator',
    email: 'fien@example.org',
    name: 'F',
  });
  await harness.store.settings.change(late, { digestWeekday: 3 });
  expect(await run(EIGHT)).toEqual({ sent: 2, waiting: 0 });
  expect(to()).toEqual(['mia@example.org', 'zoe@example.org']);
  const [mia, zoe] = ['mia@example.org', 'zoe@example.org'].map(
    (email) => server.received.find(({ recipients }) => recipients[0] === email)!.mail,
  );
  expect(mia!.text).toContain('Cultuur Noordrand');
  expect(mia!.text).not.toContain('Zuidrand');
  expect(zoe!.text).toContain('Zuidrand');
  expect(zoe!.text).not.toContain('Noordrand');
  expect(await run(NINE)).toEqual({ sent: 0, waiting: 0 });
  expect(await run('2031-02-26T07:05:00.000Z')).toEqual({ sent: 1, waiting: 0 });
  expect(await run('2031-03-03T07:05:00.000Z')).toEqual({ sent: 2, waiting: 0 });
});

test('a reader, who sees no people, gets none', async () => {
  const reader = await harness.store.accounts.ensureAccount({ role: 'reader', email: 'mayor@example.org', name: 'B' });
  await harness.store.accounts.setRegions(reader.id, ['noordrand-2033' as never]);
  await harness.store.settings.change(reader, { digestWeekday: 1 });
  await run(EIGHT);
  expect(to()).toEqual(['mia@example.org']);
});

test('whoever is killed right after a mail server took it does not send it again', async () => {
  await run(EIGHT);
  const mia = (await account('mia@example.org'))!;
  // The ledger was written; the note in the settings was not.
  await harness.store.settings.change(mia, { digestSentOn: asLocalDate('2031-02-17') });
  expect(await run(NINE)).toEqual({ sent: 0, waiting: 0 });
  expect(server.received).toHaveLength(1);
  expect((await harness.store.settings.settingsOf(mia)).digestSentOn).toBe('2031-02-24');
});

test('a mail server that is busy at seven gets the same mail at nine, and one that refuses gets it no more', async () => {
  trouble = reply(451, '4.3.0 later');
  expect(await run(EIGHT)).toEqual({ sent: 0, waiting: 1 });
  trouble = undefined;
  expect(await run(NINE)).toEqual({ sent: 1, waiting: 0 });
  expect(tried).toHaveLength(2);
  expect(tried[1]).toBe(tried[0]);
  trouble = reply(550, '5.7.1 no');
  expect(await run('2031-03-03T07:05:00.000Z')).toEqual({ sent: 0, waiting: 0 });
  expect(await run('2031-03-03T08:05:00.000Z')).toEqual({ sent: 0, waiting: 0 });
  expect(tried).toHaveLength(3);
});

test('one click in a mail program stops it, and only a digest offers that', async () => {
  await run(EIGHT);
  const { mail, source } = server.received[0]!;
  const [, address] = /^List-Unsubscribe: <([^>]+)>/m.exec(source.replace(/\r\n[ \t]+/g, ' ')) ?? [];
  expect(source).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m);
  expect(source).toMatch(/^Auto-Submitted: auto-generated\r?$/m);
  expect(address).toMatch(/^https:\/\/regiopad\.example\.org\/pad\/digest\/[\w.-]+$/);
  expect(mail.text).toContain(address);
});

test('a rejection since the last one is told, with who and what, and whom it leaves to choose', async () => {
  await run('2031-02-17T07:05:00.000Z');
  harness.setTime('2031-02-20T09:00:00.000Z');
  await request(harness, 'statement-of-commitment');
  const data = { party: WEMMEL, decision: 'statement-of-commitment', answer: 'rejected', on: '2031-02-20' } as const;
  await harness.tell({ type: 'answer', data: data as never });
  await run(EIGHT);
  const { text, subject } = server.received[1]!.mail;
  expect(text).toMatch(/Nieuw sinds 17 februari \*\s+- Wemmel keurde .+ af/);
  expect(text).toMatch(/Voor wie coördineert \*\s+- Wemmel keurde .+ af: opnieuw vragen/);
  expect(subject).toBe('Weekoverzicht van 24 februari: er is iets te kiezen of te doen');
  await run('2031-03-03T07:05:00.000Z');
  expect(server.received[2]!.mail.text).not.toContain('Nieuw sinds');
});
