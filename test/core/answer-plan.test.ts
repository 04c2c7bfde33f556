/** A curve that shows a region behind while it is on its plan, forgets what moved, or counts who is no longer asked. */
import { describe, expect, test } from 'vitest';
import { answerPlan } from '../../domain/answer-plan.ts';
import { allParties, contactOf, coordinator, day, INTENT, intentAsked, wemmel, type World } from './world.ts';

const intent = (counts: readonly (readonly [string, number])[], on: string): number =>
  counts.find(([each]) => each === on)?.[1] ?? 0;
const total = (counts: readonly (readonly [string, number])[]): number =>
  counts.reduce((sum, [, count]) => sum + count, 0);
const approve = (world: World, party: (typeof allParties)[number], on: string): World =>
  world.tell('answer', { party, decision: INTENT, answer: 'approved', on: day(on) }, contactOf(party));

describe('the answers of a path beside its plan', () => {
  test('each is wanted on the last day of its decision, and came on the day of its session', () => {
    const world = intentAsked();
    const before = answerPlan(world.state);
    // Two decisions are wanted by that day.
    expect(intent(before.wanted, '2031-06-30')).toBe(2 * allParties.length);
    expect(before.given).toEqual([]);
    approve(world, wemmel, '2031-03-03');
    expect(answerPlan(world.state).given).toEqual([['2031-03-03', 1]]);
    expect(answerPlan(world.state).wanted).toEqual(before.wanted);
  });

  test('a moved deadline moves what is wanted; what is let go of is wanted no more', () => {
    const world = intentAsked();
    const all = total(answerPlan(world.state).wanted);
    world.tell('move-deadline', { item: INTENT, to: day('2031-09-30'), reason: 'zomer' }, coordinator);
    expect(intent(answerPlan(world.state).wanted, '2031-06-30')).toBe(allParties.length);
    expect(intent(answerPlan(world.state).wanted, '2031-09-30')).toBe(allParties.length);
    world.tell('waive', { decision: 'leisure-agreement', party: wemmel, reason: 'doet niet mee' }, coordinator);
    expect(total(answerPlan(world.state).wanted)).toBe(all - 1);
  });

  test('days stand in order, each once', () => {
    const days = answerPlan(intentAsked().state).wanted.map(([on]) => on);
    expect(days).toEqual([...new Set(days)].toSorted());
  });
});
