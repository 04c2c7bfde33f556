/**
 * Everything of a path that has a day, for calendars and lists of dates: it follows from what is recorded and not from
 * today, so that a day changes only when something was said that changes it.
 */
import type { Anchor, ItemKey } from './definition.ts';
import type { LocalDate, PartyId } from './ids.ts';
import { bodyOf, concerned, decisionsOf, findAsk, namedDates } from './lookup.ts';
import { isOpen, isSettled, isWaiting, openTasks } from './progress.ts';
import { decisionDue, taskDue } from './schedule.ts';
import { agendaCutoff, lastSession } from './sessions.ts';
import type { PathState } from './state.ts';

/**
 * date: a named date of the path or its round; due: the last day of a decision, with a party when that party has another one;
 * last-session: the last one that makes it, and agenda: the last day to reach that session; session: it is on the agenda then;
 * task: the last day of a task that can be done now.
 */
export type Moment = {
  /** Stable: it names the thing and not its day, and no two of a path are the same. */
  key: string;
  on: LocalDate;
  /** It rests on a session that nobody has confirmed. */
  isEstimate: boolean;
} & (
  | { kind: 'date'; anchor: Anchor }
  | { kind: 'due'; decision: ItemKey; party?: PartyId }
  | { kind: 'last-session' | 'agenda' | 'session'; decision: ItemKey; party: PartyId }
  | { kind: 'task'; task: ItemKey }
);

export type MomentKind = Moment['kind'];

/** In the order of the calendar. An ended path has nothing left to come: none. */
export function momentsOf(state: PathState): Moment[] {
  if (state.ending !== undefined) return [];
  const all = [...datesOf(state), ...decisionMoments(state), ...tasksOf(state)];
  return all.sort((a, b) => (a.on === b.on ? (a.key < b.key ? -1 : 1) : a.on < b.on ? -1 : 1));
}

const datesOf = (state: PathState): Moment[] =>
  Object.entries(namedDates(state)).map(([anchor, on]) => ({
    ...{ kind: 'date', key: `date/${anchor}`, anchor, on, isEstimate: false },
  }));

const tasksOf = (state: PathState): Moment[] =>
  openTasks(state).map((task) => ({
    ...{ kind: 'task', key: `task/${task.key}`, task: task.key, on: taskDue(state, task), isEstimate: false },
  }));

function decisionMoments(state: PathState): Moment[] {
  return decisionsOf(state).flatMap((decision) => {
    const open = concerned(state, decision).filter((party) => !isSettled(findAsk(state, decision.key, party)));
    if (open.length === 0) return [];
    const due = decisionDue(state, decision);
    const whole: Moment = {
      ...{ kind: 'due', key: `due/${decision.key}`, decision: decision.key, on: due, isEstimate: false },
    };
    return [whole, ...open.flatMap((party) => partyMoments(state, decision, party, due))];
  });
}

function partyMoments(
  state: PathState,
  decision: Parameters<typeof bodyOf>[1],
  party: PartyId,
  dueOfAll: LocalDate,
): Moment[] {
  const about = { decision: decision.key, party };
  const key = (kind: string): string => `${kind}/${decision.key}/${party}`;
  const on = decisionDue(state, decision, party);
  const own: Moment[] = on === dueOfAll ? [] : [{ kind: 'due', key: key('due'), ...about, on, isEstimate: false }];
  const ask = findAsk(state, decision.key, party);
  if (ask !== undefined && !isWaiting(ask)) return own;
  const planned = ask?.answer?.sessionOn;
  if (planned !== undefined)
    return [...own, { kind: 'session', key: key('session'), ...about, on: planned, isEstimate: false }];
  // What cannot be asked yet has its last day above; its sessions would only fill calendars.
  if (ask === undefined && !isOpen(state, decision.key)) return own;
  const { body, source } = bodyOf(state, decision, party);
  const last = lastSession(source, body, on);
  if (last === undefined) return own;
  const isEstimate = last.source === 'assumed';
  return [
    ...own,
    { kind: 'last-session', key: key('last-session'), ...about, on: last.on, isEstimate },
    { kind: 'agenda', key: key('agenda'), ...about, on: agendaCutoff(last.on, body), isEstimate },
  ];
}
