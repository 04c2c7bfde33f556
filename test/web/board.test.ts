/** A list of a thousand regions that is worked out anew for every reader, shows what was yesterday, or shows it to anybody. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBoard } from '../../client/board/board.ts';
import { viewerFor, type Viewer } from '../../client/access/viewer.ts';
import { createWords } from '../../client/dutch/words.ts';
import { asPathId, type PathId } from '../../domain/ids.ts';
import type { AccountRole } from '../../store/accounts.ts';
import { createHarness, type Harness, PATH, startPath } from './harness.ts';
import { copyPaths } from './many-paths.ts';

let harness: Harness;
let reads: PathId[] = [];

beforeAll(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths);
  await copyPaths(harness.store, [harness.state()], 9);
});
afterAll(() => harness.close());

/** A board of its own that counts which states it reads. */
function boardThatCounts() {
  reads = [];
  const { store } = harness;
  const snapshots = {
    ...store.snapshots,
    snapshot: (path: PathId) => {
      reads.push(path);
      return store.snapshots.snapshot(path);
    },
  };
  return createBoard({ store: { ...store, snapshots }, clock: () => harness.now(), words: createWords() });
}

async function viewer(role: AccountRole, email: string, regions: string[] = []): Promise<Viewer> {
  const account = await harness.store.accounts.ensureAccount({ role, email, name: role });
  await harness.store.accounts.setRegions(account.id, regions.map(asPathId));
  return viewerFor(harness.store, account);
}

describe('the board', () => {
  test('works a region out once, also for who asks at the same time, and again after something happened to it', async () => {
    const board = boardThatCounts();
    const all = await viewer('administrator', 'a@example.org');
    await Promise.all([board.regions(all), board.regions(all)]);
    expect(reads).toHaveLength(10);
    await board.regions(all, { text: 'noordrand' });
    expect(reads).toHaveLength(10);
    await harness.tell({ type: 'complete-task', data: { task: 'own-time' } });
    await board.regions(all);
    expect(reads.slice(10)).toEqual([PATH]);
  });

  test('knows that a new day makes another list, and can prepare it before anybody reads', async () => {
    const board = boardThatCounts();
    await board.warm();
    expect(reads).toHaveLength(10);
    await board.warm(() => true);
    harness.setTime('2031-02-12T23:00:30.000Z');
    await board.warm();
    expect(reads).toHaveLength(20);
    await board.regions(await viewer('administrator', 'a@example.org'));
    expect(reads).toHaveLength(20);
    harness.setTime('2031-02-12T09:00:00.000Z');
  });

  test('gives nobody more than they may read, whatever the filter', async () => {
    const board = boardThatCounts();
    const reader = await viewer('reader', 'r@example.org', [PATH]);
    expect((await board.regions(reader)).map(({ path }) => path)).toEqual([PATH]);
    expect(await board.regions(reader, { text: '9 cultuur' })).toEqual([]);
    expect(await board.region(reader, asPathId(`${PATH}-0001`))).toBeUndefined();
    expect(await board.regions(await viewer('coordinator', 'x@example.org'))).toEqual([]);
    expect((await board.region(reader, PATH))?.partnership).toBe('Cultuur Noordrand');
  });

  test('holds ids, and nobody by name', async () => {
    const text = JSON.stringify(await boardThatCounts().regions(await viewer('administrator', 'a@example.org')));
    expect(text).not.toContain('Fien');
    expect(text).not.toContain('@example.org');
  });
});
