import { describe, expect, test } from 'vitest';
import { asPersonId } from '../../domain/ids.ts';
import { aboutOf } from '../../domain/forecast.ts';
import { findDecision } from '../../domain/lookup.ts';
import { isDone } from '../../domain/progress.ts';
import { askSchedule } from '../../domain/schedule.ts';
import type { Ask, AskStatus } from '../../domain/state.ts';
import { answerCases } from './refusals-answers.ts';
import { played } from './refusals.ts';
import {
  INTENT,
  World,
  allParties,
  asse,
  at,
  contact,
  contactOf,
  coordinator,
  day,
  deputy,
  intentAsked,
  intentOf,
  wemmel,
} from './world.ts';

type Told = Parameters<typeof answered>[1];
const answered = (
  world: World,
  data: {
    answer: 'scheduled' | 'approved' | 'approved-with-changes' | 'adjourned' | 'rejected';
    on: string;
    to?: string;
  } & Record<string, string>,
  on: string,
  by = contactOf(wemmel),
): World => world.pass(on).tell('answer', { party: wemmel, decision: INTENT, ...data } as never, by);

const askOf = ({ state }: World, party = wemmel): Ask => state.asks[intentOf(party) as keyof typeof state.asks]!;
const scheduleOf = (world: World) => askSchedule(world.state, findDecision(world.state, INTENT)!, wemmel, world.now);
const kinds = (world: World, from: string): string[] => world.told(intentOf(wemmel), from);

