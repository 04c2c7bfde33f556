/** What is asked of the store for many regions at once is what is asked for each, and nobody waits for the whole of a long list. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWords } from '../../client/dutch/words.ts';
import { othersTurn, PORTION, portions } from '../../client/portions.ts';
import { type Dossier, readDossier, readDossiers } from '../../client/web/dossier.ts';
import { asPathId, type PathId } from '../../domain/ids.ts';
import { createPages } from '../../templates/pages/render.ts';
import { createHarness, type Harness, PATH, startPath } from './harness.ts';
import { copyPaths } from './many-paths.ts';

let harness: Harness;
let paths: PathId[];
beforeAll(async () => {
  harness = await createHarness();
  const { store } = harness;
  await startPath(store, harness.paths);
  paths = [PATH, ...(await copyPaths(store, [harness.state()], PORTION + 1)).map(asPathId)];
  const file = {
    kind: 'evidence',
    mediaType: 'text/plain',
    content: Buffer.from('besluit'),
    createdBy: 'iemand',
  } as const;
  for (const path of paths.slice(0, 2))
    for (const name of ['besluit.txt', 'bijlage.txt']) await store.documents.addDocument({ ...file, path, name });
});
afterAll(() => harness.close());

test('many dossiers, read at once, are each the one that is read alone, in the order that was asked for', async () => {
  const { store } = harness;
  const web = { store, words: createWords(), base: '', pages: createPages(), clock: () => harness.now() };
  const asked = [...paths.toReversed(), asPathId('nergens')];
  const read: Dossier[] = [];
  for await (const dossier of readDossiers(web, asked)) read.push(dossier);
  expect(read.map(({ state }) => state.id)).toEqual(paths.toReversed());
  for (const dossier of read) {
    const { words, ...alone } = (await readDossier(web, dossier.state.id))!;
    expect(dossier).toMatchObject({ ...alone, words: { title: words.title } });
    expect([...dossier.people]).toEqual([...alone.people]);
    expect([...dossier.documents.keys()]).toEqual([...alone.documents.keys()]);
  }
  expect(read.at(-1)?.documents.size).toBe(2);
  expect(read.at(-1)?.people.size).toBeGreaterThan(1);
});

test('of no paths at all nothing is asked', async () => {
  const { snapshots, people, documents, events, paths: known } = harness.store;
  const found = await Promise.all([
    snapshots.snapshots([]),
    people.peopleOfAll([]),
    documents.documentsOfAll([]),
    events.revisionsOf([]),
    known.pathsOf([]),
  ]);
  expect(found.map(({ size }) => size)).toEqual([0, 0, 0, 0, 0]);
});

test('others have their turn between the portions of a long list', async () => {
  const order: string[] = [];
  const other = othersTurn().then(() => order.push('other'));
  for await (const some of portions(paths)) order.push(String(some.length));
  await other;
  expect(order).toEqual([String(PORTION), 'other', '2']);
});
