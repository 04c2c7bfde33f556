import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { missingDates } from '../../definitions/date-checks.ts';
import {
  knownRoundDates,
  listDefinitions,
  listRounds,
  loadDefinition,
  loadRound,
  readDefinition,
  readRound,
} from '../../definitions/load.ts';
import type { Definition, Round } from '../../domain/definition.ts';
import { changed, fileWith, linesOf } from './files.ts';

function ok<Value>(result: { ok: true; value: Value } | { ok: false }): Value {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value;
}

const definition: Definition = ok(loadDefinition('igs-cultuur'));
const round: Round = ok(loadRound('igs-cultuur-2033'));
const decisions = definition.steps.flatMap((step) => step.decisions);
const tasks = definition.steps.flatMap((step) => step.tasks);
const bodyOf = (key: string): string | undefined => decisions.find((decision) => decision.key === key)?.body;

describe('the path to the culture subsidy holds what the stappenplan asks', () => {
  it('has eleven steps in their order', () => {
    expect(definition.steps.map(({ key }) => key)).toEqual([
      'support',
      'existing-cooperation',
      'area',
      'agreements',
      'keep-support',
      'legal-form',
      'legal-structure',
      'culture-plan-work',
      'communication',
      'submit',
      'after-decision',
    ]);
  });

  it('has every decision, at the body that takes it', () => {
    expect(Object.fromEntries(decisions.map(({ key, body }) => [key, body]))).toEqual({
      'statement-of-commitment': 'college',
      'declaration-of-intent': 'council',
      representatives: 'council',
      'multi-year-plan': 'council',
      statutes: 'council',
      extension: 'council',
      'culture-plan': 'council',
      'leisure-agreement': 'council',
      'culture-plan-board': 'board',
      'internal-rules': 'board',
      'consultation-body': 'council',
      'joining-study': 'council',
      'statute-amendment': 'assembly',
      'joining-acceptance': 'assembly',
      advice: 'government',
    });
    expect(decisions.filter(({ optional }) => optional).map(({ key }) => key)).toEqual(['leisure-agreement']);
  });

  it('waits with the text of the culture plan for its seven required elements', () => {
    expect(tasks.find(({ key }) => key === 'plan-text')?.needs).toEqual([
      'vision',
      'actions',
      'stakeholder-position',
      'partner-relevance',
      'disadvantaged-groups',
      'business-plan',
      'small-projects',
    ]);
  });

  it('lets nobody be asked on a route that lacks the decision', () => {
    const on = (route: string): string[] =>
      decisions.filter(({ routes }) => routes === undefined || routes.includes(route)).map(({ key }) => key);
    expect(on('continue-existing')).toContain('extension');
    expect(on('continue-existing')).not.toContain('statutes');
    expect(on('new-project-association')).toContain('statutes');
    expect(on('new-project-association')).not.toContain('extension');
    expect(on('new-service-association')).toEqual(expect.arrayContaining(['consultation-body', 'advice', 'statutes']));
    expect(on('join-existing')).toEqual(
      expect.arrayContaining(['joining-study', 'statute-amendment', 'joining-acceptance']),
    );
    expect(bodyOf('advice')).toBe('government');
  });

  it('hands in once, hears the outcome once, and hires after it', () => {
    expect(tasks.filter(({ kind }) => kind === 'submission').map(({ key }) => key)).toEqual(['submission']);
    expect(tasks.filter(({ kind }) => kind === 'outcome').map(({ key }) => key)).toEqual(['outcome']);
    expect(tasks.find(({ key }) => key === 'regional-coordinator')?.needs).toEqual(['outcome']);
    expect(definition.closing).toEqual({ anchor: 'startsOn' });
  });

  it('counts from dates that every round gives', () => {
    for (const key of listRounds()) expect(missingDates(definition, ok(loadRound(key)))).toEqual([]);
    expect(linesOf(readDefinition('definitions/paths/igs-cultuur.yaml', knownRoundDates()))).toEqual([]);
  });
});

