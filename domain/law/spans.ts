/** Laws about the time between two things: at most so long after, at least so long before, for how long, and whether at all. */
import { latest, localDay } from '../dates.ts';
import type { ItemKey, LawOf } from '../definition.ts';
import type { Instant, LocalDate, PartyId } from '../ids.ts';
import { bodyOf, concerned, findAsk, findDecision, namedDate } from '../lookup.ts';
import { isSettled } from '../progress.ts';
import { plannedDue } from '../schedule.ts';
import { lastSession } from '../sessions.ts';
import type { PathState } from '../state.ts';
import { after, lastSendingDay, practicalSendingDay, termEnd } from '../terms.ts';
import { type Expected, takenOn } from './expected.ts';
import { isInElectionYear, isUndecided, lawParty, standings } from './standing.ts';
import type { StateOf } from './state.ts';
import { countedSession } from './window-end.ts';

/** Those who still owe a decision; nobody for a task. */
function owing(state: PathState, key: ItemKey): PartyId[] {
  const decision = findDecision(state, key);
  return decision === undefined
    ? []
    : concerned(state, decision).filter((party) => !isSettled(findAsk(state, key, party)));
}

const nobody = { parties: [], blockers: [] };

/** At most a span from one thing to the next. */
export function withinLaw(state: PathState, law: LawOf<'within'>, now: Instant, expected: Expected): StateOf<'within'> {
  const began = takenOn(state, law.from);
  const from = began ?? expected(law.from);
  const done = takenOn(state, law.to);
  const on = done ?? expected(law.to);
  const until = from && termEnd(from, law.span);
  const dates = { ...(from && { from }), ...(until && { until }), ...(on && { on }) };
  const base = { kind: law.kind, law, ...dates, ...nobody, isExpected: began === undefined || done === undefined };
  if (until === undefined || began === undefined) return { ...base, status: 'open', finding: 'planned' };
  if (done !== undefined) {
    const isInTime = done <= until || law.isInformation === true;
    return isInTime ? { ...base, status: 'met', finding: 'met' } : { ...base, status: 'broken', finding: 'too-late' };
  }
  const isPast = localDay(now) > until;
  // Nobody on the path can do anything about what somebody else owes.
  if (law.isInformation === true) return { ...base, status: 'open', finding: isPast ? 'awaited' : 'running' };
  const blockers = owing(state, law.to);
  if (isPast) return { ...base, status: 'broken', finding: 'passed', blockers };
  if (on === undefined || on > until) return { ...base, status: 'at-risk', finding: 'late', blockers };
  return { ...base, status: 'open', finding: 'running' };
}

/** At least so many full days between sending something and the session that decides on it. */
export function apartLaw(state: PathState, law: LawOf<'apart'>, now: Instant): StateOf<'apart'> {
  const decision = findDecision(state, law.to);
  if (decision === undefined) throw new Error(`law ${law.key}: no decision ${law.to}`);
  const sent = takenOn(state, law.from);
  const parties = concerned(state, decision);
  const held = takenOn(state, law.to);
  const planned = latest(parties.flatMap((party) => countedSession(findAsk(state, law.to, party)) ?? []));
  const coming = latest(
    parties.flatMap((party) => {
      const { body, source } = bodyOf(state, decision, party);
      return lastSession(source, body, plannedDue(state, decision, party))?.on ?? [];
    }),
  );
  const on = held ?? planned ?? coming;
  const base = {
    kind: law.kind,
    law,
    ...(sent && { from: sent }),
    ...(on && { on }),
    ...nobody,
    isExpected: held === undefined,
  };
  if (on === undefined) return { ...base, status: 'at-risk', finding: 'no-session', blockers: owing(state, law.to) };
  // The last day by the law is any day; who still has to send needs a working day.
  const until = sent === undefined ? practicalSendingDay(on, law.days) : lastSendingDay(on, law.days);
  const dated = { ...base, until };
  const isInTime = sent !== undefined && sent <= until;
  if (held !== undefined) {
    return isInTime ? { ...dated, status: 'met', finding: 'met' } : { ...dated, status: 'broken', finding: 'too-late' };
  }
  if (isInTime) return { ...dated, status: 'open', finding: 'running' };
  const isMissed = sent !== undefined || localDay(now) > until;
  return isMissed
    ? { ...dated, status: 'at-risk', finding: 'late', blockers: owing(state, law.to) }
    : { ...dated, status: 'open', finding: 'planned' };
}

/** The life of what is founded: a fixed day, which no weekend moves. */
export function lastsLaw(state: PathState, law: LawOf<'lasts'>, now: Instant, expected: Expected): StateOf<'lasts'> {
  const founded = takenOn(state, law.from);
  const from = founded ?? expected(law.from);
  const until = from && after(from, law.span);
  const reaches = law.covers === undefined ? undefined : namedDate(state, law.covers);
  const base = {
    kind: law.kind,
    law,
    ...(from && { from }),
    ...(until && { until }),
    ...nobody,
    isExpected: founded === undefined,
  };
  if (until === undefined || founded === undefined) {
    const isEarly = until !== undefined && reaches !== undefined && until < reaches;
    return { ...base, status: 'open', finding: isEarly ? 'ends-early' : 'planned', ...(isEarly && { on: reaches }) };
  }
  if (localDay(now) > until) return { ...base, status: 'broken', finding: 'passed' };
  const isEarly = reaches !== undefined && until < reaches;
  return { ...base, status: 'met', finding: isEarly ? 'ends-early' : 'met', ...(isEarly && { on: reaches }) };
}

/** Done at all, and not in a year in which it may not be. */
export function doneLaw(state: PathState, law: LawOf<'done'>, now: Instant, expected: Expected): StateOf<'done'> {
  const decision = findDecision(state, law.item);
  const done = takenOn(state, law.item);
  const on = done ?? expected(law.item);
  const isForbidden = (day: LocalDate | undefined): boolean =>
    law.notInElectionYear === true && day !== undefined && isInElectionYear(day);
  const all =
    decision === undefined ? [] : standings(state, decision, (party) => plannedDue(state, decision, party), now);
  const parties = all.map((one) => lawParty(one, undefined, undefined));
  const base = { kind: law.kind, law, ...(on && { on }), parties, blockers: [], isExpected: done === undefined };
  if (isForbidden(on)) return { ...base, status: done === undefined ? 'at-risk' : 'broken', finding: 'election-year' };
  if (done !== undefined) return { ...base, status: 'met', finding: 'met' };
  const rejected = all.filter(({ isRejected }) => isRejected).map(({ party }) => party);
  if (rejected.length > 0) return { ...base, status: 'at-risk', finding: 'rejected', blockers: rejected };
  return { ...base, status: 'open', finding: all.length > 0 && !all.every(isUndecided) ? 'running' : 'planned' };
}
