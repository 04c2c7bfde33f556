import { describe, expect, test } from 'vitest';
import { commandTypes } from '../../domain/decide.ts';
import { findDecision, findTask } from '../../domain/lookup.ts';
import { isDone, openedOn } from '../../domain/progress.ts';
import { refusalCodes } from '../../domain/refusals.ts';
import { askSchedule, decisionDue, taskDue } from '../../domain/schedule.ts';
import type { Ask } from '../../domain/state.ts';
import { answerCases } from './refusals-answers.ts';
import { changeCases } from './refusals-change.ts';
import { commandCases } from './refusals-commands.ts';
import { mailCases } from './refusals-mails.ts';
import { partyCases } from './refusals-parties.ts';
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
  intentAsked,
  intentOf,
  meise,
  start,
  wemmel,
} from './world.ts';
import { asPartyId, asPersonId } from '../../domain/ids.ts';

const askOf = ({ state }: World, party = wemmel, decision = INTENT): Ask | undefined =>
  state.asks[`${decision}/${party}` as keyof typeof state.asks];
const say = (world: World, answer: string, party = wemmel, more: object = {}): World =>
  world.tell('answer', { party, decision: INTENT, answer, on: '2031-06-24', ...more } as never, contactOf(party));
const later = (): World => intentAsked().pass('2031-06-25');
const newcomer = asPartyId('nis:23025');
const somebody = asPersonId('test.20');

describe('every refusal is met by somebody', () => {
  test.each([...commandCases, ...partyCases, ...changeCases, ...mailCases])('$code: $type, $when', (each) => {
    expect(played(each)).toBe(each.code);
  });

  test('a code that nobody can meet has no words to lose', () => {
    const met = new Set(
      [...answerCases, ...commandCases, ...partyCases, ...changeCases, ...mailCases].map(({ code }) => code),
    );
    expect(refusalCodes.filter((code) => !met.has(code))).toEqual([]);
  });

  test('every command is refused for somebody who follows from afar', () => {
    for (const type of commandTypes) {
      const data = { party: wemmel, decision: INTENT };
      expect(later().refusal({ type, data } as never, { kind: 'consultant', via: 'web' })).toBe('not-allowed');
    }
  });

  test('a contact may answer, prove, pass on, name a deputy, give sessions and own details, for the own municipality only', () => {
    const mine = commandTypes.filter(
      (type) => later().refusal({ type, data: { party: wemmel } } as never, contactOf(wemmel)) !== 'not-allowed',
    );
    expect(mine.sort()).toEqual([
      ...['add-evidence', 'answer', 'change-details', 'change-party', 'correct', 'replace-contact', 'replace-deputy'],
    ]);
    expect(later().refusal({ type: 'change-party', data: { party: asse } }, contactOf(wemmel))).toBe('not-allowed');
  });
});

describe('texts are sent, and sent again', () => {
  test('who has approved is not asked again unless the coordinator says so', () => {
    const world = say(later(), 'approved').tell('request', { decision: INTENT, textVersion: 2, approvals: 'keep' });
    expect(askOf(world)).toMatchObject({ status: 'approved', attempt: 1, textVersion: 1 });
    expect(askOf(world, asse)).toMatchObject({ status: 'requested', attempt: 2, textVersion: 2 });
    world.tell('request', { decision: INTENT, textVersion: 3, approvals: 'ask-again' });
    expect(askOf(world)).toMatchObject({ status: 'requested', attempt: 2, textVersion: 3 });
    expect(askOf(world)).not.toHaveProperty('answer');
  });

  test('a new text mails everybody anew, and what was adjourned starts from nothing', () => {
    const world = say(later(), 'adjourned').tell('request', { decision: INTENT, textVersion: 2 }).pass('2031-06-27');
    expect(askOf(world)?.adjournments).toBe(0);
    expect(world.told(intentOf(wemmel), '2031-06-26')).toEqual([`2031-06-26 ${contact(wemmel)} request request`]);
  });

  test('who rejected can be asked again with the same text', () => {
    const world = say(later(), 'rejected').tell('request', { decision: INTENT, parties: [wemmel] });
    expect(askOf(world)).toMatchObject({ status: 'requested', attempt: 2, textVersion: 1 });
  });

  test('an optional decision that is waived is not asked and not missed; it can be asked after all', () => {
    const leisure = 'leisure-agreement';
    const world = later();
    for (const party of allParties) world.tell('waive', { party, decision: leisure, reason: 'nee' });
    expect(isDone(world.state, leisure)).toBe(true);
    world.pass('2031-12-01');
    expect(world.told(`${leisure}/${wemmel}`)).toEqual([]);
  });

  test('what was accepted or waived is done on the day of that choice, so that what follows gets its full time', () => {
    const world = allParties.reduce(
      (each, party) => say(each, 'approved-with-changes', party, { changes: 'x' }),
      later(),
    );
    world.tell('complete-task', { task: 'statutes-review' }).tell('complete-task', { task: 'extension-draft' });
    world.pass('2031-09-01');
    for (const party of allParties) world.tell('accept-changes', { party, decision: INTENT });
    expect(openedOn(world.state, 'extension')).toBe('2031-09-01');
  });

  test('a path without municipalities has decided nothing', () => {
    expect(isDone(new World(at('2031-01-06'), { parties: [] }).state, INTENT)).toBe(false);
  });

  test('what was held up by who left is done on the day on which they left', () => {
    const world = [asse, meise].reduce((each, party) => say(each, 'approved', party), later());
    say(world, 'rejected').pass('2031-09-01');
    say(world, 'approved', allParties[3], { on: '2031-06-17' }).pass('2031-10-01');
    world.tell('remove-party', { party: wemmel, reason: 'wil niet' });
    expect(isDone(world.state, INTENT)).toBe(true);
    expect(openedOn(world.state, 'extension')).toBe('2031-10-01');
  });
});

