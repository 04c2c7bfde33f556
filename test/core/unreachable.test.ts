/** An address that does not work: mails that go nowhere, a deputy who never hears, a coordinator who is told each day or not at all. */
import { describe, expect, test } from 'vitest';
import { outboxOf, retriesOf } from '../../domain/due.ts';
import { asPersonId } from '../../domain/ids.ts';
import type { Message } from '../../domain/message.ts';
import {
  INTENT,
  type World,
  asse,
  at,
  bounces,
  contact,
  contactOf,
  day,
  intentAsked,
  intentOf,
  wemmel,
} from './world.ts';
import { ASKED, attempts, deputies, mine, reject, to } from './wemmel.ts';

const gone = { outcome: 'refused', trouble: 'address' } as const;
const keyOf = (kind: string, on: string, person: string = mine): string => `test/${person}/${kind}/${on}`;
const comesBack = (world: World, key: string, why: 'address' | 'mailbox' | 'content', person = mine): World =>
  world.tell('return-mail', { key, to: person, why }, bounces);
const without = (world: World): World => world.tell('replace-deputy', { party: wemmel });
const mailsTo = (world: World, person: string, from = '2031-01-01'): Message[] =>
  world.mails.filter((mail) => mail.message.to === person && mail.at >= from).map(({ message }) => message);
const undelivered = (world: World): string[] =>
  world.mails
    .filter(({ message }) => message.items.some(({ type }) => type === 'undelivered'))
    .map(({ message }) => `${message.day} ${message.to}`);

describe('an address that a server refuses for good', () => {
  test('gets nothing more: the deputy gets its mails as deputy, and the coordinator is told once', () => {
    const world = intentAsked().pass('2031-06-27', to(mine, gone));
    expect(attempts(world, mine)).toEqual(['2031-03-04 09:03 refused']);
    expect(world.state.unreachable).toEqual({ [mine]: { since: at('2031-03-04', 543), why: 'address' } });
    const theirs = mailsTo(world, deputies);
    expect(theirs.map(({ key }) => key.slice(key.indexOf('/') + 1))).toEqual(
      expect.arrayContaining([`${deputies}/request/2031-03-04`, `${deputies}/reminder/2031-06-10`]),
    );
    expect(theirs.every(({ role, party }) => role === 'deputy' && party === wemmel)).toBe(true);
    expect(undelivered(world)).toEqual(['2031-03-05 test.1']);
  });

  test('says to the coordinator who gets the mails now', () => {
    const told = (world: World) =>
      world
        .pass('2031-03-06', to(mine, gone))
        .mails.flatMap(({ message }) => message.items.filter(({ type }) => type === 'undelivered'));
    expect(told(intentAsked())).toMatchObject([{ to: mine, stopped: true, instead: deputies }]);
    const alone = told(without(intentAsked()));
    expect(alone).toMatchObject([{ to: mine, stopped: true }]);
    expect(alone[0]).not.toHaveProperty('instead');
  });

  test('leaves its mails to the coordinator when there is no deputy, and when the deputy cannot be reached either', () => {
    for (const world of [
      without(intentAsked()).pass('2031-06-11', to(mine, gone)),
      intentAsked().pass('2031-06-11', (message) =>
        message.to === mine || message.to === deputies ? gone : 'accepted',
      ),
    ]) {
      const lines = world.told(ASKED, '2031-06-01');
      expect(lines).toContain('2031-06-10 test.1 reminder last-days');
      expect(lines.filter((line) => !line.includes(' test.1 '))).toEqual([]);
    }
  });

  test('leaves the question itself to the coordinator, not only later reminders, when nobody else can be asked', () => {
    const nobody = (message: Message) => (message.to === mine || message.to === deputies ? gone : 'accepted');
    const alone = without(intentAsked()).pass('2031-03-20', nobody);
    expect(alone.told(ASKED)).toEqual([`2031-03-04 ${mine} request request`, '2031-03-05 test.1 request request']);
    const both = intentAsked().pass('2031-03-20', nobody);
    expect(both.told(ASKED)).toEqual([
      `2031-03-04 ${mine} request request`,
      `2031-03-04 ${deputies} request request`,
      '2031-03-05 test.1 request request',
    ]);
  });

  test('of one municipality is nothing to another', () => {
    const world = intentAsked().pass('2031-03-06', to(mine, gone));
    expect(world.told(intentOf(asse))).toEqual([`2031-03-04 ${contact(asse)} request request`]);
    expect(Object.keys(world.state.unreachable)).toEqual([mine]);
  });

  test('is tried no more with what was under way to it', () => {
    const world = intentAsked().pass('2031-06-09').pass(at('2031-06-10', 543), to(mine, 'deferred'));
    expect(retriesOf(world.state)).toHaveLength(1);
    comesBack(world, keyOf('request', '2031-03-04'), 'address');
    expect(retriesOf(world.state)).toEqual([]);
    world.pass('2031-06-13');
    expect(mailsTo(world, mine, at('2031-06-10', 544))).toEqual([]);
    expect(world.told(ASKED, '2031-06-11')).toContain(`2031-06-11 ${deputies} request request`);
  });

  test('hears of a moved deadline through the deputy, also when that mail was under way already', () => {
    const world = intentAsked().pass('2031-03-06');
    world.tell('move-deadline', { item: INTENT, to: day('2031-09-30'), reason: 'zomer' });
    comesBack(world, keyOf('request', '2031-03-04'), 'mailbox').pass('2031-03-07');
    world.tell('move-deadline', { item: INTENT, to: day('2031-10-31'), reason: 'herfst' }).pass('2031-03-08');
    const moved = world.mails.filter(({ message }) => message.kind === 'deadline-moved').map(({ message }) => message);
    expect(moved.filter(({ to: whom }) => whom === mine)).toEqual([]);
    expect(moved.filter(({ to: whom }) => whom === deputies).map(({ role }) => role)).toEqual(['deputy', 'deputy']);
    expect(new Set(moved.map(({ key }) => key)).size).toBe(moved.length);
  });

  test('still gets the receipt of an own answer; that it fails too is not told again', () => {
    const world = intentAsked().pass('2031-03-04', to(mine, gone));
    reject(world).pass('2031-03-10', to(mine, gone));
    expect(mailsTo(world, mine).map(({ kind }) => kind)).toEqual(['request', 'receipt']);
    expect(world.state.undelivered).toHaveLength(1);
    expect(undelivered(world)).toHaveLength(1);
  });

  test('of the coordinator is tried all the same, for nobody stands in there', () => {
    const world = intentAsked().pass('2031-03-20', to('test.1', gone));
    expect(world.state.unreachable['test.1' as never]).toBeDefined();
    expect(mailsTo(world, 'test.1').length).toBeGreaterThan(1);
    expect(world.state.undelivered.length).toBeGreaterThan(1);
    world.pass('2031-04-10', to('test.1', 'deferred'));
    expect(retriesOf(world.state).map(({ message }) => message.to)).toEqual(['test.1']);
  });
});

