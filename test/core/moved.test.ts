import { describe, expect, test } from 'vitest';
import { nextDue } from '../../domain/due.ts';
import { asPersonId } from '../../domain/ids.ts';
import {
  INTENT,
  World,
  administrator,
  allParties,
  asse,
  at,
  contact,
  contactOf,
  coordinator,
  day,
  intentAsked,
  intentOf,
  meise,
  oneDecision,
  requested,
  start,
  wemmel,
} from './world.ts';
import { ASKED, mine, deputies, coordinators, say, move, reminded } from './wemmel.ts';

describe('a deadline that moves', () => {
  const lines = (world: World, from: string, until: string) =>
    reminded(world, from, until).map((line) => line.slice(5));

  test('later, after "closing soon": said again on its new day and not at once', () => {
    const world = move(intentAsked(), '2031-06-11', '2031-09-30');
    // The last session is now that of 16 September; its agenda closes on 5 September.
    expect(lines(world, '2031-06-11', '2031-09-06')).toEqual([
      `08-08 ${mine} reminder four-weeks`,
      `08-26 ${mine} reminder ten-days`,
      `09-02 ${mine} reminder last-days`,
      `09-02 ${deputies} reminder last-days`,
    ]);
  });

  test.each(['for all', 'for one'])('a little later, %s: "four weeks" is not repeated the next day', (how) => {
    const world = intentAsked().tell('change-party', {
      party: wemmel,
      sessions: { council: { dates: ['2031-06-24', '2031-07-01'].map(day) } },
    });
    // Cut-offs 13 June and 20 June: the new "four weeks" would have been 23 May.
    move(world, '2031-05-26', '2031-07-07', INTENT, how === 'for one' ? wemmel : undefined);
    expect(lines(world, '2031-05-16', '2031-06-15')).toEqual([
      `05-16 ${mine} reminder four-weeks`,
      `06-10 ${mine} reminder ten-days`,
    ]);
  });

  test('later sessions: that the texts are needed within a week is not said again after that day', () => {
    const meeting = (dates: string[]) => ({ council: { dates: dates.map(day) } });
    const world = new World(at('2031-01-06')).finish('support', 'existing-cooperation', 'area', 'agreements');
    for (const task of ['legal-form-choice', 'intent-draft']) world.tell('complete-task', { task });
    const change = (last: string) => {
      const sessions = meeting(['2031-03-25', '2031-04-29', '2031-05-27', last, '2031-09-30']);
      for (const party of allParties) world.tell('change-party', { party, sessions });
    };
    // The texts are needed by 22 April; then by 6 May, of which "a week before" would have been 29 April.
    change('2031-06-03');
    world.pass('2031-04-30');
    change('2031-06-17');
    const rules = world
      .pass('2031-05-08')
      .told(INTENT, '2031-05-01')
      .map((line) => line.split(' ').slice(0, 4));
    expect(rules).toEqual([['2031-05-07', 'test.1', 'escalation', 'too-late']]);
  });

  test('later sessions: "four weeks" is not repeated the next day', () => {
    const world = intentAsked().pass('2031-05-26');
    world.tell(
      'change-party',
      { party: wemmel, sessions: { council: { dates: [day('2031-06-29')] } } },
      contactOf(wemmel),
    );
    expect(lines(world, '2031-05-16', '2031-06-15')).toEqual([
      `05-16 ${mine} reminder four-weeks`,
      `06-10 ${mine} reminder ten-days`,
    ]);
  });

  test('another body with later sessions: "ten days" is not repeated the next day', () => {
    const world = intentAsked().pass('2031-06-16');
    world.tell('change-body', { party: wemmel, decision: INTENT, body: 'college', reason: 'taalwet' });
    // The college meets on 30 June; its agenda closes on the 26th: ten days before that was today.
    expect(lines(world, '2031-06-17', '2031-06-25')).toEqual([
      `06-23 ${mine} reminder last-days`,
      `06-23 ${deputies} reminder last-days`,
    ]);
  });

  test('earlier: all that it skips becomes one mail', () => {
    const world = move(intentAsked(), '2031-05-12', '2031-05-25');
    // Wemmel's last session is now 20 May, its agenda closed on the 9th.
    expect(lines(world, '2031-05-12', '2031-05-25')).toEqual([
      `05-13 ${coordinators} escalation cutoff-passed`,
      `05-13 ${mine} reminder last-days`,
      `05-13 ${deputies} reminder last-days`,
    ]);
    expect(world.mails.at(-1)!.at <= at('2031-05-26')).toBe(true);
  });

  test('earlier and later again: nothing that was said is said twice', () => {
    const world = move(move(intentAsked(), '2031-06-04', '2031-06-24'), '2031-06-05', '2031-06-30');
    expect(lines(world, '2031-06-03', '2031-06-12')).toEqual([
      `06-03 ${mine} reminder ten-days`,
      `06-10 ${mine} reminder last-days`,
      `06-10 ${deputies} reminder last-days`,
    ]);
  });

  test('of a task: the same', () => {
    const world = new World(at('2031-01-06')).pass('2031-01-12');
    world.tell('move-deadline', { item: 'own-time', to: day('2031-02-03'), reason: 'ziek' }).pass('2031-02-07');
    expect(world.told('own-time')).toEqual([
      '2031-01-10 test.1 reminder before',
      '2031-01-31 test.1 reminder before',
      '2031-02-06 test.1 overdue late',
    ]);
  });

  test('of the round, for a council: "four weeks" is not repeated the next day', () => {
    const world = oneDecision();
    const council = { dates: [day('2032-03-16'), day('2032-03-30')] };
    world.tell('change-party', { party: wemmel, sessions: { council } });
    // Cut-offs 5 March and 19 March: the new "four weeks" would have been 20 February.
    move(world, '2032-02-23', '2032-04-08', 'closesOn').pass('2032-03-10');
    expect(world.told(`statute-change/${wemmel}`, '2032-02-01').filter((line) => line.includes(' reminder '))).toEqual([
      `2032-02-06 ${mine} reminder four-weeks`,
      `2032-03-09 ${mine} reminder ten-days`,
    ]);
  });

  test('of the round, for a task: "two weeks" is not repeated the next day', () => {
    const submission = { key: 'submission', needs: [], days: 7, due: { anchor: 'closesOn' }, reminders: 'submission' };
    const steps = [{ key: 'only', needs: [], tasks: [submission], decisions: [] }];
    const world = new World(at('2032-02-02'), { definition: { ...start().definition, steps } });
    move(world, '2032-03-24', '2032-04-06', 'closesOn').pass('2032-04-06');
    expect(world.told('submission')).toEqual([
      '2032-03-04 test.1 reminder four-weeks',
      '2032-03-18 test.1 reminder two-weeks',
      '2032-03-30 test.1 reminder one-week',
      '2032-04-02 test.1 reminder last-days',
      '2032-04-05 test.1 reminder last-day',
    ]);
  });

  test('of the round, for texts that can be sent: "a week before" is not repeated the next day', () => {
    const steps = oneDecision().state.definition.steps;
    const world = new World(at('2032-01-05'), { definition: { ...start().definition, steps } });
    // Six weeks before the councils of 16 March, then before those of 20 April: a week before that is past by a day.
    move(world, '2032-03-03', '2032-04-30', 'closesOn').pass('2032-03-12');
    expect(world.told('statute-change').filter((line) => /week-before|too-late/.test(line))).toEqual([
      '2032-01-27 test.1 reminder week-before',
      '2032-02-04 test.1 escalation too-late',
      '2032-03-10 test.1 escalation too-late',
    ]);
  });
});