describe('an answer does what it says', () => {
  test.each<[string, Told, AskStatus, object]>([
    [
      'scheduled',
      { answer: 'scheduled', on: '2031-09-23' },
      'scheduled',
      { kind: 'scheduled', sessionOn: '2031-09-23' },
    ],
    [
      'approved',
      { answer: 'approved', on: '2031-06-24', reference: 'https://w.example.org/9' },
      'approved',
      { sessionOn: '2031-06-24', reference: 'https://w.example.org/9' },
    ],
    [
      'approved with changes',
      { answer: 'approved-with-changes', on: '2031-06-24', changes: 'art. 12' },
      'changed',
      { changes: 'art. 12' },
    ],
    ['adjourned without a date', { answer: 'adjourned', on: '2031-06-24' }, 'adjourned', { heldOn: '2031-06-24' }],
    [
      'adjourned to a date',
      { answer: 'adjourned', on: '2031-06-24', to: '2031-09-23' },
      'adjourned',
      { heldOn: '2031-06-24', sessionOn: '2031-09-23' },
    ],
    ['rejected', { answer: 'rejected', on: '2031-06-24', reason: 'te duur' }, 'rejected', { reason: 'te duur' }],
  ])('%s is kept with its session, its words and who said it', (_name, data, status, kept) => {
    const world = answered(intentAsked(), data, '2031-06-25');
    expect(askOf(world)).toMatchObject({
      status,
      attempt: 1,
      answer: { ...kept, by: contactOf(wemmel), at: world.now },
    });
    if (data.answer === 'adjourned' && data.to === undefined)
      expect(askOf(world).answer).not.toHaveProperty('sessionOn');
  });

  test('a session of this evening can still be on the agenda', () => {
    expect(askOf(answered(intentAsked(), { answer: 'scheduled', on: '2031-06-24' }, '2031-06-24')).status).toBe(
      'scheduled',
    );
  });

  test('this evening cannot be adjourned to this evening', () => {
    const data = {
      party: wemmel,
      decision: INTENT,
      answer: 'adjourned',
      on: day('2031-06-24'),
      to: day('2031-06-24'),
    } as const;
    const world = intentAsked().pass('2031-06-24');
    expect(world.refusal({ type: 'answer', data }, contactOf(wemmel))).toBe('new-session-not-later');
  });

  test('whoever answers gets a receipt at once, the deputy too', () => {
    const byDeputy = { ...contactOf(wemmel), personId: deputy(wemmel) };
    const world = answered(intentAsked(), { answer: 'approved', on: '2031-06-24' }, '2031-06-25', byDeputy);
    world.pass(world.now);
    expect(kinds(world, '2031-06-25')).toEqual([`2031-06-25 ${deputy(wemmel)} receipt`]);
    expect(world.mails.at(-1)?.message).toMatchObject({ role: 'deputy', party: wemmel, linkGeneration: 1 });
  });

  test.each<[string, Told]>([
    ['approved with changes', { answer: 'approved-with-changes', on: '2031-06-24', changes: 'art. 12' }],
    ['adjourned', { answer: 'adjourned', on: '2031-06-24' }],
    ['rejected', { answer: 'rejected', on: '2031-06-24' }],
  ])('the coordinator hears at once that it was %s, even at night', (_name, data) => {
    const world = intentAsked().pass('2031-06-24');
    world.tell(
      'answer',
      { party: wemmel, decision: INTENT, ...data } as never,
      contactOf(wemmel),
      at('2031-06-24', 23 * 60),
    );
    world.pass(world.now);
    expect(kinds(world, '2031-06-24').sort()).toEqual([
      '2031-06-24 test.1 answer-news',
      `2031-06-24 ${contact(wemmel)} receipt`,
    ]);
  });

  test('the coordinator hears of an approval the next working morning, though the receipt went out before', () => {
    const world = answered(intentAsked(), { answer: 'approved', on: '2031-06-24' }, '2031-06-27').pass('2031-07-02');
    expect(kinds(world, '2031-06-27')).toEqual([
      `2031-06-27 ${contact(wemmel)} receipt`,
      '2031-06-30 test.1 answer-news',
    ]);
  });

  test('what the coordinator enters is no news to the coordinator', () => {
    const onBehalf = { ...coordinator, onBehalfOf: wemmel };
    for (const answer of ['approved', 'rejected'] as const) {
      const world = answered(intentAsked(), { answer, on: '2031-06-24' }, '2031-06-25', onBehalf).pass('2031-06-27');
      expect(kinds(world, '2031-06-25')).toEqual([]);
      expect(askOf(world).answer?.by.onBehalfOf).toBe(wemmel);
    }
  });

  test('a decision is done when every council has approved, and not before', () => {
    const world = intentAsked().pass('2031-06-25');
    for (const party of allParties) {
      expect(isDone(world.state, INTENT)).toBe(false);
      world.tell('answer', { party, decision: INTENT, answer: 'approved', on: day('2031-06-24') }, contactOf(party));
    }
    expect(isDone(world.state, INTENT)).toBe(true);
  });

  test('a coordinator may enter what was decided before it was asked, and that party is not asked again', () => {
    const world = new World(at('2031-01-06')).tell('answer', {
      party: wemmel,
      decision: INTENT,
      answer: 'approved',
      on: day('2030-12-17'),
    });
    for (const task of ['legal-form-choice', 'intent-draft']) world.tell('complete-task', { task });
    world.tell('request', { decision: INTENT }).pass('2031-01-10');
    expect(world.told(intentOf(wemmel))).toEqual([]);
    expect(world.told(intentOf(asse))).toEqual([`2031-01-07 ${contact(asse)} request request`]);
  });

  test('adjournments are counted, and the second one is said to be the second', () => {
    const world = answered(intentAsked(), { answer: 'adjourned', on: '2031-05-20' }, '2031-05-21');
    answered(world, { answer: 'adjourned', on: '2031-06-24' }, '2031-06-25').pass('2031-06-25');
    expect(askOf(world).adjournments).toBe(2);
    const news = world.mails.filter(({ message }) => message.kind === 'answer-news' && message.to === 'test.1');
    expect(news.map(({ message }) => 'again' in message.items[0]!)).toEqual([false, true]);
  });

  test('an agenda after the deadline is a risk, one before it is none', () => {
    expect(scheduleOf(answered(intentAsked(), { answer: 'scheduled', on: '2031-06-24' }, '2031-06-01')).risk).toBe(
      'none',
    );
    expect(scheduleOf(answered(intentAsked(), { answer: 'scheduled', on: '2031-09-23' }, '2031-06-01')).risk).toBe(
      'no-session-left',
    );
    expect(scheduleOf(answered(intentAsked(), { answer: 'rejected', on: '2031-05-20' }, '2031-06-01')).risk).toBe(
      'call',
    );
    expect(scheduleOf(answered(intentAsked(), { answer: 'approved', on: '2031-05-20' }, '2031-06-01')).risk).toBe(
      'none',
    );
    expect(scheduleOf(intentAsked().pass('2031-06-01')).risk).toBe('tight');
    expect(scheduleOf(intentAsked().pass('2031-06-14')).risk).toBe('no-session-left');
    expect(scheduleOf(intentAsked().pass('2031-07-01')).risk).toBe('overdue');
    expect(scheduleOf(intentAsked().pass('2031-03-10')).risk).toBe('none');
  });
});

