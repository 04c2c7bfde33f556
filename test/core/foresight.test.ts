/** No session left is the warning that matters most, and it is worth something only while something can be arranged. */
import { describe, expect, test } from 'vitest';
import { aboutOf } from '../../domain/forecast.ts';
import { earliestAsk, foreseenMisses, isDueTooEarly } from '../../domain/foresight.ts';
import { INTENT, World, at, coordinator, day, intentAsked, intentOf, start, wemmel } from './world.ts';

/** Wemmel's council meets in spring and then after the deadline of 30 June; texts cannot be ready before April. */
const calendar = (dates: string[]) => ({ council: { dates: dates.map(day) } });
const SPRING = ['2031-03-25', '2031-04-22', '2031-07-08', '2031-09-23'];
const withCouncil = (dates: string[]) =>
  start({
    parties: start().parties.map((party) => (party.party === wemmel ? { ...party, sessions: calendar(dates) } : party)),
  });
const foreseen = (world: World, about = intentOf(wemmel)): string[] =>
  world.mails.flatMap(({ at: moment, message }) =>
    message.items
      .filter((item) => item.type === 'foreseen' && aboutOf(item) === about)
      .map((item) => `${moment.slice(0, 10)} ${message.to} ${message.kind} ${aboutOf(item)}`),
  );

describe('a council without a session in time', () => {
  test('is said to the coordinator on the first morning, months before anybody is asked, and once', () => {
    const world = new World(at('2031-01-06', 8 * 60), withCouncil(SPRING)).pass('2031-04-01');
    expect(foreseen(world)).toEqual([`2031-01-06 test.1 escalation ${intentOf(wemmel)}`]);
  });

  test('says when it can be asked and which session comes too late', () => {
    const [missed] = foreseenMisses(new World(at('2031-01-06'), withCouncil(SPRING)).state);
    expect(missed).toMatchObject({ party: wemmel, dueOn: '2031-06-30', nextSession: '2031-07-08', assumed: false });
    expect(missed!.askOn > '2031-04-10' && missed!.askOn < '2031-05-10').toBe(true);
  });

  test('is over as soon as an extra session is entered, and nothing is said of it then', () => {
    const world = new World(at('2031-01-06'), withCouncil(SPRING));
    world.tell('change-party', { party: wemmel, sessions: calendar([...SPRING, '2031-06-24']) });
    expect(foreseenMisses(world.state)).toEqual([]);
    expect(foreseen(world.pass('2031-02-01'))).toEqual([]);
  });

  test('is said when it arises later, on the next working morning', () => {
    const world = new World().pass('2031-02-03');
    expect(foreseen(world)).toEqual([]);
    world.tell('change-party', { party: wemmel, sessions: calendar(SPRING) }).pass('2031-03-01');
    expect(foreseen(world)).toEqual([`2031-02-04 test.1 escalation ${intentOf(wemmel)}`]);
  });

  test('is said again when the extra session is called off', () => {
    const world = new World(at('2031-01-06'), withCouncil(SPRING)).pass('2031-02-03');
    world.tell('change-party', { party: wemmel, sessions: calendar([...SPRING, '2031-06-24']) }).pass('2031-02-10');
    world.tell('change-party', { party: wemmel, sessions: calendar(SPRING) }).pass('2031-03-01');
    expect(foreseen(world).map((line) => line.slice(0, 10))).toEqual(['2031-01-07', '2031-02-11']);
  });

  test('is not said any more by a mail that waited while a session was arranged', () => {
    const world = new World(at('2031-01-06'), withCouncil(SPRING)).pass('2031-01-07', () => 'deferred');
    const already = world.mails.length;
    world.tell('change-party', { party: wemmel, sessions: calendar([...SPRING, '2031-06-24']) }).pass('2031-02-01');
    expect(world.mails.slice(already).flatMap(({ message }) => message.items.map(({ type }) => type))).not.toContain(
      'foreseen',
    );
  });

  test('is said as it is by the time that a mail server takes the mail', () => {
    const world = new World(at('2031-01-06'), withCouncil(SPRING)).pass('2031-01-07', () => 'deferred');
    const sooner = SPRING.map((on) => (on === '2031-07-08' ? '2031-07-01' : on));
    world.tell('change-party', { party: wemmel, sessions: calendar(sooner) }).pass('2031-01-08');
    const said = world.mails.at(-1)?.message.items.find(({ type }) => type === 'foreseen');
    expect(said).toMatchObject({ nextSession: '2031-07-01', rule: 'no-session' });
  });

  test('is said again for a later deadline, not for an earlier one', () => {
    const gap = ['2031-03-25', '2031-04-22', '2031-07-29', '2031-10-28'];
    const world = new World(at('2031-01-06'), withCouncil(gap)).pass('2031-02-03');
    const move = (to: string, on: string) =>
      world.tell('move-deadline', { item: INTENT, to: day(to), reason: 'x' }, coordinator, at(on));
    move('2031-06-23', '2031-02-03').pass('2031-02-10');
    move('2031-07-07', '2031-02-10').pass('2031-02-20');
    expect(foreseen(world).map((line) => line.slice(0, 10))).toEqual(['2031-01-07', '2031-02-11']);
  });

  test('is no longer foreseen once it was asked: then its own reminders speak', () => {
    const world = intentAsked();
    world.tell('change-party', { party: wemmel, sessions: calendar(['2031-02-25', '2031-05-27', '2031-07-08']) });
    expect(foreseenMisses(world.state).filter(({ decision }) => decision.key === INTENT)).toEqual([]);
  });

  test('is not the same as a deadline that lies before the decision can be asked', () => {
    const world = new World(at('2031-01-06'), withCouncil(SPRING));
    expect(foreseenMisses(world.state).map(isDueTooEarly)).toEqual([false]);
    world.tell('move-deadline', { item: INTENT, to: day('2031-02-28'), reason: 'x' });
    const intents = foreseenMisses(world.state).filter(({ decision }) => decision.key === INTENT);
    expect(intents.length).toBeGreaterThan(1);
    expect(intents.every(isDueTooEarly)).toBe(true);
  });

  test('whose rule falls on a holiday in between may meet on another day: the holiday is named', () => {
    const firstMonday = { every: 'month' as const, weekday: 1, nth: 1, exceptMonths: [4, 5, 7, 8] };
    const holidayOf = (dates: string[]) => {
      const sessions = { council: { dates: dates.map(day), rule: firstMonday } };
      const parties = start().parties.map((party) => (party.party === wemmel ? { ...party, sessions } : party));
      const misses = foreseenMisses(new World(at('2031-01-06'), start({ parties })).state);
      return misses.find(({ decision }) => decision.key === INTENT)?.holiday;
    };
    // The day after Pentecost.
    expect(holidayOf([])).toBe('2031-06-02');
    expect(holidayOf(['2031-05-05', '2031-07-08'])).toBeUndefined();
  });

  test('is not said of what is optional', () => {
    const world = new World(at('2031-01-06'), withCouncil(['2032-01-13', '2032-04-13']));
    const keys = foreseenMisses(world.state).map(({ decision }) => decision.key);
    expect(keys).toContain('culture-plan');
    expect(keys).not.toContain('leisure-agreement');
  });
});

