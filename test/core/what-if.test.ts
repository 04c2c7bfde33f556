/** What a coordinator would lose here: a preview that says one thing, and a region to which another happens. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NewParty } from '../../domain/commands.ts';
import { type ConditionState, conditionsOf } from '../../domain/conditions.ts';
import { type PartyId, asPartyId } from '../../domain/ids.ts';
import { isRefusal } from '../../domain/refusals.ts';
import type { PathState } from '../../domain/state.ts';
import { type Changes, whatIf } from '../../domain/what-if.ts';
import { World, allParties, asse, at, day, meise, wemmel, zaventem } from './world.ts';

const newcomer = asPartyId('nis:23025');
const everybody: PartyId[] = [...allParties, newcomer];

/** Nobody knows everything of everybody; the figures lie around what is needed. */
const known = fc.record(
  {
    contribution: fc.constantFrom(0, 20_000, 75_000),
    facts: fc.record(
      {
        inhabitants: fc.constantFrom(1_000, 21_250, 85_000),
        referenceRegion: fc.constantFrom('Noord', 'Zuid'),
        adjoining: fc.subarray(everybody),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);
const region = fc
  .tuple(fc.tuple(known, known, known, known), fc.constantFrom('2027-01-01', '2033-01-01'))
  .map(([each, startsOn]) => {
    const parties = each.map((of, index): NewParty => ({ party: allParties[index]!, ...of }));
    const world = new World(at('2031-01-06'), { parties });
    world.state = { ...world.state, dates: { ...world.state.dates, startsOn: startsOn as never } };
    return world;
  });
const joining = known.map((of): NewParty => ({ party: newcomer, ...of }));

const now = at('2031-03-03');
function previewed(state: PathState, changes: Changes) {
  const preview = whatIf(state, changes, now);
  if (isRefusal(preview)) throw new Error(preview.code);
  return preview;
}
const kind = <Kind extends ConditionState['kind']>(states: ConditionState[], wanted: Kind) =>
  states.find((each): each is Extract<ConditionState, { kind: Kind }> => each.kind === wanted)!;

describe('a preview of the conditions', () => {
  it('equals what then happens, and changes nothing itself', () => {
    fc.assert(
      fc.property(
        region,
        joining,
        fc.subarray(allParties, { maxLength: 3 }),
        fc.boolean(),
        (world, party, without, joins) => {
          const before = structuredClone(world.state);
          const preview = previewed(world.state, { without, ...(joins && { with: [party] }) });
          expect(world.state).toEqual(before);
          expect(preview.before).toEqual(conditionsOf(world.state));
          if (joins) world.tell('add-party', party);
          for (const leaving of without) world.tell('remove-party', { party: leaving, reason: 'Stapt eruit.' });
          expect(preview.after).toEqual(conditionsOf(world.state));
          const changed = preview.before.filter(({ status }, index) => status !== preview.after[index]!.status);
          expect(preview.crossed.map(({ key }) => key)).toEqual(changed.map(({ key }) => key));
        },
      ),
    );
  });

  it('never counts fewer inhabitants or less money, and never loses enough inhabitants, because somebody joins', () => {
    fc.assert(
      fc.property(region, joining, (world, party) => {
        const { before, after } = previewed(world.state, { with: [party] });
        for (const amount of ['inhabitants', 'contributions'] as const)
          expect(kind(after, amount).have).toBeGreaterThanOrEqual(kind(before, amount).have);
        const people = kind(before, 'inhabitants');
        if (people.have >= people.need) expect(kind(after, 'inhabitants').status).toBe('met');
      }),
    );
  });

  it('never finds enough inhabitants or money, or a second region, because somebody leaves who was counted', () => {
    fc.assert(
      fc.property(region, fc.constantFrom(...allParties), (world, party) => {
        const { before, after } = previewed(world.state, { without: [party] });
        const people = kind(after, 'inhabitants');
        if (people.have >= people.need) expect(kind(before, 'inhabitants').status).toBe('met');
        if (kind(before, 'one-region').status === 'met') expect(kind(after, 'one-region').status).toBe('met');
      }),
    );
  });

  it('says unknown and what is missing, or says neither', () => {
    fc.assert(
      fc.property(region, (world) => {
        for (const { status, missing } of conditionsOf(world.state))
          expect(missing.length > 0).toBe(status === 'unknown');
      }),
    );
  });

  it('is certain: whatever those who said nothing turn out to say, met stays met and not met stays not met', () => {
    fc.assert(
      fc.property(region, fc.array(known, { minLength: 4, maxLength: 4 }), (world, later) => {
        const before = conditionsOf(world.state);
        const parties = { ...world.state.parties };
        for (const [index, id] of allParties.entries()) {
          const party = parties[id]!;
          const more = later[index]!;
          parties[id] = { ...more, ...party, facts: { ...more.facts, ...party.facts } };
        }
        const after = conditionsOf({ ...world.state, parties });
        for (const [index, { status }] of before.entries())
          if (status !== 'unknown') expect(after[index]).toMatchObject({ status });
      }),
    );
  });

  it('is refused as the real thing would be', () => {
    const { state } = new World(at('2031-01-06'));
    const code = (changes: Changes): string | undefined => {
      const preview = whatIf(state, changes, now);
      return isRefusal(preview) ? preview.code : undefined;
    };
    expect(code({ with: [{ party: wemmel }] })).toBe('party-exists');
    expect(code({ without: [newcomer] })).toBe('unknown-party');
    expect(code({ without: [asse, meise, wemmel, zaventem] })).toBe('last-party');
    expect(code({ with: [{ party: newcomer }], without: allParties })).toBeUndefined();
  });
});

it('takes the date of the last entry of a path that runs, though it is past, and no other date that nobody knows', () => {
  const world = new World(at('2031-01-06'));
  const entry = (): string => kind(conditionsOf(world.state), 'entry').status;
  const move = (item: string) => ({
    type: 'move-deadline' as const,
    data: { item, to: day('2027-01-01'), reason: 'Zo was het.' },
  });
  expect(entry()).toBe('unknown');
  expect(world.refusal(move('elsewhereOn'))).toBe('unknown-item');
  expect(world.refusal(move('closesOn'))).toBe('invalid-date');
  world.tell('move-deadline', move('enteredOn').data);
  expect(entry()).toBe('met');
  expect(world.pass('2031-02-01').told('enteredOn')).toEqual([]);
});
