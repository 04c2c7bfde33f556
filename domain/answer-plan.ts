/** The answers of a path beside its plan: on which day how many are wanted, and on which day how many came. */
import { localDay } from './dates.ts';
import type { LocalDate } from './ids.ts';
import { concerned, decisionsOf, findAsk } from './lookup.ts';
import { startedOn } from './progress.ts';
import { plannedDue } from './schedule.ts';
import type { Ask, PathState } from './state.ts';

/** Days, in order, each with its number of answers. */
export type DayCounts = readonly (readonly [LocalDate, number])[];

export interface AnswerPlan {
  /** The day on which the path began. */
  from: LocalDate;
  /** Each answer on the last day that the plan gives it, moved deadlines included. */
  wanted: DayCounts;
  /** Approvals, on the day of the session that gave them. */
  given: DayCounts;
}

function counted(days: readonly LocalDate[]): DayCounts {
  const counts = new Map<LocalDate, number>();
  for (const day of days) counts.set(day, (counts.get(day) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

const approvedOn = (ask: Ask | undefined): LocalDate[] =>
  ask?.status !== 'approved' || ask.answer === undefined
    ? []
    : [ask.answer.sessionOn ?? localDay(ask.settledAt ?? ask.answer.at)];

/** Of all decisions on the route; what a party is no longer asked is neither wanted nor given. */
export function answerPlan(state: PathState): AnswerPlan {
  const wanted: LocalDate[] = [];
  const given: LocalDate[] = [];
  for (const decision of decisionsOf(state)) {
    for (const party of concerned(state, decision)) {
      const ask = findAsk(state, decision.key, party);
      if (ask?.status === 'waived') continue;
      wanted.push(plannedDue(state, decision, party));
      given.push(...approvedOn(ask));
    }
  }
  return { from: startedOn(state), wanted: counted(wanted), given: counted(given) };
}