describe('an answer can be corrected', () => {
  const corrected = (data: Record<string, string>) =>
    answered(intentAsked(), { answer: 'adjourned', on: '2031-06-24' }, '2031-06-25').tell(
      'correct',
      { party: wemmel, decision: INTENT, because: 'verkeerd gelezen', ...data } as never,
      contactOf(wemmel),
    );

  test('the new answer takes its place, and an adjournment that was none does not count', () => {
    const world = corrected({ answer: 'approved', on: '2031-06-24' });
    expect(askOf(world)).toMatchObject({ status: 'approved', adjournments: 0, attempt: 1 });
    expect(askOf(corrected({ answer: 'adjourned', on: '2031-06-24', to: '2031-09-23' })).adjournments).toBe(1);
  });

  test('the coordinator hears at once of any correction', () => {
    const world = corrected({ answer: 'approved', on: '2031-06-24' });
    world.pass(world.now);
    expect(kinds(world, '2031-06-25').filter((line) => line.includes('test.1'))).toEqual([
      '2031-06-25 test.1 answer-news',
      '2031-06-25 test.1 answer-news',
    ]);
    expect(world.mails.at(-1)?.message.items[0]).toMatchObject({ corrected: true, answer: 'approved' });
  });

  test('an approval that was taken back is not told as good news the next morning', () => {
    const world = answered(intentAsked(), { answer: 'approved', on: '2031-06-24' }, '2031-06-25');
    world.tell(
      'correct',
      { party: wemmel, decision: INTENT, answer: 'rejected', on: day('2031-06-24'), because: 'vergissing' },
      contactOf(wemmel),
    );
    world.pass('2031-06-30');
    const said = world.mails.filter(({ message }) => message.to === 'test.1').flatMap(({ message }) => message.items);
    expect(said.filter((item) => item.type === 'news' && item.answer === 'approved')).toEqual([]);
    expect(isDone(world.state, INTENT)).toBe(false);
  });

  test('changes that were accepted can still turn out otherwise', () => {
    const world = answered(
      intentAsked(),
      { answer: 'approved-with-changes', on: '2031-06-24', changes: 'x' },
      '2031-06-25',
    );
    world.tell('accept-changes', { party: wemmel, decision: INTENT });
    expect(askOf(world).status).toBe('approved');
    world.tell('correct', {
      party: wemmel,
      decision: INTENT,
      answer: 'rejected',
      on: day('2031-06-24'),
      because: 'toch niet',
    });
    expect(askOf(world).status).toBe('rejected');
    expect(askOf(world)).not.toHaveProperty('settledAt');
  });

  test('proof is kept with the answer and changes nothing else', () => {
    const world = answered(intentAsked(), { answer: 'approved', on: '2031-06-24' }, '2031-06-25');
    const before = askOf(world);
    world.tell('add-evidence', { party: wemmel, decision: INTENT, reference: 'B-12' }, contactOf(wemmel));
    expect(askOf(world)).toEqual({ ...before, answer: { ...before.answer, reference: 'B-12' } });
  });
});

