/** After somebody was taken out of the store the region goes on: its pages, its record and its exports. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pathRecord } from '../../client/exports/archive/archive.ts';
import { erasure, neededIn } from '../../client/services/erasure.ts';
import { rebuild } from '../../store/rebuild.ts';
import { ASSE, createHarness, type Harness, PATH, request, startPath, WEMMEL } from './harness.ts';

const ASKED = 'declaration-of-intent';
const address = 'secretariaat-23102@example.org';
const name = 'Quirine Zwartewever';
let harness: Harness;
beforeAll(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths);
  await request(harness, ASKED);
});
afterAll(() => harness.close());

test(
  'who is still a contact stays until replaced; then pages and export say the function',
  { timeout: 120_000 },
  async () => {
    const { store } = harness;
    const contact = await harness.visit(WEMMEL);
    await contact.submit(`antwoord-${ASKED}`, {
      ...{
        answer: 'rejected',
        'rejected.session': 'other',
        'rejected.date': '2031-02-11',
        name,
        function: 'secretaris',
      },
      'rejected.reason': `Vraag het aan ${name}`,
    });
    const before = await store.events.eventsOf(PATH);
    expect(await neededIn(store, await store.persons.find({ address }))).toEqual([
      { path: PATH, as: 'contact', party: WEMMEL },
    ]);
    const party = { path: PATH, party: WEMMEL, role: 'contact' as const };
    const next = await store.people.ensurePerson({ ...party, name: 'Bart Nieuw', email: 'bart@example.org' });
    await harness.tell({ type: 'replace-contact', data: { party: WEMMEL, person: next } });
    const found = await store.persons.find({ address });
    expect(found.people.length).toBeGreaterThan(0);
    expect(await neededIn(store, found)).toEqual([]);
    // Who answered is known by name only, beside the mailbox to which the link came.
    expect(await store.persons.erase({ address, name }, erasure)).toMatchObject({ people: 1, mails: 0 });
    await store.persons.erase({ address }, erasure);

    const coordinator = await harness.signIn('coordinator');
    const pages = ['', '/logboek', '/mails', `/gemeenten/${WEMMEL}`, `/gemeenten/${ASSE}`];
    for (const page of pages) {
      await coordinator.get(`/paden/${PATH}${page}`);
      expect(coordinator.status, page).toBe(200);
      expect(coordinator.text.includes(name), page).toBe(false);
      expect(coordinator.text.includes(address), page).toBe(false);
    }
    await coordinator.get(`/paden/${PATH}/logboek`);
    expect(coordinator.text).toMatch(/(?:secretaris|aanspreekpunt) van Wemmel/);
    const record = JSON.stringify(await pathRecord(store, PATH));
    expect(record.includes(name) || record.includes(address)).toBe(false);
    expect(record).toContain('secretariaat-23002@example.org');
    // Nothing of what was decided went, and the record can still be derived from.
    const after = await store.events.eventsOf(PATH);
    expect(after.slice(0, before.length).map(({ seq, type, at }) => [seq, type, at])).toEqual(
      before.map(({ seq, type, at }) => [seq, type, at]),
    );
    await rebuild(store);
    await coordinator.get(`/paden/${PATH}`);
    expect(coordinator.status).toBe(200);
    expect(coordinator.text).toContain('Fien De Smet');
  },
);
