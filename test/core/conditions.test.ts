/** What a coordinator would lose here: a region that applies in vain, or one that gives up on a guess. Figures are artificial. */
import { describe, expect, it, test } from 'vitest';
import type { NewParty } from '../../domain/commands.ts';
import { type ConditionState, conditionsOf } from '../../domain/conditions.ts';
import type { Condition } from '../../domain/definition.ts';
import type { PathStart } from '../../domain/events.ts';
import type { PartyId } from '../../domain/ids.ts';
import { World, allParties, asse, at, coordinator, day, meise, start, wemmel, zaventem } from './world.ts';

const round = start().round!;
const needing = (conditions: Condition[], startsOn = round.dates['startsOn']!) => ({
  round: { ...round, dates: { ...round.dates, startsOn }, conditions },
});

/** What each municipality says, by its number in the order Asse, Meise, Wemmel, Zaventem. */
const told = (parties: Omit<NewParty, 'party'>[]): Pick<PathStart, 'parties'> => ({
  parties: parties.map((each, index) => ({ party: allParties[index]!, ...each })),
});
const living = (...numbers: (number | undefined)[]) =>
  told(numbers.map((inhabitants) => ({ facts: inhabitants === undefined ? {} : { inhabitants } })));

const only = (condition: Condition, changes: Partial<PathStart>, startsOn?: string): ConditionState => {
  const world = new World(at('2031-01-06'), {
    ...needing([condition], startsOn === undefined ? undefined : day(startsOn)),
    ...changes,
  });
  return conditionsOf(world.state)[0]!;
};
const named = ({ status, missing }: Pick<ConditionState, 'status' | 'missing'>): string =>
  [status, ...missing.map((each) => ('parties' in each ? `${each.what} ${each.parties.join(' ')}` : each.what))].join(
    ' | ',
  );

describe('inhabitants', () => {
  const condition: Condition = { key: 'inhabitants', kind: 'inhabitants', atLeast: 85_000 };
  test.each<[string, (number | undefined)[], string, number]>([
    ['exactly enough', [40_000, 45_000], 'met', 85_000],
    ['one too few', [40_000, 44_999], 'not-met', 84_999],
    ['known ones that are enough without the others', [85_000, undefined], 'met', 85_000],
    ['too few, and one unknown', [84_999, undefined], `unknown | inhabitants ${meise}`, 84_999],
    ['nothing known', [undefined, undefined], `unknown | inhabitants ${asse} ${meise}`, 0],
  ])('%s', (_what, numbers, expected, have) => {
    const found = only(condition, living(...numbers));
    expect(named(found)).toBe(expected);
    expect(found).toMatchObject({ have, need: 85_000 });
  });

  it('counts who rejected until the coordinator goes on without it, and nobody who left', () => {
    const world = new World(at('2031-01-06'), { ...needing([condition]), ...living(45_000, 40_000) });
    const answer = { party: meise, decision: 'statement-of-commitment', on: day('2031-01-06') } as const;
    world.finish('support', 'existing-cooperation', 'area', 'agreements');
    world.tell('request', { decision: answer.decision }, coordinator, at('2031-02-24'));
    world.tell('answer', { ...answer, answer: 'rejected' });
    expect(named(conditionsOf(world.state)[0]!)).toBe('met');
    world.tell('remove-party', { party: meise, reason: 'Zei nee.' });
    expect(conditionsOf(world.state)[0]).toMatchObject({ status: 'not-met', have: 45_000 });
  });
});

