import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../domain/dates.ts';
import type { Law } from '../../domain/definition.ts';
import { lawsOf } from '../../domain/law.ts';
import { expectedDays } from '../../domain/law/expected.ts';
import { adjourns, ask, lawWorld, says, seen } from './law-world.ts';
import { type World, asse, at, coordinator, day, meise } from './world.ts';

const article = 'artikel 401';
const dates = { expiresOn: day('2031-12-31') };

describe('every council before a named day', () => {
  const law: Law = { key: 'guard', article, kind: 'before', decision: 'found', anchor: 'expiresOn' };
  const sessions = ['2031-10-14', '2031-11-18', '2031-12-30', '2031-12-31'];
  const guarded = (): World => ask(lawWorld([law], [sessions, sessions], '2031-01-06', dates), '2031-09-01');

  test('two have decided: met, and nothing undoes it', () => {
    const world = says(says(guarded(), asse, 'approved', '2031-10-14'), meise, 'approved', '2031-12-30');
    expect(seen(world, '2031-12-30')).toBe('met met ..2031-12-30');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), (days) => {
        expect(seen(world, addDays(day('2031-12-30'), days))).toBe('met met ..2031-12-30');
      }),
    );
  });

  test.each([
    ['2031-10-15', 'open running ..2031-12-30', 'with two sessions left'],
    ['2031-11-20', `at-risk tight ..2031-12-30 ${meise}`, 'with one left'],
    ['2031-12-19', `at-risk tight ..2031-12-30 ${meise}`, 'on the last day to reach the agenda of 30 December'],
    ['2031-12-22', `at-risk no-session ..2031-12-30 ${meise}`, 'after it'],
    ['2031-12-30', `at-risk no-session ..2031-12-30 ${meise}`, 'on the last day'],
    ['2031-12-31', `broken passed ..2031-12-30 ${meise}`, 'on the day itself: a decision of that day is not before it'],
    ['2032-02-29', `broken passed ..2031-12-30 ${meise}`, 'later'],
  ])('one is missing on %s: %s', (on, expected) => {
    expect(seen(says(guarded(), asse, 'approved', '2031-10-14'), on)).toBe(expected);
  });

  test('decided on the day itself: it has ended', () => {
    const world = says(says(guarded(), asse, 'approved', '2031-10-14'), meise, 'approved', '2031-12-31');
    expect(seen(world, '2032-01-02')).toBe(`broken too-late ..2031-12-30 ${meise}`);
  });

  test('a no is said at once, and can still become a yes', () => {
    const world = says(says(guarded(), asse, 'approved', '2031-10-14'), meise, 'rejected', '2031-10-14');
    expect(seen(world, '2031-10-15')).toBe(`at-risk rejected ..2031-12-30 ${meise}`);
    expect(seen(world, '2031-12-31')).toBe(`broken passed ..2031-12-30 ${meise}`);
    world.tell('request', { decision: 'found', parties: [meise] }, coordinator, at('2031-10-16'));
    says(world, meise, 'approved', '2031-11-18');
    expect(seen(world, '2031-11-18')).toBe('met met ..2031-12-30');
  });

  test('adjourned to the day itself is too late; a session in time that nobody reported may count', () => {
    const world = says(guarded(), asse, 'approved', '2031-10-14');
    adjourns(world, meise, '2031-11-18', '2031-12-31');
    expect(seen(world, '2031-11-19')).toBe(`at-risk planned-late ..2031-12-30 ${meise}`);
    const planned = says(
      says(guarded(), asse, 'approved', '2031-10-14'),
      meise,
      'scheduled',
      '2031-12-30',
      '2031-12-01',
    );
    expect(seen(planned, '2031-12-20')).toBe('open running ..2031-12-30');
    expect(seen(planned, '2032-01-02')).toBe(`at-risk unreported ..2031-12-30 ${meise}`);
  });

  test('says for each council its last session before the day, and how many are left', () => {
    const [found] = lawsOf(says(guarded(), asse, 'approved', '2031-10-14').state, at('2031-10-15'));
    expect(found?.parties).toMatchObject([
      { party: asse, decidedOn: '2031-10-14' },
      { party: meise, sessionsLeft: 2, firstSession: '2031-11-18', lastSession: '2031-12-30' },
    ]);
  });

  test('without the date nobody can tell: a risk', () => {
    expect(seen(lawWorld([law], [sessions]), '2031-01-06')).toBe(`at-risk no-date ${asse}`);
  });
});

