/** What waits for a decision, and the last day of that decision on which none of it comes too late. */
import { addDays, daysBetween, localDay } from '../dates.ts';
import type { ItemKey } from '../definition.ts';
import type { Instant, LocalDate } from '../ids.ts';
import { decisionsOf, findDecision, findStep, needsOf, lastDayOf, tasksOf } from '../lookup.ts';
import { isDone } from '../progress.ts';
import { plannedDue } from '../schedule.ts';
import type { PathState } from '../state.ts';
import { expectedDays } from './expected.ts';

/** What is not done, must be, and waits for an item, directly or through others. */
export function waitingFor(state: PathState, key: ItemKey): ItemKey[] {
  const items = [...tasksOf(state), ...decisionsOf(state)];
  const found = new Set<ItemKey>([key]);
  const isWaiting = (need: ItemKey): boolean => {
    const step = findStep(state, need);
    return (
      found.has(need) || (step !== undefined && [...step.tasks, ...step.decisions].some((item) => found.has(item.key)))
    );
  };
  for (let size = 0; size < found.size;) {
    size = found.size;
    for (const item of items) if (needsOf(state, item.key).some(isWaiting)) found.add(item.key);
  }
  found.delete(key);
  return items
    .filter((item) => found.has(item.key) && item.optional !== true && !isDone(state, item.key))
    .map((item) => item.key);
}

/** A fixed last day; a task that only has a duration has none. */
export function fixedDue(state: PathState, key: ItemKey): LocalDate | undefined {
  const decision = findDecision(state, key);
  if (decision !== undefined) return plannedDue(state, decision);
  const task = tasksOf(state).find((each) => each.key === key);
  return state.moved[key]?.to ?? (task?.due && lastDayOf(state, task.due));
}

/** A day that never comes is late. */
export const isLate = (day: LocalDate | undefined, dueOn: LocalDate | undefined): boolean =>
  dueOn !== undefined && (day === undefined || day > dueOn);

/**
 * The last day, up to a given one, on which a decision can be taken without making late what would be in time if it were taken
 * today: the later the decision, the later all that waits for it.
 */
export function lastUsefulDay(state: PathState, decision: ItemKey, last: LocalDate, now: Instant): LocalDate {
  const today = localDay(now);
  const dependents = waitingFor(state, decision).map((key) => ({ key, dueOn: fixedDue(state, key) }));
  const lateWhen = (on: LocalDate): ItemKey[] => {
    const expected = expectedDays(state, now, { [decision]: on });
    return dependents.filter(({ key, dueOn }) => isLate(expected(key), dueOn)).map(({ key }) => key);
  };
  if (last <= today) return last;
  const anyway = new Set(lateWhen(today));
  const isUseful = (on: LocalDate): boolean => lateWhen(on).every((key) => anyway.has(key));
  if (isUseful(last)) return last;
  // Today is useful and the last day is not: halve the days between.
  let useful = 0;
  let tooLate = daysBetween(today, last);
  while (tooLate - useful > 1) {
    const middle = Math.floor((useful + tooLate) / 2);
    if (isUseful(addDays(today, middle))) useful = middle;
    else tooLate = middle;
  }
  return addDays(today, useful);
}
