import { describe, expect, test } from 'vitest';
import { isWorkingDay } from '../../domain/calendar.ts';
import { localTime } from '../../domain/dates.ts';
import { nextDue, outboxOf, retriesOf } from '../../domain/due.ts';
import { INTENT, World, asse, at, contact, contactOf, day, intentAsked, intentOf, wemmel } from './world.ts';
import { ASKED, mine, deputies, to, attempts, reject } from './wemmel.ts';

describe('a mail server that does not take a mail now', () => {
  test('is tried again with more and more patience, on working mornings only', () => {
    const world = intentAsked().pass('2031-03-10', to(mine, 'deferred'));
    expect(attempts(world, mine).slice(0, 8)).toEqual([
      '2031-03-04 09:03 deferred',
      '2031-03-04 09:04 deferred',
      '2031-03-04 09:09 deferred',
      '2031-03-04 09:24 deferred',
      '2031-03-04 09:54 deferred',
      '2031-03-04 10:54 deferred',
      '2031-03-05 09:03 deferred',
      '2031-03-05 11:03 deferred',
    ]);
    for (const { at: moment } of world.mails) {
      const { day: today, minutes } = localTime(moment);
      expect(isWorkingDay(today) && minutes >= 510 && minutes < 720).toBe(true);
    }
  });

  test('every attempt is the same mail, so that it can be known when it comes twice', () => {
    const world = intentAsked().pass('2031-03-06', to(mine, 'unknown'));
    const keys = new Set(world.mails.filter(({ message }) => message.to === mine).map(({ message }) => message.key));
    expect([...keys]).toEqual([`test/${mine}/request/2031-03-04`]);
  });

  test('gets it within five days, or the deputy does and the coordinator hears of it, once', () => {
    const world = intentAsked().pass('2031-04-15', to(mine, 'deferred'));
    expect(world.state.undelivered).toEqual([
      {
        key: `test/${mine}/request/2031-03-04`,
        to: mine,
        kind: 'request',
        at: at('2031-03-10', 543),
        outcome: 'expired',
      },
    ]);
    expect(world.told(ASKED)).toContain(`2031-03-10 ${deputies} request request`);
    const told = world.told(`test/${mine}/request/2031-03-04`);
    expect(told).toEqual(['2031-03-10 test.1 escalation']);
  });

  test('is not sent the request when the municipality has said meanwhile that it was adjourned', () => {
    const world = intentAsked().pass(at('2031-03-04', 9 * 60 + 3), to(mine, 'deferred'));
    const data = { party: wemmel, decision: INTENT, answer: 'adjourned', on: day('2031-03-04') } as const;
    world.tell('answer', data, contactOf(wemmel)).pass('2031-03-07');
    expect(world.told(ASKED, '2031-03-04').filter((line) => line.includes('request'))).toHaveLength(1);
  });

  test('is given up after five days, not later', () => {
    const world = new World(at('2031-03-05', 480)).tell('complete-task', { task: 'legal-form-choice' });
    world.tell('complete-task', { task: 'intent-draft' }).tell('request', { decision: INTENT });
    world.pass('2031-03-12', to(mine, 'deferred'));
    expect(attempts(world, mine).at(-1)).toBe('2031-03-10 09:03 deferred');
    expect(world.state.undelivered.map(({ at: moment }) => moment)).toEqual([at('2031-03-10', 543)]);
  });

  test('is not sent a reminder about a text that was replaced meanwhile, but the request for the new one', () => {
    const world = intentAsked()
      .pass('2031-06-09')
      .pass(at('2031-06-10', 9 * 60 + 3), to(mine, 'deferred'));
    world.tell('request', { decision: INTENT, textVersion: 2 }).pass('2031-06-11');
    expect(world.told(ASKED, '2031-06-10').filter((line) => line.includes(mine))).toEqual([
      `2031-06-10 ${mine} reminder last-days`,
      `2031-06-10 ${mine} request request`,
    ]);
  });

  test('is not sent what was answered meanwhile', () => {
    const world = intentAsked().pass('2031-03-04', to(mine, 'deferred'));
    expect(retriesOf(world.state)).toHaveLength(1);
    reject(world).pass('2031-03-20');
    expect(
      world.told(ASKED, '2031-03-04').filter((line) => line.startsWith('2031-03-05') && line.includes(mine)),
    ).toEqual([]);
    expect(retriesOf(world.state)).toEqual([]);
  });

  test('is not sent the question about a session that was put off meanwhile', () => {
    const schedule = (world: World, on: string): World =>
      world.tell('answer', { party: wemmel, decision: INTENT, answer: 'scheduled', on: day(on) }, contactOf(wemmel));
    const world = schedule(intentAsked().pass('2031-03-10'), '2031-03-24').pass('2031-03-25', to(mine, 'deferred'));
    expect(retriesOf(world.state)).toHaveLength(1);
    schedule(world, '2031-04-22').pass('2031-04-24');
    expect(world.told(ASKED, '2031-03-26').filter((line) => line.includes('question'))).toEqual([
      `2031-04-23 ${mine} outcome-question outcome`,
    ]);
  });

  test('keeps the rest of a mail of which one part was settled', () => {
    const world = new World(at('2031-03-31'))
      .tell('complete-task', { task: 'own-time' })
      .pass('2031-04-15', to('test.1', 'deferred'));
    const items = () =>
      nextDue(world.state, world.now)!.messages[0]!.items.flatMap((item) => ('item' in item ? item.item : []));
    expect(items()).toEqual(expect.arrayContaining(['superiors', 'uitpas']));
    world.tell('complete-task', { task: 'superiors' });
    expect(items()).not.toContain('superiors');
    expect(items()).toContain('uitpas');
  });

  test('takes a receipt at night: what answers somebody does not wait for the morning', () => {
    const world = reject(intentAsked().pass(at('2031-03-04', 20 * 60)));
    world.pass(at('2031-03-04', 20 * 60 + 21), to(mine, 'deferred'));
    expect(attempts(world, mine, at('2031-03-04'))).toEqual([
      '2031-03-04 20:00 deferred',
      '2031-03-04 20:01 deferred',
      '2031-03-04 20:06 deferred',
      '2031-03-04 20:21 deferred',
    ]);
    expect(outboxOf(world.state)).toHaveLength(1);
    world.pass(at('2031-03-04', 21 * 60));
    expect(outboxOf(world.state)).toEqual([]);
  });

  test('a receipt that never arrives is told to the coordinator, and does not go to the deputy', () => {
    const world = reject(intentAsked().pass('2031-03-04')).pass('2031-03-06', to(mine, 'refused'));
    expect(world.state.undelivered).toMatchObject([{ to: mine, kind: 'receipt', outcome: 'refused' }]);
    expect(world.mails.filter(({ message }) => message.to === deputies)).toEqual([]);
    expect(world.mails.filter(({ message }) => message.items.some((item) => item.type === 'undelivered'))).toHaveLength(
      1,
    );
  });

  test('one bad mailbox holds up nobody else', () => {
    const world = intentAsked().pass('2031-03-05', to(mine, 'deferred'));
    expect(world.told(intentOf(asse))).toEqual([`2031-03-04 ${contact(asse)} request request`]);
  });
});

