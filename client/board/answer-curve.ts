/** The answers of several regions beside their plan, as two curves over the days: numbers only, no words and no drawing. */
import type { AnswerPlan, DayCounts } from '../../domain/answer-plan.ts';
import { earliest, latest } from '../../domain/dates.ts';
import type { LocalDate } from '../../domain/ids.ts';
import type { BoardRow } from './row.ts';

/** From this day on, so many. */
export interface CurvePoint {
  on: LocalDate;
  count: number;
}

export interface AnswerCurve {
  from: LocalDate;
  /** The last day that the plan names; today when the plan is behind us. */
  to: LocalDate;
  /** Begins at `from` and rises on the days on which answers are wanted. */
  wanted: CurvePoint[];
  /** The same of what came, up to today. */
  given: CurvePoint[];
  /** Until today. */
  wantedNow: number;
  givenNow: number;
  total: number;
}

const sum = (plans: readonly AnswerPlan[], of: 'wanted' | 'given'): DayCounts => {
  const counts = new Map<LocalDate, number>();
  for (const plan of plans) for (const [day, count] of plan[of]) counts.set(day, (counts.get(day) ?? 0) + count);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
};

/** What falls before the first day, as answers taken over in a merger do, counts from it. */
function rising(counts: DayCounts, from: LocalDate, until: LocalDate): CurvePoint[] {
  const points: CurvePoint[] = [{ on: from, count: 0 }];
  let count = 0;
  for (const [day, more] of counts) {
    if (day > until) break;
    count += more;
    const on = day < from ? from : day;
    if (points.at(-1)?.on === on) points.pop();
    points.push({ on, count });
  }
  return points;
}

const upTo = (counts: DayCounts, day: LocalDate): number =>
  counts.reduce((all, [on, count]) => (on <= day ? all + count : all), 0);

/** Of the regions under way; undefined when there is nothing to wait for in any of them. */
export function answerCurve(rows: readonly BoardRow[], today: LocalDate): AnswerCurve | undefined {
  const plans = rows.filter(({ standing }) => standing.ending === undefined).map((row) => row.answerPlan);
  const wanted = sum(plans, 'wanted');
  const from = earliest(plans.map((plan) => plan.from));
  const last = latest([...wanted.map(([day]) => day), today]);
  if (from === undefined || last === undefined || wanted.length === 0) return undefined;
  const given = sum(plans, 'given');
  return {
    ...{ from, to: last, wanted: rising(wanted, from, last), given: rising(given, from, today) },
    ...{ wantedNow: upTo(wanted, today), givenNow: upTo(given, today), total: upTo(wanted, last) },
  };
}
