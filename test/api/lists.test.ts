/** Who walks a list page by page meets everything that was there once, whatever is added meanwhile. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asLocalDate, asPathId, asPersonId, type Instant } from '../../domain/ids.ts';
import { ASSE, PATH, startPath } from '../web/harness.ts';
import { type AnswerItem, type ApiWorld, createApiWorld } from './world.ts';

let world: ApiWorld;
beforeAll(async () => {
  world = await createApiWorld();
  for (const number of [1, 2, 3, 4, 5]) await start(`k-${String(number)}-2033`);
});
afterAll(() => world.close());

const start = (id: string) => {
  const { store, paths } = world.harness;
  return startPath(store, paths, { id: asPathId(id), partnership: `Cultuur ${id}`, parties: [ASSE] });
};

/** Every item of a list, with something that happens between its pages. */
async function walk(address: string, between: (page: number) => Promise<unknown>): Promise<AnswerItem[]> {
  const items: AnswerItem[] = [];
  let next: string | undefined;
  for (let page = 1; page === 1 || next !== undefined; page += 1) {
    const answer = await world.get('administrator', `${address}${next === undefined ? '' : `&cursor=${next}`}`);
    expect(answer.status).toBe(200);
    items.push(...answer.body.items);
    next = answer.body.next;
    if (page > 50) throw new Error('the list has no end');
    await between(page);
  }
  return items;
}

test('paths, while others start before and after the cursor', async () => {
  const added: string[] = [];
  const items = await walk('/paths?limit=2', async (page) => {
    if (page > 2) return;
    for (const id of [`a-${String(page)}-2033`, `z-${String(page)}-2033`]) {
      added.push(id);
      await start(id);
    }
  });
  const ids = items.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
  const before = ['k-1-2033', 'k-2-2033', 'k-3-2033', 'k-4-2033', 'k-5-2033', 'noordrand-2033', 'zuidrand-2033'];
  expect(ids.filter((id) => !added.includes(id))).toEqual(before);
  // Those after the cursor are still met.
  expect(ids).toEqual(expect.arrayContaining(['z-1-2033', 'z-2-2033']));
});

test('events, while more of them happen', async () => {
  const items = await walk(`/paths/${PATH}/events?limit=3`, (page) =>
    page > 3
      ? Promise.resolve()
      : world.harness.tell({ type: 'change-party', data: { party: ASSE, contribution: 20_000 + page } }),
  );
  expect(items.map(({ seq }) => seq)).toEqual(Array.from({ length: world.harness.state().seq }, (_, at) => at + 1));
});

test('mails, also those of one moment', async () => {
  const { store } = world.harness;
  for (const number of [3, 1, 2, 5, 4]) {
    await store.ledger.noteAttempt({
      ...{ messageId: `<m${String(number)}@example.org>`, messageKey: `k${String(number)}`, path: PATH },
      ...{ person: asPersonId(`${PATH}.2`), kind: 'request', day: asLocalDate('2031-02-12'), subject: 'Vraag' },
      ...{ address: 'a@example.org', outcome: 'accepted', at: '2031-02-12T07:30:00.000Z' as Instant },
      ...{ code: 'accepted', response: '250 OK van mail.example.org' },
    });
  }
  const items = await walk(`/paths/${PATH}/mails?limit=2`, () => Promise.resolve());
  expect(items.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5].map((number) => `<m${String(number)}@example.org>`));
  const { text } = await world.get('administrator', `/paths/${PATH}/mails`);
  expect(text).not.toContain('mail.example.org');
});

test('filters of the list of paths', async () => {
  const ids = async (query: string): Promise<string[]> =>
    (await world.get('administrator', `/paths?${query}`)).body.items.map(({ id }) => id);
  expect(await ids('municipality=Wemmel')).toEqual(['noordrand-2033', 'zuidrand-2033']);
  expect(await ids('municipality=23102&q=zuid')).toEqual(['zuidrand-2033']);
  expect(await ids('round=igs-cultuur-2027')).toEqual([]);
  expect(await ids('referenceRegion=Halle-Vilvoorde&status=running&limit=1')).toHaveLength(1);
  expect(await ids('status=granted')).toEqual([]);
});