describe('a server that does not work, or does not take our password', () => {
  const down = { outcome: 'deferred', trouble: 'server' } as const;

  test('expires nothing, however long it lasts, and is tried every quarter of an hour', () => {
    const world = intentAsked().pass('2031-04-15', to(mine, down));
    expect(world.state.undelivered).toEqual([]);
    expect(world.state.unreachable).toEqual({});
    expect(attempts(world, mine).slice(0, 5)).toEqual([
      '2031-03-04 09:03 deferred',
      '2031-03-04 09:04 deferred',
      '2031-03-04 09:09 deferred',
      '2031-03-04 09:24 deferred',
      '2031-03-04 09:39 deferred',
    ]);
    expect(attempts(world.pass('2031-04-16'), mine, '2031-04-15').at(-1)).toBe('2031-04-16 09:03 accepted');
  });

  test('expires nothing either when nobody could try for a week', () => {
    const world = intentAsked().pass(at('2031-03-04', 543), to(mine, down)).tell('pause', { reason: 'verkiezingen' });
    world.pass('2031-03-12').tell('resume', {}).pass('2031-03-13', to(mine, down));
    expect(attempts(world, mine).length).toBeGreaterThan(1);
    expect(world.state.undelivered).toEqual([]);
  });

  test('takes nothing from the five days of a mailbox that is full: those count from then on', () => {
    const full = 'deferred';
    const world = intentAsked().pass('2031-03-20', (message, moment) =>
      message.to !== mine ? 'accepted' : moment < at('2031-03-05') || moment > at('2031-03-12') ? full : down,
    );
    expect(world.state.undelivered.map(({ at: moment }) => moment)).toEqual([at('2031-03-17', 543)]);
  });

  test('for three days: everybody gets the mail, and who answered meanwhile is not reminded', () => {
    const world = intentAsked().pass(at('2031-03-05', 10 * 60), () => down);
    reject(world).pass('2031-03-07', () => down);
    expect(world.mails.some(({ outcome }) => outcome === 'accepted')).toBe(false);
    world.pass('2031-03-11');
    const taken = world.mails.filter(({ outcome }) => outcome === 'accepted').map(({ message }) => message);
    const requests = taken.filter(({ kind }) => kind === 'request').map(({ to: whom }) => whom);
    expect(requests.sort()).toEqual(['test.2', 'test.4', 'test.8']);
    expect(taken.filter(({ to: whom }) => whom === mine).map(({ kind }) => kind)).toEqual(['receipt']);
    expect(taken.filter(({ kind }) => kind === 'answer-news')).toHaveLength(1);
    expect(new Set(taken.map(({ key }) => key)).size).toBe(taken.length);
    expect(world.state.undelivered).toEqual([]);
  });
});

