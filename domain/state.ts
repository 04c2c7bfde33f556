/** What a path knows about itself. Plain JSON: it crosses continue-as-new, the wire and the store as it is. */
import type { Anchor, BodyKey, Definition, ItemKey, Round, RouteKey, SessionRule } from './definition.ts';
import type { AskKey, Instant, LocalDate, PartyId, PathId, PersonId } from './ids.ts';
import type { Actor, AnswerKind, Ask } from './ask.ts';
import type { MailOrders } from './mail-order.ts';
import type { Message } from './message.ts';

export { answerKinds } from './ask.ts';
export type { Actor, Answer, AnswerKind, Ask, AskStatus } from './ask.ts';

/** The sessions of one body of one party, as far as they are known. */
export interface SessionSource {
  dates: LocalDate[];
  rule?: SessionRule;
  /** The day on which they were last changed: reminders that were already sent are not repeated for days before it. */
  changedOn: LocalDate;
}

/** What is known of a municipality, for the conditions of a round; nothing is invented. */
export interface PartyFacts {
  inhabitants?: number;
  referenceRegion?: string;
  /** The municipalities that it borders on, whether they take part or not. */
  adjoining?: PartyId[];
}

export interface Party {
  id: PartyId;
  joinedOn: LocalDate;
  leftOn?: LocalDate;
  /** The party that it became part of when it left. */
  mergedInto?: PartyId;
  contact?: PersonId;
  /** When this contact took over: what is still open is sent to them anew. */
  contactSince?: Instant;
  deputy?: PersonId;
  /** Who went by another id before correcting the own details: the earlier id, and the next one. */
  formerly?: Partial<Record<PersonId, PersonId>>;
  /** Links of an earlier generation no longer open. */
  linkGeneration: number;
  /** EUR a year. */
  contribution?: number;
  facts: PartyFacts;
  /** Instead of the body's own days: how long before a session its texts should be there. */
  leadDays?: number;
  sessions: Partial<Record<BodyKey, SessionSource>>;
  /** Decisions that another body takes here than elsewhere. */
  bodies: Partial<Record<ItemKey, BodyKey>>;
}

/** A rule that was applied to a subject: for which deadline and on which day. */
export interface Sent {
  deadline: LocalDate;
  on: LocalDate;
  /** How many times, for a rule that repeats. */
  times: number;
}

/** A message that the mail server has not taken yet. */
export interface Pending {
  message: Message;
  /** Those that failed for a reason that is the recipient's. */
  attempts: number;
  /** Those that failed for the server or the way to it. */
  stalls?: number;
  /** When trying began; later by all the time in which the server did not work. */
  firstAt: Instant;
  /** The last attempt. */
  lastAt?: Instant;
  nextAt: Instant;
}

/** A message that could not be delivered for good. */
export interface Undelivered {
  key: string;
  to: PersonId;
  kind: Message['kind'];
  at: Instant;
  /** The mail server's words are not kept here; they are in the ledger. */
  outcome: 'refused' | 'expired' | 'returned';
}

/** An address that is not written to, until the person is replaced or the coordinator says that it is right. */
export interface Unreachable {
  since: Instant;
  why: 'address' | 'mailbox';
}

export interface Ending {
  outcome: 'granted' | 'refused' | 'stopped' | 'completed';
  at: Instant;
  /** What was still open then. */
  open: ItemKey[];
  reason?: string;
}

export interface PathState {
  id: PathId;
  definition: Definition;
  /** Absent for a path that gives its dates itself. */
  round?: Round;
  /** What it is about, in words; see PathStart. */
  topic?: string;
  /** Absent until chosen: only what every route shares is open. */
  route?: RouteKey;
  /** The day on which the route was chosen; absent when the path started with it. */
  routeChosenOn?: LocalDate;
  /** Dates of the path itself, over those of its round. */
  dates: Record<Anchor, LocalDate>;
  /** The names of those that it was given when it started. */
  given?: Anchor[];
  startedAt: Instant;
  /** The number of the last event. */
  seq: number;
  coordinator: PersonId;
  deputyCoordinator?: PersonId;
  parties: Partial<Record<PartyId, Party>>;
  asks: Partial<Record<AskKey, Ask>>;
  tasks: Partial<Record<ItemKey, { on: LocalDate; by: Actor }>>;
  /** The newest text version requested, by decision. */
  texts: Partial<Record<ItemKey, number>>;
  /** Deadlines that were moved, by task, decision, ask or named date (whose value is in `dates`). */
  moved: Partial<Record<string, { to: LocalDate; on: LocalDate; reason: string }>>;
  /** The day on which a newer round or definition last changed a deadline, by the same keys. */
  redated?: Partial<Record<string, LocalDate>>;
  /** Items that came with a newer definition, and when: they cannot have opened before. */
  addedOn?: Partial<Record<ItemKey, LocalDate>>;
  submission?: { number: string; on: LocalDate };
  outcome?: { outcome: 'granted' | 'refused'; on: LocalDate; amount?: number; reason?: string };
  paused?: { since: Instant; reason: string };
  ending?: Ending;
  /** When an administrator last opened the ended path again. */
  reopenedAt?: Instant;
  /** By subject and rule; see reminders.ts. */
  sent: Partial<Record<string, Sent>>;
  /** The day of the last morning mail, by person. */
  lastMorning: Partial<Record<PersonId, LocalDate>>;
  /** Mails that answer an event and go out at once, by message key. */
  outbox: Partial<Record<string, Pending>>;
  /** Morning mails under way to a mail server that does not take them yet, by person. */
  retries: Partial<Record<PersonId, Pending>>;
  /** Events of which the coordinator hears in the next morning mail. */
  news: News[];
  undelivered: Undelivered[];
  unreachable: Partial<Record<PersonId, Unreachable>>;
  /** What was said about mails to come; absent when there is nothing of the kind. */
  orders?: MailOrders;
}

/** An answer or another fact that the coordinator should hear of. */
export interface News {
  seq: number;
  at: Instant;
  decision: ItemKey;
  party: PartyId;
  answer: AnswerKind;
}
