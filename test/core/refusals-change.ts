/** What is refused when municipalities merge, and when a newer round or definition is applied to a path. */
import type { Definition, Round } from '../../domain/definition.ts';
import { type Case, answeredAs, left } from './refusals.ts';
import { INTENT, World, administrator, asse, at, intentAsked, meise, roundOf, start, wemmel } from './world.ts';

const { state } = intentAsked();
const { definition } = state;
const round = roundOf(state);
const into = { party: 'nis:23025' };
const reason = 'fusie';
const newer = (changes: Partial<Round> & object = {}): { round: Round } => ({
  round: { ...round, version: round.version + 1, ...changes },
});
const upgraded = (changes: Partial<Definition> = {}): { definition: Definition } => ({
  definition: { ...definition, version: definition.version + 1, ...changes },
});
const { opensOn: _opens, ...unopened } = round.dates;

/** The same steps with one decision changed, or without it. */
const withIntent = (changes: object | undefined): { definition: Definition } =>
  upgraded({
    steps: definition.steps.map((step) => ({
      ...step,
      decisions: step.decisions.flatMap((decision) =>
        decision.key !== INTENT ? [decision] : changes === undefined ? [] : [{ ...decision, ...changes }],
      ),
    })),
  });

const merges: Omit<Case, 'type'>[] = [
  { code: 'invalid-value', when: 'nobody merges', data: { into, reason } },
  { code: 'invalid-value', when: 'into nothing', data: { parties: [asse], reason } },
  { code: 'nothing-changed', when: 'one becomes itself', data: { parties: [asse], into: { party: asse }, reason } },
  { code: 'unknown-party', when: 'a stranger merges', data: { parties: [asse, 'nis:11002'], into, reason } },
  { code: 'party-left', when: 'who left merges', path: left, data: { parties: [asse, wemmel], into, reason } },
  { code: 'not-concerned', when: 'the board merges', data: { parties: [asse, 'board'], into, reason } },
  {
    code: 'unknown-party',
    when: 'into no municipality',
    data: { parties: [asse, meise], into: { party: 'x' }, reason },
  },
  { code: 'invalid-value', when: 'without a reason', data: { parties: [asse, meise], into, reason: ' ' } },
  {
    code: 'invalid-value',
    when: 'into who owes money',
    data: { parties: [asse, meise], into: { ...into, contribution: -1 }, reason },
  },
];

const rounds: Omit<Case, 'type' | 'by'>[] = [
  { code: 'invalid-value', when: 'no round', data: {} },
  { code: 'invalid-value', when: 'half a version', data: newer({ version: 1.5 }) },
  { code: 'round-other', when: 'another round', data: newer({ key: 'igs-cultuur-2027' }) },
  {
    code: 'round-other',
    when: 'a path without a round',
    path: () => {
      const { round: _none, ...dated } = start();
      return new World(at('2031-01-06'), dated);
    },
    data: newer(),
  },
  { code: 'nothing-changed', when: 'the same version again', data: { round } },
  {
    code: 'round-not-newer',
    when: 'an older version',
    path: () => intentAsked({ round: { ...round, version: 3 } }),
    data: newer(),
  },
  { code: 'invalid-value', when: 'without a date that it had', data: newer({ dates: unopened }) },
  { code: 'invalid-value', when: 'without dates', data: newer({ dates: 'none' as never }) },
  { code: 'invalid-value', when: 'with an empty condition', data: newer({ conditions: [null as never] }) },
  {
    code: 'invalid-date',
    when: 'on no day',
    data: newer({ dates: { ...round.dates, closesOn: '2032-02-30' as never } }),
  },
  { code: 'text-too-long', when: 'with a book for a reason', data: { ...newer(), reason: 'x'.repeat(4001) } },
];

const definitions: Omit<Case, 'type' | 'by'>[] = [
  { code: 'invalid-value', when: 'no definition', data: {} },
  { code: 'definition-other', when: 'another path', data: upgraded({ key: 'one-decision' }) },
  { code: 'nothing-changed', when: 'the same version again', data: { definition } },
  {
    code: 'definition-not-newer',
    when: 'an older version',
    path: () => intentAsked({ definition: { ...definition, version: 9 } }),
    data: upgraded(),
  },
  { code: 'invalid-value', when: 'one that cannot be reckoned with', data: upgraded({ steps: [{}] as never }) },
  { code: 'invalid-value', when: 'without the bodies that decide', data: upgraded({ bodies: {} }) },
  {
    code: 'invalid-value',
    when: 'one that counts from a date that the path does not have',
    data: upgraded({ dates: { appliesOn: 'given' } }),
  },
  { code: 'unknown-route', when: 'without the route that was taken', data: upgraded({ routes: [] }) },
  {
    code: 'unknown-body',
    when: 'without the body that was chosen for somebody',
    path: () =>
      intentAsked({
        definition: {
          ...definition,
          bodies: { ...definition.bodies, assembly: definition.bodies['college'] as never },
        },
      }).tell('change-body', { party: wemmel, decision: INTENT, body: 'assembly', reason: 'taalwet' }),
    data: upgraded(),
  },
  {
    code: 'answers-would-be-lost',
    when: 'without a decision that was answered',
    path: answeredAs('approved'),
    data: withIntent(undefined),
  },
  {
    code: 'answers-would-be-lost',
    when: 'a planned session counts as an answer too',
    path: answeredAs('rejected'),
    data: withIntent({ routes: ['join-existing'] }),
  },
  {
    code: 'answers-would-be-lost',
    when: 'another body decides than the one that answered',
    path: answeredAs('approved'),
    data: withIntent({ body: 'college' }),
  },
];

export const changeCases: Case[] = [
  ...merges.map((each): Case => ({ ...each, type: 'merge-parties' })),
  { code: 'not-allowed', when: 'a coordinator changes the round', type: 'apply-round', data: newer() },
  { code: 'not-allowed', when: 'a coordinator changes the definition', type: 'apply-definition', data: upgraded() },
  ...rounds.map((each): Case => ({ ...each, type: 'apply-round', by: administrator })),
  ...definitions.map((each): Case => ({ ...each, type: 'apply-definition', by: administrator })),
];
