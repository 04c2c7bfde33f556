import { describe, expect, test } from 'vitest';
import { attempted, clockActor } from '../../domain/clockwork.ts';
import { localDay } from '../../domain/dates.ts';
import { numbered } from '../../domain/decide.ts';
import { nextDue, retriesOf } from '../../domain/due.ts';
import type { DeliveryOutcome } from '../../domain/message.ts';
import { continueCourse } from '../../domain/plan.ts';
import { ASKED, deputies, mine, move, reminded, to } from './wemmel.ts';
import {
  INTENT,
  type World,
  asse,
  at,
  clock,
  contact,
  contactOf,
  day,
  intentAsked,
  intentOf,
  wemmel,
} from './world.ts';

const SUBJECT = `${ASKED}#1`;
const key = (rule: string, deadline = '2031-06-13') => ({ subject: SUBJECT, rule, deadline: day(deadline) });
const request = { to: mine, what: [key('request', '2031-06-30')] };
const tenDays = { to: mine, what: [key('ten-days')] };
const lastDays = { to: mine, what: [key('last-days')] };
const overdue = { to: mine, what: [key('overdue', '2031-06-30')] };
const linesSent = (world: World): string[] =>
  world.mails.flatMap(({ message }) =>
    (message.lines ?? []).map(({ text }) => `${message.to} ${message.kind} ${text}`),
  );

describe('a mail that is held', () => {
  test('does not leave, while everybody else gets theirs', () => {
    const world = intentAsked().tell('hold-mail', request).pass('2031-05-20');
    expect(world.told(ASKED)).toEqual([]);
    expect(world.told(intentOf(asse))[0]).toBe(`2031-03-04 ${contact(asse)} request request`);
  });

  test('leaves on the first morning after it is released, and takes in what it held up', () => {
    const world = intentAsked().tell('hold-mail', request).pass('2031-05-20').tell('release-mail', request);
    expect(reminded(world, '2031-03-03', '2031-05-22')).toEqual([`2031-05-21 ${mine} request request`]);
    expect(world.state).not.toHaveProperty('orders');
  });

  test('leaves by itself on the day until which it was held', () => {
    const world = intentAsked().tell('hold-mail', { ...request, until: day('2031-03-12') });
    expect(reminded(world, '2031-03-03', '2031-03-20')).toEqual([`2031-03-12 ${mine} request request`]);
    expect(world.state).not.toHaveProperty('orders');
  });

  test('is not what the coordinator is warned by: a session that closes is still told', () => {
    const world = intentAsked().tell('hold-mail', request);
    expect(reminded(world, '2031-03-03', '2031-06-17')).toEqual(['2031-06-16 test.1 escalation cutoff-passed']);
  });

  test('for the contact does not keep the deputy from hearing it, and is still owed to the contact', () => {
    const world = intentAsked().tell('hold-mail', { ...lastDays, until: day('2031-06-12') });
    expect(reminded(world, '2031-06-08', '2031-06-13')).toEqual([
      `2031-06-10 ${deputies} reminder last-days`,
      `2031-06-12 ${mine} reminder last-days`,
    ]);
    expect(world.state).not.toHaveProperty('orders');
  });

  test('that waits when something later is said about the same is not said after it', () => {
    const world = intentAsked().tell('hold-mail', tenDays).pass('2031-06-11');
    expect(world.told(ASKED, '2031-06-01')).toEqual([
      `2031-06-10 ${mine} reminder last-days`,
      `2031-06-10 ${deputies} reminder last-days`,
    ]);
    expect(world.state).not.toHaveProperty('orders');
  });

  test('stays held when its deadline moves', () => {
    const world = move(intentAsked().tell('hold-mail', request), '2031-03-03', '2031-07-31');
    expect(
      world
        .pass('2031-03-20')
        .told(ASKED)
        .filter((line) => line.includes(' request')),
    ).toEqual([]);
    expect(world.state.orders?.held).toHaveLength(1);
  });

  test.each([
    [
      'answered',
      (world: World) =>
        world.tell(
          'answer',
          { party: wemmel, decision: INTENT, answer: 'rejected', on: day('2031-03-03') },
          contactOf(wemmel),
        ),
    ],
    [
      'taken over by a colleague',
      (world: World) => world.tell('replace-contact', { party: wemmel, person: 'test.20' as never }),
    ],
    [
      'asked no more of a municipality that left',
      (world: World) => world.tell('remove-party', { party: wemmel, reason: 'x' }),
    ],
    ['over with the path', (world: World) => world.tell('stop', { reason: 'x' })],
  ])('leaves nothing behind when it is %s', (_what, change) => {
    const world = intentAsked()
      .tell('hold-mail', request)
      .tell('add-line', { ...request, text: 'Tot dinsdag.' });
    expect(change(world).state).not.toHaveProperty('orders');
  });

  test('for one who was owed it is forgotten once that one has answered', () => {
    const world = intentAsked().tell('hold-mail', lastDays).pass('2031-06-11');
    expect(world.state.orders?.owed).toMatchObject([{ to: mine, rule: 'last-days' }]);
    const data = { party: wemmel, decision: INTENT, answer: 'scheduled', on: day('2031-06-24') } as const;
    expect(world.tell('answer', data, contactOf(wemmel)).state).not.toHaveProperty('orders');
  });
});