describe('a mail that is refused for what it says', () => {
  test.each([{ outcome: 'refused', trouble: 'content' } as const, 'refused' as const])(
    'is lost alone: the next one goes to the same address (%j)',
    (fate) => {
      const world = intentAsked().pass('2031-03-10', to(mine, fate)).pass('2031-05-20');
      expect(world.state.unreachable).toEqual({});
      expect(attempts(world, mine)).toEqual(['2031-03-04 09:03 refused', '2031-05-16 09:03 accepted']);
    },
  );
});

describe('a mail that comes back', () => {
  test('is asked anew of the deputy, and the coordinator hears of it on the next morning, once', () => {
    const world = comesBack(intentAsked().pass('2031-03-05'), keyOf('request', '2031-03-04'), 'address');
    expect(world.state.undelivered).toMatchObject([{ to: mine, kind: 'request', outcome: 'returned' }]);
    world.pass('2031-03-20');
    expect(world.told(ASKED, '2031-03-05')).toEqual([`2031-03-06 ${deputies} request request`]);
    expect(undelivered(world)).toEqual(['2031-03-06 test.1']);
  });

  test('is asked of the coordinator when there is no deputy', () => {
    const world = comesBack(without(intentAsked()).pass('2031-03-05'), keyOf('request', '2031-03-04'), 'mailbox');
    expect(world.pass('2031-03-07').told(ASKED, '2031-03-05')).toEqual(['2031-03-06 test.1 request request']);
  });

  test('for what it says does not stop the next one, and is not sent again by itself', () => {
    const world = comesBack(intentAsked().pass('2031-03-05'), keyOf('request', '2031-03-04'), 'content');
    world.pass('2031-05-20');
    expect(world.state.unreachable).toEqual({});
    expect(undelivered(world)).toEqual(['2031-03-06 test.1']);
    expect(attempts(world, mine, '2031-03-05')).toEqual(['2031-05-16 09:03 accepted']);
  });

  test('to a deputy leaves the contact alone; to the one who stands in it leaves the coordinator', () => {
    const world = comesBack(
      intentAsked().pass('2031-06-11'),
      keyOf('reminder', '2031-06-10', deputies),
      'address',
      deputies,
    );
    expect(
      world
        .pass('2031-06-13')
        .told(ASKED, '2031-06-11')
        .filter((line) => line.includes('request')),
    ).toEqual([]);
    comesBack(world, keyOf('reminder', '2031-06-10'), 'address').pass('2031-06-17');
    expect(world.told(ASKED, '2031-06-13')).toContain('2031-06-16 test.1 request request');
  });

  test('from who was replaced meanwhile is nothing new', () => {
    const world = intentAsked()
      .pass('2031-03-05')
      .tell('replace-contact', { party: wemmel, person: asPersonId('test.20') });
    const data = { key: keyOf('request', '2031-03-04'), to: mine, why: 'address' } as const;
    expect(world.refusal({ type: 'return-mail', data }, bounces)).toBe('nothing-changed');
  });
});

