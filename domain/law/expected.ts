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
  ruleDate,
} from '../lookup.ts';
import { isDone, isOpen, openedOn, startedOn } from '../progress.ts';
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
    if (!known.has(key)) known.set(key, work(key));
    return known.get(key);
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
  /** The day on which the last of what an item needs is there, not before today; undefined when something never is. */
  const opening = once((key) => {
    const needs = needsOf(state, key)
      .flatMap(itemsOf)
      .filter((need) => isOnRoute(state, need));
    const days = needs.map(expected);
    return days.some((day) => day === undefined) ? undefined : latest([today, ...days.flatMap((day) => day ?? [])]);
  });
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
  const decisionDay = (decision: Decision): LocalDate | undefined => {
    const from = asked(decision);
    const days = concerned(state, decision).map((party) => {
      const ask = findAsk(state, decision.key, party);
      const counted = countedSession(ask);
      if (counted !== undefined) return counted;
      const { body, source } = bodyOf(state, decision, party);
      // Who was asked in time for a session is expected to take it there, although its agenda has closed meanwhile.
      const reached =
        ask?.status === 'requested' ? firstSession(source, body, localDay(ask.requestedAt))?.on : undefined;
      return reached !== undefined && reached >= today ? reached : from && firstSession(source, body, from)?.on;
    });
    return days.some((day) => day === undefined) ? undefined : latest(days.flatMap((day) => day ?? []));
  };
  const expected = once((key) => {
    if (!isOnRoute(state, key)) return undefined;
    // What was done without a day of its own, because it is no longer asked, holds nothing up.
    if (isDone(state, key)) return takenOn(state, key) ?? startedOn(state);
    if (given[key] !== undefined) return given[key];
    const task = findTask(state, key);
    if (task !== undefined) return taskDay(task);
    const decision = findDecision(state, key);
    return decision && decisionDay(decision);
  });
  return { done: expected, asked };
}
