/** A path that runs goes on with a newer round or a newer definition. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { workingDayOnOrBefore } from '../../domain/calendar.ts';
import { addDays, localDay } from '../../domain/dates.ts';
import type { Decision, Definition, Round } from '../../domain/definition.ts';
import { findDecision, namedDate, tasksOf } from '../../domain/lookup.ts';
import { type Preview, preview } from '../../domain/preview.ts';
import { asPartyId, askKey } from '../../domain/ids.ts';
import { isRefusal } from '../../domain/refusals.ts';
import { decisionDue, taskDue } from '../../domain/schedule.ts';
import type { Command } from '../../domain/commands.ts';
import {
  INTENT,
  World,
  administrator,
  allParties,
  asse,
  at,
  contact,
  contactOf,
  day,
  intentAsked,
  roundOf,
  start,
  wemmel,
  withIntent,
} from './world.ts';

function newer({ state }: World, dates: Record<string, string>): Round {
  const round = roundOf(state);
  return { ...round, version: round.version + 1, dates: { ...round.dates, ...(dates as Round['dates']) } };
}
const apply = (world: World, dates: Record<string, string>, reason?: string): World =>
  world.tell('apply-round', { round: newer(world, dates), ...(reason && { reason }) }, administrator);
const dueOf = ({ state }: World, key: string): string | undefined => {
  const decision = findDecision(state, key);
  return decision && decisionDue(state, decision);
};
const shownOf = (world: World, command: Command): Preview => {
  const shown = preview(world.state, command, administrator, world.now);
  if (isRefusal(shown)) throw new Error(shown.code);
  return shown;
};
const moves = (world: World): World['mails'] => world.mails.filter(({ message }) => message.kind === 'deadline-moved');

/** A council that meets every week in summer: a later deadline then has a session just after the one before. */
const weekly = Array.from({ length: 14 }, (_, week) => addDays(day('2031-06-03'), 7 * week));

