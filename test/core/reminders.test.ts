import { describe, expect, test } from 'vitest';
import { INTENT, World, at, clock, intentAsked, requested, start, wemmel } from './world.ts';
import { mine, deputies, coordinators, say, move, reminded } from './wemmel.ts';

describe('silence: the few mails that go out about one ask', () => {
  test('a council: request, before the cut-off of the last session, after it, after the deadline, and an end', () => {
    expect(reminded(intentAsked(), '2031-03-03', '2032-01-15')).toEqual([
      `2031-03-04 ${mine} request request`,
      `2031-05-16 ${mine} reminder four-weeks`,
      `2031-06-03 ${mine} reminder ten-days`,
      `2031-06-10 ${mine} reminder last-days`,
      `2031-06-10 ${deputies} reminder last-days`,
      `2031-06-16 ${coordinators} escalation cutoff-passed`,
      `2031-07-01 ${coordinators} escalation late`,
      `2031-07-01 ${mine} overdue overdue`,
      `2031-07-01 ${deputies} overdue overdue`,
      `2031-07-15 ${mine} overdue overdue`,
      `2031-07-15 ${deputies} overdue overdue`,
      `2031-07-29 ${coordinators} escalation late`,
      `2031-07-29 ${mine} overdue overdue`,
      `2031-07-29 ${deputies} overdue overdue`,
      // Six weeks after the deadline the municipality is left alone; the coordinator is not.
      ...['08-26', '09-23', '10-21', '11-18', '12-16'].map((date) => `2031-${date} ${coordinators} escalation late`),
      `2032-01-13 ${coordinators} escalation late`,
    ]);
  });

  test('a college: 6 April is a Sunday, so its last session is on Monday the 7th, with the cut-off on the Thursday before', () => {
    const about = `statement-of-commitment/${wemmel}`;
    expect(requested().pass('2031-04-10').told(about).sort()).toEqual([
      `2031-02-25 ${mine} request request`,
      `2031-03-20 ${mine} reminder two-weeks`,
      `2031-03-31 ${mine} reminder last-days`,
      `2031-03-31 ${deputies} reminder last-days`,
      `2031-04-04 ${coordinators} escalation cutoff-passed`,
      `2031-04-08 ${coordinators} escalation late`,
      `2031-04-08 ${mine} overdue overdue`,
      `2031-04-08 ${deputies} overdue overdue`,
    ]);
  });

  test('all of it goes out on working mornings, at the minute of this path, one mail a person and day', () => {
    const world = intentAsked().pass('2031-12-31');
    const mornings = world.mails.map(({ at: moment, message }) => `${moment.slice(0, 10)} ${message.to}`);
    expect(new Set(mornings).size).toBe(mornings.length);
    expect(new Set(world.mails.map(({ at: moment }) => clock(moment)))).toEqual(new Set(['09:03']));
  });

  test('a municipality without a contact is reminded through the coordinator', () => {
    const parties = start().parties.map(({ contact: _nobody, ...party }) => party);
    const world = intentAsked({ parties });
    const lines = reminded(world, '2031-03-03', '2031-06-12');
    expect(lines).toContain(`2031-03-04 ${coordinators} request request`);
    expect(lines).toContain(`2031-06-10 ${deputies} reminder last-days`);
    expect(lines.filter((line) => line.startsWith('2031-06-10'))).toHaveLength(2);
    expect(world.mails.every(({ message }) => message.to !== mine)).toBe(true);
  });

  test.each([
    ['before the morning', '2031-03-03', 6 * 60, '2031-03-03', '09:03'],
    ['in the morning', '2031-03-03', 10 * 60, '2031-03-03', '10:00'],
    ['at noon', '2031-03-03', 12 * 60, '2031-03-04', '09:03'],
    ['on a Friday afternoon', '2031-03-07', 15 * 60, '2031-03-10', '09:03'],
    ['on a Sunday', '2031-03-09', 10 * 60, '2031-03-10', '09:03'],
    ['over the change of the clock', '2031-03-28', 15 * 60, '2031-03-31', '09:03'],
    ['before Easter Monday', '2031-04-11', 15 * 60, '2031-04-15', '09:03'],
  ])('a request sent %s is mailed the next working morning', (_when, on, minutes, expected, time) => {
    const world = new World(at('2031-01-06')).tell('complete-task', { task: 'legal-form-choice' });
    world.tell('complete-task', { task: 'intent-draft' }).pass(at(on, minutes));
    world.tell('request', { decision: INTENT }).pass('2031-04-20');
    const mail = world.mails.find(({ message }) => message.kind === 'request')!;
    expect([mail.message.day, clock(mail.at)]).toEqual([expected, time]);
  });

  test('who is asked late gets the request alone, not the reminders that it came too late for', () => {
    const world = new World(at('2031-06-12')).tell('complete-task', { task: 'legal-form-choice' });
    world.tell('complete-task', { task: 'intent-draft' }).tell('request', { decision: INTENT });
    expect(reminded(world, '2031-06-12', '2031-06-27')).toEqual([`2031-06-13 ${mine} request request`]);
  });

  test('a coordinator is reminded of what can be sent, until it is', () => {
    const world = new World(at('2031-03-03')).tell('complete-task', { task: 'legal-form-choice' });
    world.tell('complete-task', { task: 'intent-draft' }).pass('2031-04-30');
    expect(world.told(INTENT)).toEqual([
      '2031-03-04 test.1 reminder next-day',
      '2031-03-17 test.1 overdue waiting',
      '2031-04-15 test.1 overdue waiting',
      // Six weeks before the councils of 17 June is 6 May.
      '2031-04-29 test.1 reminder week-before',
    ]);
    world.tell('request', { decision: INTENT }).pass('2031-06-20');
    expect(world.told(INTENT, '2031-05-01')).toEqual([]);
  });

  test('a coordinator is reminded of a task until it is ticked', () => {
    const world = new World(at('2031-01-06')).pass('2031-02-20');
    expect(world.told('own-time')).toEqual([
      '2031-01-10 test.1 reminder before',
      '2031-01-16 test.1 overdue late',
      '2031-02-13 test.1 overdue late',
    ]);
    world.tell('complete-task', { task: 'own-time' }).pass('2031-06-01');
    expect(world.told('own-time', '2031-02-21')).toEqual([]);
  });
});

