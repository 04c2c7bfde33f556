import { describe, expect, test } from 'vitest';
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
  oneDecision,
  start,
  wemmel,
} from './world.ts';

const later = (): World => intentAsked().pass('2031-06-25');

describe('the end of a path', () => {
  const submitted = (): World => later().tell('record-submission', { number: 'K-1', on: day('2031-06-24') });
  const outcome = (result: 'granted' | 'refused') =>
    submitted().tell('record-decision', { outcome: result, on: day('2031-06-25'), amount: 120_000 });

  test('submission and outcome tick their tasks', () => {
    expect(submitted().state).toMatchObject({
      submission: { number: 'K-1' },
      tasks: { submission: { on: '2031-06-24' } },
    });
    expect(outcome('granted').state.tasks['outcome']).toEqual({ on: '2031-06-25', by: coordinator });
  });

  test('a grant goes on until recognition starts, then closes with a list of what is open', () => {
    const world = outcome('granted').pass('2032-12-31');
    expect(world.state.ending).toBeUndefined();
    world.pass('2033-01-01');
    expect(world.state.ending).toMatchObject({ outcome: 'granted', at: at('2033-01-01', 510) });
    expect(world.state.ending?.open).toEqual(expect.arrayContaining(['extension', 'regional-coordinator']));
    expect(world.pass('2034-01-01').mails.at(-1)!.at <= at('2033-01-01')).toBe(true);
  });

  test.each(['refused', 'stopped'] as const)(
    '%s: everybody hears it at once, and nothing is mailed after it',
    (end) => {
      const world = end === 'refused' ? outcome('refused') : later().tell('stop', { reason: 'te weinig' });
      const count = world.mails.length;
      world.pass('2032-06-01');
      expect(world.state.ending?.outcome).toBe(end);
      expect(world.mails.slice(count).map(({ message }) => `${message.to} ${message.kind}`)).toEqual([
        ...allParties.map((party) => `${contact(party)} decision-news`),
        'test.1 decision-news',
      ]);
    },
  );

  test('only an administrator opens it again; a refusal is taken back, a grant stays', () => {
    const again = outcome('refused').tell('reopen', { reason: 'beroep' }, administrator);
    expect(again.state).not.toHaveProperty('ending');
    expect(again.state).not.toHaveProperty('outcome');
    expect(again.state.tasks).not.toHaveProperty('outcome');
    const granted = outcome('granted').pass('2033-01-02').tell('reopen', { reason: 'vergeten' }, administrator);
    expect(granted.state.outcome?.outcome).toBe('granted');
    expect(granted.pass('2033-01-31').state.ending).toBeUndefined();
    expect(granted.pass('2033-02-02').state.ending?.outcome).toBe('granted');
  });

  test('a path that is paused mails nothing but what answers somebody, and goes on where it was', () => {
    const world = intentAsked().pass('2031-05-01').tell('pause', { reason: 'fusie' }).pass('2031-06-12');
    expect(world.told(intentOf(wemmel), '2031-05-02')).toEqual([]);
    const data = { party: asse, decision: INTENT, answer: 'rejected' as const, on: day('2031-06-10') };
    world.tell('answer', data, contactOf(asse)).pass(world.now);
    expect(world.mails.slice(-2).map(({ message }) => message.kind)).toEqual(['receipt', 'answer-news']);
    world.tell('resume', {}).pass('2031-06-13');
    expect(world.told(intentOf(wemmel), '2031-06-12')).toEqual([
      `2031-06-13 ${contact(wemmel)} reminder last-days`,
      '2031-06-13 test.7 reminder last-days',
    ]);
    expect(world.pass('2031-06-30').told(intentOf(wemmel), '2031-06-14')).toEqual([
      '2031-06-16 test.1 escalation cutoff-passed',
    ]);
  });

  test('one decision, all councils: it closes when all have decided and the coordinator has heard of the last', () => {
    const world = oneDecision().pass('2032-01-20');
    for (const party of allParties) {
      expect(world.state.ending).toBeUndefined();
      const data = { party, decision: 'statute-change', answer: 'approved' as const, on: day('2032-01-20') };
      world.tell('answer', data, contactOf(party), at('2032-01-20', 20 * 60));
    }
    world.pass('2032-02-01');
    expect(world.state.ending).toMatchObject({ outcome: 'completed', open: [] });
    const last = world.mails.at(-1)!.message;
    expect(last).toMatchObject({ to: 'test.1', kind: 'answer-news', day: '2032-01-21' });
    expect(last.items).toHaveLength(4);
  });

  test('one decision: opened again it stays open for a month, so that something can be said', () => {
    const world = oneDecision().pass('2032-01-20');
    for (const party of allParties)
      world.tell('answer', { party, decision: 'statute-change', answer: 'approved', on: day('2032-01-20') });
    world.pass('2032-01-22').tell('reopen', { reason: 'vergissing' }, administrator);
    expect(world.pass('2032-02-20').state.ending).toBeUndefined();
    expect(world.pass('2032-02-22').state.ending?.outcome).toBe('completed');
  });

  test('one decision of which the route is not chosen yet: it is not over before it began', () => {
    const { definition } = oneDecision().state;
    const [step] = definition.steps;
    const routed = { ...definition, routes: [{ key: 'long' }], steps: [{ ...step!, routes: ['long'] }] };
    const { route: _route, ...unrouted } = start({ definition: routed, dates: {} });
    const world = new World(at('2032-01-05'), unrouted).pass('2032-01-10');
    expect(world.state.ending).toBeUndefined();
    world.tell('choose-route', { route: 'long' }).pass('2032-01-12');
    expect(world.state.ending).toBeUndefined();
  });
});