describe('an address that works again', () => {
  const lost = (): World => comesBack(intentAsked().pass('2031-03-05'), keyOf('request', '2031-03-04'), 'mailbox');

  test('is written to as before once the coordinator says so, with what is still open', () => {
    const world = lost().pass('2031-03-10').tell('confirm-address', { person: mine }).pass('2031-06-11');
    expect(world.state.unreachable).toEqual({});
    expect(world.told(ASKED, '2031-03-10').filter((line) => !line.includes('test.1'))).toEqual([
      `2031-03-11 ${mine} request request`,
      `2031-05-16 ${mine} reminder four-weeks`,
      `2031-06-03 ${mine} reminder ten-days`,
      `2031-06-10 ${mine} reminder last-days`,
      `2031-06-10 ${deputies} reminder last-days`,
    ]);
  });

  test('ends with the contact who had it: the next one is asked, and nothing is kept of the other', () => {
    const next = asPersonId('test.20');
    const world = lost().pass('2031-03-10').tell('replace-contact', { party: wemmel, person: next }).pass('2031-03-12');
    expect(world.state.unreachable).toEqual({});
    expect(world.told(ASKED, '2031-03-10')).toEqual([`2031-03-11 ${next} request request`]);
    world.tell('replace-contact', { party: wemmel, person: mine }).pass('2031-03-14');
    expect(world.told(ASKED, '2031-03-12')).toEqual([`2031-03-13 ${mine} request request`]);
  });

  test('stays as it is when only a name was corrected, and ends when the address was', () => {
    const corrected = asPersonId('test.20');
    const change = (address: 'same' | 'other'): World =>
      lost().pass('2031-03-10').tell('change-details', { party: wemmel, from: mine, to: corrected, address });
    expect(Object.keys(change('same').state.unreachable)).toEqual([corrected]);
    const world = change('other').pass('2031-03-12');
    expect(world.state.unreachable).toEqual({});
    expect(world.told(ASKED, '2031-03-10')).toEqual([`2031-03-11 ${corrected} request request`]);
  });

  test('is asked of a deputy who is named later', () => {
    const world = comesBack(without(intentAsked()).pass('2031-03-05'), keyOf('request', '2031-03-04'), 'address');
    const deputy = asPersonId('test.21');
    world.pass('2031-03-10').tell('replace-deputy', { party: wemmel, person: deputy }).pass('2031-03-12');
    expect(world.told(ASKED, '2031-03-10')).toEqual([`2031-03-11 ${deputy} request request`]);
  });

  test('keeps a receipt that was under way', () => {
    const world = reject(intentAsked().pass('2031-03-04'));
    comesBack(world, keyOf('request', '2031-03-04'), 'address');
    expect(outboxOf(world.state).map(({ message }) => message.to)).toContain(contactOf(wemmel).personId);
  });
});