describe('who takes part', () => {
  test('who joins gets every ask already sent, with the newest text', () => {
    const world = later().tell('request', { decision: INTENT, textVersion: 4 });
    world.tell('add-party', { party: newcomer, contact: somebody }).pass('2031-06-27');
    expect(askOf(world, newcomer)).toMatchObject({ status: 'requested', textVersion: 4, attempt: 1 });
    expect(world.told(intentOf(newcomer))).toEqual([`2031-06-26 ${somebody} request request`]);
    expect(Object.keys(world.state.asks).filter((key) => key.endsWith(newcomer))).toHaveLength(1);
  });

  test('who comes back is asked anew, and links from before stay dead', () => {
    const world = say(later(), 'approved').tell('remove-party', { party: wemmel, reason: 'weg' });
    world.tell('add-party', { party: wemmel, contact: contact(wemmel) });
    expect(askOf(world)).toMatchObject({ status: 'requested', attempt: 2 });
    expect(world.state.parties[wemmel]?.linkGeneration).toBe(3);
  });

  test('who leaves is asked nothing any more, and the others keep their approval or decide anew', () => {
    const world = say(later(), 'approved', asse);
    const kept = say(later(), 'approved', asse).tell('remove-party', { party: wemmel, reason: 'weg' });
    expect(askOf(kept, asse)).toMatchObject({ status: 'approved', textVersion: 1 });
    expect(askOf(kept, meise)).toMatchObject({ attempt: 1 });
    world.tell('remove-party', { party: wemmel, reason: 'weg', approvals: { [INTENT]: 'ask-again' } });
    expect(askOf(world, asse)).toMatchObject({ status: 'requested', attempt: 2, textVersion: 2 });
    expect(askOf(world, meise)).toMatchObject({ status: 'requested', attempt: 2, textVersion: 2 });
    world.pass('2031-10-01');
    expect(world.told(intentOf(wemmel), '2031-06-26')).toEqual([]);
  });

  test('a body can differ for one municipality: its sessions count, the others keep theirs', () => {
    const world = later().tell('change-body', { party: wemmel, decision: INTENT, body: 'college', reason: 'taalwet' });
    const decision = findDecision(world.state, INTENT)!;
    expect(askSchedule(world.state, decision, wemmel, world.now)).toMatchObject({
      body: 'college',
      lastSession: '2031-06-30',
    });
    expect(askSchedule(world.state, decision, asse, world.now)).toMatchObject({
      body: 'council',
      lastSession: '2031-06-17',
    });
  });

  test('when the assembly decides instead of the board, the sessions that the assembly gave count', () => {
    const world = later()
      .tell('change-body', {
        party: asPartyId('board'),
        decision: 'internal-rules',
        body: 'assembly',
        reason: 'statuten',
      })
      .tell('change-party', { party: asPartyId('assembly'), sessions: { assembly: { dates: [day('2032-02-10')] } } });
    const decision = findDecision(world.state, 'internal-rules')!;
    expect(askSchedule(world.state, decision, asPartyId('board'), world.now).lastSession).toBe('2032-02-10');
  });

  test('a contact, a deputy, a coordinator are who they were made', () => {
    const world = later()
      .tell('replace-contact', { party: wemmel, person: somebody }, contactOf(wemmel))
      .tell('replace-deputy', { party: asse })
      .tell('replace-deputy', { party: meise, person: asPersonId('test.21') })
      .tell('replace-coordinator', { person: asPersonId('test.22'), role: 'deputy' })
      .tell('change-party', { party: wemmel, contribution: 12_000 });
    expect(world.state.parties[wemmel]).toMatchObject({ contact: somebody, linkGeneration: 2, contribution: 12_000 });
    expect(world.state.parties[asse]).not.toHaveProperty('deputy');
    expect(world.state.parties[meise]?.deputy).toBe('test.21');
    expect(world.state).toMatchObject({ coordinator: 'test.1', deputyCoordinator: 'test.22' });
  });
});

