import { describe, expect, it } from 'vitest';
import { commandOf, commandTypes, parseCommand, parseCommandInput } from '../../definitions/commands.ts';
import { loadDefinition, loadRound } from '../../definitions/load.ts';
import type { Parsed } from '../../definitions/read.ts';
import type { CommandData, CommandType } from '../../domain/commands.ts';
import { asLocalDate, asPartyId, asPersonId, type PartyId } from '../../domain/ids.ts';

const asse = asPartyId('nis:23002');
const on = asLocalDate('2031-05-20');
const person = asPersonId('noordrand-2033.4');
const loaded = <Value>(parsed: Parsed<Value>): Value => {
  if (!parsed.ok) throw new Error('the files of the project do not load');
  return parsed.value;
};

/** One of each, as the core has them: a command that is added without a schema does not compile. */
const examples: { [Type in CommandType]: CommandData[Type] } = {
  answer: { party: asse, decision: 'statutes', answer: 'approved', on, reference: 'https://asse.be/besluiten/1' },
  correct: { party: asse, decision: 'statutes', answer: 'rejected', on, because: 'Vergissing.' },
  'add-evidence': { party: asse, decision: 'statutes', reference: 'GR/2031/12' },
  'record-complaint': { party: asse, decision: 'statutes', on },
  request: { decision: 'statutes', textVersion: 2, parties: [asse], approvals: 'keep' },
  'accept-changes': { party: asse, decision: 'statutes' },
  waive: { party: asse, decision: 'leisure-agreement', reason: 'Doet niet mee.' },
  'complete-task': { task: 'vision' },
  'reopen-task': { task: 'vision', reason: 'Nog niet klaar.' },
  'choose-route': { route: 'continue-existing' },
  'add-party': {
    party: asse,
    contact: person,
    contribution: 10,
    facts: { referenceRegion: 'Halle-Vilvoorde', inhabitants: 10_000, adjoining: [asPartyId('nis:23050')] },
    leadDays: 28,
    sessions: { council: { dates: [on], rule: { every: 'week', weekday: 1, exceptMonths: [7] } } },
  },
  'merge-parties': {
    parties: [asse],
    into: { party: asPartyId('nis:23025'), contact: person, facts: { referenceRegion: 'Halle-Vilvoorde' } },
    reason: 'Fusie.',
  },
  'apply-round': { round: loaded(loadRound('igs-cultuur-2033')), reason: 'Uitstel.' },
  'apply-definition': { definition: loaded(loadDefinition('igs-cultuur')) },
  'remove-party': { party: asse, reason: 'Stapt eruit.', approvals: { statutes: 'ask-again' } },
  'change-party': { party: asse, contribution: 0, sessions: { council: { dates: [on] } } },
  'replace-contact': { party: asse, person },
  'replace-deputy': { party: asse },
  'change-details': { party: asse, from: person, to: asPersonId('noordrand-2033.9'), address: 'other' },
  'replace-coordinator': { person, role: 'deputy' },
  'return-mail': { key: 'noordrand-2033/noordrand-2033.4/request/2031-05-20', to: person, why: 'address' },
  'confirm-address': { person },
  'change-body': { party: asse, decision: 'statutes', body: 'college', reason: 'Faciliteiten.' },
  'move-deadline': { item: 'closesOn', to: on, reason: 'Uitstel.' },
  pause: { reason: 'Verkiezingen.' },
  resume: {},
  'record-submission': { number: 'K-1', on },
  'record-decision': { outcome: 'granted', on, amount: 120_000 },
  'hold-mail': { to: person, what: [{ subject: 'statutes/nis:23002#1', rule: 'ten-days', deadline: on }], until: on },
  'release-mail': { to: person, what: [{ subject: 'task/vision', rule: 'late', deadline: on }] },
  'skip-mail': { to: person, what: [{ subject: 'task/vision', rule: 'late', deadline: on }], reason: 'Gebeld.' },
  'send-mail-now': { to: person, what: [{ subject: 'ready/statutes', rule: 'next-day', deadline: on }] },
  'add-line': { to: person, what: [{ subject: 'task/vision', rule: 'late', deadline: on }], text: 'Bel gerust.' },
  'remove-line': { to: person, what: [{ subject: 'task/vision', rule: 'late', deadline: on }] },
  stop: { reason: 'Te weinig gemeenten.' },
  reopen: { reason: 'Toch nog.' },
};

