/** Who else gets in when a token of a program leaks, is forgotten, or outlives the role of who made it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mayChange, mayRead, maySee, viewerFor } from '../../client/access/viewer.ts';
import { asInstant, asPathId, asPersonId, type Instant } from '../../domain/ids.ts';
import type { Account, AccountRole } from '../../store/accounts.ts';
import type { Store } from '../../store/store.ts';
import { newStore } from './places.ts';

let store: Store;
let clock: number;
let els: Account;
const later = (minutes: number): Instant => asInstant(clock + minutes * 60_000);
beforeEach(async () => {
  clock = Date.parse('2031-02-10T08:00:00Z');
  store = await newStore({ now: () => asInstant(clock) });
  els = await store.accounts.ensureAccount({ role: 'consultant', email: 'els@example.org', name: 'Els Maes' });
});
afterEach(() => store.close());

const make = (role: AccountRole = 'consultant') =>
  store.apiTokens.create({ account: els.id, name: 'Rapport', role, expiresAt: later(60) });

describe('an API token', () => {
  it('lets its owner in, and is not in the database', async () => {
    const { token, row } = await make();
    expect(token).toMatch(/^rp_[\w-]{43}$/);
    expect(row).toMatchObject({ name: 'Rapport', role: 'consultant', expiresAt: later(60) });
    expect(await store.apiTokens.accountOf(token)).toEqual({ account: els, role: 'consultant' });
    const kept = await store.db.selectFrom('api_tokens').selectAll().execute();
    expect(JSON.stringify(kept)).not.toContain(token.slice(3));
    for (const other of ['', 'rp_', token.slice(0, -1), token.toUpperCase()])
      expect(await store.apiTokens.accountOf(other)).toBeUndefined();
  });

  it('works until its last moment, until it is revoked by its owner, or until its account goes', async () => {
    const [first, second, third] = [await make(), await make(), await make()];
    const jo = await store.accounts.ensureAccount({ role: 'reader', email: 'jo@example.org', name: 'Jo' });
    expect(await store.apiTokens.revoke(jo.id, first.row.id)).toBe(false);
    expect(await store.apiTokens.revoke(els.id, first.row.id)).toBe(true);
    expect(await store.apiTokens.accountOf(first.token)).toBeUndefined();
    expect(await store.apiTokens.list(jo.id)).toEqual([]);
    clock += 60 * 60_000 - 1;
    expect(await store.apiTokens.accountOf(second.token)).toBeDefined();
    clock += 1;
    expect(await store.apiTokens.accountOf(second.token)).toBeUndefined();
    clock -= 60_000;
    await store.accounts.removeAccount(els.id);
    expect(await store.apiTokens.accountOf(third.token)).toBeUndefined();
  });

  it('says when it was last used, writing once a minute', async () => {
    const { token } = await make();
    const lastUse = async () => (await store.apiTokens.list(els.id)).map(({ lastUsedAt }) => lastUsedAt);
    expect(await lastUse()).toEqual([undefined]);
    const first = later(0);
    await store.apiTokens.accountOf(token);
    clock += 59_000;
    await store.apiTokens.accountOf(token);
    expect(await lastUse()).toEqual([first]);
    clock += 1_000;
    await store.apiTokens.accountOf(token);
    expect(await lastUse()).toEqual([later(0)]);
  });

  it.each([
    ['consultant', 'consultant', 'consultant'],
    ['consultant', 'administrator', 'consultant'],
    ['consultant', 'coordinator', 'reader'],
    ['consultant', 'reader', 'reader'],
    ['administrator', 'consultant', 'reader'],
    ['reader', 'administrator', 'reader'],
  ] as const)('made as %s, acts for an account that is now %s as %s', async (given, present, expected) => {
    await store.accounts.ensureAccount({ role: 'administrator', email: 'jo@example.org', name: 'Jo' });
    const { token } = await make(given);
    await store.accounts.changeAccount(els.id, { role: present });
    expect((await store.apiTokens.accountOf(token))?.role).toBe(expected);
  });

  it('that only reads, reads what its owner may see and nothing more of it', async () => {
    const own = { id: asPathId('noordrand-2033'), coordinator: asPersonId('noordrand-2033.1') };
    const other = { id: asPathId('zuidrand-2033'), coordinator: asPersonId('zuidrand-2033.1') };
    const fien = { role: 'coordinator', email: 'fien@example.org', name: 'Fien' } as const;
    const person = await store.people.ensurePerson({ path: own.id, ...fien });
    expect(person).toBe(own.coordinator);
    const viewer = await viewerFor(store, await store.accounts.ensureAccount(fien), 'reader');
    expect([mayRead(viewer, own), maySee(viewer, own), mayChange(viewer, own)]).toEqual([true, false, false]);
    expect(mayRead(viewer, other)).toBe(false);
    const wide = await viewerFor(store, els, 'reader');
    expect([mayRead(wide, other), maySee(wide, other)]).toEqual([true, false]);
  });
});