describe('at most so long after', () => {
  const law: Law = { key: 'told', article, kind: 'within', from: 'deed', to: 'notice', span: { days: 30 } };
  const done = (...ticks: [task: string, on: string][]): World => {
    const world = says(ask(lawWorld([law], [['2031-10-14']]), '2031-09-01'), asse, 'approved', '2031-10-14');
    for (const [task, on] of ticks) world.tell('complete-task', { task }, coordinator, at(on));
    return world;
  };

  test('before it begins it follows what is expected', () => {
    expect(seen(done(), '2031-10-15')).toBe('open planned 2031-11-04..2031-12-04');
  });

  test.each([
    ['2031-11-14', '2031-12-15', 'thirty days on is a Sunday'],
    ['2031-11-25', '2031-12-26', 'thirty days on is Christmas'],
    ['2031-12-01', '2031-12-31', 'the last day of the year'],
    ['2032-01-30', '2032-03-01', 'past a leap day: the thirtieth day is Sunday 29 February'],
  ])('from %s until %s: %s', (from, until) => {
    expect(seen(done(['deed', from]), from)).toBe(`open running ${from}..${until}`);
    expect(seen(done(['deed', from], ['notice', until]), until)).toBe(`met met ${from}..${until}`);
    const late = addDays(day(until), 1);
    expect(seen(done(['deed', from]), until)).toBe(`open running ${from}..${until}`);
    expect(seen(done(['deed', from]), late)).toBe(`broken passed ${from}..${until}`);
    expect(seen(done(['deed', from], ['notice', late]), late)).toBe(`broken too-late ${from}..${until}`);
  });

  test('what takes longer than the law leaves is a risk from the first day', () => {
    const short = { ...law, span: { days: 10 } } as Law;
    const world = says(ask(lawWorld([short], [['2031-10-14']]), '2031-09-01'), asse, 'approved', '2031-10-14');
    world.tell('complete-task', { task: 'deed' }, coordinator, at('2031-12-01'));
    expect(seen(world, '2031-12-01')).toBe('at-risk late 2031-12-01..2031-12-11');
  });

  test('what is up to somebody else is only information', () => {
    const awaited: Law = { ...law, isInformation: true };
    const world = says(ask(lawWorld([awaited], [['2031-10-14']]), '2031-09-01'), asse, 'approved', '2031-10-14');
    world.tell('complete-task', { task: 'deed' }, coordinator, at('2031-12-01'));
    expect(seen(world, '2031-12-31')).toBe('open running 2031-12-01..2031-12-31');
    expect(seen(world, '2032-01-01')).toBe('open awaited 2031-12-01..2031-12-31');
    world.tell('complete-task', { task: 'notice' }, coordinator, at('2032-01-20'));
    expect(seen(world, '2032-01-20')).toBe('met met 2031-12-01..2031-12-31');
  });

  test('counts from the last of several decisions', () => {
    const founded: Law = { key: 'founded', article, kind: 'within', from: 'found', to: 'deed', span: { months: 3 } };
    const world = ask(lawWorld([founded], [['2031-10-14'], ['2031-11-30']]), '2031-09-01');
    says(says(world, meise, 'approved', '2031-11-30'), asse, 'approved', '2031-10-14', '2031-12-01');
    expect(seen(world, '2031-12-02')).toBe('open running 2031-11-30..2032-03-01');
  });
});

