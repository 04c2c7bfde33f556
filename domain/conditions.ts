/**
 * Whether a path meets what its round asks, as far as that is known. Nothing is guessed: without what it takes to tell,
 * a condition is unknown, and what is missing is named. Who rejected counts as taking part until the coordinator acts.
 */
import { type Adjoining, adjoiningOf } from './adjoining.ts';
import { addMonths } from './dates.ts';
import type { Anchor, Condition, ItemKey } from './definition.ts';
import type { LocalDate, PartyId } from './ids.ts';
import { isOnRoute, municipalities, namedDate } from './lookup.ts';
import { isDone } from './progress.ts';
import type { Party, PathState } from './state.ts';

export type ConditionStatus = 'met' | 'not-met' | 'unknown';

/** What it would take to tell: a fact of some parties, the choice of a route, or a date of the path. */
export type Missing =
  | { what: 'inhabitants' | 'referenceRegion' | 'adjoining' | 'contribution'; parties: PartyId[] }
  | { what: 'route' }
  | { what: 'date'; anchor: Anchor };

/** The way in for who has too few inhabitants: so many municipalities that hang together. */
export interface Transition {
  status: ConditionStatus;
  /** The largest group that hangs together, as far as is known. */
  have: number;
  need: number;
  until: LocalDate;
  /** The period of the round starts after it. */
  isOver: boolean;
}

export type ConditionState = {
  key: string;
  status: ConditionStatus;
  /** Seen in a draft only. */
  isDraft: boolean;
  /** Empty unless the status is `unknown`. */
  missing: Missing[];
} & (
  | { kind: 'inhabitants'; have: number; need: number; transition?: Transition }
  | { kind: 'one-region'; regions: string[] }
  /** EUR a year. What is needed may still rise when inhabitants are not known. */
  | { kind: 'contributions'; have: number; need: number }
  | { kind: 'applicant'; open: ItemKey[]; expiresOn?: LocalDate }
  /** `again`: the first day on which the partnership may enter again. */
  | { kind: 'entry'; years: number; enteredOn?: LocalDate; again?: LocalDate }
);

type Of<Kind extends Condition['kind']> = Extract<Condition, { kind: Kind }>;
type Found<Kind extends Condition['kind']> = Omit<Extract<ConditionState, { kind: Kind }>, 'key' | 'isDraft'>;

type PartyFact = Extract<Missing, { parties: PartyId[] }>['what'];

const factOf = (party: Party, what: PartyFact): unknown =>
  what === 'contribution' ? party.contribution : party.facts[what];

/** Whose fact is not known; nothing when everybody's is. */
function lacking(parties: readonly Party[], what: PartyFact): Missing[] {
  const without = parties.filter((party) => factOf(party, what) === undefined).map(({ id }) => id);
  return without.length === 0 ? [] : [{ what, parties: without }];
}

const sum = (parties: readonly Party[], amount: (party: Party) => number | undefined): number =>
  parties.reduce((total, party) => total + (amount(party) ?? 0), 0);

const inhabitantsOf = (parties: readonly Party[]): number => sum(parties, ({ facts }) => facts.inhabitants);

/** In whole cents: shares of amounts leave crumbs. */
const cents = (euro: number): number => Math.round(euro * 100) / 100;

function transitionOf(
  state: PathState,
  { municipalities: need, until }: NonNullable<Of<'inhabitants'>['orAdjoining']>,
  { largest: have, isOne }: Adjoining,
): Transition {
  const startsOn = namedDate(state, 'startsOn');
  const isOver = startsOn !== undefined && startsOn > until;
  const isOut = isOver || isOne === false || municipalities(state).length < need;
  return { status: isOut ? 'not-met' : isOne === undefined ? 'unknown' : 'met', have, need, until, isOver };
}

/** The known part alone may be enough, whatever the others have. */
function inhabitants(state: PathState, { atLeast, orAdjoining }: Of<'inhabitants'>): Found<'inhabitants'> {
  const parties = municipalities(state);
  const have = inhabitantsOf(parties);
  const unknown = lacking(parties, 'inhabitants');
  const adjoining = adjoiningOf(parties);
  const transition = orAdjoining && transitionOf(state, orAdjoining, adjoining);
  const found = { kind: 'inhabitants' as const, have, need: atLeast, ...(transition && { transition }) };
  if (have >= atLeast || transition?.status === 'met') return { ...found, status: 'met', missing: [] };
  const missing = [...unknown, ...(transition?.status === 'unknown' ? lacking(parties, 'adjoining') : [])];
  return { ...found, status: missing.length === 0 ? 'not-met' : 'unknown', missing };
}

