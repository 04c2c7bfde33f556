/** What a path that has not started is in for: which mails leave in its first weeks, and on what that depends. Pure. */
import { comingLines, linesOf, type MailLine } from '../../domain/coming.ts';
import { expectedScript } from '../../domain/course.ts';
import { addDays, instantOf, localDay } from '../../domain/dates.ts';
import type { PathStart } from '../../domain/events.ts';
import type { Instant } from '../../domain/ids.ts';
import { continueCourse, startedState } from '../../domain/plan.ts';
import type { PathState } from '../../domain/state.ts';

/**
 * sure: leaves whatever somebody does meanwhile; if-silent: only when nobody does anything; if-asked: follows from what the
 * coordinator does in the expected course, such as sending a request.
 */
export type MailCertainty = 'sure' | 'if-silent' | 'if-asked';

export interface ForeseenMail {
  line: MailLine;
  certainty: MailCertainty;
}

export interface Outlook {
  /** The path as it would be on its first day. */
  state: PathState;
  /** In the order of their days. */
  mails: ForeseenMail[];
  until: Instant;
}

/** So far mails are looked for. */
export const OUTLOOK_DAYS = 56;

const keyOf = ({ on, to, kind, about }: MailLine): string => [on, to, kind, about].join(' ');

/** Nobody has to be known for it: person ids are those that the file would get. */
export function outlookOf(start: PathStart, now: Instant): Outlook {
  const until = instantOf(addDays(localDay(now), OUTLOOK_DAYS), 0);
  const state = startedState(start, now);
  const silent = new Map(comingLines(state, now, until).map((line) => [keyOf(line), line]));
  // From the same state: what follows from it is worked out once.
  const expected = new Map(
    continueCourse(state, now, until, expectedScript)
      .mails.flatMap(linesOf)
      .map((line) => [keyOf(line), line]),
  );
  const mails = [...new Map([...silent, ...expected])].map(([key, line]): ForeseenMail => {
    const certainty = !expected.has(key) ? 'if-silent' : silent.has(key) ? 'sure' : 'if-asked';
    return { line, certainty };
  });
  return { state, mails: mails.sort((a, b) => (a.line.on === b.line.on ? 0 : a.line.on < b.line.on ? -1 : 1)), until };
}