describe('an answer silences', () => {
  test('on the agenda: nothing until the working day after the session, then one question, then what is due', () => {
    const world = say(intentAsked(), '2031-05-20', { answer: 'scheduled', on: '2031-06-24' });
    expect(reminded(world, '2031-05-20', '2031-07-02')).toEqual([
      `2031-06-25 ${mine} outcome-question outcome`,
      `2031-07-01 ${coordinators} escalation late`,
      `2031-07-01 ${mine} overdue overdue`,
      `2031-07-01 ${deputies} overdue overdue`,
    ]);
  });

  test('a session on a Friday before a holiday is asked about on the next working day', () => {
    const world = say(intentAsked(), '2031-04-01', { answer: 'scheduled', on: '2031-04-11' });
    expect(reminded(world, '2031-04-01', '2031-04-20')).toEqual([`2031-04-15 ${mine} outcome-question outcome`]);
  });

  test('on another agenda after all: the question waits for that session', () => {
    const world = say(intentAsked(), '2031-05-20', { answer: 'scheduled', on: '2031-06-24' });
    say(world, '2031-06-20', { answer: 'scheduled', on: '2031-09-23' });
    expect(reminded(world, '2031-05-20', '2031-09-25')).toEqual([`2031-09-24 ${mine} outcome-question outcome`]);
  });

  test('adjourned to a date: the same silence, and one question after it', () => {
    const world = say(intentAsked(), '2031-06-25', { answer: 'adjourned', on: '2031-06-24', to: '2031-09-23' });
    expect(reminded(world, '2031-06-25', '2031-09-24')).toEqual([`2031-09-24 ${mine} outcome-question outcome`]);
  });

  test('adjourned without a date: asked before each session to come', () => {
    const world = move(intentAsked(), '2031-05-02', '2031-12-31', INTENT, wemmel);
    say(world, '2031-06-25', { answer: 'adjourned', on: '2031-06-24' });
    expect(reminded(world, '2031-06-25', '2031-10-20').filter((line) => line.includes('adjourned'))).toEqual([
      `2031-08-26 ${mine} reminder adjourned`, // council of 16 September, cut-off on the 5th
      `2031-09-30 ${mine} reminder adjourned`, // council of 21 October, cut-off on the 10th
    ]);
  });

  test.each(['approved', 'rejected'])('%s: the municipality hears nothing more of it', (answer) => {
    const world = say(intentAsked(), '2031-05-20', { answer, on: '2031-05-20' });
    expect(reminded(world, '2031-05-20', '2032-01-01').filter((line) => !line.includes(coordinators))).toEqual([]);
  });

  test('rejected or changed: the coordinator is asked to choose, after a week and every fortnight', () => {
    const world = say(intentAsked(), '2031-05-20', { answer: 'rejected', on: '2031-05-20' });
    expect(reminded(world, '2031-05-20', '2031-07-01')).toEqual(
      ['05-27', '06-10', '06-24'].map((date) => `2031-${date} ${coordinators} reminder waiting`),
    );
    world.tell('request', { decision: INTENT, parties: [wemmel] });
    expect(reminded(world, '2031-07-02', '2031-07-03')).toEqual(
      [`2031-07-02 ${coordinators} escalation late`, `2031-07-02 ${mine} request request`].sort().slice(1),
    );
  });
});
