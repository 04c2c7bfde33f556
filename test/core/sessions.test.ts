import { describe, expect, test } from 'vitest';
import type { Body, SessionRule } from '../../domain/definition.ts';
import type { LocalDate } from '../../domain/ids.ts';
import { agendaCutoff, firstSession, lastSession, ruleDates, sessions } from '../../domain/sessions.ts';
import type { SessionSource } from '../../domain/state.ts';
import { day, start } from './world.ts';

const { bodies } = start().definition;
const council = bodies['council']!;
const college = bodies['college']!;
const assembly = bodies['assembly']!;

const days = (...texts: string[]): LocalDate[] => texts.map(day);
const source = (dates: string[], rule?: SessionRule): SessionSource => ({
  dates: days(...dates),
  changedOn: day('2031-01-06'),
  ...(rule && { rule }),
});
const monthly = (weekday: number, nth: number, exceptMonths: number[] = []): SessionRule => ({
  every: 'month',
  weekday,
  nth,
  exceptMonths,
});
const listed = (from: SessionSource | undefined, body: Body, first: string, last: string): string[] =>
  sessions(from, body, day(first), day(last)).map(({ on, source: why }) => `${on} ${why}`);

describe('when a body meets', () => {
  test.each<[string, SessionRule, string, string, string[]]>([
    ['third Tuesdays', monthly(2, 3), '2031-05-01', '2031-07-31', ['2031-05-20', '2031-06-17', '2031-07-15']],
    ['fourth Wednesdays', monthly(3, 4, [7, 8]), '2031-06-01', '2031-09-30', ['2031-06-25', '2031-09-24']],
    ['last Mondays', monthly(1, -1), '2031-03-01', '2031-04-30', ['2031-03-31', '2031-04-28']],
    ['fifth Thursdays, where there is one', monthly(4, 5), '2031-01-01', '2031-04-30', ['2031-01-30']],
    [
      'first Mondays over the new year',
      monthly(1, 1),
      '2031-12-01',
      '2032-02-28',
      ['2031-12-01', '2032-01-05', '2032-02-02'],
    ],
    [
      'Mondays, but not Easter Monday',
      { every: 'week', weekday: 1, exceptMonths: [] },
      '2031-04-07',
      '2031-04-21',
      ['2031-04-07', '2031-04-21'],
    ],
    ['no day outside what was asked', monthly(2, 3), '2031-05-21', '2031-06-16', []],
    ['both ends included', monthly(2, 3), '2031-05-20', '2031-06-17', ['2031-05-20', '2031-06-17']],
    ['no session on 11 November', monthly(2, 2), '2031-11-01', '2031-11-30', []],
  ])('by a rule: %s', (_name, rule, from, to, expected) => {
    expect(ruleDates(rule, day(from), day(to))).toEqual(expected);
  });

  test('nothing known: the assumed pattern, marked so', () => {
    expect(listed(undefined, council, '2031-05-01', '2031-09-30')).toEqual([
      '2031-05-20 assumed',
      '2031-06-17 assumed',
      '2031-09-16 assumed',
    ]);
  });

  test('a rule that somebody gave beats the assumed pattern', () => {
    expect(listed(source([], monthly(4, 1)), council, '2031-05-01', '2031-06-30')).toEqual(['2031-06-05 rule']); // the first Thursday of May is a holiday
  });

  test('dates that somebody entered beat both, in their months and those between, and only there', () => {
    const known = source(['2031-06-24', '2031-03-25', '2031-06-24'], monthly(1, 1));
    expect(listed(known, council, '2031-02-01', '2031-08-31')).toEqual([
      '2031-02-03 rule',
      '2031-03-25 entered',
      '2031-06-24 entered',
      '2031-07-07 assumed', // a rule in the school holidays is an estimate
      '2031-08-04 assumed',
    ]);
  });

  test('dates far apart say nothing about the months between: a slip in a year loses no session', () => {
    const slip = source(['2031-02-18', '2099-01-01']);
    expect(listed(slip, council, '2031-02-01', '2031-05-31')).toEqual([
      '2031-02-18 entered',
      '2031-03-18 assumed',
      '2031-05-20 assumed', // the third Tuesday of April is in the Easter holidays
    ]);
  });

  test.each([
    ['105 days, as long as a long summer', '2031-06-10', []],
    ['a day more', '2031-06-11', ['2031-03-18 assumed', '2031-05-20 assumed']],
  ])('what lies between two dates is one calendar up to %s', (_what, second, between) => {
    const found = listed(source(['2031-02-25', second]), council, '2031-03-01', '2031-05-31');
    expect(found).toEqual(between);
  });

  test('a date that was entered counts on a holiday too: the body says so itself', () => {
    expect(listed(source(['2031-11-11']), council, '2031-11-01', '2031-11-30')).toEqual(['2031-11-11 entered']);
  });
});

describe('the last day to reach an agenda', () => {
  test.each([
    ['2031-06-24', '2031-06-13'], // the issue's own example: the 15th is a Sunday
    ['2031-06-17', '2031-06-06'], // the 8th is a Sunday
    ['2031-06-25', '2031-06-16'],
    ['2031-04-24', '2031-04-15'], // after Easter Monday
    ['2031-04-23', '2031-04-11'], // Easter Monday does not count
    ['2031-07-22', '2031-07-10'], // the 13th is a Sunday, the 11th a holiday
    ['2032-01-12', '2032-01-02'],
    ['2032-01-10', '2031-12-31'],
  ])('for a council on %s it is %s', (session, expected) => {
    expect(agendaCutoff(day(session), council)).toBe(expected);
  });

  test('a college needs three days', () => {
    expect(agendaCutoff(day('2031-03-10'), college)).toBe('2031-03-06');
  });
});

describe('the sessions that count', () => {
  test('on the very day of the cut-off the session can still be reached, a day later only the next', () => {
    const known = source(['2031-06-24', '2031-09-23']);
    expect(firstSession(known, council, day('2031-06-13'))?.on).toBe('2031-06-24');
    expect(firstSession(known, council, day('2031-06-14'))?.on).toBe('2031-09-23');
  });

  test('the last session before a deadline may be on that day, and is looked for through the summer', () => {
    expect(lastSession(source(['2031-06-24']), council, day('2031-06-24'))?.on).toBe('2031-06-24');
    expect(lastSession(source(['2031-06-24']), council, day('2031-06-23'))?.on).toBe('2031-05-20');
    expect(lastSession(undefined, council, day('2031-09-10'))?.on).toBe('2031-06-17');
  });

  test('a body that meets twice a year is found too', () => {
    expect(firstSession(undefined, assembly, day('2031-03-25'))?.on).toBe('2031-12-18');
    expect(lastSession(undefined, assembly, day('2032-05-31'))?.on).toBe('2031-12-18');
  });

  test('a body that never meets has none', () => {
    const never = { ...council, assumed: monthly(1, 1, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) };
    expect(firstSession(undefined, never, day('2031-03-25'))).toBeUndefined();
    expect(lastSession(undefined, never, day('2031-03-25'))).toBeUndefined();
  });
});
