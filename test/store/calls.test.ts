/** What was said on the telephone, lost, noted twice, or told to who asks about another region. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asLocalDate, asPathId, asPersonId, type Instant } from '../../domain/ids.ts';
import type { Call } from '../../store/calls.ts';
import type { Store } from '../../store/store.ts';
import { newStore } from './places.ts';

const PATH = asPathId('noordrand');
let at = '2031-02-12T09:00:00.000Z' as Instant;
let store: Store;
beforeAll(async () => {
  store = await newStore({ now: () => at });
});
afterAll(() => store.close());

const call = (id: string, more: Partial<Call> = {}): Omit<Call, 'at'> => ({
  ...{ id, path: PATH, concerns: ['overdue/statutes/nis:23102', 'tight/statutes/nis:23002'], account: 'a' },
  ...{ author: 'Sofie', via: 'web', outcome: 'spoken', note: 'Belt terug', nextAction: '' },
  ...more,
});

describe('calls', () => {
  test('come back as they were logged, the newest first, and the same id twice is one', async () => {
    await store.calls.add(call('1', { person: asPersonId('noordrand.1') }));
    at = '2031-02-13T09:00:00.000Z' as Instant;
    await store.calls.add(call('2', { nextOn: asLocalDate('2031-04-01'), nextAction: 'Opnieuw bellen' }));
    await store.calls.add(call('2', { note: 'anders' }));
    await store.calls.add(call('3', { path: asPathId('elders') }));
    const found = await store.calls.callsOf(PATH);
    expect(found.map(({ id }) => id)).toEqual(['2', '1']);
    expect(found[0]).toEqual({ ...call('2', { nextOn: asLocalDate('2031-04-01'), nextAction: 'Opnieuw bellen' }), at });
    expect(found[1]?.person).toBe('noordrand.1');
    expect(await store.calls.callsOf(PATH, { limit: 1 })).toHaveLength(1);
  });

  test('of long ago are left out, unless they planned something for later', async () => {
    const since = (from: string, day: string) => store.calls.callsSince(from as Instant, asLocalDate(day));
    const ids = async (from: string, day: string): Promise<string[]> => (await since(from, day)).map(({ id }) => id);
    expect(await ids('2031-02-13T00:00:00.000Z', '2032-01-01')).toEqual(['2', '3']);
    expect(await ids('2031-03-01T00:00:00.000Z', '2031-03-01')).toEqual(['2']);
    expect(await ids('2031-05-01T00:00:00.000Z', '2031-05-01')).toEqual([]);
  });
});