describe('a mail that is skipped', () => {
  test('counts as said for its deadline, and what comes later comes', () => {
    const world = intentAsked().pass('2031-03-05').tell('skip-mail', tenDays);
    expect(world.state).not.toHaveProperty('orders');
    expect(reminded(world, '2031-05-01', '2031-06-11')).toEqual([
      `2031-05-16 ${mine} reminder four-weeks`,
      `2031-06-10 ${mine} reminder last-days`,
      `2031-06-10 ${deputies} reminder last-days`,
    ]);
  });

  test('is said for a later deadline', () => {
    const world = intentAsked().pass('2031-03-05').tell('skip-mail', overdue);
    move(world, '2031-03-06', '2031-07-31');
    expect(reminded(world, '2031-06-26', '2031-08-02').filter((line) => line.includes(`${mine} overdue`))).toEqual([
      `2031-08-01 ${mine} overdue overdue`,
    ]);
  });

  test('of a rule that repeats is one time, not all', () => {
    const world = intentAsked()
      .pass('2031-03-05')
      .tell('skip-mail', overdue)
      .tell('skip-mail', { ...overdue, to: deputies });
    const lines = reminded(world, '2031-06-30', '2031-07-20').filter((line) => line.includes('overdue'));
    expect(lines).toEqual([`2031-07-15 ${mine} overdue overdue`, `2031-07-15 ${deputies} overdue overdue`]);
  });

  test('for the contact is still for the deputy', () => {
    const world = intentAsked().pass('2031-03-05').tell('skip-mail', lastDays);
    expect(world.state.orders?.skipped).toMatchObject([{ to: mine, rule: 'last-days' }]);
    expect(reminded(world, '2031-06-08', '2031-06-13')).toEqual([`2031-06-10 ${deputies} reminder last-days`]);
    expect(world.state).not.toHaveProperty('orders');
  });

  test('as a request leaves the reminders: it was asked by telephone', () => {
    const world = intentAsked().tell('skip-mail', request);
    expect(reminded(world, '2031-03-03', '2031-05-20')).toEqual([`2031-05-16 ${mine} reminder four-weeks`]);
  });
});

