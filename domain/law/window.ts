/** All councils within one span: found before the first decides, counted from the first once it has. */
import { latest, localDay } from '../dates.ts';
import type { LawOf } from '../definition.ts';
import type { Instant, LocalDate, PartyId } from '../ids.ts';
import { findDecision } from '../lookup.ts';
import { plannedDue } from '../schedule.ts';
import type { PathState } from '../state.ts';
import { type Candidate, chooseWindow } from './choose-window.ts';
import { lastUsefulDay } from './dependents.ts';
import {
  type Standing,
  isFree,
  isInElectionYear,
  isUndecided,
  isUnreported,
  lawParty,
  standings,
  those,
} from './standing.ts';
import type { StateOf } from './state.ts';
import { type Verdict, worst } from './verdict.ts';
import { runningWindow } from './window-end.ts';

/** The law leaves a year of council elections out: its sessions are of no use. */
const withoutElections = (standing: Standing): Standing => ({
  ...standing,
  possible: standing.possible.filter(({ on }) => !isInElectionYear(on)),
});

/** Those whose decision, plan or next session falls in a year of council elections. */
const inElectionYear = (all: readonly Standing[], test: (standing: Standing) => LocalDate | undefined): PartyId[] =>
  those(all, (standing) => {
    const on = test(standing);
    return on !== undefined && isInElectionYear(on);
  });

function runningVerdict(all: readonly Standing[], until: LocalDate, today: LocalDate): Verdict<'window'> {
  const undecided = all.filter(isUndecided);
  return (
    worst<'window'>([
      ['broken', 'too-late', those(all, ({ decidedOn }) => decidedOn !== undefined && decidedOn > until)],
      ['broken', 'passed', today > until ? those(undecided, (one) => !isUnreported(one, until)) : []],
      ['at-risk', 'unreported', today > until ? those(undecided, (one) => isUnreported(one, until)) : []],
      ['at-risk', 'rejected', those(undecided, ({ isRejected }) => isRejected)],
      ['at-risk', 'planned-late', those(undecided, ({ plannedOn }) => plannedOn !== undefined && plannedOn > until)],
      ['at-risk', 'no-session', those(undecided, (one) => isFree(one) && one.possible.length === 0)],
      ['at-risk', 'tight', those(undecided, (one) => isFree(one) && one.possible.length === 1)],
    ]) ??
    (undecided.length === 0
      ? { status: 'met', finding: 'met', blockers: [] }
      : { status: 'open', finding: 'running', blockers: [] })
  );
}

/** Somebody decided, plans to, or would at the next session in a year in which nobody may. */
const forbiddenVerdict = (seen: readonly Standing[]): Verdict<'window'> | undefined =>
  worst<'window'>([
    ['broken', 'election-year', inElectionYear(seen, ({ decidedOn }) => decidedOn)],
    ['at-risk', 'election-year', inElectionYear(seen, ({ plannedOn }) => plannedOn)],
    ['at-risk', 'election-year', inElectionYear(seen, (one) => (one.isAsked ? one.possible[0]?.on : undefined))],
  ]);

const asCandidate = ({ party, plannedOn, possible }: Standing): Candidate => ({
  party,
  days: plannedOn === undefined ? possible.map(({ on }) => on) : [plannedOn],
  isPinned: plannedOn !== undefined,
});

/** The best window that leaves time for what waits for the decision; else the best before the decision's own last day. */
function plannedWindow(state: PathState, law: LawOf<'window'>, all: readonly Standing[], due: LocalDate, now: Instant) {
  const candidates = all.map(asCandidate);
  const useful = chooseWindow(candidates, law.span, lastUsefulDay(state, law.decision, due, now));
  if (useful?.missing.length === 0) return { chosen: useful, isLate: false };
  const whole = chooseWindow(candidates, law.span, due);
  return whole?.missing.length === 0 ? { chosen: whole, isLate: true } : { chosen: useful ?? whole, isLate: false };
}

export function windowLaw(state: PathState, law: LawOf<'window'>, now: Instant): StateOf<'window'> {
  const decision = findDecision(state, law.decision);
  if (decision === undefined) throw new Error(`law ${law.key}: no decision ${law.decision}`);
  const today = localDay(now);
  const running = runningWindow(state, law);
  const until = (party: PartyId): LocalDate => running?.until ?? plannedDue(state, decision, party);
  const seen = standings(state, decision, until, now);
  const all = law.notInElectionYear === true ? seen.map(withoutElections) : seen;
  const forbidden = law.notInElectionYear === true ? forbiddenVerdict(seen) : undefined;
  if (running !== undefined) {
    const verdict = runningVerdict(all, running.until, today);
    const isWorse = forbidden !== undefined && verdict.status !== 'broken';
    const parties = all.map((one) => lawParty(one, running.from, running.until));
    return { kind: 'window', law, ...(isWorse ? forbidden : verdict), ...running, isExpected: false, parties };
  }
  const due = latest(all.map(({ party }) => until(party))) ?? today;
  const { chosen, isLate } = plannedWindow(state, law, all, due, now);
  const verdict: Verdict<'window'> | undefined =
    worst<'window'>([
      ['at-risk', 'rejected', those(all, ({ isRejected }) => isRejected)],
      ['at-risk', 'no-window', chosen?.missing ?? those(all, () => true)],
    ]) ??
    forbidden ??
    (isLate ? { status: 'at-risk', finding: 'late', blockers: [] } : undefined) ??
    worst<'window'>([['at-risk', 'tight', chosen?.tight ?? []]]);
  return {
    kind: 'window',
    law,
    ...(verdict ?? { status: 'open', finding: 'planned', blockers: [] }),
    ...(chosen && { from: chosen.from, until: chosen.until }),
    isExpected: true,
    parties: all.map((one) => lawParty(one, chosen?.from, chosen?.until)),
  };
}
