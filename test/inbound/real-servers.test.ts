/**
 * Against the two mail servers that most of the world runs: a mail arrives in its thread, is tried again when it is put off,
 * and when a server finds out too late that nobody has the address, its own report comes back and shows on the path.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { type ParsedMail, simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSmtpTransport, type MailTransport } from '../../activities/transport.ts';
import { createImapSource } from '../../client/inbound/sources/imap.ts';
import { createMaildirSource } from '../../client/inbound/sources/maildir.ts';
import type { InboundSource } from '../../client/inbound/source.ts';
import { createTaking } from '../../client/inbound/take.ts';
import { type Watch, watchInbound } from '../../client/inbound/watch.ts';
import { createWebApp } from '../../client/web/app.ts';
import type { Command } from '../../domain/commands.ts';
import { asInstant, asLocalDate, type Instant, type PartyId, type PathId } from '../../domain/ids.ts';
import type { Actor } from '../../domain/state.ts';
import type { LedgerEntry } from '../../store/ledger.ts';
import { createLinks } from '../../worker/links.ts';
import { asse, INTENT, wemmel, zaventem } from '../core/world.ts';
import { bounces, linkKeys } from '../mail/postman.ts';
import { Browser } from '../web/harness.ts';
import { coordinatorOf, Stack } from '../workflow/stack.ts';
import { startDovecot } from './servers/dovecot.ts';
import { startExim } from './servers/exim.ts';
import { type MailServer, startPostfix } from './servers/postfix.ts';
import { namesIn, until } from './world.ts';

/** Set by `npm test` when all the mail servers are there; what it does not run is listed, and fails on the build machine. */
const exim = process.env['EXIM'];
const BOUNCES = 'bounces@example.org';
/** A Monday afternoon: what answers an answer leaves at once, and no morning mail is due. */
const OFFSET = Date.parse('2031-03-03T13:00:00Z') - Date.now();
const now = (): Instant => asInstant(Date.now() + OFFSET);
const nisOf = (party: PartyId): string => party.slice(4);

interface Side {
  server: MailServer;
  path: PathId;
  source: InboundSource;
  watch: Watch;
}

let stack: Stack;
const ends: (() => unknown)[] = [];

/** One side's people, of whom the contact of Wemmel has left: the server takes mail for that address all the same. */
const mailboxes = (domain: string): string[] => [
  BOUNCES,
  `c@${domain}`,
  ...[asse, zaventem].map((party) => `contact-${nisOf(party)}@${domain}`),
];

async function begin(name: 'postfix' | 'exim'): Promise<Side> {
  const domains = [`${name}.example.org`, 'example.org'];
  const boxes = mailboxes(`${name}.example.org`);
  const server = await (name === 'postfix' ? startPostfix(domains, boxes) : startExim(exim ?? '', domains, boxes));
  ends.push(() => server.stop());
  const source = name === 'postfix' ? createMaildirSource(server.maildir(BOUNCES), 200) : await imapOver(server);
  const path = await stack.startPath(name, { clock: { offsetMs: OFFSET, granularityMs: 1 } });
  const { store, paths } = stack;
  const watch = watchInbound({
    ...{ source, take: createTaking({ store, paths, clock: now, isSealed: bounces.isSealed }), health: store.health },
    log: () => undefined,
  });
  ends.push(() => watch.close());
  return { server, path, source, watch };
}

/** The mailbox for bounces as an IMAP server shows it. */
async function imapOver(server: MailServer): Promise<InboundSource> {
  const imap = await startDovecot(server.maildir(BOUNCES), 'Debian-exim');
  ends.push(() => imap.stop());
  setDefaultCACertificates([...getCACertificates(), imap.certificate]);
  return createImapSource(imap.url, 200);
}

/** Each mail to the server of its recipient. */
function route(sides: Side[]): MailTransport {
  const transports = sides.map(({ server, path }) => ({ path, transport: createSmtpTransport(server.url) }));
  ends.push(() => transports.forEach(({ transport }) => transport.close()));
  return {
    concurrency: 5,
    send: (mail) =>
      transports.find(({ path }) => mail.to.address.endsWith(`@${path}.example.org`))!.transport.send(mail),
    close: () => undefined,
  };
}

/** Wemmel, Zaventem and Asse put the declaration on the agenda: each gets a receipt at once. */
async function answer({ path }: Side): Promise<void> {
  const { parties } = await stack.paths.state(path);
  const tell = (command: Command, actor: Actor = coordinatorOf(path)) =>
    stack.paths.command(path, { id: randomUUID(), actor, command }, 20_000);
  for (const task of ['legal-form-choice', 'intent-draft']) await tell({ type: 'complete-task', data: { task } });
  await tell({ type: 'request', data: { decision: INTENT } });
  const on = asLocalDate('2031-05-27');
  for (const party of [asse, zaventem, wemmel])
    await tell(
      { type: 'answer', data: { party, decision: INTENT, answer: 'scheduled', on } },
      { kind: 'contact', personId: parties[party]!.contact!, via: 'link' },
    );
}