describe('rounds', () => {
  it('keep the dates of the round that is closed', () => {
    expect(ok(loadRound('igs-cultuur-2027'))).toMatchObject({
      status: 'closed',
      dates: {
        closesOn: '2026-04-01',
        decisionBy: '2026-10-30',
        startsOn: '2027-01-01',
        endsOn: '2032-12-31',
        electionsOn: '2024-10-13',
      },
    });
  });

  it('mark the next one as provisional: the same rhythm six years on', () => {
    const before = ok(loadRound('igs-cultuur-2027'));
    expect(round.status).toBe('provisional');
    expect(Object.keys(round.dates)).toEqual(Object.keys(before.dates));
    for (const [name, on] of Object.entries(before.dates)) {
      const years = Number(round.dates[name]?.slice(0, 4)) - Number(on.slice(0, 4));
      expect([name, years]).toEqual([name, 6]);
    }
  });

  it('refuse a key that is no file, and one that would leave the folder', () => {
    expect(linesOf(loadRound('igs-cultuur-2099'))).toEqual([
      '1 there is no round "igs-cultuur-2099" — expected one of igs-cultuur-2027, igs-cultuur-2033',
    ]);
    expect(loadDefinition('../rounds/igs-cultuur-2033').ok).toBe(false);
    expect(listDefinitions()).toEqual(['igs-cultuur', 'join-partnership', 'one-decision']);
  });

  const text = readFileSync('definitions/rounds/igs-cultuur-2033.yaml', 'utf8');
  it.each([
    [
      '  closesOn: 2032-04-01',
      '  closesOn: 2032-02-30',
      ['12 dates.closesOn is "2032-02-30" — expected a day that exists, written YYYY-MM-DD'],
    ],
    ['  closesOn: 2032-04-01\n', '', ['6 dates.closesOn is missing — expected a day that exists, written YYYY-MM-DD']],
    [
      '  closesOn: 2032-04-01',
      '  closesOn: 2031-01-01',
      ['12 closesOn is 2031-01-01, not after opensOn — expected a day from 2031-01-07'],
    ],
    ['status: provisional', 'status: maybe', ['5 status is "maybe" — expected one of open, closed, provisional']],
    [
      'status: provisional',
      'status: provisional\nnote: x',
      ['6 unknown key note — expected one of key, version, status, dates, conditions'],
    ],
    [
      'key: igs-cultuur-2033',
      'key: igs-cultuur-2039',
      ['3 key is igs-cultuur-2039 — expected the name of the file, igs-cultuur-2033'],
    ],
  ])('%s → %s', (from, to, problems) => {
    expect(linesOf(readRound(fileWith('igs-cultuur-2033.yaml', changed(text, from, to))))).toEqual(problems);
  });
});

const small = `key: small
version: 1
routes:
  - key: short
    dates: { expiresOn: { anchor: startsOn, days: -1 } }
  - key: long
bodies:
  council: { per: municipality, notice: { days: 8 }, leadDays: 42, assumed: { every: month, nth: 3, weekday: 2 } }
reminders:
  council:
    - { key: late, kind: overdue, to: [contact], anchor: dueOn, days: 1, repeatDays: 14 }
  task:
    - { key: late, kind: overdue, to: [coordinator], anchor: dueOn, days: 1, repeatDays: 14 }
  ready:
    - { key: late, kind: reminder, to: [coordinator], anchor: readyOn, days: 1, repeatDays: 14 }
  call:
    - { key: late, kind: reminder, to: [coordinator], anchor: answeredOn, days: 1, repeatDays: 14 }
roles: { ready: ready, call: call }
steps:
  - key: first
    tasks:
      - { key: text, days: 10 }
    decisions:
      - key: statutes
        body: council
        document: statutes
        needs: [text]
        due: { anchor: closesOn, days: -8 }
        reminders: council
  - key: second
    needs: [first]
    tasks:
      - { key: sign, days: 10 }
`;