describe('a newer round', () => {
  test('moves every deadline that counts from it, and everybody who owes an answer hears it once', () => {
    const world = intentAsked().pass('2031-04-15');
    world.tell('answer', { party: asse, decision: INTENT, answer: 'approved', on: day('2031-04-15') }, contactOf(asse));
    apply(world, { opensOn: '2031-02-06' }, 'Beslissing van de Vlaamse Regering').pass('2031-04-16');
    expect(dueOf(world, INTENT)).toBe('2031-07-31');
    const told = moves(world).map(({ message: { to, items } }) => `${to} ${String(items.length)}`);
    expect(told.sort()).toEqual(allParties.filter((party) => party !== asse).map((party) => `${contact(party)} 1`));
    const [item] = moves(world)[0]?.message.items ?? [];
    expect(item).toMatchObject({ cause: 'round', reason: 'Beslissing van de Vlaamse Regering', to: '2031-07-31' });
  });

  test('the same version again changes nothing', () => {
    const world = apply(intentAsked(), { opensOn: '2031-02-06' });
    const command = { type: 'apply-round', data: { round: roundOf(world.state) } } as const;
    expect(world.refusal(command, administrator)).toBe('nothing-changed');
  });

  test('leaves what the coordinator moved where it is, and says so', () => {
    const world = intentAsked()
      .tell('move-deadline', { item: 'closesOn', to: day('2032-05-03'), reason: 'afgesproken' })
      .tell('move-deadline', { item: INTENT, to: day('2031-09-30'), reason: 'afgesproken' });
    const round = newer(world, { closesOn: '2032-06-01', opensOn: '2031-02-06' });
    const { notes, deadlines } = shownOf(world, { type: 'apply-round', data: { round } });
    expect(notes).toEqual([{ code: 'date-kept', key: 'closesOn', on: '2032-05-03', instead: '2032-06-01' }]);
    expect(deadlines.some(({ key }) => key === INTENT || key.startsWith(`${INTENT}/`))).toBe(false);
    world.tell('apply-round', { round }, administrator);
    expect(namedDate(world.state, 'closesOn')).toBe('2032-05-03');
    expect(dueOf(world, INTENT)).toBe('2031-09-30');
  });

  test('says nothing of a date that was moved and that the newer round leaves where it was', () => {
    const world = intentAsked().tell('move-deadline', { item: 'closesOn', to: day('2032-05-03'), reason: 'x' });
    const round = newer(world, { opensOn: '2031-02-06' });
    expect(shownOf(world, { type: 'apply-round', data: { round } }).notes).toEqual([]);
  });

  test('dates that a route takes from the round follow it, those that the path gave do not', () => {
    const dates = { opensOn: '2031-02-06', startsOn: '2033-02-01' };
    const route = { key: 'continue-existing', dates: { representativesBy: { anchor: 'opensOn', days: 175 } } };
    const { definition } = intentAsked().state;
    const routes = [route, ...definition.routes.filter(({ key }) => key !== route.key)];
    const own = start({ definition: { ...definition, routes }, dates: { representativesBy: day('2031-06-30') } });
    expect(namedDate(apply(new World(at('2031-01-06'), own), dates).state, 'representativesBy')).toBe('2031-07-31');
    const given = { ...own, dates: { representativesBy: day('2031-05-15') } };
    expect(namedDate(apply(new World(at('2031-01-06'), given), dates).state, 'representativesBy')).toBe('2031-05-15');
  });

  test('the day on which a partnership ends stays where it is, also when it is the day that the rule gave', () => {
    const dates = { startsOn: '2033-02-01' };
    const expiresOn = day('2032-12-31');
    const given = new World(at('2031-01-06'), start({ dates: { expiresOn }, given: ['expiresOn'] }));
    expect(namedDate(apply(given, dates).state, 'expiresOn')).toBe('2032-12-31');
    const followed = (): World => new World(at('2031-01-06'), start({ dates: { expiresOn } }));
    expect(namedDate(apply(followed(), dates).state, 'expiresOn')).toBe('2033-01-31');
    const moved = followed();
    for (const to of ['2032-11-30', '2032-12-31'])
      moved.tell('move-deadline', { item: 'expiresOn', to: day(to), reason: 'statuten' });
    expect(namedDate(apply(moved, dates).state, 'expiresOn')).toBe('2032-12-31');
  });

  test('extending a round never says late, nor again, that something closes soon: each reminder waits for its new day', () => {
    let reminded = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 1, max: 60 }), (passed, days) => {
        const on = addDays(day('2031-04-01'), passed);
        const world = intentAsked()
          .tell('change-party', { party: asse, sessions: { council: { dates: weekly } } })
          .pass(on);
        const already = world.mails.length;
        apply(world, { opensOn: addDays(day('2031-01-06'), days) }).pass(addDays(on, 60));
        const rules = Object.values(world.state.definition.reminders).flat();
        for (const { at: moment, message } of world.mails.slice(already)) {
          for (const item of message.items) {
            if (item.type !== 'ask' || item.kind !== 'reminder' || item.decision !== INTENT) continue;
            const rule = rules.find(({ key }) => key === item.rule);
            if (rule === undefined || rule.days >= 0) continue;
            reminded += 1;
            const own = workingDayOnOrBefore(addDays(item.deadline ?? item.dueOn, rule.days));
            expect(`${item.rule ?? ''} ${localDay(moment)}`).toBe(`${rule.key} ${own}`);
          }
        }
      }),
      { numRuns: 60 },
    );
    expect(reminded).toBeGreaterThan(60);
  });
});

const upgraded = ({ state: { definition } }: World, change: (definition: Definition) => Definition): Definition => ({
  ...change(definition),
  version: definition.version + 1,
});
const inIntent = (changes: Partial<Decision>) => (old: Definition) => withIntent(changes, old);
const withoutIntent = (old: Definition): Definition => ({
  ...old,
  steps: old.steps.map((step) => ({ ...step, decisions: step.decisions.filter(({ key }) => key !== INTENT) })),
});
const asUpgrade = (world: World, change: (old: Definition) => Definition): Command => ({
  type: 'apply-definition',
  data: { definition: upgraded(world, change) },
});

