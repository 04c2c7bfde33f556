/** What goes out by mail: who gets it, why, and the facts that the words are made of. No names and no addresses. */
import type { ItemKey } from './definition.ts';
import type { Instant, LocalDate, PartyId, PathId, PersonId } from './ids.ts';
import type { AnswerKind, AskStatus } from './ask.ts';

/** Reminding mails: on working mornings, one a day for a person and path. Weightiest first. */
export const morningKinds = [
  'escalation',
  'overdue',
  'outcome-question',
  'request',
  'reminder',
  'answer-news',
] as const;
export const mailKinds = [
  'request',
  'reminder',
  'overdue',
  'escalation',
  'outcome-question',
  'receipt',
  'answer-news',
  'deadline-moved',
  'decision-news',
  'sign-in',
  'digest',
  'alert',
] as const;
export type MailKind = (typeof mailKinds)[number];

/** One decision asked of one party, with the dates that matter to who reads it. */
export interface AskItem {
  type: 'ask';
  /** Why it is in the mail. */
  kind: MailKind;
  /** The rule that brought it here, for rules of a definition. */
  rule?: string;
  /** The deadline value that the rule counted from. */
  deadline?: LocalDate;
  /** Earlier rules that this one takes in: they will not be sent any more. */
  supersedes?: string[];
  /** The day on which it would have come, when the coordinator sends it before. */
  plannedOn?: LocalDate;
  decision: ItemKey;
  party: PartyId;
  body: string;
  attempt: number;
  textVersion: number;
  status: AskStatus;
  dueOn: LocalDate;
  /** The law that brings the deadline forward, when one does. */
  law?: string;
  /** The first session that can still take it, and the agenda cut-off of that session. */
  nextSession?: LocalDate;
  nextCutoff?: LocalDate;
  /** The last session before the deadline. */
  lastSession?: LocalDate;
  lastCutoff?: LocalDate;
  /** True when these sessions follow from a pattern and nobody has confirmed them. */
  assumed: boolean;
  /** The decision is not obligatory: it can be let go of. */
  optional?: boolean;
  /** The session it was scheduled for, or that was held. */
  sessionOn?: LocalDate;
}

/** Something the coordinator should do: a task, or a decision whose texts can be sent. */
export interface TaskItem {
  type: 'task';
  kind: MailKind;
  rule: string;
  deadline: LocalDate;
  supersedes?: string[];
  plannedOn?: LocalDate;
  /** `task`: tick it; `ready`: send the request of this decision. */
  what: 'task' | 'ready';
  item: ItemKey;
  dueOn: LocalDate;
}

/** A body that will be asked in vain: no session between the first day on which it can be asked and the deadline. */
export interface ForeseenItem {
  type: 'foreseen';
  kind: MailKind;
  rule: string;
  deadline: LocalDate;
  supersedes?: string[];
  decision: ItemKey;
  party: PartyId;
  dueOn: LocalDate;
  askOn: LocalDate;
  /** The first session that it could be on, after the deadline. */
  nextSession?: LocalDate;
  assumed: boolean;
}

/** A fact. */
export interface NewsItem {
  type: 'news';
  kind: MailKind;
  seq: number;
  decision: ItemKey;
  party: PartyId;
  answer: AnswerKind;
  /** Of the text that was decided on; absent for bodies that get no draft. */
  textVersion?: number;
  sessionOn?: LocalDate;
  changes?: string;
  reason?: string;
  /** The deadline, when the session that is planned comes after it. */
  tooLateFor?: LocalDate;
  /** The decision is not obligatory: it can be let go of. */
  optional?: boolean;
  /** The second time that a party adjourns the same ask. */
  again?: boolean;
  corrected?: boolean;
  onBehalfOf?: boolean;
}

export interface MovedItem {
  type: 'moved';
  kind: MailKind;
  decision: ItemKey;
  party: PartyId;
  from: LocalDate;
  to: LocalDate;
  reason?: string;
  /** What changed it, when it was not the coordinator. */
  cause?: 'round' | 'definition';
  lastSession?: LocalDate;
  assumed: boolean;
}

export interface OutcomeItem {
  type: 'outcome';
  kind: MailKind;
  outcome: 'granted' | 'refused' | 'stopped';
  on: LocalDate;
  amount?: number;
  reason?: string;
}

/** A mail to somebody else that could not be delivered. */
export interface UndeliveredItem {
  type: 'undelivered';
  kind: MailKind;
  key: string;
  to: PersonId;
  mailKind: MailKind;
  /** That address is not written to any more, until the coordinator does something about it. */
  stopped?: boolean;
  /** Who gets its mails meanwhile; absent when that is the coordinator. */
  instead?: PersonId;
}

/** Who speaks for a party has another address: said to both, and to who coordinates. */
export interface DetailsItem {
  type: 'details';
  kind: MailKind;
  party: PartyId;
  from: PersonId;
  to: PersonId;
}

export type MessageItem =
  AskItem | TaskItem | ForeseenItem | NewsItem | MovedItem | OutcomeItem | UndeliveredItem | DetailsItem;

export interface Message {
  /**
   * `path / person / kind / local day`; for mails that answer an event its number after the day, for a mail that is sent before
   * its time the number before the day. The Message-ID derives from it.
   */
  key: string;
  path: PathId;
  to: PersonId;
  role: 'contact' | 'deputy' | 'coordinator';
  /** The party on whose behalf the person is written to; absent for coordinators. */
  party?: PartyId;
  /** The link generation of that party: the link in the mail is derived from it. */
  linkGeneration?: number;
  kind: MailKind;
  day: LocalDate;
  items: MessageItem[];
  /** What who coordinates wrote to this person, for this mail only. */
  lines?: SignedLine[];
  /** Sent by the word of who coordinates: it does not wait for a working morning. */
  atOnce?: true;
}

/** A line of a person to a person. */
export interface SignedLine {
  text: string;
  by: PersonId;
}

/** The kind of the mail that goes by a key; undefined for what is no key of a mail. */
export const kindOfKey = (key: string): MailKind | undefined => mailKinds.find((kind) => kind === key.split('/')[2]);

/**
 * What happened to a message: accepted by the server; deferred (try again); refused for good; unknown (the connection was
 * cut after the final dot: it may have arrived, and is tried again under the same Message-ID).
 */
export type DeliveryOutcome = 'accepted' | 'deferred' | 'refused' | 'unknown';

/**
 * What stood in the way of a mail. `address`: nobody gets mail there; `mailbox`: its mailbox takes none; `content`: this message
 * was not wanted, another one may be; `server`: nothing that concerns the recipient (the server, the way to it, our settings).
 */
export const mailTroubles = ['address', 'mailbox', 'content', 'server'] as const;
export type MailTrouble = (typeof mailTroubles)[number];

export interface Delivery {
  outcome: DeliveryOutcome;
  /** Absent when it was accepted, and when nobody knows. */
  trouble?: MailTrouble;
}

export interface DeliveryResult extends Delivery {
  message: Message;
  at: Instant;
}

/** A batch for the mail server. */
export interface DeliverInput {
  path: PathId;
  messages: Message[];
  /** The moment on the path's clock. */
  now: Instant;
}

/** What became of one message of a batch. */
export interface DeliveryReport extends Delivery {
  key: string;
}
