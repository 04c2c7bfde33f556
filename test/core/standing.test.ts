/** A list that leaves out who waits for help, calls twice about the same, or calls a region late that is on course. */
import { describe, expect, test } from 'vitest';
import { standingOf } from '../../domain/standing.ts';
import {
  INTENT,
  World,
  allParties,
  asse,
  at,
  contactOf,
  coordinator,
  day,
  intentAsked,
  start,
  wemmel,
} from './world.ts';

const seen = (world: World, on: string) => standingOf(world.state, at(on));
const keys = (world: World, on: string) =>
  seen(world, on).concerns.map(({ key, weight }) => `${String(weight)} ${key}`);
const sign = (world: World, on: string, step: string) => seen(world, on).steps.find((each) => each.step === step);
const asks = (code: string): string[] => allParties.map((party) => `2 ${code}/${INTENT}/${party}`);
const approve = (world: World): World => {
  for (const party of allParties) {
    world.tell('answer', { party, decision: INTENT, answer: 'approved', on: day('2031-03-03') }, contactOf(party));
  }
  return world;
};

describe('where a path stands', () => {
  test('one session left is something to look at, and the step says how many answers it is about', () => {
    const world = intentAsked();
    expect(seen(world, '2031-05-20').concerns.find(({ code }) => code === 'tight')).toMatchObject({
      ...{ key: `tight/${INTENT}/${asse}`, weight: 1, party: asse, decision: INTENT, due: '2031-06-30' },
      ...{ session: '2031-06-17', isEstimate: true },
    });
    expect(sign(world, '2031-05-20', 'legal-structure')).toEqual({ step: 'legal-structure', sign: 'tight', count: 4 });
    expect(seen(world, '2031-05-20').weight).toBe(1);
  });

  test('a session that can be reached no more weighs most, then the day itself: the key says what it is', () => {
    const world = intentAsked();
    expect(keys(world, '2031-06-10').slice(0, 3)).toEqual(asks('no-session').filter((key) => !key.includes(wemmel)));
    expect(keys(world, '2031-07-01').slice(0, 4)).toEqual(asks('overdue'));
    expect(sign(world, '2031-07-01', 'legal-structure')).toMatchObject({ sign: 'bad', count: 4 });
    expect(seen(world, '2031-07-01').onCourse).toEqual({ good: 0, all: 4 });
  });

  test('of a path that ended no step is busy or waits any more', () => {
    const world = intentAsked();
    world.tell('stop', { reason: 'geen draagvlak' }, coordinator);
    const signs = new Set(seen(world, '2031-03-05').steps.map((each) => each.sign));
    expect([...signs].toSorted()).toEqual(['done', 'left', 'off'].filter((each) => signs.has(each as never)));
    expect(sign(world, '2031-03-05', 'legal-structure')).toMatchObject({ sign: 'left', count: 0 });
  });

  test('what was rejected comes before all else, under another key when it is rejected again', () => {
    const world = intentAsked();
    const reject = (): World =>
      world.tell('answer', { party: wemmel, decision: INTENT, answer: 'rejected', on: day('2031-03-03') });
    reject();
    expect(keys(world, '2031-03-05')[0]).toBe(`2 rejected/${INTENT}/${wemmel}`);
    world.tell('request', { decision: INTENT, parties: [wemmel] });
    reject();
    expect(keys(world, '2031-03-05')[0]).toBe(`2 rejected/${INTENT}/${wemmel}/2`);
  });

  test('a councilless summer is foreseen, and a day that is too early is said once for all of them', () => {
    const council = { dates: ['2031-03-25', '2031-04-22', '2031-07-08'].map(day) };
    const parties = start().parties.map((party) => ({
      ...party,
      ...(party.party === wemmel && { sessions: { council } }),
    }));
    const world = new World(at('2031-01-06'), { parties });
    expect(keys(world, '2031-01-06')[0]).toBe(`2 foreseen/${INTENT}/${wemmel}`);
    expect(seen(world, '2031-01-06').onCourse).toEqual({ good: 3, all: 4 });
    world.tell('move-deadline', { item: INTENT, to: day('2031-02-14'), reason: 'vroeger' });
    const early = seen(world, '2031-01-06').concerns.filter(({ code }) => code === 'early');
    expect(early).toEqual([
      { key: `early/${INTENT}/2031-02-14`, code: 'early', weight: 1, decision: INTENT, due: '2031-02-14', count: 4 },
    ]);
  });

  test('mails that did not arrive, texts that are ready and tasks that are late are for who coordinates', () => {
    const ready = new World(at('2031-01-06')).finish('support', 'existing-cooperation', 'area', 'agreements');
    expect(keys(ready, '2031-05-01')).toContain('1 ready/statement-of-commitment');
    expect(keys(new World(), '2031-05-01')).toContain('1 late-task/own-time');
    const asked = intentAsked().pass('2031-03-05', ({ to }) => (to === 'test.2' ? 'refused' : 'accepted'));
    expect(seen(asked, '2031-03-05').concerns.find(({ code }) => code === 'undelivered')?.count).toBe(1);
  });

  test('what goes well is said too, with how many are on an agenda', () => {
    const world = intentAsked();
    expect(seen(world, '2031-03-03').concerns.find(({ code }) => code === 'waiting')).toMatchObject({
      ...{ weight: 0, count: 4, planned: 0, due: '2031-06-30' },
    });
    for (const party of allParties) {
      const on = party === wemmel ? '2031-06-24' : '2031-06-17';
      world.tell('answer', { party, decision: INTENT, answer: 'scheduled', on: day(on) }, contactOf(party));
    }
    expect(keys(world, '2031-03-03')).toContain('0 all-planned');
    expect(approve(world).state.asks).toBeDefined();
    expect(seen(world, '2031-03-05')).toMatchObject({ approved: 4, asked: 4, onCourse: { good: 4, all: 4 } });
  });

  test('a path that pauses or ended asks for nothing, and its data is plain JSON', () => {
    const world = intentAsked().tell('pause', { reason: 'fusie' });
    expect(seen(world, '2031-07-01')).toMatchObject({ concerns: [], weight: 0, paused: 'fusie' });
    world.tell('resume', {}).tell('stop', { reason: 'te weinig draagvlak' }, coordinator);
    const ended = seen(world, '2031-07-01');
    expect(ended).toMatchObject({ concerns: [], weight: 0, ending: 'stopped' });
    expect(JSON.parse(JSON.stringify(ended))).toEqual(ended);
  });

  test('every concern has a key of its own', () => {
    for (const on of ['2031-03-05', '2031-05-20', '2031-06-10', '2031-07-01', '2032-03-01']) {
      const all = keys(intentAsked(), on);
      expect(new Set(all).size).toBe(all.length);
    }
  });
});