describe('a newer definition', () => {
  test('moves the deadlines that its rules move, and keeps what was said', () => {
    const world = intentAsked().pass('2031-06-25');
    world.tell('answer', { party: asse, decision: INTENT, answer: 'approved', on: day('2031-06-24') }, contactOf(asse));
    const definition = upgraded(world, inIntent({ due: { anchor: 'opensOn', days: 200 } }));
    world.tell('apply-definition', { definition }, administrator).pass('2031-06-26');
    expect(dueOf(world, INTENT)).toBe('2031-07-25');
    expect(world.state.asks[askKey(INTENT, asse)]).toMatchObject({ status: 'approved' });
    expect(moves(world)).toHaveLength(3);
    expect(moves(world)[0]?.message.items[0]).toMatchObject({ cause: 'definition' });
  });

  test('a question without an answer that is no longer asked makes way, and the preview says so', () => {
    const world = intentAsked().pass('2031-03-10');
    const definition = upgraded(world, (old) => ({
      ...old,
      steps: old.steps.map((step) => ({
        ...step,
        tasks: step.tasks.filter(({ key }) => key !== 'intent-draft'),
        decisions: step.decisions.filter(({ key }) => key !== INTENT),
      })),
    }));
    const { notes } = shownOf(world, { type: 'apply-definition', data: { definition } });
    expect(notes).toContainEqual({ code: 'task-gone', task: 'intent-draft' });
    expect(notes.filter(({ code }) => code === 'ask-gone')).toHaveLength(4);
    const already = world.mails.length;
    world.tell('apply-definition', { definition }, administrator).pass('2031-07-31');
    const about = world.mails.slice(already).flatMap(({ message }) => message.items);
    expect(about.filter((item) => 'decision' in item && item.decision === INTENT)).toEqual([]);
  });

  test('a task that comes with it opens on that day, not in the past', () => {
    const world = intentAsked().pass('2031-06-25');
    const extra = { key: 'extra', needs: [], days: 20, reminders: 'task' };
    const definition = upgraded(world, (old) => ({
      ...old,
      steps: old.steps.map((step, index) => (index === 0 ? { ...step, tasks: [...step.tasks, extra] } : step)),
    }));
    world.tell('apply-definition', { definition }, administrator);
    const task = tasksOf(world.state).find(({ key }) => key === 'extra');
    expect(task && taskDue(world.state, task)).toBe('2031-07-15');
  });

  test('is not held up by the answer of who left meanwhile', () => {
    const world = intentAsked().pass('2031-06-25');
    world.tell('answer', { party: asse, decision: INTENT, answer: 'approved', on: day('2031-06-24') }, contactOf(asse));
    expect(world.refusal(asUpgrade(world, withoutIntent), administrator)).toBe('answers-would-be-lost');
    world.tell('remove-party', { party: asse, reason: 'andere regio' });
    expect(world.refusal(asUpgrade(world, withoutIntent), administrator)).toBe('accepted');
  });

  test('is refused where it would forget that somebody need not answer', () => {
    const world = intentAsked({ definition: withIntent({ optional: true }) });
    world.tell('waive', { party: wemmel, decision: INTENT, reason: 'doet niet mee' });
    expect(world.refusal(asUpgrade(world, withoutIntent), administrator)).toBe('answers-would-be-lost');
  });

  test('is refused when what the board decided would be asked of every municipality', () => {
    const world = intentAsked();
    const board = world.state.definition.bodies['board'];
    if (board === undefined) throw new Error('no board');
    const answer = { party: asPartyId('board'), decision: 'internal-rules', answer: 'approved' } as const;
    world.tell('answer', { ...answer, on: day('2031-03-01') });
    const bodies = { ...world.state.definition.bodies, board: { ...board, per: 'municipality' as const } };
    const definition = upgraded(world, (old) => ({ ...old, bodies }));
    const refusal = world.refusal({ type: 'apply-definition', data: { definition } }, administrator);
    expect(refusal).toBe('answers-would-be-lost');
  });

  test('a body that exists once and is new can be asked', () => {
    const world = intentAsked();
    const board = world.state.definition.bodies['board'];
    if (board === undefined) throw new Error('no board');
    const definition = upgraded(world, (old) => ({ ...old, bodies: { ...old.bodies, jury: board } }));
    world.tell('apply-definition', { definition }, administrator);
    expect(world.state.parties['jury' as never]).toMatchObject({ id: 'jury', joinedOn: '2031-03-03' });
    expect(world.state.parties['board' as never]).toMatchObject({ joinedOn: '2031-01-06' });
    expect(world.state.parties[wemmel]?.sessions).toEqual({ council: expect.anything() as unknown });
  });
});
