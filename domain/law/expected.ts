/**
 * When something is done, or would be if nobody lost a day: tasks take their duration, bodies decide at their first session.
 * A short form of course.ts, which lives the whole path: here only what an item waits for is looked at.
 */
import { workingDayOnOrAfter } from '../calendar.ts';
import { addDays, latest, localDay } from '../dates.ts';
import type { Decision, ItemKey, Task } from '../definition.ts';
import type { Instant, LocalDate } from '../ids.ts';
import {
  bodyOf,
  concerned,
  findAsk,
  findDecision,
  findStep,
  findTask,
  isOnRoute,
  needsOf,
  requireDecision,
  ruleDate,
} from '../lookup.ts';
import { isDone, isOpen, openedOn, startedOn } from '../progress.ts';
import { rememberedOverTasks } from '../remembered.ts';
import { firstSession } from '../sessions.ts';
import type { PathState } from '../state.ts';
import { countedSession } from './window-end.ts';

/** The day on which a task was done or the last party took a decision; undefined for what is not done or not on the route. */
export function takenOn(state: PathState, key: ItemKey): LocalDate | undefined {
  if (!isOnRoute(state, key) || !isDone(state, key)) return undefined;
  const decision = findDecision(state, key);
  if (decision === undefined) return state.tasks[key]?.on;
  return latest(concerned(state, decision).flatMap((party) => countedSession(findAsk(state, key, party)) ?? []));
}

/** The day on which an item is done or expected to be; undefined when it never can be, or is not on the route. */
export type Expected = (key: ItemKey) => LocalDate | undefined;

/** @param given days that are supposed for items that are not done */
export const expectedDays = (
  state: PathState,
  now: Instant,
  given: Readonly<Record<ItemKey, LocalDate>> = {},
): Expected => expectedCourse(state, now, given).done;

export interface ExpectedCourse {
  done: Expected;
  /** The first day on which a decision that was not asked yet can be; undefined when what it needs never comes. */
  asked: (decision: Decision) => LocalDate | undefined;
}

/** The same work, done once for each item of one course. */
function once(work: Expected): Expected {
  const known = new Map<ItemKey, LocalDate | undefined>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined || known.has(key)) return found;
    const value = work(key);
    known.set(key, value);
    return value;
  };
}

/** The same, and when each decision can be asked. */
export function expectedCourse(
  state: PathState,
  now: Instant,
  given: Readonly<Record<ItemKey, LocalDate>> = {},
): ExpectedCourse {
  const today = latest([localDay(now), startedOn(state)]) ?? localDay(now);

  const itemsOf = (key: ItemKey): ItemKey[] => {
    const step = findStep(state, key);
    if (step === undefined) return [key];
    return [...step.tasks, ...step.decisions].filter(({ optional }) => optional !== true).map((item) => item.key);
  };
  /** The day on which the last of some items is there, not before today; undefined when one never is. */
  const lastOf = (items: readonly ItemKey[], dayOf: Expected): LocalDate | undefined => {
    let last = today;
    for (const item of items) {
      const day = dayOf(item);
      if (day === undefined) return undefined;
      if (day > last) last = day;
    }
    return last;
  };
  /** Of a step, or of one item: many wait for the same step. */
  const needed = once((need) =>
    lastOf(
      itemsOf(need).filter((item) => isOnRoute(state, item)),
      expected,
    ),
  );
  const opening = once((key) => lastOf(needsOf(state, key), needed));
  const taskDay = (task: Task): LocalDate | undefined => {
    const opens = isOpen(state, task.key) ? openedOn(state, task.key) : opening(task.key);
    if (opens === undefined) return undefined;
    const fixed = task.expected && ruleDate(state, task.expected);
    return latest([today, opens, fixed ?? workingDayOnOrAfter(addDays(opens, task.days))]);
  };
  const asked = (decision: Decision): LocalDate | undefined => {
    const opens = opening(decision.key);
    const askFrom = decision.askFrom && ruleDate(state, decision.askFrom);
    return opens && latest([opens, ...(askFrom === undefined ? [] : [askFrom])]);
  };
  const expected = once((key) => {
    if (!isOnRoute(state, key)) return undefined;
    // What was done without a day of its own, because it is no longer asked, holds nothing up.
    if (isDone(state, key)) return takenOn(state, key) ?? startedOn(state);
    if (given[key] !== undefined) return given[key];
    const task = findTask(state, key);
    if (task !== undefined) return taskDay(task);
    const decision = findDecision(state, key);
    return decision && decidedOn(state, key, asked(decision) ?? NEVER, today);
  });
  return { done: expected, asked };
}

/** In place of the day of what cannot be asked. */
const NEVER = 'never';

/** The day on which the last party takes a decision that can be asked from a day on; undefined when one of them never does. */
const decidedOn = rememberedOverTasks(
  (state, key: ItemKey, from: LocalDate | typeof NEVER, today: LocalDate): LocalDate | undefined => {
    const decision = requireDecision(state, key);
    const days = concerned(state, decision).map((party) => {
      const ask = findAsk(state, key, party);
      const counted = countedSession(ask);
      if (counted !== undefined) return counted;
      const { body, source } = bodyOf(state, decision, party);
      // Who was asked in time for a session is expected to take it there, although its agenda has closed meanwhile.
      const reached =
        ask?.status === 'requested' ? firstSession(source, body, localDay(ask.requestedAt))?.on : undefined;
      if (reached !== undefined && reached >= today) return reached;
      return from === NEVER ? undefined : firstSession(source, body, from)?.on;
    });
    return days.some((day) => day === undefined) ? undefined : latest(days.flatMap((day) => day ?? []));
  },
);
