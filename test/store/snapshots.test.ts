/** Who reads a path gets what is on record now, without waiting for what was read before. */
import { expect, test } from 'vitest';
import { openStore } from '../../store/store.ts';
import { requested } from '../core/world.ts';

test('a path is the same object until something is recorded, by whichever process; nobody can change it', async () => {
  const store = await openStore(':memory:');
  const world = requested();
  const { id } = world.state;
  const [last] = world.events.splice(-1);
  await store.events.recordEvents(id, world.events);
  const before = await store.snapshots.snapshot(id);
  expect(await store.snapshots.snapshot(id)).toBe(before);
  expect(() => Object.assign(before!.parties, { another: {} })).toThrow(TypeError);
  expect(() => before!.news.push(null as never)).toThrow(TypeError);
  await store.events.recordEvents(id, [last!]);
  const after = await store.snapshots.snapshot(id);
  expect(after).not.toBe(before);
  expect(after?.seq).toBe(last!.seq);
  // Another process writes past this one.
  const text = JSON.stringify({ ...after, coordinator: 'another' });
  await store.db.updateTable('snapshots').set({ state: text }).where('path_id', '=', id).execute();
  expect((await store.snapshots.snapshot(id))?.coordinator).toBe('another');
  await store.close();
});
