/** What could not be read in a text with meeting days, in words for files and the command line. */

/**
 * unknown: a part that says nothing that is known here;
 * no-such-day: a day that no calendar has; wrong-weekday: a day with the name of another weekday (`is` names its own);
 * no-year: a day of which nobody can tell the year; no-days: nothing that is a day or a rule;
 * no-weekday, no-nth, no-month: what a rule lacks; several-rules: more than one.
 */
export type ReadProblemKind =
  | 'unknown'
  | 'no-such-day'
  | 'wrong-weekday'
  | 'no-year'
  | 'no-days'
  | 'no-weekday'
  | 'no-nth'
  | 'no-month'
  | 'several-rules';

export interface ReadProblem {
  kind: ReadProblemKind;
  /** The word or fragment that it is about, as it was written. */
  part: string;
  /** With `wrong-weekday`: the weekday that the day is. */
  is?: string;
}

const LONGEST_PART = 60;

export function readProblem(kind: ReadProblemKind, part: string, is?: string): ReadProblem {
  const short = part.replace(/\s+/g, ' ').trim();
  const shown = short.length > LONGEST_PART ? `${short.slice(0, LONGEST_PART - 1)}…` : short;
  return { kind, part: shown, ...(is !== undefined && { is }) };
}

/** A sentence without a subject, in English: `"vollemaan" is not understood`. */
export function describeRead({ kind, part, is = '' }: ReadProblem): string {
  const quoted = JSON.stringify(part);
  switch (kind) {
    case 'unknown':
      return `${quoted} is not understood`;
    case 'no-such-day':
      return `${quoted} is a day that does not exist`;
    case 'wrong-weekday':
      return `${quoted} is a ${is}`;
    case 'no-year':
      return `${quoted} has no year`;
    case 'no-days':
      return `${quoted} holds no day and no rule`;
    case 'no-weekday':
      return `${quoted} names no weekday`;
    case 'no-nth':
      return `${quoted} does not say which one of the month`;
    case 'no-month':
      return `${quoted} leaves no month`;
    case 'several-rules':
      return `${quoted} is a second rule`;
  }
}