describe('adjoining municipalities, for who has too few inhabitants', () => {
  const condition: Condition = {
    key: 'inhabitants',
    kind: 'inhabitants',
    atLeast: 85_000,
    orAdjoining: { municipalities: 4, until: day('2032-12-31') },
  };
  type Says = PartyId[] | undefined;
  const bordering = (...lists: Says[]) =>
    told(lists.map((adjoining) => ({ facts: { inhabitants: 1_000, ...(adjoining && { adjoining }) } })));
  const chain: Says[] = [[meise], [wemmel], [zaventem], []];

  test.each<[string, Says[], string, number]>([
    ['four in a chain, each said by one side only', chain, 'met', 4],
    ['four in a chain, each said by the other side', [[], [asse], [meise], [wemmel]], 'met', 4],
    ['three in a chain', chain.slice(0, 3), 'not-met', 3],
    ['four of which one touches nobody', [[meise], [wemmel], [], []], 'not-met', 3],
    ['two and two', [[meise], [], [zaventem], []], 'not-met', 2],
    [
      'a gap that who has said nothing may still close',
      [[meise], [wemmel], [], undefined],
      `unknown | adjoining ${zaventem}`,
      3,
    ],
    ['nothing known', [undefined, undefined, undefined, undefined], `unknown | adjoining ${allParties.join(' ')}`, 1],
    ['two that have said nothing, of three', [[], undefined, undefined], 'not-met', 1],
  ])('%s', (_what, lists, expected, have) => {
    const found = only(condition, bordering(...lists), '2027-01-01');
    expect(named(found)).toBe(expected);
    expect(found).toMatchObject({ transition: { have, need: 4, isOver: false } });
  });

  test.each([
    ['2032-12-31', 'met', false],
    ['2033-01-01', 'not-met', true],
  ])('a period that starts on %s: %s', (startsOn, status, isOver) => {
    expect(only(condition, bordering(...chain), startsOn)).toMatchObject({ status, transition: { isOver } });
  });

  it('is not asked about once there are enough inhabitants', () => {
    expect(named(only(condition, living(85_000, undefined), '2027-01-01'))).toBe('met');
  });

  it('names both when either would do', () => {
    const expected = `unknown | inhabitants ${allParties.join(' ')} | adjoining ${allParties.join(' ')}`;
    expect(named(only(condition, told([{}, {}, {}, {}]), '2027-01-01'))).toBe(expected);
  });
});

describe('one reference region', () => {
  const condition: Condition = { key: 'one-region', kind: 'one-region' };
  const inRegions = (...regions: (string | undefined)[]) =>
    told(regions.map((referenceRegion) => ({ facts: referenceRegion === undefined ? {} : { referenceRegion } })));
  test.each([
    [['Noord', 'Noord'], 'met', ['Noord']],
    [['Zuid', 'Noord'], 'not-met', ['Noord', 'Zuid']],
    [['Zuid', 'Noord', undefined], 'not-met', ['Noord', 'Zuid']],
    [['Noord', undefined], `unknown | referenceRegion ${meise}`, ['Noord']],
  ])('%j', (given, expected, regions) => {
    const found = only(condition, inRegions(...given));
    expect(named(found)).toBe(expected);
    expect(found).toMatchObject({ regions });
  });
});

