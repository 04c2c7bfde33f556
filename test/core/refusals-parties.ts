/** What is refused about who takes part, who speaks for them, when they meet and which body decides. */
import { type Case, asked, later, left } from './refusals.ts';
import { allParties, asse, contact, contactOf, wemmel } from './world.ts';

export const partyCases: Case[] = [
  { code: 'party-exists', when: 'joins twice', type: 'add-party', data: { party: wemmel } },
  { code: 'unknown-party', when: 'joins without being a municipality', type: 'add-party', data: { party: 'nis:1' } },
  {
    code: 'unknown-body',
    when: 'joins with sessions of nobody',
    type: 'add-party',
    data: { party: 'nis:23025', sessions: { senate: { dates: [] } } },
  },
  {
    code: 'invalid-value',
    when: 'joins with a debt',
    type: 'add-party',
    data: { party: 'nis:23025', contribution: -1 },
  },
  {
    code: 'invalid-value',
    when: 'joins with a contact who is nobody',
    type: 'add-party',
    data: { party: 'nis:23025', contact: '' },
  },
  {
    code: 'invalid-value',
    when: 'joins with a deputy who is nobody',
    type: 'add-party',
    data: { party: 'nis:23025', deputy: '' },
  },
  {
    code: 'last-party',
    when: 'all leave',
    path: () =>
      allParties.slice(1).reduce((world, party) => world.tell('remove-party', { party, reason: 'weg' }), later()),
    type: 'remove-party',
    data: { party: asse, reason: 'weg' },
  },
  { code: 'not-concerned', when: 'the board leaves', type: 'remove-party', data: { party: 'board', reason: 'weg' } },
  {
    code: 'party-left',
    when: 'leaves twice',
    path: left,
    type: 'remove-party',
    data: { party: wemmel, reason: 'weg' },
  },
  { code: 'invalid-value', when: 'leaves without a reason', type: 'remove-party', data: { party: wemmel, reason: '' } },
  { code: 'nothing-changed', when: 'nothing said of a party', type: 'change-party', data: { party: wemmel } },
  {
    code: 'invalid-date',
    when: 'a session on no day',
    type: 'change-party',
    data: { party: wemmel, sessions: { council: { dates: ['2031-02-30'] } } },
  },
  {
    code: 'invalid-value',
    when: 'sessions without a list',
    type: 'change-party',
    data: { party: wemmel, sessions: { council: {} } },
  },
  ...[
    { weekday: 8 },
    { nth: 6 },
    { nth: 0 },
    { exceptMonths: undefined },
    { exceptMonths: [13] },
    { every: 'year' },
  ].map((wrong): Case => ({
    code: 'invalid-value',
    when: `a rule for sessions with ${JSON.stringify(wrong)}`,
    type: 'change-party',
    data: {
      party: wemmel,
      sessions: { council: { dates: [], rule: { every: 'month', weekday: 2, nth: 3, exceptMonths: [], ...wrong } } },
    },
  })),
  {
    code: 'nothing-changed',
    when: 'the same contact',
    type: 'replace-contact',
    data: { party: wemmel, person: contact(wemmel) },
  },
  { code: 'invalid-value', when: 'nobody as contact', type: 'replace-contact', data: { party: wemmel } },
  {
    code: 'not-concerned',
    when: 'a contact of the board',
    type: 'replace-contact',
    data: { party: 'board', person: 'test.20' },
  },
  {
    code: 'nothing-changed',
    when: 'the same deputy',
    type: 'replace-deputy',
    data: { party: wemmel, person: 'test.7' },
  },
  {
    code: 'not-concerned',
    when: 'a deputy of the board',
    type: 'replace-deputy',
    data: { party: 'board', person: 'test.20' },
  },
  {
    code: 'invalid-value',
    when: 'a deputy who is nobody',
    type: 'replace-deputy',
    data: { party: wemmel, person: '' },
  },
  ...[
    { code: 'nothing-changed' as const, when: 'the same details', to: contact(wemmel) },
    { code: 'invalid-value' as const, when: 'the details of somebody else', from: 'test.99' },
    { code: 'invalid-value' as const, when: 'details that make the contact the deputy', to: 'test.7' },
    { code: 'invalid-value' as const, when: 'details of nobody', to: '' },
    { code: 'invalid-value' as const, when: 'an address that is neither', address: 'perhaps' },
  ].map(({ code, when, ...wrong }): Case => ({
    ...{ code, when, type: 'change-details' },
    data: { party: wemmel, from: contact(wemmel), to: 'test.20', address: 'same', ...wrong },
  })),
  {
    code: 'not-allowed',
    when: 'the contact changes what the deputy is called',
    type: 'change-details',
    data: { party: wemmel, from: 'test.7', to: 'test.20', address: 'same' },
    by: contactOf(wemmel),
  },
  { code: 'nothing-changed', when: 'the same coordinator', type: 'replace-coordinator', data: { person: 'test.1' } },
  { code: 'invalid-value', when: 'nobody coordinates', type: 'replace-coordinator', data: {} },
  { code: 'invalid-value', when: 'a king', type: 'replace-coordinator', data: { person: 'test.20', role: 'king' } },
  {
    code: 'unknown-body',
    when: 'a body that does not exist decides',
    type: 'change-body',
    data: { ...asked, body: 'senate', reason: 'taalwet' },
  },
  {
    code: 'not-concerned',
    when: 'the board decides for a municipality',
    type: 'change-body',
    data: { ...asked, body: 'board', reason: 'taalwet' },
  },
  {
    code: 'not-concerned',
    when: 'a council decides for the board',
    type: 'change-body',
    data: { party: 'board', decision: 'internal-rules', body: 'council', reason: 'taalwet' },
  },
  {
    code: 'nothing-changed',
    when: 'the body that it is',
    type: 'change-body',
    data: { ...asked, body: 'council', reason: 'taalwet' },
  },
];
