/**
 * How the law counts (Decreet lokaal bestuur, article 291): terms are calendar days. Forwards the day that starts a term does
 * not count, and an end on a Saturday, Sunday or holiday moves to the next working day. Backwards from a meeting neither the
 * meeting nor the day of sending counts, and nothing moves: who wants to send on a working day sends earlier.
 */
import { workingDayOnOrAfter, workingDayOnOrBefore } from './calendar.ts';
import { addDays, addMonths, latest } from './dates.ts';
import type { Span } from './definition.ts';
import type { LocalDate } from './ids.ts';

/** A span further on: months first, then days. A month ends on the same day of a later month, or on the last of a shorter one. */
export const after = (day: LocalDate, { months = 0, days = 0 }: Span): LocalDate =>
  addDays(addMonths(day, months), days);

/** The last day of a term that starts with what happened on a day. */
export const termEnd = (from: LocalDate, span: Span): LocalDate => workingDayOnOrAfter(after(from, span));

/** The last day on which something can be sent so that so many full days lie between it and the meeting. */
export const lastSendingDay = (meeting: LocalDate, days: number): LocalDate => addDays(meeting, -days - 1);

/** The same for an office that sends on working days. */
export const practicalSendingDay = (meeting: LocalDate, days: number): LocalDate =>
  workingDayOnOrBefore(lastSendingDay(meeting, days));

/** Terms around every decision of a council or college. The notice of a meeting is a matter of its body: see definition.ts. */
export const decreeTerms = {
  /** Councillors add items to the agenda until so many days before the meeting. */
  items: { days: 5, article: 'artikelen 18-23' },
  /** The list of decisions is on the municipality's website. */
  publication: { days: 10, article: 'artikelen 285-287' },
  /** The supervising authority, told on the day of publication, may annul. */
  supervision: { days: 30, article: 'artikelen 330 en 332' },
  /** Anybody may complain, from the day after publication; a complaint starts the supervision's term again. */
  complaint: { days: 30, article: 'artikel 332' },
} as const;

/** What follows by law from a decision of a municipality. Information: nothing waits for it. */
export interface Aftermath {
  /** The published list of decisions is there by then. */
  publishedBy: LocalDate;
  /** The last day for a complaint, if it was published no later than it had to be. */
  complaintsUntil: LocalDate;
  /** The last day on which supervision can annul, a complaint taken into account. */
  supervisionUntil: LocalDate;
}

/**
 * @param heldOn the session that decided
 * @param complaintOn the day on which supervision received a complaint, if one is known
 */
export function aftermath(heldOn: LocalDate, complaintOn?: LocalDate): Aftermath {
  const publishedBy = termEnd(heldOn, decreeTerms.publication);
  const usual = termEnd(publishedBy, decreeTerms.supervision);
  const again = complaintOn === undefined ? usual : termEnd(complaintOn, decreeTerms.supervision);
  return {
    publishedBy,
    complaintsUntil: termEnd(publishedBy, decreeTerms.complaint),
    supervisionUntil: latest([usual, again]) ?? usual,
  };
}
