/** Every deadline, last session, agenda cut-off and risk of a path, seen from a moment. */
import { workingDayOnOrAfter } from './calendar.ts';
import { addDays, daysBetween, earliest, latest, localDay } from './dates.ts';
import type { BodyKey, Decision, ItemKey, Notice, Task } from './definition.ts';
import { askKey, type AskKey, type Instant, type LocalDate, type PartyId } from './ids.ts';
import { windowEnd, windowOf } from './law/window-end.ts';
import { bodyOf, concerned, decisionsOf, findAsk, lastDayOf, requireDecision, tasksOf } from './lookup.ts';
import { isDone, isOpen, isSettled, needsCall, openedOn, startedOn } from './progress.ts';
import { remembered } from './remembered.ts';
import { agendaCutoff, firstSession, lastSession, type Session, sessions, textsBy } from './sessions.ts';
import type { Ask, AskStatus, PathState } from './state.ts';

export type Risk = 'none' | 'tight' | 'no-session-left' | 'overdue' | 'call';

export interface AskSchedule {
  key: AskKey;
  decision: ItemKey;
  party: PartyId;
  body: BodyKey;
  dueOn: LocalDate;
  /** The last session on or before the deadline, and the last day to reach its agenda. */
  lastSession?: LocalDate;
  lastCutoff?: LocalDate;
  /** By when the texts should reach the administration for that session. */
  textsBy?: LocalDate;
  /** Days that remain between that session and the deadline. */
  daysAfterLast?: number;
  /** The notice that the cut-offs are counted by. */
  notice: Notice;
  /** The first session whose agenda can still be reached. */
  nextSession?: LocalDate;
  nextCutoff?: LocalDate;
  /** Sessions that can still be reached and that make the deadline. */
  sessionsLeft: number;
  /** True when the last or the next session follows from a pattern that nobody has confirmed. */
  assumed: boolean;
  isLastAssumed: boolean;
  status: AskStatus | 'not-open' | 'ready';
  risk: Risk;
}

export interface TaskSchedule {
  task: ItemKey;
  dueOn: LocalDate;
  status: 'done' | 'open' | 'not-open';
}

export interface Schedule {
  asks: AskSchedule[];
  tasks: TaskSchedule[];
}

/** The last day of a decision for a party as the path plans it: moved for that party, moved for all, or by its rule. */
export function plannedDue(state: PathState, decision: Decision, party?: PartyId): LocalDate {
  const moved =
    (party === undefined ? undefined : state.moved[askKey(decision.key, party)]) ?? state.moved[decision.key];
  return moved?.to ?? lastDayOf(state, decision.due) ?? addDays(startedOn(state), 365);
}

/**
 * The last day of a decision: the planned one, or for a party the end of the window in which the law wants all of them once the
 * first has decided, when that comes earlier. Whoever is reminded of a later day would lose the others their decision.
 */
export function decisionDue(state: PathState, decision: Decision, party?: PartyId): LocalDate {
  const planned = plannedDue(state, decision, party);
  const end = party === undefined ? undefined : windowEnd(state, decision.key);
  return end !== undefined && end < planned ? end : planned;
}

/** The key of the law because of which a party has to decide earlier than planned. */
export const dueByLaw = (state: PathState, decision: Decision, party: PartyId): string | undefined =>
  decisionDue(state, decision, party) < plannedDue(state, decision, party)
    ? windowOf(state, decision.key)?.key
    : undefined;

/** The last day of a task: moved, fixed by a rule, or its duration after the day it opens. */
export function taskDue(state: PathState, task: Task): LocalDate {
  const fixed = state.moved[task.key]?.to ?? (task.due === undefined ? undefined : lastDayOf(state, task.due));
  return fixed ?? workingDayOnOrAfter(addDays(openedOn(state, task.key), task.days));
}

function riskOf(ask: Ask | undefined, dueOn: LocalDate, sessionsLeft: number, today: LocalDate): Risk {
  if (isSettled(ask)) return 'none';
  if (ask !== undefined && needsCall(ask)) return 'call';
  if (dueOn < today) return 'overdue';
  // On the agenda: what counts is whether that session makes the deadline.
  const planned = ask?.answer?.sessionOn;
  if (planned !== undefined && planned >= today) return planned > dueOn ? 'no-session-left' : 'none';
  if (sessionsLeft === 0) return 'no-session-left';
  return sessionsLeft === 1 ? 'tight' : 'none';
}

/** The last session of a party that makes the deadline of a decision on its route. */
export const lastSessionOf = (state: PathState, decision: Decision, party: PartyId): Session | undefined =>
  lastSessionFor(state, decision.key, party);

const lastSessionFor = remembered((state, key: ItemKey, party: PartyId): Session | undefined => {
  const decision = requireDecision(state, key);
  const { body, source } = bodyOf(state, decision, party);
  return lastSession(source, body, decisionDue(state, decision, party));
});

/** The dates of one decision of the path's definition for one party. */
export const askSchedule = (state: PathState, { key }: Decision, party: PartyId, now: Instant): AskSchedule =>
  askScheduleOn(state, key, party, localDay(now));

const askScheduleOn = remembered((state, key: ItemKey, party: PartyId, today: LocalDate): AskSchedule => {
  const decision = requireDecision(state, key);
  const { key: bodyKey, body, source } = bodyOf(state, decision, party);
  const dueOn = decisionDue(state, decision, party);
  const last = lastSessionOf(state, decision, party);
  const from = latest([today, startedOn(state)]) ?? today;
  const next = firstSession(source, body, from);
  const left =
    dueOn < from ? [] : sessions(source, body, from, dueOn).filter(({ on }) => agendaCutoff(on, body) >= from);
  const ask = findAsk(state, decision.key, party);
  const status = ask?.status ?? (isOpen(state, decision.key) ? 'ready' : 'not-open');
  return {
    key: askKey(decision.key, party),
    decision: decision.key,
    party,
    body: bodyKey,
    dueOn,
    ...(last && {
      lastSession: last.on,
      lastCutoff: agendaCutoff(last.on, body),
      textsBy: textsBy(last.on, body),
      daysAfterLast: daysBetween(last.on, dueOn),
    }),
    notice: body.notice,
    ...(next && { nextSession: next.on, nextCutoff: agendaCutoff(next.on, body) }),
    sessionsLeft: left.length,
    assumed: last?.source === 'assumed' || next?.source === 'assumed',
    isLastAssumed: last?.source === 'assumed',
    status,
    risk: riskOf(ask, dueOn, left.length, today),
  };
});

/**
 * The last day on which the texts of a decision can be sent so that every body still has its lead time before its last
 * session; the deadline itself when none has a session before it.
 */
export function textsNeededBy(state: PathState, decision: Decision): LocalDate {
  const days = concerned(state, decision).flatMap((party) => {
    const last = lastSessionOf(state, decision, party);
    return last === undefined ? [] : [textsBy(last.on, bodyOf(state, decision, party).body)];
  });
  return earliest(days) ?? decisionDue(state, decision);
}

/** All of it, for every decision and party on the route, asked or not. */
export function schedule(state: PathState, now: Instant): Schedule {
  return {
    asks: decisionsOf(state).flatMap((decision) =>
      concerned(state, decision).map((party) => askSchedule(state, decision, party, now)),
    ),
    tasks: tasksOf(state).map((task) => ({
      task: task.key,
      dueOn: taskDue(state, task),
      status: isDone(state, task.key) ? 'done' : isOpen(state, task.key) ? 'open' : 'not-open',
    })),
  };
}
