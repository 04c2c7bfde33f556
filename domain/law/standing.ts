/** Where every party stands with a decision, as the law counts it: by sessions, not by the days on which answers came in. */
import { isElectionYear } from '../calendar.ts';
import { earliest, latest, localDay, parts } from '../dates.ts';
import type { Decision } from '../definition.ts';
import type { Instant, LocalDate, PartyId } from '../ids.ts';
import { earliestAsk } from '../foresight.ts';
import { bodyOf, concerned, findAsk } from '../lookup.ts';
import { startedOn } from '../progress.ts';
import { type Session, agendaCutoff, sessions } from '../sessions.ts';
import type { Ask, PathState } from '../state.ts';
import type { LawParty } from './state.ts';
import { countedSession } from './window-end.ts';

export interface Standing {
  party: PartyId;
  /** The session that decided; an approval with changes counts from its session once they are accepted. */
  decidedOn?: LocalDate;
  /** A session that is planned, or that was held and whose outcome is not known or not accepted yet. */
  plannedOn?: LocalDate;
  isRejected: boolean;
  /** Asked, and no answer yet. */
  isAsked: boolean;
  /** Sessions that can still be reached, for who has neither decided nor planned. */
  possible: Session[];
}

/** True for a day in a year in which councils are elected. */
export const isInElectionYear = (day: LocalDate): boolean => isElectionYear(parts(day)[0]);

const takenBy = (ask: Ask | undefined): Pick<Standing, 'decidedOn' | 'plannedOn'> => {
  const on = countedSession(ask);
  if (on === undefined) return {};
  return ask?.status === 'approved' ? { decidedOn: on } : { plannedOn: on };
};

/** The first day on which a party's agenda can be asked for: today, or when what comes before it can be done at the earliest. */
function askableFrom(state: PathState, decision: Decision, ask: Ask | undefined, today: LocalDate): LocalDate {
  const soonest = ask === undefined ? earliestAsk(state, decision.key) : undefined;
  return latest([today, startedOn(state), ...(soonest === undefined ? [] : [soonest])]) ?? today;
}

/** @param until the last day of a party on which a session is of use */
export function standings(
  state: PathState,
  decision: Decision,
  until: (party: PartyId) => LocalDate,
  now: Instant,
): Standing[] {
  const today = localDay(now);
  return concerned(state, decision).flatMap((party) => {
    const ask = findAsk(state, decision.key, party);
    // A decision that is no longer asked of a party binds it to nothing.
    if (ask?.status === 'waived') return [];
    const taken = takenBy(ask);
    const isOpen = taken.decidedOn === undefined && taken.plannedOn === undefined;
    const from = askableFrom(state, decision, ask, today);
    const { body, source } = bodyOf(state, decision, party);
    const last = until(party);
    const possible =
      isOpen && from <= last
        ? sessions(source, body, from, last).filter(({ on }) => agendaCutoff(on, body) >= from)
        : [];
    return [
      { party, ...taken, isRejected: ask?.status === 'rejected', isAsked: ask?.status === 'requested', possible },
    ];
  });
}

export const isUndecided = ({ decidedOn }: Standing): boolean => decidedOn === undefined;
/** Neither decided nor planned. */
export const isFree = ({ decidedOn, plannedOn }: Standing): boolean =>
  decidedOn === undefined && plannedOn === undefined;
/** Its session lies in time, and how it ended is not known or not accepted yet: it may still count. */
export const isUnreported = ({ decidedOn, plannedOn }: Standing, until: LocalDate): boolean =>
  decidedOn === undefined && plannedOn !== undefined && plannedOn <= until;

/** A standing as a reader sees it, with the sessions that lie within the law's days. */
export function lawParty(
  { party, decidedOn, plannedOn, isRejected, possible }: Standing,
  from: LocalDate | undefined,
  until: LocalDate | undefined,
): LawParty {
  const within = possible.filter(
    ({ on }) => (from === undefined || on >= from) && (until === undefined || on <= until),
  );
  const days = within.map(({ on }) => on);
  const firstSession = earliest(days);
  const lastSession = latest(days);
  return {
    party,
    ...(decidedOn && { decidedOn }),
    ...(plannedOn && { plannedOn }),
    isRejected,
    sessionsLeft: days.length,
    ...(firstSession && { firstSession }),
    ...(lastSession && { lastSession }),
    isEstimate: within.some(({ source }) => source === 'assumed'),
  };
}

/** The parties that a test is true for. */
export const those = (all: readonly Standing[], test: (standing: Standing) => boolean): PartyId[] =>
  all.filter(test).map(({ party }) => party);
