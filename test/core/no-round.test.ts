/** A path that gives its dates itself: everything that counts from a date counts from those. */
import { expect, test } from 'vitest';
import { linksExpireOn } from '../../activities/mail-context.ts';
import { loadDefinition } from '../../definitions/load.ts';
import { localDay } from '../../domain/dates.ts';
import { forecast, horizon } from '../../domain/forecast.ts';
import type { PathStart } from '../../domain/events.ts';
import { decisionDue } from '../../domain/schedule.ts';
import { at, coordinator, day, start, wemmel, World } from './world.ts';

const loaded = loadDefinition('one-decision');
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
const definition = loaded.value;
const [decision] = definition.steps.flatMap((step) => step.decisions);
const DECISION = 'council-decision';

function own(dates = { opensOn: day('2027-02-01'), decideBy: day('2027-06-30') }): PathStart {
  const { round: _round, route: _route, ...rest } = start({ definition, dates, topic: 'de statutenwijziging' });
  return rest;
}
const from = at('2027-02-01');

test('is due on its own date, which moves like a date of a round', () => {
  const world = new World(from, own());
  expect(decisionDue(world.state, decision!)).toBe('2027-06-30');
  world.tell('move-deadline', { item: 'decideBy', to: day('2027-09-30'), reason: 'na de zomer' });
  expect(decisionDue(world.state, decision!)).toBe('2027-09-30');
  expect(world.refusal({ type: 'move-deadline', data: { item: 'closesOn', to: day('2027-09-30'), reason: 'x' } })).toBe(
    'unknown-item',
  );
});

test('takes sessions near its dates and refuses a slip in the year', () => {
  const world = new World(from, own());
  for (const task of ['decision-text', 'council-files']) world.tell('complete-task', { task });
  world.tell('request', { decision: DECISION }, coordinator, at('2027-06-25'));
  const data = { party: wemmel, decision: DECISION, answer: 'approved' as const };
  expect(world.refusal({ type: 'answer', data: { ...data, on: day('2017-06-24') } })).toBe('date-too-far');
  expect(world.refusal({ type: 'answer', data: { ...data, on: day('2027-06-24') } })).toBe('accepted');
});

test('is planned to a month after its last date, without a warning about a round', () => {
  expect(localDay(horizon(own(), from))).toBe('2027-07-31');
  const { run, warnings } = forecast(own(), from, horizon(own(), from));
  expect(run.state.ending).toMatchObject({ outcome: 'completed', open: [] });
  expect(new Set(warnings.map(({ code }) => code))).toEqual(new Set(['sessions-assumed']));
});

test('has links that open for a year after its last date', () => {
  expect(linksExpireOn(new World(from, own()).state)).toBe('2028-06-30');
});

test('keeps what it is about with its state', () => {
  expect(new World(from, own()).state).toMatchObject({ topic: 'de statutenwijziging' });
  expect(new World(from, own()).state).not.toHaveProperty('round');
});