describe('how soon something can be asked', () => {
  test('in the usual course nobody is missed', () => {
    expect(foreseenMisses(new World().state)).toEqual([]);
  });

  test('follows from the path, not from the day: the same state says the same, whenever it is looked at', () => {
    const world = new World();
    const before = earliestAsk(world.state, INTENT);
    world.now = at('2031-06-20');
    expect(earliestAsk(world.state, INTENT)).toBe(before);
  });

  test('what lies undone brings the warning forward, month by month: nobody has to tick anything for it', () => {
    const sessions = calendar(['2031-02-25', '2031-05-13', '2031-06-03', '2031-09-09']);
    const parties = start().parties.map((party) => (party.party === wemmel ? { ...party, sessions } : party));
    const world = new World(at('2031-01-06'), start({ parties }));
    const before = earliestAsk(world.state, INTENT)!;
    expect(foreseenMisses(world.state).filter(({ decision }) => decision.key === INTENT)).toEqual([]);
    world.pass('2031-03-20');
    expect(earliestAsk(world.state, INTENT)! > before).toBe(true);
    expect(foreseen(world)).toEqual([expect.stringMatching(/^2031-0[23]-\d\d test\.1 escalation /)]);
  });

  test('what is done sooner can be asked sooner, and never before it may be', () => {
    const world = new World();
    const before = earliestAsk(world.state, INTENT)!;
    for (const task of ['legal-form-choice', 'intent-draft']) world.tell('complete-task', { task });
    expect(earliestAsk(world.state, INTENT)! < before).toBe(true);
    expect(earliestAsk(world.state, 'multi-year-plan')).toBe('2031-10-17');
  });
});