describe('who changes a path is told on which line it does not fit', () => {
  const check = (text: string): string[] =>
    linesOf(readDefinition(fileWith('small.yaml', text), new Set(['opensOn', 'closesOn', 'startsOn'])));

  it('accepts the path that the others are made of', () => {
    expect(check(small)).toEqual([]);
  });

  it.each<[what: string, from: string, to: string, problem: RegExp]>([
    [
      'a key that is there twice',
      'key: sign',
      'key: text',
      /^33 the key text is there twice — expected a key of its own$/,
    ],
    ['a step and an item with one key', 'key: second', 'key: statutes', /^30 the key statutes is there twice/],
    [
      'a rule that is there twice in a set',
      'roles:',
      '    - { key: late, kind: reminder, to: [coordinator], anchor: answeredOn, days: 9 }\nroles:',
      /^18 the key late is there twice/,
    ],
    [
      'a need that does not exist',
      'needs: [text]',
      'needs: [texts]',
      /^27 needs texts, which is not there — expected the key of a step, task or decision$/,
    ],
    [
      'a circle within a step',
      '{ key: text, days: 10 }',
      '{ key: text, days: 10, needs: [statutes] }',
      /^22 waits for itself: .*text → statutes → text|^22 waits for itself: .*statutes/,
    ],
    [
      'a circle through a step',
      '{ key: text, days: 10 }',
      '{ key: text, days: 10, needs: [second] }',
      /^\d+ waits for itself: .*second/,
    ],
    [
      'a task that needs its own step',
      '{ key: sign, days: 10 }',
      '{ key: sign, days: 10, needs: [second] }',
      /^3\d waits for itself: .*second/,
    ],
    [
      'a route that does not exist',
      '{ key: sign, days: 10 }',
      '{ key: sign, days: 10, routes: [longer] }',
      /^33 unknown route longer — expected one of short, long$/,
    ],
    [
      'a body that does not exist',
      'body: council',
      'body: senate',
      /^25 unknown body senate — expected one of council$/,
    ],
    [
      'a reminder set that does not exist',
      'reminders: council',
      'reminders: senate',
      /unknown reminder set senate — expected one of council, task, ready, call$/,
    ],
    ['a role without a set', 'call: call', 'call: phone', /^18 unknown reminder set phone/],
    [
      'a set that nothing uses',
      'roles:',
      '  extra:\n    - { key: late, kind: reminder, to: [coordinator], anchor: dueOn, days: 1, repeatDays: 14 }\nroles:',
      /^18 nothing uses the reminder set extra/,
    ],
    [
      'a set that falls silent',
      'to: [contact], anchor: dueOn, days: 1, repeatDays: 14',
      'to: [contact], anchor: dueOn, days: 1',
      /^10 the reminder set council falls silent in the end — expected a rule with repeatDays and without until$/,
    ],
    [
      'a set that stops some day',
      'to: [contact], anchor: dueOn, days: 1, repeatDays: 14',
      'to: [contact], anchor: dueOn, days: 1, repeatDays: 14, until: { anchor: closesOn }',
      /^10 the reminder set council falls silent/,
    ],
    [
      'a reminder that counts from what its subject lacks',
      'to: [contact], anchor: dueOn',
      'to: [contact], anchor: openedOn',
      /^11 openedOn is not a date here — expected one of requestedOn, agendaCutoff/,
    ],
    [
      'a deadline that counts from nothing',
      'due: { anchor: closesOn, days: -8 }',
      'due: { anchor: closeOn, days: -8 }',
      /^28 no round or route gives the date closeOn — expected one of opensOn, closesOn, startsOn$/,
    ],
    [
      'a deadline that not every route of its item gives',
      'due: { anchor: closesOn, days: -8 }',
      'due: { anchor: expiresOn }\n        routes: [short, long]',
      /^28 no round or route gives the date expiresOn/,
    ],
    [
      'a deadline that no route gives yet',
      'due: { anchor: closesOn, days: -8 }',
      'due: { anchor: expiresOn }',
      /^28 counts from expiresOn, which is not known before the route is chosen/,
    ],
    [
      'a route that counts from nothing',
      '{ anchor: startsOn, days: -1 }',
      '{ anchor: startOn, days: -1 }',
      /^5 no round gives the date startOn/,
    ],
    [
      'a second submission',
      '{ key: sign, days: 10 }',
      '{ key: sign, days: 10, kind: outcome }\n      - { key: hear, days: 1, kind: outcome }',
      /^34 a second task of kind outcome/,
    ],
    [
      'a meeting pattern without a number',
      'every: month, nth: 3',
      'every: month',
      /^8 council.assumed is a block of keys — expected nth with every: month, and only then$/,
    ],
    [
      'an unknown key in a task',
      '{ key: sign, days: 10 }',
      '{ key: sign, days: 10, until: x }',
      /^33 unknown key until — expected one of key, needs, routes, optional, days, due, reminders, kind, expected$/,
    ],
    [
      'a duration in words',
      'key: sign, days: 10',
      'key: sign, days: ten',
      /^33 days is "ten" — expected a whole number of days$/,
    ],
    [
      'a key that is not kebab-case',
      'key: sign',
      'key: signDeed',
      /^33 key is "signDeed" — expected a key in kebab-case/,
    ],
  ])('%s', (_, from, to, problem) => {
    expect(check(changed(small, from, to))).toContainEqual(expect.stringMatching(problem));
  });

  it('accepts a deadline of the route for an item that is only on that route', () => {
    expect(
      check(
        changed(small, 'due: { anchor: closesOn, days: -8 }', 'due: { anchor: expiresOn }\n        routes: [short]'),
      ),
    ).toEqual([]);
  });

  it('accepts a circle that no route closes', () => {
    const text = changed(small, '{ key: text, days: 10 }', '{ key: text, days: 10, needs: [sign], routes: [long] }');
    const apart = changed(
      changed(text, '    needs: [first]\n', ''),
      '{ key: sign, days: 10 }',
      '{ key: sign, days: 10, needs: [text], routes: [short] }',
    );
    expect(check(apart)).toEqual([]);
    expect(check(apart.replace('routes: [short] }', 'routes: [long] }'))[0]).toMatch(
      /waits for itself: text → sign → text/,
    );
  });
});
