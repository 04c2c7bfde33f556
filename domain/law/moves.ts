/** What moves when a window moves: everything that waits for its decision, with its day now and then. */
import { addMonths } from '../dates.ts';
import type { ItemKey, Law } from '../definition.ts';
import type { Instant, LocalDate } from '../ids.ts';
import { tasksOf } from '../lookup.ts';
import type { PathState } from '../state.ts';
import { after, termEnd } from '../terms.ts';
import { fixedDue, isLate, waitingFor } from './dependents.ts';
import { expectedDays } from './expected.ts';
import type { StateOf } from './state.ts';

export interface Moved {
  /** A task or decision; or, for `ends`, the law that says how long lasts what it founds. */
  kind: 'done' | 'ends';
  key: string;
  /** Undefined: it cannot be done any more. */
  on?: LocalDate;
  laterOn?: LocalDate;
  /** The day by which the round or the path wants it. */
  dueOn?: LocalDate;
  /** In time now, and no longer when the window moves. */
  becomesLate: boolean;
}

export interface WindowMoves {
  /** The window's last day, now and when it moves. */
  until: LocalDate;
  laterUntil: LocalDate;
  moved: Moved[];
}

const named = (laws: readonly Law[]): Set<ItemKey> =>
  new Set(laws.flatMap((law) => (law.kind === 'done' ? [law.item] : law.kind === 'within' ? [law.from, law.to] : [])));

/**
 * What the laws of the route name, the submission, and what would come too late, when the window's last decision falls so many
 * months later. Both times the window is used to its end. Undefined when no window was found or it is over.
 */
export function windowMoves(
  state: PathState,
  laws: readonly Law[],
  { law, from, until, status }: StateOf<'window'>,
  now: Instant,
  months = 1,
): WindowMoves | undefined {
  if (from === undefined || until === undefined || status === 'met' || status === 'broken') return undefined;
  const laterUntil = termEnd(addMonths(from, months), law.span);
  const before = expectedDays(state, now, { [law.decision]: until });
  const later = expectedDays(state, now, { [law.decision]: laterUntil });
  const names = named(laws);
  const dependents = waitingFor(state, law.decision);
  const submission = tasksOf(state).find(({ kind }) => kind === 'submission')?.key;
  const moved = dependents.flatMap((key): Moved[] => {
    const [on, laterOn, dueOn] = [before(key), later(key), fixedDue(state, key)];
    const becomesLate = isLate(laterOn, dueOn) && !isLate(on, dueOn);
    if (!names.has(key) && key !== submission && !becomesLate) return [];
    const days = { ...(on && { on }), ...(laterOn && { laterOn }), ...(dueOn && { dueOn }) };
    return [{ kind: 'done', key, ...days, becomesLate }];
  });
  const ends = laws.flatMap((each): Moved[] => {
    if (each.kind !== 'lasts' || !dependents.includes(each.from)) return [];
    const [on, laterOn] = [before(each.from), later(each.from)].map((day) => day && after(day, each.span));
    return [{ kind: 'ends', key: each.key, ...(on && { on }), ...(laterOn && { laterOn }), becomesLate: false }];
  });
  return { until, laterUntil, moved: [...moved, ...ends] };
}