describe('a decision that is not obligatory', () => {
  test('is told as such when it is rejected: it can be let go of, and the municipality stays', () => {
    const world = intentAsked();
    const data = { party: wemmel, decision: 'leisure-agreement', answer: 'rejected' as const, on: day('2031-03-25') };
    // Noted by a deputy of the coordinator, who may note what was not asked yet.
    const noted = { ...coordinator, personId: asPersonId('test.99') };
    world.tell('answer', data, noted, at('2031-03-26'));
    world.tell('answer', { ...data, decision: INTENT }, noted, at('2031-03-26')).pass('2031-04-04');
    const told = world.mails
      .filter(({ message }) => message.to === 'test.1')
      .flatMap(({ message }) => message.items)
      .filter((item) => (item.type === 'news' || item.type === 'ask') && item.party === wemmel);
    const isOptional = (decision: string) =>
      told.flatMap((item) => ('decision' in item && item.decision === decision ? ['optional' in item] : []));
    expect(isOptional('leisure-agreement')).toEqual([true, true]);
    expect(isOptional(INTENT)).toEqual([false, false]);
  });
});

describe('a session that is planned after the deadline', () => {
  const planned = (data: { answer: 'scheduled' | 'adjourned'; on: string; to?: string }): World =>
    answered(intentAsked(), data, '2031-06-25');
  const newsTo = (world: World, person: string) =>
    world
      .pass(world.now)
      .mails.filter(({ message }) => message.to === person)
      .flatMap(({ message }) => message.items)
      .filter((item) => item.type === 'news');

  test('is told to the coordinator at once, since nobody is reminded until then, and to who answered', () => {
    const world = planned({ answer: 'scheduled', on: '2031-09-23' });
    expect(newsTo(world, 'test.1').at(-1)).toMatchObject({ kind: 'answer-news', tooLateFor: '2031-06-30' });
    expect(newsTo(world, contact(wemmel)).at(-1)).toMatchObject({ kind: 'receipt', tooLateFor: '2031-06-30' });
    const late = planned({ answer: 'adjourned', on: '2031-06-24', to: '2031-09-23' });
    expect(newsTo(late, 'test.1').at(-1)).toMatchObject({ answer: 'adjourned', tooLateFor: '2031-06-30' });
    const onTheDay = planned({ answer: 'scheduled', on: '2031-06-30' });
    expect(newsTo(onTheDay, contact(wemmel)).at(-1)).not.toHaveProperty('tooLateFor');
  });

  test('one in time is no reason to disturb anybody', () => {
    const world = answered(intentAsked(), { answer: 'scheduled', on: '2031-06-24' }, '2031-03-05');
    expect(newsTo(world, 'test.1')).toEqual([]);
  });
});

describe('a complaint about a decision', () => {
  const complained = () =>
    answered(intentAsked(), { answer: 'approved', on: '2031-06-24' }, '2031-06-25').tell(
      'record-complaint',
      { party: wemmel, decision: INTENT, on: day('2031-07-10') },
      coordinator,
      at('2031-07-11'),
    );

  test('is kept with the decision and holds up nothing', () => {
    const world = complained();
    expect(askOf(world)).toMatchObject({ status: 'approved', complaintOn: '2031-07-10' });
    const before = world.mails.length;
    world.pass('2031-07-31');
    const asks = world.mails.slice(before).flatMap(({ message }) => message.items.filter(({ type }) => type === 'ask'));
    expect(asks.map(aboutOf)).not.toContain(intentOf(wemmel));
  });

  test('is about that decision only: what is asked anew begins without it', () => {
    const world = complained().tell('request', {
      decision: INTENT,
      textVersion: 2,
      parties: [wemmel],
      approvals: 'ask-again',
    });
    expect(askOf(world)).toMatchObject({ attempt: 2, status: 'requested' });
    expect(askOf(world)).not.toHaveProperty('complaintOn');
  });
});

describe('what cannot be is refused, with a word for why', () => {
  test.each(answerCases)('$code: $when', (each) => {
    expect(played(each)).toBe(each.code);
  });
});
