/**
 * How soon each decision can be asked: what comes before it is done as quickly as it can be, tasks in their duration, bodies at
 * their first session. It follows from what is known of the path alone, not from today, so that a plan, a preview and the
 * running path say the same.
 */
import { instantOf, localDay } from './dates.ts';
import type { Decision, ItemKey } from './definition.ts';
import { asLocalDate, type LocalDate, type PartyId } from './ids.ts';
import { expectedCourse } from './law/expected.ts';
import { bodyOf, concerned, decisionsOf, findAsk, requireDecision } from './lookup.ts';
import { remembered, rememberedOverTasks } from './remembered.ts';
import { decisionDue } from './schedule.ts';
import { agendaCutoff, firstSession, holidaySessions } from './sessions.ts';
import type { PathState } from './state.ts';

type Asks = ReadonlyMap<ItemKey, LocalDate>;

/**
 * The day from which it is reckoned: the path's first, then the month in which somebody last had a morning mail. What lies
 * undone thus brings a warning forward, month by month.
 */
export function reckonedFrom({ startedAt, lastMorning }: PathState): LocalDate {
  const start = localDay(startedAt);
  let last: LocalDate | undefined;
  for (const day of Object.values(lastMorning)) if (day !== undefined && (last === undefined || day > last)) last = day;
  const month = last === undefined ? start : asLocalDate(`${last.slice(0, 7)}-01`);
  return month > start ? month : start;
}

function earliestAsks(state: PathState, from: LocalDate): Asks {
  const { asked } = expectedCourse(state, instantOf(from, 0));
  return new Map(
    decisionsOf(state).flatMap((decision) => {
      const day = asked(decision);
      return day === undefined ? [] : [[decision.key, day]];
    }),
  );
}

interface Foresight {
  asks: Asks;
  misses: Missed[];
}

const foresightFrom = remembered((state, from: LocalDate): Foresight => {
  const asks = earliestAsks(state, from);
  return { asks, misses: missesOf(state, asks) };
});

const foresightOf = (state: PathState): Foresight => foresightFrom(state, reckonedFrom(state));

/** The first day on which a decision can be asked; undefined when what it needs never comes. */
export const earliestAsk = (state: PathState, decision: ItemKey): LocalDate | undefined =>
  foresightOf(state).asks.get(decision);

/**
 * The bodies that will be asked in vain unless something moves: months ahead, an extra session, another date or another body
 * can still be arranged. Only what was not asked yet, and what has to be decided.
 */
export const foreseenMisses = (state: PathState): readonly Missed[] => foresightOf(state).misses;

/** The same, reckoned from a day. */
export const missesFrom = (state: PathState, from: LocalDate): readonly Missed[] => foresightFrom(state, from).misses;

/** The miss of one decision at one party, if there is one. */
export const foreseenMiss = (state: PathState, decision: ItemKey, party: PartyId): Missed | undefined =>
  foreseenMisses(state).find((missed) => missed.decision.key === decision && missed.party === party);

/** A body that will have no session left for a decision once it can be asked. */
export interface Missed {
  decision: Decision;
  party: PartyId;
  dueOn: LocalDate;
  /** The first day on which it can be asked. */
  askOn: LocalDate;
  /** Its first session after that, which comes too late. */
  nextSession?: LocalDate;
  /** Nobody has confirmed when it meets then. */
  assumed: boolean;
  /** A holiday in between on which its rule puts a session: it may well meet on another day. */
  holiday?: LocalDate;
}

/** It cannot be asked before its deadline: then the deadline is too early, and no session would help. */
export const isDueTooEarly = ({ askOn, dueOn }: Missed): boolean => askOn > dueOn;

const missesOf = (state: PathState, asks: Asks): Missed[] =>
  decisionsOf(state).flatMap(({ key, optional }) => {
    const askOn = asks.get(key);
    return optional === true || askOn === undefined ? [] : missesAt(state, key, askOn);
  });

/** Which parties miss a decision when it is asked on a day: that day is all that hangs on what else is done. */
const missesAt = rememberedOverTasks((state, key: ItemKey, askOn: LocalDate): readonly Missed[] => {
  const decision = requireDecision(state, key);
  return concerned(state, decision).flatMap((party): Missed[] => {
    if (findAsk(state, key, party) !== undefined) return [];
    const { body, source } = bodyOf(state, decision, party);
    const next = firstSession(source, body, askOn);
    const dueOn = decisionDue(state, decision, party);
    if (next !== undefined && next.on <= dueOn) return [];
    const holiday = holidaySessions(source, askOn, dueOn).find((on) => agendaCutoff(on, body) >= askOn);
    return [
      {
        ...{ decision, party, dueOn, askOn, assumed: next?.source === 'assumed' },
        ...(next && { nextSession: next.on }),
        ...(holiday && { holiday }),
      },
    ];
  });
});