describe('a mail that is refused', () => {
  test('goes to the deputy that morning, and the coordinator hears of it, once', () => {
    const world = intentAsked().pass('2031-04-10', to(mine, 'refused'));
    expect(world.told(ASKED)).toEqual([`2031-03-04 ${mine} request request`, `2031-03-04 ${deputies} request request`]);
    const sent = world.mails.find(({ message }) => message.to === deputies)!.message;
    expect(sent).toMatchObject({ key: `test/${deputies}/request/2031-03-04`, role: 'deputy', party: wemmel });
    expect(world.told(`test/${mine}/request/2031-03-04`)).toEqual(['2031-03-05 test.1 escalation']);
  });

  test('does not come to a deputy who was told the same that morning', () => {
    const world = intentAsked().pass('2031-06-12', to(mine, 'refused'));
    const mornings = attempts(world, deputies, '2031-06-09');
    expect(mornings).toEqual(['2031-06-10 09:03 accepted']);
  });

  test('does not come to a deputy who was told the same some days before, when it was not clear yet', () => {
    const world = intentAsked().pass('2031-06-09');
    world.pass('2031-06-13', (message, moment) =>
      message.to !== mine ? 'accepted' : moment < at('2031-06-11') ? 'deferred' : 'refused',
    );
    expect(attempts(world, deputies, '2031-06-09')).toEqual(['2031-06-10 09:03 accepted']);
  });

  test('comes the next morning to a deputy who had another mail that morning', () => {
    const world = intentAsked().pass('2031-06-09');
    // On the 10th the deputy is reminded; the contact is asked something new too.
    for (const step of ['support', 'existing-cooperation', 'area', 'agreements']) world.finish(step);
    world.tell('request', { decision: 'statement-of-commitment' }).pass('2031-06-12', to(mine, 'refused'));
    const lines = world.mails.filter(({ message, at: moment }) => message.to === deputies && moment > '2031-06-09');
    expect(lines.map(({ message, outcome }) => `${message.key} ${outcome}`)).toEqual([
      `test/${deputies}/reminder/2031-06-10 accepted`,
      `test/${deputies}/request/2031-06-11 accepted`,
    ]);
    expect(lines[1]?.message.items).toMatchObject([{ decision: 'statement-of-commitment' }]);
  });

  test('joins what is under way to the deputy', () => {
    const world = intentAsked().pass('2031-06-09');
    world.pass(at('2031-06-10', 9 * 60 + 3), to(deputies, 'deferred'));
    for (const step of ['support', 'existing-cooperation', 'area', 'agreements']) world.finish(step);
    world.tell('request', { decision: 'statement-of-commitment' });
    world.pass('2031-06-12', (message, moment) =>
      message.to === mine
        ? 'refused'
        : message.to === deputies && moment < at('2031-06-11', 600)
          ? 'deferred'
          : 'accepted',
    );
    const last = world.mails.filter(({ message }) => message.to === deputies).at(-1)!;
    expect(last.outcome).toBe('accepted');
    expect(last.message.items.map((item) => 'decision' in item && item.decision)).toEqual([
      INTENT,
      'statement-of-commitment',
    ]);
  });

  test('is lost to both when the deputy cannot be reached either; the coordinator hears of both', () => {
    const world = intentAsked().pass('2031-03-10', (message) =>
      message.to === mine || message.to === deputies ? 'refused' : 'accepted',
    );
    expect(world.state.undelivered.map(({ to: whom }) => whom)).toEqual([mine, deputies]);
    expect(retriesOf(world.state)).toEqual([]);
  });

  test('does not come back to a contact who is the own deputy', () => {
    const world = intentAsked().tell('replace-contact', { party: wemmel, person: deputies });
    world.pass('2031-03-10', to(deputies, 'refused'));
    expect(attempts(world, deputies)).toEqual(['2031-03-04 09:03 refused']);
  });

  test('to the coordinator is not told to the same address', () => {
    const world = new World(at('2031-01-06')).pass('2031-01-20', to('test.1', 'refused'));
    expect(world.state.undelivered.length).toBeGreaterThan(0);
    expect(world.mails.flatMap(({ message }) => message.items).filter(({ type }) => type === 'undelivered')).toEqual(
      [],
    );
  });
});

describe('an outcome that nobody knows', () => {
  test('counts as a mail of that morning, and is tried again under the same key', () => {
    const world = intentAsked().pass(at('2031-03-04', 9 * 60 + 3), to(mine, 'unknown'));
    expect(world.state.lastMorning[mine]).toBe('2031-03-04');
    expect(retriesOf(world.state)).toMatchObject([{ attempts: 1, nextAt: at('2031-03-04', 9 * 60 + 4) }]);
    world.pass('2031-03-06');
    expect(attempts(world, mine)).toEqual(['2031-03-04 09:03 unknown', '2031-03-04 09:04 accepted']);
  });
});
