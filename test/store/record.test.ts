/** Lost or doubled events, and pages that differ from what happened, are what a user would suffer if these failed. */
import { afterEach, describe, expect, it } from 'vitest';
import { rebuild } from '../../store/rebuild.ts';
import type { Store } from '../../store/store.ts';
import { asse, at, contactOf, day, requested, wemmel } from '../core/world.ts';
import { storeWith } from './dossier.ts';
import { newStore } from './places.ts';

const stores: Store[] = [];
const keep = (store: Store): Store => {
  stores.push(store);
  return store;
};
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

const answered = () =>
  requested().tell(
    'answer',
    { party: wemmel, decision: 'statement-of-commitment', answer: 'approved', on: day('2031-03-03') },
    contactOf(wemmel),
    at('2031-03-04'),
  );

describe('recording events', () => {
  it('keeps every event in order, with the state that the core derives from them', async () => {
    const world = answered();
    const store = keep(await storeWith(world));
    expect(await store.events.eventsOf(world.state.id)).toEqual(JSON.parse(JSON.stringify(world.events)));
    expect(await store.snapshots.snapshot(world.state.id)).toEqual(JSON.parse(JSON.stringify(world.state)));
  });

  it('changes nothing when the same events arrive again, alone or with newer ones', async () => {
    const world = answered();
    const store = keep(await newStore());
    const { id } = world.state;
    expect(await store.events.recordEvents(id, world.events.slice(0, 3))).toBe(3);
    expect(await store.events.recordEvents(id, world.events.slice(0, 3))).toBe(3);
    expect(await store.events.recordEvents(id, world.events.slice(1, 6))).toBe(6);
    expect(await store.events.recordEvents(id, world.events.slice(2))).toBe(world.events.length);
    expect(await store.snapshots.snapshot(id)).toEqual(JSON.parse(JSON.stringify(world.state)));
    expect(await store.events.eventsOf(id)).toHaveLength(world.events.length);
  });

  it('finds nothing among no paths, and no events of no types', async () => {
    const world = answered();
    const store = keep(await storeWith(world));
    const found = (types: ('answered' | 'requested')[], paths?: (typeof world.state.id)[]) =>
      store.events.since(at('2031-01-01'), { types, limit: 9, ...(paths && { paths }) });
    expect(await found(['answered'], [world.state.id])).toHaveLength(1);
    expect(await found(['answered'], [])).toEqual([]);
    expect(await found([])).toEqual([]);
  });

  it('refuses a gap by code and keeps what it had', async () => {
    const world = answered();
    const store = keep(await newStore());
    const { id } = world.state;
    await store.events.recordEvents(id, world.events.slice(0, 2));
    await expect(store.events.recordEvents(id, world.events.slice(3))).rejects.toMatchObject({ code: 'event-gap' });
    await expect(
      store.events.recordEvents(id, [...world.events.slice(2, 4), ...world.events.slice(5)]),
    ).rejects.toMatchObject({ code: 'event-gap' });
    expect(await store.events.lastSeq(id)).toBe(2);
    expect((await store.snapshots.snapshot(id))?.seq).toBe(2);
  });

  it('refuses another event under a number that is taken, and records nothing of that call', async () => {
    const world = answered();
    const store = keep(await newStore());
    const { id } = world.state;
    await store.events.recordEvents(id, world.events.slice(0, 3));
    const forged = world.events.slice(2).map((event) => (event.seq === 3 ? { ...event, at: at('2031-01-07') } : event));
    await expect(store.events.recordEvents(id, forged)).rejects.toMatchObject({ code: 'event-conflict' });
    expect(await store.events.lastSeq(id)).toBe(3);
  });

  it('counts for the overview what the path holds', async () => {
    const world = answered();
    const store = keep(await storeWith(world));
    const row = await store.overview.overviewOf(world.state.id);
    expect(row).toMatchObject({
      partnership: 'Cultuur Noordrand',
      status: 'running',
      route: 'continue-existing',
      coordinator: 'test.1',
      parties: 4,
      asks: { total: 4, approved: 1, waiting: 3, held: 0 },
      undelivered: 0,
      updatedAt: at('2031-03-04'),
    });
    expect(row?.steps.done).toBeGreaterThan(0);
    expect(row?.steps.current).toContain('agreements');
    world.tell('remove-party', { party: asse, reason: 'test' }, undefined, at('2031-03-05'));
    world.tell('pause', { reason: 'test' }, undefined, at('2031-03-05'));
    await store.events.recordEvents(world.state.id, world.events);
    expect(await store.overview.overview()).toMatchObject([{ status: 'paused', parties: 3, asks: { total: 3 } }]);
  });
});

describe('rebuild', () => {
  it('derives the same snapshots and overview from the events, and drops what has none', async () => {
    const world = answered();
    const store = keep(await storeWith(world));
    const { id } = world.state;
    const before = { snapshot: await store.snapshots.snapshot(id), overview: await store.overview.overview() };
    await store.db.updateTable('snapshots').set({ state: '{}', seq: 1 }).execute();
    await store.db.updateTable('overview').set({ status: 'stopped', asks: 99 }).execute();
    await store.db.insertInto('snapshots').values({ path_id: 'ghost', seq: 1, state: '{}' }).execute();
    expect(await rebuild(store)).toEqual({ paths: 1, events: world.events.length, failed: [] });
    const after = { snapshot: await store.snapshots.snapshot(id), overview: await store.overview.overview() };
    expect(after).toEqual(before);
    expect(await store.db.selectFrom('snapshots').select('path_id').execute()).toEqual([{ path_id: id }]);
  });
});
