/** A mail server that throws us out because sixty paths mail at once. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { turns } from '../../activities/turns.ts';
import { morningMinutes } from '../../domain/due.ts';
import { asPathId } from '../../domain/ids.ts';
import { openStore, type Store } from '../../store/store.ts';
import { newPlace, newStore } from './places.ts';

const now = Date.parse('2031-02-25T08:00:00Z');
const interval = 100;
let store: Store;
beforeEach(async () => {
  store = await newStore();
});
afterEach(() => store.close());

describe('the pace of all paths together', () => {
  it('gives each mail a moment of its own, without a gap', async () => {
    const reserve = () => store.pace.reserve({ now, latest: now + 60_000, interval });
    const moments = await Promise.all(Array.from({ length: 50 }, reserve));
    expect(moments.toSorted()).toEqual(Array.from({ length: 50 }, (_each, index) => now + index * interval));
  });

  it('is one for workers with connections of their own', async () => {
    const place = await newPlace();
    const stores = [await openStore(place), await openStore(place), await openStore(place)];
    const moments = await Promise.all(
      stores.flatMap((each) =>
        Array.from({ length: 20 }, () => each.pace.reserve({ now, latest: now + 60_000, interval })),
      ),
    );
    expect(new Set(moments).size).toBe(60);
    expect(Math.max(...moments.map((moment) => moment ?? 0))).toBe(now + 59 * interval);
    await Promise.all(stores.map((each) => each.close()));
  });

  it('takes nothing for a mail that would wait too long: the others keep their moments', async () => {
    const reserve = (latest: number) => store.pace.reserve({ now, latest, interval });
    await reserve(now);
    await reserve(now + 1000);
    expect(await reserve(now + 150)).toBeUndefined();
    expect(await reserve(now + 1000)).toBe(now + 200);
  });

  it('starts from now after a quiet time, and after a clock that was wrong by a year', async () => {
    await store.pace.reserve({ now: now + 365 * 86_400_000, latest: Infinity, interval });
    expect(await store.pace.reserve({ now, latest: now + 1000, interval })).toBe(now);
    expect(await store.pace.reserve({ now: now + 5_000, latest: now + 9_000, interval })).toBe(now + 5_000);
  });
});

describe('waiting for a turn', () => {
  const { signal } = new AbortController();

  it('is no wait at all without a limit, nor for the first mail', async () => {
    expect(await turns(store.pace, 0, () => now, signal)(now)).toBe(true);
    expect(await turns(store.pace, 1, () => now, signal)(now)).toBe(true);
    // The next one would come a minute later than the attempt lasts.
    expect(await turns(store.pace, 1, () => now, signal)(now + 59_000)).toBe(false);
  });

  it('ends at once when the worker is asked to stop', async () => {
    const stop = new AbortController();
    const turn = turns(store.pace, 1, () => now, stop.signal);
    await turn(now);
    const waiting = turn(now + 600_000);
    stop.abort();
    expect(await waiting).toBe(false);
  });
});

describe('a morning', () => {
  it('is long enough for sixty paths: no minute has more than a tenth of 780 mails', () => {
    const names = ['noordrand', 'zuidrand', 'kempen', 'westhoek', 'meetjesland', 'haspengouw', 'pajottenland', 'regio'];
    const paths = Array.from({ length: 60 }, (_each, index) =>
      asPathId(`${names[index % names.length] ?? ''}-${String(2033 + Math.floor(index / names.length))}`),
    );
    const perMinute = Map.groupBy(paths, morningMinutes);
    expect(Math.max(...[...perMinute.values()].map((same) => same.length * 13))).toBeLessThanOrEqual(78);
    expect(perMinute.size).toBeGreaterThan(30);
  });
});
