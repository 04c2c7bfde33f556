/** A simulation shows the mails that would really go out: the same composing, to a folder or nowhere. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAccountMailer } from '../../activities/account-mailer.ts';
import { outcomeOf } from '../../activities/smtp-outcome.ts';
import { createFolderTransport, createNullTransport } from '../../activities/transport.ts';
import { asInstant } from '../../domain/ids.ts';
import { openStore } from '../../store/store.ts';
import { hirePostman, mailFrom } from '../mail/postman.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'regiopad-out-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('the folder of a simulation', () => {
  const simulate = async (out: string) => {
    const postman = await hirePostman('', { transport: createFolderTransport(out) });
    const outcomes = await postman.deliver();
    await postman.close();
    return outcomes;
  };

  it('holds one file for each mail, whose names sort by time and name nobody', async () => {
    expect(Object.values(await simulate(folder))).toEqual(['accepted', 'accepted', 'accepted', 'accepted']);
    const names = readdirSync(folder).sort();
    expect(names).toHaveLength(4);
    for (const name of names) expect(name).toMatch(/^2031-02-25T\d\d-\d\d-\d\d_000[1-4]\.eml$/);
    const mail = await simpleParser(readFileSync(join(folder, names[0] ?? '')));
    expect(mail.subject).toContain('Asse: engagementsverklaring');
    expect(mail.text).toContain('Dag Contact test.2,');
  });

  it('is the same, byte for byte, when the simulation is run again', async () => {
    const second = join(folder, 'again');
    await simulate(join(folder, 'first'));
    await simulate(second);
    const names = readdirSync(second);
    expect(readdirSync(join(folder, 'first'))).toEqual(names);
    for (const name of names)
      expect(readFileSync(join(folder, 'first', name), 'utf8')).toBe(readFileSync(join(second, name), 'utf8'));
  });
});

describe('a simulation without a folder', () => {
  it('composes all the same, and the ledger knows subjects and addresses', async () => {
    const postman = await hirePostman('', { transport: createNullTransport() });
    await postman.deliver();
    const entries = await postman.store.ledger.entriesOf(postman.world.state.id);
    expect(entries.map(({ address }) => address)).toContain('test-2@example.org');
    expect(entries.every(({ subject }) => subject.includes('engagementsverklaring'))).toBe(true);
    await postman.close();
  });
});

describe('a sign-in mail', () => {
  it('goes out with its link, and into the ledger without it', async () => {
    const store = await openStore(':memory:');
    const account = await store.accounts.ensureAccount({ role: 'coordinator', email: 'els@example.org', name: 'Els' });
    const config = { mailFrom, publicUrl: 'https://regiopad.example.org' };
    const mailer = createAccountMailer({ store, transport: createFolderTransport(folder), config });
    const now = asInstant(Date.parse('2031-02-10T08:00:00Z'));
    const link = 'https://regiopad.example.org/aanmelden/secret-token';
    const outcome = await mailer.sendSignIn({ account, link, expiresAt: asInstant(Date.parse(now) + 1_800_000), now });
    expect(outcome).toBe('accepted');
    const mail = await simpleParser(readFileSync(join(folder, readdirSync(folder)[0] ?? '')));
    expect(mail.text).toContain(link);
    expect(mail.text).toContain('tot 10 februari, 09:30');
    const ledger = await store.db.selectFrom('ledger').selectAll().execute();
    expect(ledger).toMatchObject([{ kind: 'sign-in', address: 'els@example.org', outcome: 'accepted', path_id: '' }]);
    expect(JSON.stringify(ledger)).not.toContain('secret-token');
    await store.close();
  });
});

describe('what a failure means', () => {
  it.each([
    ['no such user', { code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO' }, false, 'refused', 'message'],
    ['greylisted', { code: 'EENVELOPE', responseCode: 451, command: 'RCPT TO' }, false, 'deferred', 'message'],
    ['bad sequence', { code: 'EENVELOPE', responseCode: 503, command: 'RCPT TO' }, false, 'deferred', 'message'],
    ['not an address', { code: 'EENVELOPE', command: 'API' }, false, 'refused', 'message'],
    ['spam', { code: 'EMESSAGE', responseCode: 554, command: 'DATA' }, true, 'refused', 'message'],
    ['later, please', { code: 'EMESSAGE', responseCode: 451, command: 'DATA' }, true, 'deferred', 'message'],
    ['closing', { code: 'EENVELOPE', responseCode: 421, command: 'RCPT TO' }, false, 'deferred', 'server'],
    ['sender refused', { code: 'EENVELOPE', responseCode: 550, command: 'MAIL FROM' }, false, 'deferred', 'server'],
    ['wrong password', { code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' }, false, 'deferred', 'server'],
    ['bad certificate', { code: 'ETLS', command: 'CONN' }, false, 'deferred', 'server'],
    ['cut before the dot', { code: 'ECONNECTION', command: 'CONN' }, false, 'deferred', 'connection'],
    ['cut after the dot', { code: 'ECONNECTION', command: 'CONN' }, true, 'unknown', 'connection'],
    ['silence after the dot', { code: 'ETIMEDOUT', command: 'CONN' }, true, 'unknown', 'connection'],
    ['anything else', {}, false, 'deferred', 'message'],
  ])('%s', (message, failure, handedOver, outcome, scope) => {
    expect(outcomeOf({ message, ...failure }, handedOver, true)).toMatchObject({ outcome, scope });
  });

  it.each([
    ['RCPT TO', 550, '550 5.1.1 User unknown', 'address'],
    ['RCPT TO', 550, '550 No such user', 'address'],
    ['RCPT TO', 550, '550 Sorry', 'address'],
    ['RCPT TO', 553, '553 Sorry', 'address'],
    ['RCPT TO', 556, '556 5.1.10 Does not accept mail', 'address'],
    ['RCPT TO', 550, '550 5.4.1 Recipient address rejected: Access denied', 'address'],
    ['RCPT TO', 552, '552 Sorry', 'mailbox'],
    ['RCPT TO', 550, '550 5.2.2 Over quota', 'mailbox'],
    ['RCPT TO', 550, '550 Mailbox full', 'mailbox'],
    ['RCPT TO', 554, '554 Sorry', 'content'],
    ['RCPT TO', 550, '550 5.7.1 Blocked', 'content'],
    ['RCPT TO', 550, '550 Blocked by our reputation list', 'content'],
    ['DATA', 550, '550 Sorry', 'content'],
    ['DATA', 552, '552 5.3.4 Message too big', 'content'],
    ['DATA', 554, '554 5.2.2 Mailbox full', 'mailbox'],
  ])('at %s, a %i "%s" speaks of the %s', (command, responseCode, response, trouble) => {
    const failure = { message: response, code: 'EENVELOPE', command, responseCode, response };
    expect(outcomeOf(failure, command === 'DATA', true)).toMatchObject({ outcome: 'refused', trouble });
  });

  it.each([
    ['RCPT TO', 550, '550 5.1.8 Sender domain not found'],
    ['RCPT TO', 450, '450 4.1.8 Sender address rejected: Domain not found'],
    ['RCPT TO', 554, '554 5.7.1 <a@example.org>: Relay access denied'],
    ['MAIL FROM', 553, '553 5.7.1 Sender address rejected: not owned by user'],
    ['RCPT TO', 421, '421 4.7.0 Try again later'],
  ])('at %s, a %i "%s" is about us or the server: it waits and never expires', (command, responseCode, response) => {
    const failure = { message: response, code: 'EENVELOPE', command, responseCode, response };
    expect(outcomeOf(failure, false, true)).toMatchObject({ outcome: 'deferred', trouble: 'server' });
  });

  it('a server that cannot be reached is not tried for each message', () => {
    expect(outcomeOf({ message: 'refused', code: 'ESOCKET' }, false, false).scope).toBe('server');
  });
});