function oneRegion(state: PathState): Found<'one-region'> {
  const parties = municipalities(state);
  const regions = [...new Set(parties.flatMap(({ facts }) => facts.referenceRegion ?? []))].sort();
  const missing = regions.length > 1 ? [] : lacking(parties, 'referenceRegion');
  const status = regions.length > 1 ? 'not-met' : missing.length === 0 ? 'met' : 'unknown';
  return { kind: 'one-region', status, regions, missing };
}

/** The share is counted of the highest subsidy that can be asked for: that is enough whatever is granted. */
function contributions(state: PathState, { atLeast = 0, ofSubsidy }: Of<'contributions'>): Found<'contributions'> {
  const parties = municipalities(state);
  const have = cents(sum(parties, ({ contribution }) => contribution));
  const subsidy = ofSubsidy && Math.max(ofSubsidy.atLeast, ofSubsidy.perInhabitant * inhabitantsOf(parties));
  const need = cents(Math.max(atLeast, (ofSubsidy?.share ?? 0) * (subsidy ?? 0)));
  const mayRise = ofSubsidy === undefined ? [] : lacking(parties, 'inhabitants');
  const more = lacking(parties, 'contribution');
  const found = { kind: 'contributions' as const, have, need };
  if (have >= need) return { ...found, status: mayRise.length === 0 ? 'met' : 'unknown', missing: mayRise };
  if (more.length === 0) return { ...found, status: 'not-met', missing: [] };
  return { ...found, status: 'unknown', missing: [...more, ...mayRise] };
}

function applicant(state: PathState, { items, expires }: Of<'applicant'>): Found<'applicant'> {
  const found = { kind: 'applicant' as const, open: [], missing: [] };
  if (state.route === undefined) return { ...found, status: 'unknown', missing: [{ what: 'route' }] };
  const mine = items.filter((key) => isOnRoute(state, key));
  const open = mine.filter((key) => !isDone(state, key));
  if (mine.length > 0) return { ...found, status: open.length === 0 ? 'met' : 'not-met', open };
  if (expires === undefined) return { ...found, status: 'met' };
  const expiresOn = namedDate(state, expires.anchor);
  if (expiresOn === undefined)
    return { ...found, status: 'unknown', missing: [{ what: 'date', anchor: expires.anchor }] };
  const closesOn = namedDate(state, 'closesOn');
  const isInTime = closesOn === undefined || expiresOn >= closesOn;
  if (isInTime || isDone(state, expires.unless)) return { ...found, status: 'met', expiresOn };
  return { ...found, status: 'not-met', open: [expires.unless], expiresOn };
}

function entry(state: PathState, { years, anchor, unlessFounded = [] }: Of<'entry'>): Found<'entry'> {
  const found = { kind: 'entry' as const, years, missing: [] };
  if (unlessFounded.some((key) => isOnRoute(state, key))) return { ...found, status: 'met' };
  const enteredOn = namedDate(state, anchor);
  if (enteredOn === undefined) return { ...found, status: 'unknown', missing: [{ what: 'date', anchor }] };
  const again = addMonths(enteredOn, years * 12);
  const startsOn = namedDate(state, 'startsOn');
  return { ...found, status: startsOn === undefined || startsOn >= again ? 'met' : 'not-met', enteredOn, again };
}

function found(state: PathState, condition: Condition) {
  switch (condition.kind) {
    case 'inhabitants':
      return inhabitants(state, condition);
    case 'one-region':
      return oneRegion(state);
    case 'contributions':
      return contributions(state, condition);
    case 'applicant':
      return applicant(state, condition);
    case 'entry':
      return entry(state, condition);
  }
}

/** Every condition of the path's round, in the order of the round; none when there is no round or it gives none. */
export const conditionsOf = (state: PathState): ConditionState[] =>
  (state.round?.conditions ?? []).map((condition) => ({
    key: condition.key,
    isDraft: condition.isDraft ?? false,
    ...found(state, condition),
  }));