describe('at least so many full days before a session', () => {
  const law: Law = { key: 'apart', article, kind: 'apart', from: 'draft', to: 'accept', days: 90 };
  const apart = (draftOn?: string): World => {
    const world = lawWorld([law], [['2031-10-14']]);
    const assembly = { dates: [day('2031-12-18')] };
    world.tell('change-party', { party: 'assembly' as never, sessions: { assembly } });
    if (draftOn !== undefined) world.tell('complete-task', { task: 'draft' }, coordinator, at(draftOn));
    return world;
  };
  const accept = (world: World): World =>
    world
      .tell('request', { decision: 'accept' }, coordinator, at('2031-09-18'))
      .tell(
        'answer',
        { party: 'assembly' as never, decision: 'accept', answer: 'approved', on: day('2031-12-18') },
        coordinator,
        at('2031-12-18', 20 * 60),
      );

  test('who still has to send is told a working day; what was sent in a weekend was in time', () => {
    const nearly: Law = { key: 'apart', article, kind: 'apart', from: 'draft', to: 'accept', days: 88 };
    const world = lawWorld([nearly], [['2031-10-14']]);
    const assembly = { dates: [day('2031-12-18')] };
    world.tell('change-party', { party: 'assembly' as never, sessions: { assembly } });
    expect(seen(world, '2031-02-01')).toBe('open planned ..2031-09-19');
    world.tell('complete-task', { task: 'draft' }, coordinator, at('2031-09-20'));
    expect(seen(world, '2031-09-20')).toBe('open running 2031-09-20..2031-09-20');
  });

  test('who was asked in time for a session is expected to take it there, though its agenda has closed', () => {
    const world = ask(lawWorld([], [['2031-10-14', '2031-11-18']]), '2031-09-01');
    expect(expectedDays(world.state, at('2031-10-10'))('found')).toBe('2031-10-14');
    const unasked = lawWorld([], [['2031-10-14', '2031-11-18']]);
    expect(expectedDays(unasked.state, at('2031-10-10'))('found')).toBe('2031-11-18');
  });

  test('neither the day of sending nor the session counts: ninety full days lie between', () => {
    expect(seen(apart(), '2031-02-01')).toBe('open planned ..2031-09-18');
    expect(seen(apart('2031-09-18'), '2031-09-18')).toBe('open running 2031-09-18..2031-09-18');
    expect(seen(apart(), '2031-09-19')).toBe('at-risk late ..2031-09-18 assembly');
    expect(seen(apart('2031-09-19'), '2031-09-19')).toBe('at-risk late 2031-09-19..2031-09-18 assembly');
  });

  test('once the session is over it is met or broken', () => {
    expect(seen(accept(apart('2031-09-18')), '2031-12-19')).toBe('met met 2031-09-18..2031-09-18');
    expect(seen(accept(apart()), '2031-12-19')).toBe('broken too-late ..2031-09-18');
  });
});

describe('how long what is founded lasts, and whether it is founded at all', () => {
  const founded = (law: Law, on?: string): World => {
    const world = says(
      ask(lawWorld([law], [['2030-12-10']], '2030-01-07'), '2030-01-08'),
      asse,
      'approved',
      '2030-12-10',
    );
    if (on !== undefined) world.tell('complete-task', { task: 'deed' }, coordinator, at(on));
    return world;
  };
  const lasts: Law = { key: 'six', article, kind: 'lasts', from: 'deed', span: { months: 72 } };

  test.each([
    ['2032-02-29', '2038-02-28', 'a leap day, six years on'],
    ['2031-11-14', '2037-11-14', 'a Saturday: the end of a life does not move'],
    ['2031-12-31', '2037-12-31', 'the last day of a year'],
  ])('from %s until %s: %s', (from, until) => {
    const world = founded(lasts, from);
    expect(seen(world, from)).toBe(`met met ${from}..${until}`);
    expect(seen(world, until)).toBe(`met met ${from}..${until}`);
    expect(seen(world, addDays(day(until), 1))).toBe(`broken passed ${from}..${until}`);
  });

  test('it is said when that does not reach a date', () => {
    expect(seen(founded({ ...lasts, covers: 'endsOn' }, '2032-02-10'), '2032-02-10')).toMatch(/^met ends-early/);
    expect(seen(founded({ ...lasts, covers: 'decisionBy' }, '2032-02-10'), '2032-02-10')).toMatch(/^met met/);
    expect(seen(founded({ ...lasts, covers: 'endsOn' }), '2031-10-01')).toMatch(/^open ends-early/);
  });

  test('not in a year of council elections: the last day of one, and the first after it', () => {
    const deed: Law = { key: 'deed', article, kind: 'done', item: 'deed', notInElectionYear: true };
    expect(seen(founded(deed, '2030-12-31'), '2030-12-31')).toBe('broken election-year');
    expect(seen(founded(deed, '2031-01-01'), '2031-01-01')).toBe('met met');
    // Twenty-one days after the decision of 10 December it would be 31 December.
    expect(seen(founded(deed), '2030-12-10')).toBe('at-risk election-year');
    expect(seen(founded(deed), '2031-01-01')).toBe('open planned');
  });

  test('a decision of many: met when all have decided, at risk when one said no', () => {
    const all: Law = { key: 'all', article, kind: 'done', item: 'found' };
    const world = ask(lawWorld([all], [['2031-10-14'], ['2031-11-18']]), '2031-09-01');
    expect(seen(world, '2031-09-02')).toBe('open planned');
    says(world, asse, 'approved', '2031-10-14');
    expect(seen(world, '2031-10-15')).toBe('open running');
    says(world, meise, 'rejected', '2031-11-18');
    expect(seen(world, '2031-11-19')).toBe(`at-risk rejected ${meise}`);
  });
});

test('a route without laws, and a path without a route, ask nothing', () => {
  expect(lawsOf(lawWorld([], [['2031-10-14']]).state, at('2031-01-06'))).toEqual([]);
});
