/** What is known of one law of a route at a moment: facts only, the words are made elsewhere. */
import type { LawKind, LawOf } from '../definition.ts';
import type { LocalDate, PartyId } from '../ids.ts';

/** met: nothing can undo it; open: all is well so far; at-risk: somebody must act; broken: it cannot be met any more as it is. */
export type LawStatus = 'met' | 'open' | 'at-risk' | 'broken';

/**
 * Why a law of each kind has its status; each has its sentence.
 *
 * planned       nothing happened yet, and all can still be as the law asks
 * running       it has begun, and all is well so far
 * met           nothing is left to do
 * tight         somebody has one session left
 * no-session    somebody has no session left
 * no-window     no span takes in all parties
 * planned-late  somebody planned a session that comes too late
 * rejected      somebody said no
 * election-year decided, planned or about to be decided in a year of council elections
 * unreported    the last day has passed, and how a session in time ended is not known or not accepted yet
 * late          as things go it is done after its last day; for a window: what waits for it is
 * too-late      it was done after its last day
 * passed        the last day has passed and it is not done
 * awaited       the last day of somebody outside the path has passed
 * ends-early    what is founded ends before a date that it should reach
 * no-date       a date that it counts from is not known
 */
export interface FindingOf {
  window:
    | ('planned' | 'running' | 'met' | 'tight' | 'no-session' | 'no-window' | 'planned-late' | 'rejected')
    | ('election-year' | 'unreported' | 'late' | 'too-late' | 'passed');
  before:
    | ('running' | 'met' | 'tight' | 'no-session' | 'planned-late' | 'rejected' | 'unreported')
    | ('too-late' | 'passed' | 'no-date');
  within: 'planned' | 'running' | 'met' | 'late' | 'too-late' | 'passed' | 'awaited';
  apart: 'planned' | 'running' | 'met' | 'late' | 'too-late' | 'no-session';
  lasts: 'planned' | 'met' | 'ends-early' | 'passed';
  done: 'planned' | 'running' | 'met' | 'rejected' | 'election-year';
}

export type Finding = FindingOf[LawKind];

/** Where one party stands with the decision of a law. */
export interface LawParty {
  party: PartyId;
  /** The session that decided. */
  decidedOn?: LocalDate;
  /** The session on whose agenda it is. */
  plannedOn?: LocalDate;
  isRejected: boolean;
  /** Sessions within the law's days that it can still reach. */
  sessionsLeft: number;
  firstSession?: LocalDate;
  lastSession?: LocalDate;
  /** True when those sessions follow from a pattern that nobody has confirmed. */
  isEstimate: boolean;
}

export interface StateOf<Kind extends LawKind> {
  kind: Kind;
  law: LawOf<Kind>;
  status: LawStatus;
  finding: FindingOf[Kind];
  /** The first and last day that follow from the law: of its span, or of what is still possible. */
  from?: LocalDate;
  until?: LocalDate;
  /** The day on which it was done or is expected to be done; for `before` and `ends-early` the date that counts. */
  on?: LocalDate;
  /** True when `from`, `until` or `on` rest on what is expected instead of on what happened. */
  isExpected: boolean;
  /** Only for laws about one decision of several parties. */
  parties: LawParty[];
  /** Those because of whom it is at risk or broken. */
  blockers: PartyId[];
}

/** One law at a moment. */
export type LawState = { [Kind in LawKind]: StateOf<Kind> }[LawKind];