describe('contributions', () => {
  const ofSubsidy = { share: 0.75, perInhabitant: 0.9, atLeast: 100_000 };
  const share: Condition = { key: 'contributions', kind: 'contributions', isDraft: true, ofSubsidy };
  const floor: Condition = { key: 'contributions', kind: 'contributions', atLeast: 100_000 };
  const giving = (...pairs: [euro: number | undefined, inhabitants: number | undefined][]) =>
    told(
      pairs.map(([contribution, inhabitants]) => ({
        ...(contribution !== undefined && { contribution }),
        facts: inhabitants === undefined ? {} : { inhabitants },
      })),
    );
  test.each<[string, Condition, [number | undefined, number | undefined][], string, number]>([
    [
      'a floor, exactly',
      floor,
      [
        [60_000, undefined],
        [40_000, undefined],
      ],
      'met',
      100_000,
    ],
    [
      'a floor, a cent too little',
      floor,
      [
        [60_000, undefined],
        [39_999.99, undefined],
      ],
      'not-met',
      100_000,
    ],
    [
      'a floor, one unknown',
      floor,
      [
        [60_000, undefined],
        [undefined, undefined],
      ],
      `unknown | contribution ${meise}`,
      100_000,
    ],
    [
      'a floor, enough without the unknown one',
      floor,
      [
        [100_000, undefined],
        [undefined, undefined],
      ],
      'met',
      100_000,
    ],
    [
      'the share of the least subsidy, exactly',
      share,
      [
        [75_000, 50_000],
        [0, 50_000],
      ],
      'met',
      75_000,
    ],
    [
      'the share of the most by inhabitants, exactly',
      share,
      [
        [135_000, 100_000],
        [0, 100_000],
      ],
      'met',
      135_000,
    ],
    [
      'the same, a cent too little',
      share,
      [
        [134_999.99, 100_000],
        [0, 100_000],
      ],
      'not-met',
      135_000,
    ],
    [
      'enough as far as known, but who is counted may raise it',
      share,
      [
        [75_000, 50_000],
        [0, undefined],
      ],
      `unknown | inhabitants ${meise}`,
      75_000,
    ],
    [
      'too little whoever is counted',
      share,
      [
        [74_999, undefined],
        [0, undefined],
      ],
      'not-met',
      75_000,
    ],
    ['nothing known', share, [[undefined, undefined]], `unknown | contribution ${asse} | inhabitants ${asse}`, 75_000],
  ])('%s', (_what, condition, pairs, expected, need) => {
    const found = only(condition, giving(...pairs));
    expect(named(found)).toBe(expected);
    expect(found).toMatchObject({ need, isDraft: condition.isDraft ?? false });
  });
});

describe('the applicant exists', () => {
  const condition: Condition = {
    key: 'applicant',
    kind: 'applicant',
    items: ['founding', 'joining-acceptance'],
    expires: { anchor: 'expiresOn', unless: 'extension' },
  };
  const closesOn = round.dates['closesOn']!;
  const expiring = (on: string): Partial<PathStart> => ({ dates: { expiresOn: day(on) } });

  it('on a route that goes on with it, when it does not expire before the round closes', () => {
    expect(named(only(condition, expiring(closesOn)))).toBe('met');
    expect(only(condition, expiring('2032-03-31'))).toMatchObject({ status: 'not-met', open: ['extension'] });
  });

  it('when it would expire, once every council has extended it', () => {
    const decided = allParties.map((party) => ({
      ...{ party, decision: 'extension', answer: 'approved' as const, on: day('2031-01-02') },
    }));
    expect(named(only(condition, { ...expiring('2032-03-31'), decided }))).toBe('met');
    expect(named(only(condition, { ...expiring('2032-03-31'), decided: decided.slice(1) }))).toBe('not-met');
  });

  it('on a founding route, once it is founded; without a route nobody can tell', () => {
    const route = 'new-project-association';
    expect(only(condition, { route, dates: {} })).toMatchObject({ status: 'not-met', open: ['founding'] });
    const { route: _none, ...unrouted } = start({ ...needing([condition]), dates: {} });
    expect(named(conditionsOf(new World(at('2031-01-06'), unrouted).state)[0]!)).toBe('unknown | route');
  });
});

describe('entry once in six years', () => {
  const condition: Condition = {
    key: 'entry',
    kind: 'entry',
    years: 6,
    anchor: 'enteredOn',
    unlessFounded: ['founding'],
  };
  test.each([
    ['2027-01-01', 'met', '2033-01-01'],
    ['2027-01-02', 'not-met', '2033-01-02'],
  ])('entered on %s, for a period from 2033-01-01: %s', (on, status, again) => {
    expect(only(condition, { dates: { enteredOn: day(on) } })).toMatchObject({ status, again });
  });

  it('is unknown until the last entry is given, and met by what is only being founded', () => {
    expect(named(only(condition, {}))).toBe('unknown | date');
    expect(named(only(condition, { route: 'new-project-association', dates: {} }))).toBe('met');
  });
});

test('a round without conditions has nothing to meet', () => {
  const { conditions: _none, ...bare } = round;
  expect(conditionsOf(new World(at('2031-01-06'), { round: bare }).state)).toEqual([]);
});
