/** What is known of one law of a route at a moment: facts only, the words are made elsewhere. */
import type { Law } from '../definition.ts';
import type { LocalDate, PartyId } from '../ids.ts';

/** met: nothing can undo it; open: all is well so far; at-risk: somebody must act; broken: it cannot be met any more as it is. */
export type LawStatus = 'met' | 'open' | 'at-risk' | 'broken';

/** Why a law has its status. Each has its sentence, by kind of law. */
export type Finding =
  /** Nothing is left to do. */
  | 'met'
  /** Nothing happened yet, and all can still be as the law asks. */
  | 'planned'
  /** The span has begun. */
  | 'running'
  /** Somebody has one session left. */
  | 'tight'
  /** Somebody has no session left. */
  | 'no-session'
  /** No span takes in all parties. */
  | 'no-window'
  /** Somebody planned a session that comes too late. */
  | 'planned-late'
  | 'rejected'
  /** Decided or planned in a year of council elections, or about to be. */
  | 'election-year'
  /** As things go it will be done after its last day. */
  | 'late'
  /** It was done after its last day. */
  | 'too-late'
  /** The last day has passed, and how a session ended that was held in time is not known or not accepted yet. */
  | 'unreported'
  /** The last day has passed and it is not done. */
  | 'passed'
  /** What is founded ends before a date that it should reach. */
  | 'ends-early'
  /** A date that it counts from is not known. */
  | 'no-date';

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

export interface LawState {
  law: Law;
  status: LawStatus;
  finding: Finding;
  /** The first and last day that follow from the law: of its span, or of what is still possible. */
  from?: LocalDate;
  until?: LocalDate;
  /** The day on which it was done, or is expected to be done. */
  on?: LocalDate;
  /** True when `from`, `until` or `on` rest on what is expected instead of on what happened. */
  isExpected: boolean;
  /** Only for laws about one decision of several parties. */
  parties: LawParty[];
  /** Those because of whom it is at risk or broken. */
  blockers: PartyId[];
}
