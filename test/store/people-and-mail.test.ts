/** Who is who, who may sign in, and what became of each mail. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asInstant, asLocalDate, asPartyId, asPathId, asPersonId, type Instant } from '../../domain/ids.ts';
import type { DeliveryOutcome } from '../../domain/message.ts';
import { openStore, type Store } from '../../store/store.ts';
import { freePort } from '../../worker/processes.ts';
import { newStore } from './places.ts';

let store: Store;
let clock = Date.parse('2031-02-10T08:00:00Z');
const later = (minutes: number): Instant => asInstant(clock + minutes * 60_000);
beforeEach(async () => {
  clock = Date.parse('2031-02-10T08:00:00Z');
  store = await newStore({ now: () => asInstant(clock) });
});
afterEach(() => store.close());

const path = asPathId('noordrand-2033');
const wemmel = asPartyId('nis:23102');

describe('people', () => {
  it('gives the same person the same id, whatever the spelling of the address and the role', async () => {
    const first = { path, party: wemmel, role: 'contact', name: 'An Peeters', email: 'An@example.org' } as const;
    expect(await store.people.ensurePerson(first)).toBe('noordrand-2033.1');
    expect(await store.people.ensurePerson({ ...first, email: ' an@EXAMPLE.org ', role: 'deputy' })).toBe(
      'noordrand-2033.1',
    );
    expect(await store.people.peopleOf(path)).toHaveLength(1);
  });

  it('keeps apart who shares a mailbox, who speaks for another party, and who belongs to another path', async () => {
    const an = { path, party: wemmel, role: 'contact', name: 'An Peeters', email: 'secretariaat@example.org' } as const;
    expect(await store.people.ensurePerson(an)).toBe('noordrand-2033.1');
    expect(await store.people.ensurePerson({ ...an, name: 'Jan Smets' })).toBe('noordrand-2033.2');
    expect(await store.people.ensurePerson({ ...an, party: asPartyId('nis:23002') })).toBe('noordrand-2033.3');
    expect(await store.people.ensurePerson({ ...an, path: asPathId('other') })).toBe('other.1');
  });

  it('takes in a whole region at once, each by who they are, and nobody when one of them cannot be', async () => {
    const an = { party: wemmel, role: 'contact', name: 'An Peeters', email: 'an@example.org' } as const;
    const jan = { role: 'coordinator', name: 'Jan Smets', email: 'jan@example.org' } as const;
    const ids = ['noordrand-2033.1', 'noordrand-2033.2', 'noordrand-2033.1'];
    expect(await store.people.ensurePeople(path, [an, jan, { ...an, email: 'AN@example.org' }])).toEqual(ids);
    expect(await store.people.ensurePeople(path, [an, jan])).toEqual(ids.slice(0, 2));
    const broken = { ...jan, name: undefined as unknown as string };
    await expect(store.people.ensurePeople(path, [{ ...an, name: 'Els' }, broken])).rejects.toThrow();
    expect(await store.people.peopleOf(path)).toHaveLength(2);
  });

  it('never overwrites details: what was said under the earlier ones reads as it was said', async () => {
    const an = { path, party: wemmel, role: 'contact', name: 'An Peters', email: 'an@example.org' } as const;
    const first = await store.people.ensurePerson(an);
    const right = { ...an, name: 'An Peeters', function: 'secretariaat', phone: '02 123 45 67' };
    const second = await store.people.changedPerson(right);
    expect(second).not.toBe(first);
    expect(await store.people.changedPerson(right)).toBe(second);
    expect(await store.people.ensurePerson(right)).toBe(second);
    const moved = await store.people.changedPerson({ ...right, phone: '+32 2 123 45 67' });
    expect(new Set([first, second, moved]).size).toBe(3);
    expect(await store.people.ensurePerson(right)).toBe(moved);
    expect(await store.people.person(first)).toMatchObject({ name: 'An Peters' });
    expect(await store.people.person(second)).toMatchObject({ name: 'An Peeters', phone: '02 123 45 67' });
    expect(await store.people.changedPerson(an)).toBe(first);
  });

  it('puts a name on one line, and finds who coordinates by address', async () => {
    const id = await store.people.ensurePerson({
      path,
      role: 'coordinator',
      name: ' Els\r\nBcc: x@example.org ',
      email: 'els@example.org',
    });
    expect(await store.people.person(id)).toEqual({
      id,
      path,
      role: 'coordinator',
      name: 'Els Bcc: x@example.org',
      email: 'els@example.org',
      createdAt: asInstant(clock),
    });
    expect(await store.people.coordinatorsWith('ELS@example.org')).toHaveLength(1);
    expect(await store.people.person(asPersonId('noordrand-2033.99'))).toBeUndefined();
  });
});

describe('paths', () => {
  it('refuses a path id that belongs to another partnership', async () => {
    const facts = { path, partnership: 'Cultuur Noordrand', createdAt: later(0) };
    await store.paths.ensurePath(facts);
    expect(await store.paths.ensurePath({ ...facts, createdAt: later(5) })).toEqual(facts);
    await expect(store.paths.ensurePath({ ...facts, partnership: 'Zuidrand' })).rejects.toMatchObject({
      code: 'path-conflict',
    });
  });
});

describe('signing in', () => {
  const account = () => store.accounts.ensureAccount({ role: 'coordinator', email: 'Els@example.org', name: 'Els' });

  it('lets a token in once, and only while it lasts', async () => {
    const { id } = await account();
    const token = await store.accounts.createSignInToken(id, later(30));
    expect(await store.accounts.openSignIn(token, 'any')).toMatchObject({ isAtHome: true });
    const both = await Promise.all([store.accounts.useSignInToken(token), store.accounts.useSignInToken(token)]);
    // Which of the two is first is the database's choice.
    const [first, second] = both.sort((a, b) => Number(b.ok) - Number(a.ok));
    expect(first).toMatchObject({ ok: true, account: { email: 'els@example.org' } });
    expect(second).toEqual({ ok: false, why: 'used' });
    expect(await store.accounts.openSignIn(token, 'any')).toBeUndefined();
    const stale = await store.accounts.createSignInToken(id, later(30));
    clock += 31 * 60_000;
    expect(await store.accounts.useSignInToken(stale)).toEqual({ ok: false, why: 'expired' });
    expect(await store.accounts.useSignInToken('guess')).toEqual({ ok: false, why: 'unknown' });
  });

  it('keeps no secret that could be used', async () => {
    const { id } = await account();
    const token = await store.accounts.createSignInToken(id, later(30));
    const secret = await store.accounts.createWebSession(id, later(60));
    const rows = [
      ...(await store.db.selectFrom('sign_in_tokens').selectAll().execute()),
      ...(await store.db.selectFrom('web_sessions').selectAll().execute()),
    ];
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });

  it('ends sessions by time, by signing out, and with the account', async () => {
    const { id } = await account();
    const open = () => store.accounts.createWebSession(id, later(60));
    const [a, b, c] = [await open(), await open(), await open()];
    await store.accounts.endWebSession(a);
    expect(await store.accounts.accountOfWebSession(a)).toBeUndefined();
    expect(await store.accounts.accountOfWebSession(b)).toMatchObject({ id });
    clock += 61 * 60_000;
    expect(await store.accounts.accountOfWebSession(b)).toBeUndefined();
    expect(await store.accounts.removeExpired()).toBe(2);
    const fresh = await store.accounts.createWebSession(id, later(60));
    await store.accounts.removeAccount(id);
    expect(await store.accounts.accountOfWebSession(fresh)).toBeUndefined();
    expect(await store.accounts.accountOfWebSession(c)).toBeUndefined();
  });

  it('keeps one account for an address, whatever its spelling', async () => {
    const first = await account();
    const again = await store.accounts.ensureAccount({ role: 'reader', email: ' ELS@example.org', name: 'Other' });
    expect(again).toEqual(first);
    expect(await store.accounts.changeAccount(first.id, { role: 'administrator' })).toMatchObject({
      role: 'administrator',
    });
    await expect(store.accounts.changeAccount('nobody', { role: 'reader' })).rejects.toMatchObject({
      code: 'unknown-account',
    });
  });
});

describe('the mail ledger', () => {
  const attempt = (outcome: DeliveryOutcome, minutes: number) =>
    store.ledger.noteAttempt({
      messageId: '<a@example.org>',
      messageKey: 'key',
      path,
      person: asPersonId('noordrand-2033.1'),
      kind: 'request',
      day: asLocalDate('2031-02-10'),
      subject: 'Wemmel',
      address: 'an@example.org',
      outcome,
      at: later(minutes),
      code: outcome,
      response: outcome,
    });

  it('counts attempts, and what was accepted stays accepted', async () => {
    await attempt('deferred', 0);
    await attempt('unknown', 5);
    expect(await store.ledger.entry('<a@example.org>')).toMatchObject({
      outcome: 'unknown',
      attempts: 2,
      firstAt: later(0),
    });
    await attempt('accepted', 10);
    await attempt('deferred', 15);
    expect(await store.ledger.entriesOf(path)).toMatchObject([
      { outcome: 'accepted', attempts: 3, acceptedAt: later(10), response: 'accepted' },
    ]);
  });

  it('keeps each attempt as a fact of its own, and what came back after it, in order', async () => {
    await attempt('deferred', 0);
    await attempt('accepted', 5);
    const bounce = { at: later(60), fact: 'bounced', code: '5.1.1', detail: 'No such user' } as const;
    await store.ledger.noteFact('<a@example.org>', bounce);
    await attempt('accepted', 61);
    const facts = await store.ledger.factsOf(['<a@example.org>', '<unknown@example.org>']);
    expect([...facts]).toEqual([
      [
        '<a@example.org>',
        [
          { at: later(0), fact: 'deferred', code: 'deferred', detail: 'deferred' },
          { at: later(5), fact: 'accepted', code: 'accepted', detail: 'accepted' },
          bounce,
          { at: later(61), fact: 'accepted', code: 'accepted', detail: 'accepted' },
        ],
      ],
    ]);
    expect(await store.ledger.entry('<a@example.org>')).toMatchObject({ outcome: 'accepted', attempts: 2 });
  });

  it('finds the facts of more messages than a query may name', async () => {
    await attempt('accepted', 0);
    const many = Array.from({ length: 40_000 }, (_each, index) => `<${String(index)}@example.org>`);
    expect((await store.ledger.factsOf([...many, '<a@example.org>'])).size).toBe(1);
  });
});

describe('health', () => {
  it('says since when mail is well or not', async () => {
    expect(await store.health.health('mail')).toBeUndefined();
    const note = (ok: boolean, minutes: number) =>
      store.health.note('mail', { ok, code: ok ? 'accepted' : 'EAUTH', detail: '', at: later(minutes) });
    await note(false, 0);
    await note(false, 5);
    expect(await store.health.health('mail')).toMatchObject({ ok: false, since: later(0), checkedAt: later(5) });
    await note(true, 9);
    expect(await store.health.health('mail')).toMatchObject({ ok: true, since: later(9) });
  });
});

describe('opening', () => {
  it('says what is wrong by code', async () => {
    await expect(openStore('mysql://localhost/x')).rejects.toMatchObject({ code: 'database-not-supported' });
    await expect(openStore('/dev/null/store.db')).rejects.toMatchObject({ code: 'database-not-writable' });
    const nobody = openStore(`postgres://pad:geheim@127.0.0.1:${await freePort()}/x`);
    await expect(nobody).rejects.toMatchObject({
      code: 'database-not-reachable',
      message: expect.stringMatching(
        /^Cannot open the store postgres:\/\/pad:\*\*\*@127.0.0.1:\d+\/x: .*ECONNREFUSED/,
      ) as string,
    });
  });
});
