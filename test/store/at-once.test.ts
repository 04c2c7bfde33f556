/** What people and processes do in the same moment: a number given twice, a version lost, or nobody left who administers. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asInstant, asPathId, type Instant } from '../../domain/ids.ts';
import { rebuild } from '../../store/rebuild.ts';
import type { Store } from '../../store/store.ts';
import { requested } from '../core/world.ts';
import { newStore } from './places.ts';

const path = asPathId('noordrand-2033');
const now = asInstant(Date.parse('2031-02-10T08:00:00Z'));

/** On PostgreSQL it has ten connections, which know no more of each other than those of ten processes. */
let store: Store;
beforeEach(async () => {
  store = await newStore({ now: () => now });
});
afterEach(() => store.close());

const atOnce = <Result>(times: number, work: (number: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: times }, (_each, index) => work(index)));

const upTo = (count: number): number[] => Array.from({ length: count }, (_each, index) => index + 1);

describe('at once', () => {
  it('facts about one message are all kept, each under a number of its own', async () => {
    const about = '<a@example.org>';
    await atOnce<unknown>(45, (number) => {
      const fact = { at: now, fact: 'delayed', code: String(number), detail: '' } as const;
      if (number % 3 > 0) return store.ledger.noteFact(about, fact);
      const mail = { id: String(number), receivedAt: now, kind: 'delay', messageId: about, code: '' } as const;
      return store.inbound.keep({ ...mail, sender: '', subject: '', excerpt: '' }, fact);
    });
    const rows = await store.db.selectFrom('mail_facts').selectAll().orderBy('seq').execute();
    expect(rows.map(({ seq }) => seq)).toEqual(upTo(45));
    expect(new Set(rows.map(({ code }) => code)).size).toBe(45);
  });

  it('other bytes under one name are all kept, each as a version of its own', async () => {
    const added = await atOnce(24, (number) =>
      store.documents.addDocument({
        ...{ path, kind: 'evidence', name: 'verslag.pdf', mediaType: 'application/pdf', createdBy: 'x' },
        content: new TextEncoder().encode(String(number)),
      }),
    );
    expect(added.map(({ version }) => version).sort((a, b) => a - b)).toEqual(upTo(24));
  });

  it('the same bytes sent again and again are one version', async () => {
    const content = new TextEncoder().encode('one');
    const same = { path, kind: 'evidence', name: 'verslag.pdf', mediaType: 'application/pdf', createdBy: 'x' } as const;
    const added = await atOnce(12, () => store.documents.addDocument({ ...same, content }));
    expect(new Set(added.map(({ id }) => id)).size).toBe(1);
  });

  it('the same events arrive from several workers, and are recorded once and without a gap', async () => {
    const world = requested();
    const { id } = world.state;
    const last = world.events.length;
    await atOnce(last, (number) => store.events.recordEvents(id, world.events.slice(0, number + 1)));
    expect((await store.events.eventsOf(id)).map(({ seq }) => seq)).toEqual(upTo(last));
    expect((await store.snapshots.snapshot(id))?.seq).toBe(last);
    expect((await store.overview.overviewOf(id))?.seq).toBe(last);
  });

  it('everything is derived again while events are recorded, and nothing falls back', async () => {
    const world = requested();
    const { id } = world.state;
    await store.events.recordEvents(id, world.events.slice(0, 1));
    const record = async (): Promise<void> => {
      for (const event of world.events) await store.events.recordEvents(id, [event]);
    };
    const again = async (): Promise<void> => {
      for (const _each of upTo(5)) await rebuild(store);
    };
    await Promise.all([record(), again(), again()]);
    expect((await store.snapshots.snapshot(id))?.seq).toBe(world.events.length);
    expect((await store.overview.overviewOf(id))?.seq).toBe(world.events.length);
  });

  it('one person is named by many, and has one number', async () => {
    const an = { path, role: 'coordinator', name: 'An Peeters', email: 'an@example.org' } as const;
    expect(new Set(await atOnce(15, () => store.people.ensurePerson(an)))).toEqual(new Set([`${path}.1`]));
    const phones = await atOnce(15, (number) => store.people.changedPerson({ ...an, phone: String(number) }));
    expect(new Set(phones).size).toBe(15);
    expect(await store.people.peopleOf(path)).toHaveLength(16);
  });

  it('a sign-in link lets one in, a key of the API has one request that answers, and a mailbox one account', async () => {
    const made = await atOnce(15, () =>
      store.accounts.ensureAccount({ role: 'reader', email: 'jo@example.org', name: 'Jo' }),
    );
    const [{ id } = { id: '' }] = made;
    expect(new Set(made.map((account) => account.id)).size).toBe(1);
    const token = await store.accounts.createSignInToken(id, '2031-02-11T08:00:00.000Z' as Instant);
    const tries = await atOnce(15, () => store.accounts.useSignInToken(token));
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
    const begun = await atOnce(15, () => store.apiReceipts.begin({ account: id, key: 'k', request: 'r' }));
    expect(begun.filter(({ is }) => is === 'new')).toHaveLength(1);
  });

  it('two sets of regions are given to an account, and one of them holds', async () => {
    const { id } = await store.accounts.ensureAccount({ role: 'reader', email: 'jo@example.org', name: 'Jo' });
    const sets = [['a', 'b'], ['b', 'c'], ['c']].map((names) => names.map((name) => asPathId(name)));
    await atOnce(18, (number) => store.accounts.setRegions(id, sets[number % 3] ?? []));
    expect(sets).toContainEqual(await store.accounts.regionsOf(id));
  });

  it('the page of a region is given another address by two, and both of the earlier ones end', async () => {
    await atOnce(9, () => store.regionShares.open(path, 'x'));
    expect(await store.regionShares.shareOf(path)).toMatchObject({ isOpen: true, generation: 1 });
    await atOnce(9, () => store.regionShares.renew(path, 'x'));
    expect(await store.regionShares.shareOf(path)).toMatchObject({ isOpen: true, generation: 10 });
  });
});

describe('administrators', () => {
  const administrator = (name: string) =>
    store.accounts.ensureAccount({ role: 'administrator', email: `${name}@example.org`, name });

  /** Both outcomes of both, many times over. */
  it.each(upTo(5))('who remove, or demote, each other at once leave one who administers (%i)', async () => {
    const [an, bart, cas] = [await administrator('an'), await administrator('bart'), await administrator('cas')];
    const outcomes = await Promise.allSettled([
      store.accounts.removeAccount(bart.id),
      store.accounts.changeAccount(an.id, { role: 'reader' }),
      store.accounts.removeAccount(cas.id),
    ]);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused.map(({ reason }) => (reason as { code?: string }).code)).toEqual(['last-administrator']);
    const left = (await store.accounts.accounts()).filter(({ role }) => role === 'administrator');
    expect(left).toHaveLength(1);
  });
});
