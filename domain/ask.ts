/** One decision asked of one party, who said what about it, and where it stands. */
import type { ItemKey } from './definition.ts';
import type { Instant, LocalDate, PartyId, PersonId } from './ids.ts';

/** Who did something. A person id, never a name; `onBehalfOf` when a coordinator enters what a party said. */
export interface Actor {
  kind: 'contact' | 'coordinator' | 'consultant' | 'administrator' | 'system';
  personId?: PersonId;
  via: 'link' | 'web' | 'cli' | 'api' | 'file' | 'simulation' | 'clock' | 'mail';
  onBehalfOf?: PartyId;
}

export const answerKinds = ['scheduled', 'approved', 'approved-with-changes', 'adjourned', 'rejected'] as const;
export type AnswerKind = (typeof answerKinds)[number];

/** What a party said, last. */
export interface Answer {
  kind: AnswerKind;
  /** The session: planned (scheduled, adjourned with a date) or held (the others). Absent: adjourned without a date. */
  sessionOn?: LocalDate;
  /** For adjourned: the session that adjourned it. */
  heldOn?: LocalDate;
  /** The moment it was recorded. */
  at: Instant;
  by: Actor;
  /** The person who said so when that is not the one the link belongs to. */
  answeredBy?: PersonId;
  changes?: string;
  reason?: string;
  /** URL or number of the published decision. */
  reference?: string;
}

/**
 * requested: waiting; scheduled and adjourned: waiting, with or without a session; changed and rejected: the coordinator
 * must choose; approved: done; waived: no longer asked of this party.
 */
export type AskStatus = 'requested' | 'scheduled' | 'adjourned' | 'changed' | 'rejected' | 'approved' | 'waived';

export interface Ask {
  decision: ItemKey;
  party: PartyId;
  /** 1 for the first time it is asked; one more each time it is asked again. */
  attempt: number;
  textVersion: number;
  status: AskStatus;
  requestedAt: Instant;
  /** Nobody asked: it was answered, or let go of, before a text was sent. */
  unasked?: true;
  /** How often this attempt was adjourned. */
  adjournments: number;
  answer?: Answer;
  /** The day on which supervision received a complaint about its decision, the last one. */
  complaintOn?: LocalDate;
  /** The party whose answer this is, when it was taken over in a merger. */
  carriedFrom?: PartyId;
  /** When the coordinator accepted its changes or stopped asking it. */
  settledAt?: Instant;
  /** The day on which another body was made to take this decision: earlier reminders are not repeated for days before it. */
  bodyChangedOn?: LocalDate;
}
