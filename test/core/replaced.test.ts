import { describe, expect, test } from 'vitest';
import { attempted, clockActor } from '../../domain/clockwork.ts';
import { numbered } from '../../domain/decide.ts';
import { nextDue } from '../../domain/due.ts';
import { asPersonId } from '../../domain/ids.ts';
import type { DeliveryOutcome } from '../../domain/message.ts';
import { type World, at, bounces, contactOf, day, intentAsked, wemmel } from './world.ts';
import { ASKED, mine, deputies, to, attempts, reject } from './wemmel.ts';

describe('people who change while a mail is on its way', () => {
  const somebody = asPersonId('test.20');
  const due = at('2031-03-04', 9 * 60 + 3);

  /** The mail server answers only after something was said. */
  const meanwhile = (world: World, outcome: DeliveryOutcome, change: (world: World) => void): World => {
    const next = nextDue(world.state, world.now)!;
    world.now = next.at;
    change(world);
    world.apply(numbered(world.state, [attempted(next.messages, () => ({ outcome }), next.at)], clockActor, next.at));
    return world;
  };

  test.each<DeliveryOutcome>(['accepted', 'deferred', 'refused', 'unknown'])(
    'a contact whose earlier mail comes back: whether a server took this one (%s) or not, the deputy is asked',
    (outcome) => {
      const world = meanwhile(intentAsked().pass(at('2031-03-04', 540)), outcome, (each) =>
        each.tell('return-mail', { key: `test/${mine}/reminder/2031-02-20`, to: mine, why: 'address' }, bounces),
      );
      world.pass('2031-03-20');
      expect(attempts(world, mine)).toEqual([]);
      expect(world.told(ASKED)).toEqual([`2031-03-04 ${deputies} request request`]);
    },
  );

  test.each<DeliveryOutcome>(['accepted', 'deferred', 'refused', 'unknown'])(
    'a contact replaced: whether the former one got it (%s) or not, the new one is asked and the former one left alone',
    (outcome) => {
      const world = meanwhile(intentAsked().pass(at('2031-03-04', 540)), outcome, (each) =>
        each.tell('replace-contact', { party: wemmel, person: somebody }, contactOf(wemmel)),
      );
      world.pass('2031-03-20');
      expect(attempts(world, mine)).toEqual([]);
      expect(world.told(ASKED)).toEqual([`2031-03-04 ${somebody} request request`]);
      expect(world.mails.find(({ message }) => message.to === somebody)?.message.linkGeneration).toBe(2);
    },
  );

  test('a contact replaced between two attempts: the new one is asked, the former one left alone', () => {
    const world = intentAsked().pass(due, to(mine, 'deferred'));
    world.tell('replace-contact', { party: wemmel, person: somebody }).pass('2031-03-20');
    expect(attempts(world, mine)).toEqual(['2031-03-04 09:03 deferred']);
    expect(world.told(ASKED)).toContain(`2031-03-04 ${somebody} request request`);
  });

  test.each<DeliveryOutcome>(['accepted', 'deferred', 'refused'])(
    'a coordinator replaced (%s): the new one hears all that was on its way',
    (outcome) => {
      const world = reject(intentAsked().pass('2031-03-04'));
      meanwhile(world, outcome, (each) => each.tell('replace-coordinator', { person: somebody }));
      world.pass('2031-03-12');
      expect(world.told(ASKED, '2031-03-04')).toContain(`2031-03-04 ${somebody} answer-news`);
      expect(world.told(ASKED, '2031-03-05')).toEqual([`2031-03-11 ${somebody} reminder waiting`]);
    },
  );

  test('a coordinator replaced between two attempts: good news and reminders go on to the new one', () => {
    const world = intentAsked().pass('2031-03-24', to('test.1', 'deferred'));
    const underWay = world.state.retries[asPersonId('test.1')]!.message.items;
    expect(underWay.length).toBeGreaterThan(0);
    world.tell('replace-coordinator', { person: somebody }).pass('2031-03-25');
    const mail = world.mails.find(({ message }) => message.to === somebody)!.message;
    expect(mail.items.map((item) => item.kind)).toEqual(underWay.map((item) => item.kind));
    expect(mail).toMatchObject({ role: 'coordinator', key: `test/${somebody}/${mail.kind}/2031-03-24` });
  });

  test('a deputy replaced between two attempts: the new one gets it; nobody when there is none', () => {
    const before = (): World =>
      intentAsked()
        .pass('2031-06-09')
        .pass(at('2031-06-10', 9 * 60 + 3), to(deputies, 'deferred'));
    const world = before().tell('replace-deputy', { party: wemmel, person: somebody }).pass('2031-06-11');
    expect(world.told(ASKED, '2031-06-10')).toEqual([
      `2031-06-10 ${mine} reminder last-days`,
      `2031-06-10 ${deputies} reminder last-days`,
      `2031-06-10 ${somebody} reminder last-days`,
    ]);
    const none = before().tell('replace-deputy', { party: wemmel }).pass('2031-06-11');
    expect(none.told(ASKED, '2031-06-10')).toHaveLength(2);
  });

  test('a mail under way to the deputy when the contact changes arrives with a link that opens', () => {
    const world = intentAsked()
      .pass('2031-06-09')
      .pass(at('2031-06-10', 9 * 60 + 3), to(deputies, 'deferred'));
    world.tell('replace-contact', { party: wemmel, person: somebody }).pass('2031-06-11');
    const links = world.mails
      .filter(({ message }) => message.to === deputies)
      .map(({ message }) => message.linkGeneration);
    expect(links).toEqual([1, 2]);
  });

  test('a mail long under way does not undo what was said of a later deadline meanwhile', () => {
    const world = intentAsked()
      .pass('2031-06-09')
      .pass(at('2031-06-10', 9 * 60 + 3), to(deputies, 'deferred'));
    const key = `${ASKED}#1|last-days`;
    const { deadline } = world.state.sent[key]!;
    world.state = {
      ...world.state,
      sent: { ...world.state.sent, [key]: { deadline: day('2031-09-12'), on: day('2031-06-10'), times: 1 } },
    };
    world.pass('2031-06-11');
    expect(deadline).toBe('2031-06-13');
    expect(world.state.sent[key]?.deadline).toBe('2031-09-12');
  });
});
