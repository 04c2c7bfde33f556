/**
 * Where a path stands, as data: a sign for each step, what deserves attention with the weightiest first, and how many answers
 * there are. Lists, digests, exports and the API are all made from it; the sentences are theirs.
 */
import { earliest, localDay } from './dates.ts';
import type { ItemKey } from './definition.ts';
import { foreseenMisses, isDueTooEarly, type Missed } from './foresight.ts';
import type { Instant, LocalDate, PartyId } from './ids.ts';
import { findAsk, municipalities } from './lookup.ts';
import { openTasks, readyDecisions, stepStates } from './progress.ts';
import { correspondents } from './reach.ts';
import { type AskSchedule, decisionDue, schedule, taskDue } from './schedule.ts';
import type { Ending, PathState } from './state.ts';

/**
 * off: not on the route; left: it was not finished when the path ended; bad: some answers will not come right by themselves; tight: some have one session left;
 * waiting: its turn has not come.
 */
export type Sign = 'off' | 'left' | 'done' | 'bad' | 'tight' | 'open' | 'waiting';

export interface StepSign {
  step: ItemKey;
  sign: Sign;
  /** How many answers the sign is about; 0 for signs that count nothing. */
  count: number;
}

/** 0 nothing is wrong, 1 somebody should look, 2 something is lost unless somebody acts. */
export type Weight = 0 | 1 | 2;

/**
 * rejected, changed: the coordinator must choose; no-session: no session makes the day; overdue: the day is over;
 * foreseen: it will have no session once it can be asked; early: its day comes before it can be asked; tight: one session
 * left; undelivered: mails that did not arrive; ready: can be sent; late-task: not ticked in time; waiting, all-planned, tasks:
 * everything is as it should be.
 */
export type ConcernCode =
  | 'rejected'
  | 'changed'
  | 'no-session'
  | 'overdue'
  | 'foreseen'
  | 'early'
  | 'tight'
  | 'undelivered'
  | 'ready'
  | 'late-task'
  | 'waiting'
  | 'all-planned'
  | 'tasks';

export interface Concern {
  /** The same as long as it is the same: `no-session/statutes/nis:23102`, and `rejected/statutes/nis:23102/2` of a second attempt. */
  key: string;
  code: ConcernCode;
  weight: Weight;
  decision?: ItemKey;
  party?: PartyId;
  task?: ItemKey;
  /** The day by which it is needed. */
  due?: LocalDate;
  /** The last session in time, or of what is foreseen the first one, which comes too late. */
  session?: LocalDate;
  /** The last day to reach the agenda of the last session in time. */
  cutoff?: LocalDate;
  /** The session follows from a pattern that nobody confirmed. */
  isEstimate?: boolean;
  /** How many mails, answers, tasks or parties it is about. */
  count?: number;
  /** Of `count` answers, those that are on an agenda. */
  planned?: number;
}

export interface Standing {
  /** One for each step of the definition, in its order. */
  steps: StepSign[];
  /** The weightiest first; empty for a path that ended or pauses. */
  concerns: Concern[];
  /** Of the weightiest concern. */
  weight: Weight;
  approved: number;
  asked: number;
  /** Municipalities that are in time with everything that was asked of them, and will be with what comes. */
  onCourse: { good: number; all: number };
  ending?: Ending['outcome'];
  /** Why it pauses. */
  paused?: string;
}

const isBad = (ask: AskSchedule): boolean => ['no-session-left', 'overdue', 'call'].includes(ask.risk);
/** It was asked: what is to come is foreseen, not late. */
const wasSent = (ask: AskSchedule): boolean => ask.status !== 'not-open' && ask.status !== 'ready';

function signsOf(state: PathState, asks: readonly AskSchedule[]): StepSign[] {
  const states = new Map(stepStates(state).map((step) => [step.step, step]));
  return state.definition.steps.map(({ key: step, decisions }): StepSign => {
    const status = states.get(step)?.status;
    if (status === undefined) return { step, sign: 'off', count: 0 };
    if (status === 'done') return { step, sign: 'done', count: 0 };
    if (state.ending !== undefined) return { step, sign: 'left', count: 0 };
    const mine = asks.filter((ask) => wasSent(ask) && decisions.some(({ key }) => key === ask.decision));
    const bad = mine.filter(isBad).length;
    if (bad > 0) return { step, sign: 'bad', count: bad };
    const tight = mine.filter(({ risk }) => risk === 'tight').length;
    return tight > 0 ? { step, sign: 'tight', count: tight } : { step, sign: status, count: 0 };
  });
}

/** What an ask that was sent gives cause for; nothing while its risk is none. */
function aboutAsk(state: PathState, ask: AskSchedule): Concern[] {
  const { decision, party, dueOn: due, risk } = ask;
  if (risk === 'none') return [];
  const code =
    risk === 'call'
      ? ask.status === 'rejected'
        ? 'rejected'
        : 'changed'
      : risk === 'no-session-left'
        ? 'no-session'
        : risk;
  const attempt = findAsk(state, decision, party)?.attempt ?? 1;
  return [
    {
      key: `${code}/${decision}/${party}${attempt > 1 ? `/${String(attempt)}` : ''}`,
      ...{ code, decision, party, due, weight: risk === 'tight' ? 1 : 2 },
      ...(ask.lastSession !== undefined && { session: ask.lastSession, isEstimate: ask.isLastAssumed }),
      ...(ask.lastCutoff !== undefined && { cutoff: ask.lastCutoff }),
    },
  ];
}