describe('people change', () => {
  const somebody = asPersonId('test.20');

  test('a new contact gets what is still open, as a request of its own; the former one nothing', () => {
    const world = intentAsked().pass('2031-05-20').tell('replace-contact', { party: wemmel, person: somebody });
    expect(reminded(world, '2031-05-20', '2031-06-04')).toEqual([
      `2031-05-21 ${somebody} request request`,
      `2031-06-03 ${somebody} reminder ten-days`,
    ]);
  });

  test('a new contact is asked what a session decided, though the former one was asked already', () => {
    const world = say(intentAsked(), '2031-05-20', { answer: 'scheduled', on: '2031-06-24' }).pass('2031-06-25');
    world.tell('replace-contact', { party: wemmel, person: somebody });
    expect(reminded(world, '2031-06-25', '2031-06-27')).toEqual([
      `2031-06-25 ${mine} outcome-question outcome`,
      `2031-06-26 ${somebody} outcome-question outcome`,
    ]);
  });

  test('who is both contact and deputy gets one mail', () => {
    const world = intentAsked().pass('2031-06-05').tell('replace-contact', { party: wemmel, person: deputies });
    const lines = reminded(world, '2031-06-09', '2031-06-11');
    expect(lines).toEqual([`2031-06-10 ${deputies} reminder last-days`]);
  });

  test('a rule for two waits until both can have it, when one had a mail that morning already', () => {
    const world = intentAsked();
    world
      .tell('change-party', { party: wemmel, sessions: { council: { dates: [day('2031-06-24')] } } })
      .pass('2031-06-10');
    const morning = at('2031-06-10', 10 * 60);
    expect(nextDue(world.state, world.now)!.at > morning).toBe(true);
    world.pass('2031-06-11');
    // At ten the deadline moves so that the deputy would be mailed at once, but the contact only tomorrow.
    const early = intentAsked().pass(at('2031-05-16', 10 * 60));
    early
      .tell('move-deadline', { item: INTENT, party: wemmel, to: day('2031-05-21'), reason: 'vroeger' })
      .pass('2031-05-19');
    const both = early.told(ASKED, '2031-05-16').filter((line) => line.includes('last-days'));
    expect(both.map((line) => line.slice(0, 10))).toEqual(['2031-05-19', '2031-05-19']);
  });

  test('a path opened again tells what it missed in one mail each', () => {
    const world = intentAsked().pass('2031-05-01').tell('stop', { reason: 'fusie' }).pass('2031-07-10');
    world.tell('reopen', { reason: 'toch niet' }, administrator).pass('2031-07-11');
    expect(world.told(ASKED, '2031-05-02')).toEqual([]);
    expect(reminded(world, '2031-05-02', '2031-07-14')).toEqual([
      `2031-07-14 ${coordinators} escalation late`,
      `2031-07-14 ${mine} overdue overdue`,
      `2031-07-14 ${deputies} overdue overdue`,
    ]);
  });

  test('all that is open for somebody is in one mail', () => {
    const world = requested();
    for (const task of ['legal-form-choice', 'intent-draft']) world.tell('complete-task', { task });
    world.tell('request', { decision: INTENT }, coordinator).pass('2031-02-26');
    const requests = world.mails.filter(({ message }) => message.kind === 'request');
    expect(requests.map(({ message }) => `${message.to} ${message.items.length}`)).toEqual(
      allParties.map((party) => `${contact(party)} 2`),
    );
    expect(world.told(intentOf(asse)).concat(world.told(intentOf(meise)))).toHaveLength(2);
  });
});
