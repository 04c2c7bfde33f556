/** A newer round or definition takes the place of the old one; what was said, asked and done stays. */
import { localDay } from '../dates.ts';
import { bodyParty, type Definition, type ItemKey, type Round } from '../definition.ts';
import type { Instant, LocalDate } from '../ids.ts';
import { concerned, dateKey, decisionsOf, namedDates, ruleDate, tasksOf } from '../lookup.ts';
import { askSchedule, decisionDue, taskDue } from '../schedule.ts';
import type { PathState } from '../state.ts';
import { newParty } from './parties.ts';

/** The dates that follow from rules: of the definition, and of a route. */
export function ruleDates(state: PathState, route: string | undefined): PathState['dates'] {
  const { dates, routes } = state.definition;
  const rules = Object.entries({ ...dates, ...routes.find(({ key }) => key === route)?.dates });
  return Object.fromEntries(
    rules.flatMap(([name, rule]) => {
      const day = rule === 'given' ? undefined : ruleDate(state, rule);
      return day === undefined ? [] : [[name, day]];
    }),
  );
}

/**
 * The dates of the path that do not just follow from rules: given when it started, or moved since. A day on which something
 * expires is a fact, also when a rule happens to give the same day.
 */
export function ownDates(state: PathState): PathState['dates'] {
  const byRule = ruleDates(state, state.route);
  const isOwn = (name: string): boolean =>
    state.given?.includes(name) === true || state.moved[dateKey(name)] !== undefined;
  return Object.fromEntries(Object.entries(state.dates).filter(([name, day]) => isOwn(name) || byRule[name] !== day));
}

/** Every deadline of a path by the key under which a move of it is kept, with what its reminders count from. */
function deadlines(state: PathState, at: Instant): Map<string, string> {
  return new Map([
    ...Object.entries(namedDates(state)).map(([name, day]): [string, string] => [dateKey(name), day]),
    ...tasksOf(state).map((task): [string, string] => [task.key, taskDue(state, task)]),
    ...decisionsOf(state).map((decision): [string, string] => {
      const asks = concerned(state, decision).map((party) => askSchedule(state, decision, party, at));
      const days = asks.flatMap(({ dueOn, lastSession, lastCutoff }) => [dueOn, lastSession, lastCutoff]);
      return [decision.key, [decisionDue(state, decision), ...days].join()];
    }),
  ]);
}

function renewed(state: PathState, change: Partial<Pick<PathState, 'round' | 'definition'>>, at: Instant): PathState {
  const on = localDay(at);
  const changed = { ...state, ...change, dates: ownDates(state) };
  const next = { ...changed, dates: { ...ruleDates(changed, state.route), ...changed.dates } };
  const before = deadlines(state, at);
  const redated: Partial<Record<string, LocalDate>> = { ...state.redated };
  for (const [key, day] of deadlines(next, at)) if (before.get(key) !== day) redated[key] = on;
  return { ...next, redated };
}

/** Dates that the coordinator moved stay; those that follow from the round's by a rule of the route follow again. */
export const roundApplied = (state: PathState, round: Round, at: Instant): PathState => renewed(state, { round }, at);

const itemKeys = (definition: Definition): ItemKey[] =>
  definition.steps.flatMap((step) => [...step.tasks, ...step.decisions].map(({ key }) => key));

export function definitionApplied(state: PathState, definition: Definition, at: Instant): PathState {
  const on = localDay(at);
  const known = new Set(itemKeys(state.definition));
  const added = itemKeys(definition).filter((key) => !known.has(key));
  const parties = { ...state.parties };
  for (const [key, body] of Object.entries(definition.bodies)) {
    const party = bodyParty(key);
    if (body.per === 'path') parties[party] ??= newParty({ party }, on, 1);
  }
  const addedOn = { ...state.addedOn, ...Object.fromEntries(added.map((key) => [key, on])) };
  return renewed({ ...state, parties, addedOn }, { definition }, at);
}
