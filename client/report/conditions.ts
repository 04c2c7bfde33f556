/** The conditions of a path's round in English, for `plan`, `status` and `conditions`. */
import type { ConditionState, Missing } from '../../domain/conditions.ts';
import type { PartyId } from '../../domain/ids.ts';
import type { Crossed } from '../../domain/what-if.ts';
import { table } from './table.ts';

export interface ConditionReport {
  key: string;
  kind: ConditionState['kind'];
  /** `met`, `not-met` or `unknown`. */
  status: ConditionState['status'];
  /** Seen in a draft only. */
  isDraft: boolean;
  /** Inhabitants, EUR a year, reference regions, items that are open, or the first day of a new entry. */
  have: number | string | string[] | null;
  need: number | string | null;
  missing: Missing[];
  message: string;
}

type PartyName = (party: PartyId) => string;

const MOST_NAMES = 3;

function names(parties: readonly PartyId[], name: PartyName): string {
  const more = parties.length - MOST_NAMES;
  const shown = parties.slice(0, more > 1 ? MOST_NAMES : parties.length).map(name);
  return more > 1 ? `${shown.join(', ')} and ${String(more)} more` : shown.join(', ');
}

const factNames = {
  inhabitants: 'inhabitants',
  referenceRegion: 'reference region',
  adjoining: 'adjoining municipalities',
  contribution: 'contribution',
};

function missingText(missing: Missing, name: PartyName): string {
  if (missing.what === 'route') return 'the choice of a route';
  if (missing.what === 'date') return `the date ${missing.anchor}`;
  return `${factNames[missing.what]} of ${names(missing.parties, name)}`;
}

function transitionText({ transition }: Extract<ConditionState, { kind: 'inhabitants' }>): string {
  if (transition === undefined) return '';
  const { have, need, until, isOver } = transition;
  if (isOver) return `; ${String(need)} adjoining municipalities were enough until ${until}`;
  return `; or ${String(need)} adjoining municipalities until ${until}: ${String(have)} known to hang together`;
}

/** What is known, and against what it is held. */
function knownText(state: ConditionState): string {
  switch (state.kind) {
    case 'inhabitants':
      return `${String(state.have)} of ${String(state.need)} inhabitants known${transitionText(state)}`;
    case 'one-region':
      return state.regions.length === 0 ? 'no reference region known' : state.regions.join(', ');
    case 'contributions':
      return `EUR ${String(state.have)} of at least EUR ${String(state.need)} a year`;
    case 'applicant':
      if (state.open.length > 0) return `waits for ${state.open.join(', ')}`;
      return state.expiresOn === undefined ? 'it exists' : `it exists until ${state.expiresOn}`;
    case 'entry': {
      const { years, enteredOn, again, status } = state;
      if (status === 'met' && enteredOn === undefined) return 'what is founded now never entered';
      if (enteredOn === undefined || again === undefined) return `once in ${String(years)} years`;
      return `entered on ${enteredOn}, again from ${again}`;
    }
  }
}

function amountsOf(state: ConditionState): Pick<ConditionReport, 'have' | 'need'> {
  switch (state.kind) {
    case 'inhabitants':
    case 'contributions':
      return { have: state.have, need: state.need };
    case 'one-region':
      return { have: state.regions, need: 1 };
    case 'applicant':
      return { have: state.open, need: null };
    case 'entry':
      return { have: state.enteredOn ?? null, need: state.again ?? null };
  }
}

/** Conditions with a sentence each, in which municipalities go by their names. */
export const conditionReports = (states: readonly ConditionState[], name: PartyName): ConditionReport[] =>
  states.map((state) => {
    const missing = state.missing.map((each) => missingText(each, name)).join('; ');
    const { key, kind, status, isDraft } = state;
    const message = `${knownText(state)}${missing === '' ? '' : `; missing: ${missing}`}`;
    return { key, kind, status, isDraft, ...amountsOf(state), missing: state.missing, message };
  });

export const statusText = (status: ConditionState['status']): string => (status === 'not-met' ? 'not met' : status);

const title = ({ key, isDraft }: ConditionReport): string => (isDraft ? `${key} (draft)` : key);

/** One line for each condition. */
export const conditionsTable = (conditions: readonly ConditionReport[]): string =>
  table([
    ['condition', 'status', 'what is known'],
    ...conditions.map((each) => [title(each), statusText(each.status), each.message]),
  ]);

/** What is known is said of how it would be then. */
export const whatIfTable = (before: readonly ConditionReport[], after: readonly ConditionReport[]): string =>
  table([
    ['condition', 'now', 'then', 'what is known then'],
    ...after.map((each, index) => [
      title(each),
      statusText(before[index]?.status ?? each.status),
      statusText(each.status),
      each.message,
    ]),
  ]);

/** `crossed: inhabitants was met, would be not met`, or that nothing is. */
export const crossedText = (crossed: readonly Crossed[]): string =>
  crossed.length === 0
    ? 'No condition changes.'
    : crossed
        .map(({ key, from, to }) => `Crossed: ${key} is ${statusText(from)} now, and would be ${statusText(to)}.`)
        .join('\n');

/** One warning for each condition that is not met or not known. */
export const conditionWarnings = (conditions: readonly ConditionReport[]): { code: string; message: string }[] =>
  conditions
    .filter(({ status }) => status !== 'met')
    .map((each) => ({
      code: each.status === 'unknown' ? 'condition-unknown' : 'condition-not-met',
      message: `${title(each)}: ${each.message}`,
    }));