const aboutMissed = ({ decision, party, dueOn, nextSession, assumed, holiday }: Missed): Concern => ({
  key: `foreseen/${decision.key}/${party}`,
  ...{ code: 'foreseen', decision: decision.key, party, due: dueOn, isEstimate: assumed },
  weight: assumed || holiday !== undefined ? 1 : 2,
  ...(nextSession !== undefined && { session: nextSession }),
});

/** A day that is too early is so for everybody: said once for each decision and day. */
function aboutEarly(missed: readonly Missed[], today: LocalDate): Concern[] {
  const days = Map.groupBy(missed, ({ decision, dueOn }) => `${decision.key}/${dueOn}`);
  return [...days].flatMap(([key, [first, ...others]]): Concern[] => {
    if (first === undefined) return [];
    const { decision, dueOn: due } = first;
    return [
      {
        key: `early/${key}`,
        ...{ code: 'early', decision: decision.key, due },
        ...{ weight: due < today ? 2 : 1, count: others.length + 1 },
      },
    ];
  });
}

/** What the coordinator can do, or should have done. */
function ownWork(state: PathState, today: LocalDate): Concern[] {
  const ready = readyDecisions(state)
    .filter(({ readyOn }) => readyOn <= today)
    .map(({ decision }): Concern => ({
      ...{ key: `ready/${decision.key}`, code: 'ready', weight: 1 },
      ...{ decision: decision.key, due: decisionDue(state, decision) },
    }));
  const late = openTasks(state)
    .filter((task) => task.optional !== true && taskDue(state, task) < today)
    .map((task): Concern => ({
      ...{ key: `late-task/${task.key}`, code: 'late-task', weight: 1 },
      ...{ task: task.key, due: taskDue(state, task) },
    }));
  return [...ready, ...late];
}

/** What simply goes on. */
function calmWork(state: PathState, asks: readonly AskSchedule[]): Concern[] {
  const waiting = asks.filter(({ status }) => ['requested', 'scheduled', 'adjourned'].includes(status));
  const planned = waiting.filter(({ status }) => status === 'scheduled').length;
  const code = planned === waiting.length ? 'all-planned' : 'waiting';
  const due = earliest(waiting.map(({ dueOn }) => dueOn));
  const tasks = openTasks(state).filter(({ optional }) => optional !== true);
  const [task] = tasks;
  const calm: Concern[] = [];
  if (due !== undefined) calm.push({ key: code, code, weight: 0, count: waiting.length, planned, due });
  if (task !== undefined) {
    const count = tasks.length;
    calm.push({ key: 'tasks', code: 'tasks', weight: 0, task: task.key, count, due: taskDue(state, task) });
  }
  return calm;
}

function undelivered(state: PathState): Concern[] {
  const everybody = correspondents(state);
  const count = state.undelivered.filter(({ to }) => everybody.has(to)).length;
  return count === 0 ? [] : [{ key: 'undelivered', code: 'undelivered', weight: 1, count }];
}

/** Of the same weight, in this order. */
const order: readonly ConcernCode[] = ['rejected', 'changed', 'no-session', 'overdue', 'undelivered', 'tight'];

function concernsOf(state: PathState, asks: readonly AskSchedule[], misses: readonly Missed[], today: LocalDate) {
  const sent = asks.filter(wasSent);
  const first = [...sent.flatMap((ask) => aboutAsk(state, ask)), ...undelivered(state)];
  const rank = ({ code }: Concern): number => order.indexOf(code);
  return [
    ...first.sort((a, b) => rank(a) - rank(b)),
    ...aboutEarly(misses.filter(isDueTooEarly), today),
    ...misses.filter((missed) => !isDueTooEarly(missed)).map(aboutMissed),
    ...ownWork(state, today),
    ...calmWork(state, asks),
  ].sort((a, b) => b.weight - a.weight);
}

/** How the path stands at a moment. Everything in it is plain JSON, and holds ids and no names. */
export function standingOf(state: PathState, now: Instant): Standing {
  const { asks } = schedule(state, now);
  const misses = foreseenMisses(state);
  const counted = asks.filter((ask) => wasSent(ask) && ask.status !== 'waived');
  const isQuiet = state.ending !== undefined || state.paused !== undefined;
  const concerns = isQuiet ? [] : concernsOf(state, asks, misses, localDay(now));
  const parties = municipalities(state);
  const missed = new Set(misses.map(({ party }) => party));
  const isGood = (id: PartyId): boolean =>
    !missed.has(id) && !asks.some((ask) => ask.party === id && wasSent(ask) && isBad(ask));
  return {
    ...{ steps: signsOf(state, asks), concerns, weight: concerns[0]?.weight ?? 0 },
    approved: counted.filter(({ status }) => status === 'approved').length,
    asked: counted.length,
    onCourse: { good: parties.filter(({ id }) => isGood(id)).length, all: parties.length },
    ...(state.ending && { ending: state.ending.outcome }),
    ...(state.paused && { paused: state.paused.reason }),
  };
}
