/** The mails that go out from a moment on if nobody says anything and every mail server takes them. */
import { localDay } from './dates.ts';
import type { ItemKey } from './definition.ts';
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
  kind: MailKind;
  /** What tells apart what a mail says: a task, or a decision with its party. */
  about: string;
  /** The task or decision; absent for how a path ended and for a mail that did not arrive. */
  item?: ItemKey;
  /** The party that it is about, else on whose behalf the person is written to. */
  party?: PartyId;
  /** It answers an event and does not wait for a morning. */
  atOnce: boolean;
}

export const linesOf = ({ at, message }: SentMessage): MailLine[] =>
  message.items.map((item) => {
    const party = 'party' in item ? item.party : message.party;
    return {
      ...{ on: localDay(at), to: message.to, role: message.role, kind: item.kind, about: aboutOf(item) },
      ...('decision' in item && { item: item.decision }),
      ...(item.type === 'task' && { item: item.item }),
      ...(party && { party }),
      atOnce: !isMorning(message),
    };
  });

/** What the mails of a path say from a moment to another one, in silence. */
export const comingLines = (state: PathState, now: Instant, until: Instant): MailLine[] =>
  continueCourse(state, now, until, 'silence').mails.flatMap(linesOf);
