/** A session, an agenda that closes or a closing day of the coming weeks that nobody was shown. */
import { describe, expect, test } from 'vitest';
import { agendaOf } from '../../domain/agenda.ts';
import { schedule } from '../../domain/schedule.ts';
import { INTENT, type World, asse, at, contactOf, day, intentAsked, wemmel } from './world.ts';

const weeks = (world: World, from: string, until: string) =>
  agendaOf(world.state, schedule(world.state, at(from)).asks, day(from), day(until));
const lines = (world: World, from: string, until: string): string[] =>
  weeks(world, from, until)
    .filter(({ decision }) => decision === INTENT)
    .map(({ on, kind, parties, isEstimate }) => `${on} ${kind} ${String(parties.length)}${isEstimate ? ' ~' : ''}`);

describe('the coming weeks of a path', () => {
  test('have the agendas that close, the last sessions and the day by which it is needed, in their order', () => {
    expect(lines(intentAsked(), '2031-06-02', '2031-06-30')).toEqual([
      '2031-06-06 cutoff 3 ~',
      '2031-06-13 cutoff 1',
      '2031-06-17 last-session 3 ~',
      '2031-06-24 last-session 1',
      '2031-06-30 due 4',
    ]);
  });

  test('who is on an agenda has that session instead, and who answered has nothing', () => {
    const world = intentAsked();
    const data = { decision: INTENT, answer: 'scheduled' } as const;
    world.tell('answer', { ...data, party: wemmel, on: day('2031-06-24') }, contactOf(wemmel));
    world.tell('answer', { party: asse, decision: INTENT, answer: 'approved', on: day('2031-03-03') }, contactOf(asse));
    expect(lines(world, '2031-06-02', '2031-06-30')).toEqual([
      '2031-06-06 cutoff 2 ~',
      '2031-06-17 last-session 2 ~',
      '2031-06-24 session 1',
      '2031-06-30 due 3',
    ]);
  });

  test('have the days of the round, both ends included', () => {
    const dates = weeks(intentAsked(), '2032-03-04', '2032-04-01').filter(({ kind }) => kind === 'date');
    expect(dates).toMatchObject([{ on: '2032-04-01', anchor: 'closesOn', parties: [] }]);
  });

  test('are empty for a path that ended', () => {
    const world = intentAsked().tell('stop', { reason: 'te weinig draagvlak' });
    expect(weeks(world, '2031-06-02', '2031-06-30')).toEqual([]);
  });
});