describe('a mail that is sent now', () => {
  test('leaves at once, also in the evening, and not again in the morning', () => {
    const world = intentAsked();
    world.now = at('2031-03-03', 20 * 60);
    world.tell('send-mail-now', request).pass('2031-03-10');
    const sent = world.mails.filter(({ message }) => message.to === mine);
    expect(sent.map(({ at: moment }) => `${localDay(moment)} ${clock(moment)}`)).toEqual(['2031-03-03 20:00']);
    expect(sent[0]?.message.key).toMatch(/^test\/test\.6\/request\/\d+\/2031-03-03$/);
  });

  test('is tried again at once when the mail server does not take it, not in the morning only', () => {
    const world = intentAsked();
    world.now = at('2031-03-03', 20 * 60);
    world.tell('send-mail-now', request).pass(at('2031-03-03', 20 * 60 + 3), to(mine, 'deferred'));
    world.pass('2031-03-05');
    expect(world.mails.filter(({ message }) => message.to === mine).map(({ at: when }) => clock(when))).toEqual([
      '20:00',
      '20:01',
      '20:06',
    ]);
  });

  test('takes in what would have come before it about the same', () => {
    const world = intentAsked().pass('2031-05-01').tell('send-mail-now', tenDays);
    expect(reminded(world, '2031-05-01', '2031-06-09')).toEqual([`2031-05-01 ${mine} reminder ten-days`]);
  });

  test('before its day does not come again on that day, also by a rule that repeats', () => {
    const world = intentAsked().pass('2031-07-08').tell('send-mail-now', overdue);
    expect(reminded(world, '2031-07-08', '2031-07-31').filter((line) => line.includes(mine))).toEqual([
      `2031-07-08 ${mine} overdue overdue`,
      `2031-07-29 ${mine} overdue overdue`,
    ]);
  });

  test('to the contact leaves the deputy the own mail on its day', () => {
    const world = intentAsked().pass('2031-06-05').tell('send-mail-now', lastDays);
    expect(reminded(world, '2031-06-05', '2031-06-13')).toEqual([
      `2031-06-05 ${mine} reminder last-days`,
      `2031-06-10 ${deputies} reminder last-days`,
    ]);
    expect(world.state).not.toHaveProperty('orders');
  });

  test.each<DeliveryOutcome>(['accepted', 'deferred'])(
    'while an earlier one is with a mail server (%s) leaves right after it',
    (outcome) => {
      const world = intentAsked().pass('2031-06-02');
      const due = nextDue(world.state, world.now)!;
      expect(due.messages.find(({ to: whom }) => whom === mine)?.items).toMatchObject([{ rule: 'ten-days' }]);
      world.tell('send-mail-now', lastDays, undefined, due.at);
      world.apply(numbered(world.state, [attempted(due.messages, () => ({ outcome }), due.at)], clockActor, due.at));
      world.pass('2031-06-12');
      expect(world.told(ASKED, '2031-06-02')).toEqual([
        `2031-06-03 ${mine} reminder last-days`,
        `2031-06-10 ${deputies} reminder last-days`,
      ]);
      expect(retriesOf(world.state)).toEqual([]);
    },
  );

  test('while the same mail is with a mail server is not sent twice', () => {
    const world = intentAsked();
    const due = nextDue(world.state, world.now)!;
    world.tell('send-mail-now', request, undefined, due.at);
    const taken = attempted(due.messages, () => ({ outcome: 'accepted' }), due.at);
    world.apply(numbered(world.state, [taken], clockActor, due.at));
    expect(world.pass('2031-03-10').told(ASKED)).toEqual([]);
  });

  test('is held no more', () => {
    const world = intentAsked().tell('hold-mail', request).tell('send-mail-now', request).pass('2031-03-04');
    expect(world.told(ASKED)).toEqual([`2031-03-03 ${mine} request request`]);
    expect(world.state).not.toHaveProperty('orders');
  });

  test('reminds nobody who answers while the mail server is away', () => {
    const world = intentAsked().tell('send-mail-now', request).pass(at('2031-03-03', 725), to(mine, 'deferred'));
    world.tell(
      'answer',
      { party: wemmel, decision: INTENT, answer: 'rejected', on: day('2031-03-03') },
      contactOf(wemmel),
    );
    const before = world.mails.length;
    world.pass('2031-03-10');
    expect(
      world.mails.slice(before).filter(({ message }) => message.kind === 'request' && message.to === mine),
    ).toEqual([]);
  });

  test('that is refused goes to the deputy, without the line that was for somebody else', () => {
    const world = intentAsked()
      .tell('add-line', { ...request, text: 'Dag Jan' })
      .tell('send-mail-now', request);
    world.pass('2031-03-05', to(mine, 'refused'));
    expect(world.told(ASKED)).toContain(`2031-03-04 ${deputies} request request`);
    expect(linesSent(world)).toEqual([`${mine} request Dag Jan`]);
  });
});

describe('a line of the coordinator', () => {
  const line = { ...tenDays, text: 'Ik bel u morgen.' };

  test('stands in the mail that it was written for, once', () => {
    const world = intentAsked().pass('2031-03-05').tell('add-line', line).pass('2031-07-20');
    expect(linesSent(world)).toEqual([`${mine} reminder Ik bel u morgen.`]);
    expect(world.state).not.toHaveProperty('orders');
  });

  test('stands in the mail that takes in the one it was written for', () => {
    const world = intentAsked().pass('2031-03-05').tell('add-line', line).tell('hold-mail', tenDays).pass('2031-06-20');
    expect(world.mails.find(({ message }) => message.lines)?.message.day).toBe('2031-06-10');
  });

  test('replaces the one before, and can be taken back', () => {
    const world = intentAsked()
      .pass('2031-03-05')
      .tell('add-line', line)
      .tell('add-line', { ...line, text: 'Toch niet.' });
    expect(world.state.orders?.lines).toMatchObject([{ text: 'Toch niet.', by: 'test.1' }]);
    expect(world.tell('remove-line', tenDays).state).not.toHaveProperty('orders');
  });
});

test('what is foreseen for the weeks to come is what then goes out, whatever was ordered', () => {
  const world = intentAsked()
    .pass('2031-05-01')
    .tell('hold-mail', { ...tenDays, until: day('2031-06-05') });
  world.tell('skip-mail', { ...lastDays, to: deputies }).tell('add-line', { ...lastDays, text: 'Dag' });
  const { mails } = continueCourse(world.state, world.now, at('2031-07-20'), 'silence');
  const before = world.mails.length;
  world.pass('2031-07-20');
  expect(world.mails.slice(before).map(({ message }) => message)).toEqual(mails.map(({ message }) => message));
});