describe('what people say to a path is checked before it travels', () => {
  it.each(commandTypes)('%s: what the core takes is accepted, anything more is not', (type) => {
    const data = examples[type];
    expect(parseCommand(type, data)).toEqual({ ok: true, command: { type, data } });
    expect(parseCommand(type, { ...data, extra: 1 })).toMatchObject({
      ok: false,
      problems: [{ path: ['extra'], message: 'unknown key extra' }],
    });
  });

  it('has a schema for every command', () => {
    expect([...commandTypes].sort()).toEqual(Object.keys(examples).sort());
  });

  const partyOf = (party: unknown): PartyId | string | undefined => {
    const parsed = parseCommand('accept-changes', { party, decision: 'statutes' });
    return parsed.ok ? (parsed.command.data as { party: PartyId }).party : parsed.problems[0]?.expected;
  };

  it('takes a party by name, by code, by id, or as a body', () => {
    expect(['Asse', 'asse', '23002', 23002, 'nis:23002'].map(partyOf)).toEqual(Array(5).fill('nis:23002'));
    expect(partyOf('board')).toBe('board');
    expect(partyOf('Kontig')).toBe('Kontich');
    expect(partyOf('Borsbeek')).toBe('its successor, Antwerpen (11002)');
    expect(partyOf('nis:99999')).toBe('the name or the NIS code of a Flemish municipality');
    expect(partyOf(undefined)).toBe('a municipality by name or NIS code, or the key of a body');
  });

  it.each<[CommandType, unknown, string, string | undefined]>([
    ['answer', { ...examples.answer, on: '2031-02-30' }, 'on is "2031-02-30"', 'a day that exists, written YYYY-MM-DD'],
    [
      'answer',
      { ...examples.answer, answer: 'perhaps' },
      'answer is "perhaps"',
      'one of scheduled, approved, approved-with-changes, adjourned, rejected',
    ],
    [
      'answer',
      { ...examples.answer, reference: 'javascript:alert(1)' },
      'reference is "javascript:alert(1)"',
      'the web address (http or https) or the number of a published decision',
    ],
    ['pause', {}, 'reason is missing', 'a reason, at most 4000 characters'],
    ['pause', undefined, 'reason is missing', 'a reason, at most 4000 characters'],
    ['pause', { reason: ' ' }, 'reason is " "', 'a reason, at most 4000 characters'],
    ['pause', { reason: 'a\u0000b' }, 'reason is "a\\u0000b"', 'a reason, at most 4000 characters'],
    ['record-decision', { outcome: 'granted', on, amount: -1 }, 'amount is -1', 'an amount in EUR, 0 or more'],
    ['record-decision', { outcome: 'granted', on, amount: Number.NaN }, 'amount is NaN', 'an amount in EUR, 0 or more'],
    ['request', { decision: 'statutes', textVersion: 0 }, 'textVersion is 0', 'at least 1'],
    [
      'replace-contact',
      { party: 'Asse', person: 'Jan' },
      'person is "Jan"',
      'the id of a person, like noordrand-2033.4',
    ],
    ['pause', 'please', 'the file is "please"', 'a block of keys with reason'],
  ])('%s %j: %s', (type, data, message, expected) => {
    const parsed = parseCommand(type, data);
    expect(parsed.ok ? [] : parsed.problems).toMatchObject([{ message, expected }]);
  });

  it('names the commands when it does not know one', () => {
    for (const type of ['explode', 'constructor', '__proto__']) {
      const parsed = parseCommand(type, {});
      expect(parsed).toMatchObject({ ok: false, problems: [{ message: `unknown command "${type}"` }] });
    }
  });
});

describe('a colleague can be named before they have an id', () => {
  const sven = { name: 'Sven Baert', email: 'sven@zaventem.example.org' };
  const idOf = (): typeof person => asPersonId('noordrand-2033.20');

  it.each<[CommandType, object, object, object]>([
    [
      'replace-contact',
      { party: 'Asse', ...sven, role: 'secretaris' },
      { field: 'person', party: 'nis:23002', role: 'contact', person: { ...sven, role: 'secretaris' } },
      { party: 'nis:23002', person: 'noordrand-2033.20' },
    ],
    [
      'replace-deputy',
      { party: 'Asse', person: sven },
      { field: 'person', party: 'nis:23002', role: 'deputy', person: sven },
      { party: 'nis:23002', person: 'noordrand-2033.20' },
    ],
    [
      'merge-parties',
      { parties: ['Meise'], into: { party: 'Asse', deputy: sven }, reason: 'Fusie.' },
      { field: 'deputy', party: 'nis:23002', role: 'deputy', person: sven },
      {
        ...{ parties: ['nis:23050'], reason: 'Fusie.' },
        into: { party: 'nis:23002', deputy: 'noordrand-2033.20', facts: { referenceRegion: 'Halle-Vilvoorde' } },
      },
    ],
    [
      'replace-coordinator',
      { person: sven, role: 'deputy' },
      { field: 'person', role: 'deputy-coordinator', person: sven },
      { person: 'noordrand-2033.20', role: 'deputy' },
    ],
    [
      'add-party',
      { party: 'Asse', contact: sven, councilSessions: undefined },
      { field: 'contact', party: 'nis:23002', role: 'contact', person: sven },
      { party: 'nis:23002', contact: 'noordrand-2033.20', facts: { referenceRegion: 'Halle-Vilvoorde' } },
    ],
  ])('%s', (type, given, newcomer, data) => {
    const defined = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const parsed = parseCommandInput(type, defined);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed));
    expect(parsed.input.newcomers).toEqual([newcomer]);
    expect(commandOf(parsed.input, idOf)).toEqual({ type, data });
  });

  it('leaves a command without newcomers as it is', () => {
    const parsed = parseCommandInput('replace-contact', { party: 'Asse', person });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed));
    expect(parsed.input.newcomers).toEqual([]);
    expect(commandOf(parsed.input, idOf)).toEqual({ type: 'replace-contact', data: { party: 'nis:23002', person } });
  });

  it('refuses an address that is none', () => {
    const bad = { name: 'Sven', email: 'sven@x.be\nBcc: y@z.be' };
    expect(parseCommandInput('replace-contact', { party: 'Asse', ...bad })).toMatchObject({
      ok: false,
      problems: [{ path: ['email'] }],
    });
    expect(parseCommandInput('replace-contact', { party: 'Asse', person: bad })).toMatchObject({
      ok: false,
      problems: [{ path: ['person', 'email'] }],
    });
  });
});
