/** What a coordinator says about mails that are still to come. Plain JSON: it lies in the state of a path. */
import type { Instant, LocalDate, PersonId } from './ids.ts';
import type { MailKind } from './message.ts';

/** A thing that a mail says, by what stays the same when the mail's day shifts: what it is about, and the rule that brings it. */
export interface SaidKey {
  /** The key of a subject (reminders.ts): `declaration-of-intent/nis:23102#1`. */
  subject: string;
  rule: string;
}

/** The same with the deadline value that the rule counts from. */
export interface MailKey extends SaidKey {
  deadline: LocalDate;
}

/** Not for this person until it is released, or until a day. Whatever the deadline becomes: what was sent cannot be taken back. */
export interface HeldMail extends MailKey {
  to: PersonId;
  until?: LocalDate;
}

/** Not for this person; the others whom the rule is for have not had it yet. */
export interface SkippedMail extends MailKey {
  to: PersonId;
  /** The day on which it would have come. */
  on: LocalDate;
}

/** Still for this person: the rule was applied to others, while this one's mail was held or theirs was sent before. */
export interface OwedMail extends MailKey {
  to: PersonId;
  kind: MailKind;
  on: LocalDate;
  /** Since when; an answer that came later settles it. */
  since: Instant;
}

/** For the first mail to this person that says one of these things, or takes it in. */
export interface PersonalLine {
  to: PersonId;
  what: MailKey[];
  text: string;
  by: PersonId;
}

export interface MailOrders {
  held: HeldMail[];
  skipped: SkippedMail[];
  owed: OwedMail[];
  lines: PersonalLine[];
}

/** How long a personal line may be, in characters. */
export const LINE_LENGTH = 600;
