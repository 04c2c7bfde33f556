/** Answers that are refused. */
import { asPersonId } from '../../domain/ids.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type Case, asked, held, later, answeredAs, left, ended, long } from './refusals.ts';
import { asse, contactOf, wemmel } from './world.ts';

const both = (code: RefusalCode, when: string, data: object, path = later): Case[] => [
  { code, when: `answer: ${when}`, path, type: 'answer', data: { ...asked, ...data } },
  {
    code,
    when: `correct: ${when}`,
    path: answeredAs('rejected'),
    type: 'correct',
    data: { ...asked, ...data, because: 'vergissing' },
  },
];

export const answerCases: Case[] = [
  ...both('session-in-past', 'scheduled for yesterday', { answer: 'scheduled', on: '2031-06-24' }),
  ...both('session-in-future', 'approved tomorrow', { answer: 'approved', on: '2031-06-26' }),
  ...both('session-in-future', 'adjourned by a session that is still to come', {
    answer: 'adjourned',
    on: '2031-06-26',
  }),
  ...both('new-session-not-later', 'adjourned to the same day', {
    answer: 'adjourned',
    on: '2031-06-24',
    to: '2031-06-24',
  }),
  ...both('new-session-not-later', 'adjourned to a day that is past', {
    answer: 'adjourned',
    on: '2031-05-20',
    to: '2031-06-24',
  }),
  ...both('date-too-far', 'approved in another century', { answer: 'approved', on: '1999-06-24' }),
  ...both('date-too-far', 'scheduled for a session in eight years', { answer: 'scheduled', on: '2039-06-24' }),
  ...both('invalid-date', 'a day that does not exist', { answer: 'approved', on: '2031-06-31' }),
  ...both('invalid-date', 'a new session in the year 9999', {
    answer: 'adjourned',
    on: '2031-06-24',
    to: '9999-12-31',
  }),
  ...both('invalid-value', 'an answer that is none', { answer: 'perhaps', on: '2031-06-24' }),
  ...both('changes-missing', 'changed, but how', { answer: 'approved-with-changes', on: '2031-06-24' }),
  ...both('changes-missing', 'changed, in blanks', {
    answer: 'approved-with-changes',
    on: '2031-06-24',
    changes: '  ',
  }),
  ...both('text-too-long', 'a book of reasons', { answer: 'rejected', on: '2031-06-24', reason: long }),
  ...both('unknown-decision', 'of a decision that does not exist', { ...held, answer: 'approved', decision: 'none' }),
  ...both('unknown-party', 'of a party that does not exist', { ...held, answer: 'approved', party: 'nis:11002' }),
  ...both('unknown-party', 'of a party with a name of JavaScript', { ...held, answer: 'approved', party: '__proto__' }),
  ...both('not-on-route', 'of a decision of another route', { ...held, answer: 'approved', decision: 'statutes' }),
  ...both('not-concerned', 'of a body about what councils decide', { ...held, answer: 'approved', party: 'board' }),
  { code: 'party-left', when: 'who left answers', path: left, type: 'answer', data: { ...held, answer: 'approved' } },
  {
    code: 'not-requested',
    when: 'a contact answers what was not asked',
    path: later,
    type: 'answer',
    data: { ...held, decision: 'extension', answer: 'approved' },
    by: contactOf(wemmel),
  },
  ...['approved', 'rejected'].map((answer): Case => ({
    code: 'already-answered',
    when: `a second answer after ${answer}`,
    path: answeredAs(answer),
    type: 'answer',
    data: { ...held, answer: 'approved' },
  })),
  {
    code: 'already-answered',
    when: 'a second answer after changes',
    path: answeredAs('approved-with-changes', { changes: 'art. 3' }),
    type: 'answer',
    data: { ...held, answer: 'approved' },
  },
  {
    code: 'not-allowed',
    when: 'a neighbour answers',
    path: later,
    type: 'answer',
    data: { ...held, answer: 'approved' },
    by: contactOf(asse),
  },
  {
    code: 'not-allowed',
    when: 'a consultant answers',
    path: later,
    type: 'answer',
    data: { ...held, answer: 'approved' },
    by: { kind: 'consultant', via: 'web' },
  },
  {
    code: 'not-allowed',
    when: 'a former contact answers',
    path: () => later().tell('replace-contact', { party: wemmel, person: asPersonId('test.20') }),
    type: 'answer',
    data: { ...held, answer: 'approved' },
    by: contactOf(wemmel),
  },
  {
    code: 'nothing-to-correct',
    when: 'nothing was answered',
    path: later,
    type: 'correct',
    data: { ...held, answer: 'approved', because: 'vergissing' },
  },
  {
    code: 'invalid-value',
    when: 'corrected without a reason',
    path: answeredAs('approved'),
    type: 'correct',
    data: { ...held, answer: 'rejected', because: '' },
  },
  {
    code: 'nothing-to-correct',
    when: 'proof of no answer',
    path: later,
    type: 'add-evidence',
    data: { ...asked, reference: 'https://wemmel.example.org/1' },
  },
  {
    code: 'invalid-value',
    when: 'no proof',
    path: answeredAs('approved'),
    type: 'add-evidence',
    data: { ...asked, reference: '' },
  },
  {
    code: 'path-ended',
    when: 'an answer after the end',
    path: ended,
    type: 'answer',
    data: { ...held, answer: 'approved' },
  },
];
