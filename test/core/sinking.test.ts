/** A region that hears too late that it could not do without somebody, or is frightened for nothing. */
import { describe, expect, test } from 'vitest';
import { sinkingOf } from '../../domain/sinking.ts';
import type { PathStart } from '../../domain/events.ts';
import { World, allParties, asse, at, day, meise, start, wemmel, zaventem } from './world.ts';

const inhabitants = new Map([
  [asse, 40_000],
  [meise, 10_000],
  [wemmel, 5_000],
  [zaventem, 40_000],
]);
/** Together 95,000 of the 85,000 that the round asks: two can be missed, one at a time. */
const counted = (changes: Partial<PathStart> = {}): PathStart =>
  start({
    parties: start().parties.map((party) => ({
      ...party,
      facts: { inhabitants: inhabitants.get(party.party) ?? 0 },
    })),
    ...changes,
  });
const found = (world: World) => sinkingOf(world.state, world.now);
const missed = (world: World) => found(world).flatMap((each) => (each.kind === 'condition' ? [each.party] : []));

describe('where one no sinks a file', () => {
  test('what every council must take before the partnership expires, with who has not', () => {
    const world = new World(at('2031-01-06'));
    expect(found(world)).toEqual([
      {
        ...{ kind: 'law', law: 'extension-in-time', article: 'artikel 401', decision: 'extension' },
        ...{ anchor: 'expiresOn', on: '2032-12-31', waiting: allParties },
      },
    ]);
    const data = { party: asse, decision: 'extension', answer: 'approved', on: day('2031-01-06') } as const;
    world.tell('answer', data);
    expect(found(world)).toMatchObject([{ waiting: allParties.filter((party) => party !== asse) }]);
  });

  test('a municipality without which a condition of the round fails, and not one that can be missed', () => {
    const world = new World(at('2031-01-06'), counted({ route: 'new-project-association' }));
    expect(missed(world)).toEqual([asse, zaventem]);
    expect(found(world)[0]).toEqual({ kind: 'condition', party: asse, conditions: ['inhabitants'] });
  });

  test('nothing is guessed: without what it takes to tell, nobody is said to be indispensable', () => {
    expect(missed(new World(at('2031-01-06')))).toEqual([]);
  });

  test('a condition that fails already sinks nothing more', () => {
    const parties = counted().parties.filter(({ party }) => party === meise || party === wemmel);
    expect(missed(new World(at('2031-01-06'), counted({ parties })))).toEqual([]);
  });

  test('nobody can say no any more to what was stopped', () => {
    const world = new World(at('2031-01-06'), counted());
    expect(found(world)).not.toEqual([]);
    expect(found(world.tell('stop', { reason: 'te weinig draagvlak' }))).toEqual([]);
  });
});