describe('tasks and routes', () => {
  test('a task can be ticked and opened again, and what needs it follows', () => {
    const world = later().tell('reopen-task', { task: 'intent-draft', reason: 'niet af' });
    expect(isDone(world.state, 'intent-draft')).toBe(false);
    expect(world.refusal({ type: 'request', data: { decision: INTENT, textVersion: 2 } })).toBe('not-open-yet');
    world.tell('complete-task', { task: 'intent-draft' });
    expect(world.state.tasks['intent-draft']).toEqual({ on: '2031-06-25', by: coordinator });
  });

  test('a path can start without a route; what only routes have opens on the day one is chosen', () => {
    const { route: _route, ...unrouted } = start({ dates: {} });
    const world = new World(at('2031-01-06'), unrouted).finish('support', 'existing-cooperation', 'area', 'agreements');
    expect(world.refusal({ type: 'complete-task', data: { task: 'statutes-review' } })).toBe('not-on-route');
    world.tell('request', { decision: 'statement-of-commitment' }, coordinator, at('2031-02-24'));
    for (const party of allParties) {
      world.tell('answer', { party, decision: 'statement-of-commitment', answer: 'approved', on: day('2031-02-24') });
    }
    world.tell('choose-route', { route: 'continue-existing' }, coordinator, at('2031-06-02'));
    expect(world.state.dates).toEqual({ expiresOn: '2032-12-31', representativesBy: '2031-06-30' });
    expect(taskDue(world.state, findTask(world.state, 'statutes-review')!)).toBe('2031-06-23');
    expect(taskDue(world.state, findTask(world.state, 'sub-operations')!)).toBe('2031-03-26');
  });

  test('another route brings its own dates, and keeps those that the path gave', () => {
    const { route: _route, ...unrouted } = start({ dates: { expiresOn: day('2032-06-30') } });
    const world = new World(at('2031-01-06'), unrouted).tell('choose-route', { route: 'continue-existing' });
    expect(world.state.dates).toEqual({ expiresOn: '2032-06-30', representativesBy: '2031-06-30' });
    world.tell('choose-route', { route: 'new-project-association' });
    expect(world.state.dates).toEqual({ expiresOn: '2032-06-30', representativesBy: '2032-01-31' });
  });
});

describe('deadlines move for one, for all, or with the round', () => {
  const due = (world: World, party = wemmel) => decisionDue(world.state, findDecision(world.state, INTENT)!, party);

  test('for one party, while the others keep theirs; what is said of one goes before what is said of all', () => {
    const world = later().tell('move-deadline', {
      item: INTENT,
      party: wemmel,
      to: day('2031-09-30'),
      reason: 'zomer',
    });
    expect([due(world), due(world, asse)]).toEqual(['2031-09-30', '2031-06-30']);
    world.tell('move-deadline', { item: INTENT, to: day('2031-10-31'), reason: 'iedereen' });
    expect([due(world), due(world, asse)]).toEqual(['2031-09-30', '2031-10-31']);
  });

  test('a date of the round moves what is counted from it', () => {
    const world = later().tell('move-deadline', { item: 'opensOn', to: day('2031-07-06'), reason: 'later begonnen' });
    expect(due(world)).toBe('2031-12-29'); // the 28th is a Sunday
    const task = findTask(world.state, 'submission')!;
    world.tell('move-deadline', { item: 'closesOn', to: day('2032-05-01'), reason: 'uitstel' });
    expect(taskDue(world.state, task)).toBe('2032-05-01');
    expect(world.state.round?.dates['closesOn']).toBe('2032-04-01');
  });

  test('those who still owe an answer hear of it at once, the others not', () => {
    const world = say(later(), 'approved', asse);
    world.tell('move-deadline', { item: INTENT, to: day('2031-09-30'), reason: 'zomer' }).pass(world.now);
    expect(world.told(intentOf(wemmel), '2031-06-25')).toContain(`2031-06-25 ${contact(wemmel)} deadline-moved`);
    expect(world.told(intentOf(asse), '2031-06-25').filter((line) => line.includes('moved'))).toEqual([]);
    const one = later().tell('move-deadline', { item: INTENT, party: meise, to: day('2031-09-30'), reason: 'zomer' });
    one.pass(one.now);
    expect(one.mails.filter(({ message }) => message.kind === 'deadline-moved')).toHaveLength(1);
    expect(one.mails.at(-1)?.message.items[0]).toMatchObject({ from: '2031-06-30', to: '2031-09-30', reason: 'zomer' });
  });
});
