import { describe, expect, it } from 'vitest';
import { readAnswers, toScript, type AnswersContext } from '../../definitions/answers.ts';
import { loadDefinition } from '../../definitions/load.ts';
import { validateFile } from '../../definitions/validate.ts';
import { expectedScript } from '../../domain/course.ts';
import { asPartyId, asPersonId } from '../../domain/ids.ts';
import { changed, fileWith, linesOf } from './files.ts';

const definition = loadDefinition('igs-cultuur');
if (!definition.ok) throw new Error(JSON.stringify(definition));
const context: AnswersContext = {
  definition: definition.value,
  parties: [asPartyId('nis:23102'), asPartyId('nis:23050')],
};

const good = `default: none
decision: { outcome: refused, reason: Te weinig middelen. }
answers:
  - { party: Wemmel, decision: declaration-of-intent, answer: rejected, on: 2031-05-20, reason: Te duur. }
  - { party: 23050, decision: declaration-of-intent, answer: adjourned, to: 2031-06-24, on: 2031-05-20 }
  - party: board
    decision: culture-plan-board
    answer: approved-with-changes
    on: 2032-01-08
    changes: Hoofdstuk 3.
commands:
  - { on: 2031-03-01, command: move-deadline, data: { item: declaration-of-intent, to: 2031-07-05, reason: Later. } }
  - on: 2031-04-01
    command: replace-contact
    data:
      party: Meise
      name: Ina
      email: ina@meise.example.org
`;

const problemsOf = (text: string): string[] => linesOf(readAnswers(fileWith('answers.yaml', text), context));

describe('an answers file changes the expected course', () => {
  it('becomes the script of a simulation', () => {
    const read = readAnswers(fileWith('answers.yaml', good), context);
    if (!read.ok) throw new Error(JSON.stringify(read));
    expect(read.value.commands.map(({ line }) => line)).toEqual([12, 13]);
    expect(toScript(read.value, ({ role, party }) => asPersonId(`${role} of ${party ?? 'the path'}`))).toEqual({
      default: 'none',
      outcome: { outcome: 'refused', reason: 'Te weinig middelen.' },
      answers: [
        {
          party: 'nis:23102',
          decision: 'declaration-of-intent',
          answer: 'rejected',
          on: '2031-05-20',
          reason: 'Te duur.',
        },
        {
          party: 'nis:23050',
          decision: 'declaration-of-intent',
          answer: 'adjourned',
          to: '2031-06-24',
          on: '2031-05-20',
        },
        {
          party: 'board',
          decision: 'culture-plan-board',
          answer: 'approved-with-changes',
          on: '2032-01-08',
          changes: 'Hoofdstuk 3.',
        },
      ],
      commands: [
        {
          on: '2031-03-01',
          command: {
            type: 'move-deadline',
            data: { item: 'declaration-of-intent', to: '2031-07-05', reason: 'Later.' },
          },
        },
        {
          on: '2031-04-01',
          command: { type: 'replace-contact', data: { party: 'nis:23050', person: 'contact of nis:23050' } },
        },
      ],
    });
  });

  it('changes nothing when it says nothing', () => {
    const read = readAnswers(fileWith('answers.yaml', '{}'), context);
    if (!read.ok) throw new Error(JSON.stringify(read));
    expect(toScript(read.value, () => asPersonId('x.1'))).toEqual(expectedScript);
  });

  it('is checked without its region too, as far as that goes', () => {
    expect(validateFile(fileWith('answers.yaml', good))).toMatchObject({ kind: 'answers', problems: [] });
    const elsewhere = changed(good, 'party: Wemmel', 'party: Borsbeek');
    expect(validateFile(fileWith('answers.yaml', elsewhere)).problems).toMatchObject([{ line: 4 }]);
  });

  it.each<[what: string, from: string, to: string, problems: string[]]>([
    [
      'an unknown key',
      'default: none',
      'defaults: none',
      ['1 unknown key defaults — expected one of default, decision, answers, commands'],
    ],
    [
      'an unknown default',
      'default: none',
      'default: nobody',
      ['1 default is "nobody" — expected one of expected, none'],
    ],
    [
      'an unknown outcome',
      'outcome: refused',
      'outcome: maybe',
      ['2 decision.outcome is "maybe" — expected one of granted, refused'],
    ],
    [
      'an unknown municipality',
      'party: Wemmel',
      'party: Wemel',
      ['4 unknown municipality "Wemel" — expected Wemmel, or one of board, assembly, government'],
    ],
    [
      'an ended municipality',
      'party: Wemmel',
      'party: Gooik',
      ['4 Gooik (23024) ended on 2025-01-01 — expected its successor, Pajottegem (23106)'],
    ],
    [
      'a municipality of another region',
      'party: Wemmel',
      'party: Asse',
      ['4 Asse does not take part — expected a municipality of the region file'],
    ],
    [
      'a decision of another body',
      'party: board',
      'party: assembly',
      ['7 culture-plan-board is not a decision of assembly — expected one of statute-amendment, joining-acceptance'],
    ],
    [
      'an impossible date',
      'on: 2032-01-08',
      'on: 2032-02-30',
      ['9 on is "2032-02-30" — expected a day that exists, written YYYY-MM-DD'],
    ],
    [
      'an unknown answer',
      'answer: rejected',
      'answer: "no"',
      ['4 answer is "no" — expected one of scheduled, approved, approved-with-changes, adjourned, rejected'],
    ],
    [
      'changes that are not told',
      '    changes: Hoofdstuk 3.\n',
      '',
      ['6 approved with changes, but without the changes — expected changes: what the body changed'],
    ],
    [
      'a new session that is not later',
      'to: 2031-06-24',
      'to: 2031-05-20',
      ['5 to is 2031-05-20, not after 2031-05-20 — expected a session after 2031-05-20'],
    ],
    [
      'a command without its reason',
      ', reason: Later. }',
      ' }',
      ['12 reason is missing — expected a reason, at most 4000 characters'],
    ],
    [
      'an unknown key in a command',
      '      name: Ina',
      '      nom: x\n      name: Ina',
      ['17 unknown key nom — expected one of party, person, passedOnBy'],
    ],
    [
      'a malformed address in a command',
      'ina@meise.example.org',
      'ina',
      ['18 email is "ina" — expected one e-mail address, like naam@gemeente.be, without control characters'],
    ],
  ])('%s', (_, from, to, problems) => {
    expect(problemsOf(changed(good, from, to))).toEqual(problems);
  });

  it('an unknown command, decision or task', () => {
    expect(problemsOf(changed(good, 'command: replace-contact', 'command: replace-person'))[0]).toMatch(
      /^14 command is "replace-person" — expected one of answer, correct, /,
    );
    expect(problemsOf(changed(good, 'decision: culture-plan-board', 'decision: nota'))[0]).toMatch(
      /^7 unknown decision nota — expected one of culture-plan-board, internal-rules|^7 unknown decision nota/,
    );
    const task = changed(
      good,
      'command: move-deadline, data: { item: declaration-of-intent, to: 2031-07-05, reason: Later. }',
      'command: complete-task, data: { task: nap }',
    );
    expect(problemsOf(task)[0]).toMatch(/^12 unknown task nap — expected one of own-time, /);
  });
});