const addressOf = ({ path }: Side, party: PartyId): string => `contact-${nisOf(party)}@${path}.example.org`;

const entryOf = async (side: Side, party: PartyId): Promise<LedgerEntry | undefined> =>
  (await stack.store.ledger.entriesOf(side.path)).find(({ address }) => address === addressOf(side, party));

const factsOf = async (side: Side, party: PartyId): Promise<string[]> => {
  const messageId = (await entryOf(side, party))?.messageId ?? '';
  const facts = await stack.store.ledger.factsOf([messageId]);
  return (facts.get(messageId) ?? []).map(({ fact }) => fact);
};

async function delivered({ server }: Side, address: string): Promise<ParsedMail[]> {
  const folder = join(server.maildir(address), 'new');
  return Promise.all(namesIn(folder).map((name) => simpleParser(readFileSync(join(folder, name)))));
}

async function mailsPage(path: PathId): Promise<string> {
  const links = createLinks({ keys: linkKeys, publicUrl: 'http://localhost:3000' });
  const app = await createWebApp({
    ...{ store: stack.store, paths: stack.paths, links, clock: now, config: { publicUrl: 'http://localhost:3000' } },
    sendSignIn: () => Promise.resolve(),
    sendTestMail: () => Promise.resolve('accepted'),
    pingTemporal: () => Promise.resolve(),
  });
  const account = await stack.store.accounts.ensureAccount({
    role: 'administrator',
    email: 'a@example.org',
    name: 'A',
  });
  const token = await stack.store.accounts.createSignInToken(account.id, asInstant(Date.now() + OFFSET + 3_600_000));
  const browser = new Browser(app);
  await browser.get(`/aanmelden/${token}`);
  await browser.submit(0, {});
  await browser.get(`/paden/${path}/mails`);
  await app.close();
  return browser.text;
}

const sides = new Map<string, Side>();
beforeAll(async () => {
  if (exim === undefined) return;
  stack = await Stack.start();
  ends.push(() => stack.stop());
  for (const name of ['postfix', 'exim'] as const) {
    const side = await begin(name);
    side.server.greylisted.add(addressOf(side, zaventem));
    sides.set(name, side);
  }
  stack.transport = route([...sides.values()]);
  await stack.startWorker();
  await Promise.all([...sides.values()].map(answer));
  for (const side of sides.values()) {
    await until(async () => (await factsOf(side, zaventem)).includes('deferred'), `it puts off: ${side.server.log()}`);
    side.server.greylisted.delete(addressOf(side, zaventem));
  }
}, 90_000);
afterAll(async () => {
  for (const end of ends.reverse()) await end();
}, 60_000);

describe.skipIf(exim === undefined).each(['postfix', 'exim'])('with %s', (name) => {
  test('a mail arrives in its thread, and carries where it goes back to', async () => {
    const side = sides.get(name)!;
    const address = addressOf(side, asse);
    await until(async () => (await delivered(side, address)).length > 0, `it delivers: ${side.server.log()}`);
    expect(await factsOf(side, asse)).toEqual(['accepted']);
    const [mail] = await delivered(side, address);
    const { messageId } = (await entryOf(side, asse))!;
    expect(mail?.messageId).toBe(messageId);
    expect(mail?.inReplyTo).toMatch(/^<[0-9a-f]{40}\.pad@example\.org>$/);
    expect([mail?.references].flat()).toContain(mail?.inReplyTo);
    const returnPath = mail?.headerLines.find(({ key }) => key === 'return-path')?.line;
    expect(returnPath).toContain(
      `<bounces+${messageId.slice(1, 41)}${bounces.sealOf(messageId.slice(1, 41))}@example.org>`,
    );
  });

  test('a mail to who is not there any more comes back in the server’s own report, and the path knows', async () => {
    const side = sides.get(name)!;
    await until(async () => (await factsOf(side, wemmel)).includes('bounced'), `it comes back: ${side.server.log()}`);
    expect(await factsOf(side, wemmel)).toEqual(['accepted', 'bounced']);
    const { unreachable, parties } = await stack.paths.state(side.path);
    expect(unreachable).toMatchObject({ [parties[wemmel]!.contact!]: { why: 'address' } });
    const text = await mailsPage(side.path);
    expect(text).toContain('teruggekomen');
    expect(text).toContain(name === 'postfix' ? 'Undelivered Mail Returned to Sender' : 'Mail delivery failed');
    expect(await stack.store.health.health('inbound')).toMatchObject({ ok: true });
  });

  test('a mail that is put off goes again a minute later, and arrives once under the same Message-ID', async () => {
    const side = sides.get(name)!;
    const address = addressOf(side, zaventem);
    await until(async () => (await factsOf(side, zaventem)).includes('accepted'), 'it takes it later', 120_000);
    await until(async () => (await delivered(side, address)).length === 1, 'it delivers later');
    expect((await delivered(side, address))[0]?.messageId).toBe((await entryOf(side, zaventem))?.messageId);
    expect(await factsOf(side, zaventem)).toEqual(['deferred', 'accepted']);
  }, 180_000);
});
