/** The mails that go out from a moment on if nobody says anything and every mail server takes them. */
import { localDay } from './dates.ts';
import { isMorning } from './delivery.ts';
import { aboutOf } from './forecast.ts';
import type { Instant, LocalDate, PartyId, PersonId } from './ids.ts';
import type { MailKind, Message } from './message.ts';
import { type SentMessage, continueCourse } from './plan.ts';
import type { PathState } from './state.ts';

/** One thing that a mail says to somebody. A morning mail that says three things makes three lines. */
export interface MailLine {
  on: LocalDate;
  to: PersonId;
  role: Message['role'];
  party?: PartyId;
  kind: MailKind;
  /** A task, or a decision with its party. */
  about: string;
  /** It answers an event and does not wait for a morning. */
  atOnce: boolean;
}

export const linesOf = ({ at, message }: SentMessage): MailLine[] =>
  message.items.map((item) => ({
    on: localDay(at),
    to: message.to,
    role: message.role,
    ...(message.party && { party: message.party }),
    kind: item.kind,
    about: aboutOf(item),
    atOnce: !isMorning(message),
  }));

/** What the mails of a path say from a moment to another one, in silence. */
export const comingLines = (state: PathState, now: Instant, until: Instant): MailLine[] =>
  continueCourse(state, now, until, 'silence').mails.flatMap(linesOf);
