/** What people can say to a path. The same words serve the workflow's Update, `regiopad tell`, the pages and the API. */
import type { BodyKey, Definition, ItemKey, Round, RouteKey, SessionRule } from './definition.ts';
import type { LocalDate, PartyId, PersonId } from './ids.ts';
import type { MailKey } from './mail-order.ts';
import type { AnswerKind, PartyFacts } from './state.ts';

export interface AnswerData {
  party: PartyId;
  decision: ItemKey;
  answer: AnswerKind;
  /** The session: planned for `scheduled`, held for the others. */
  on: LocalDate;
  /** For `adjourned`: the new session, when there is one. */
  to?: LocalDate;
  changes?: string;
  reason?: string;
  reference?: string;
  answeredBy?: PersonId;
}

export interface NewParty {
  party: PartyId;
  contact?: PersonId;
  deputy?: PersonId;
  contribution?: number;
  facts?: PartyFacts;
  leadDays?: number;
  sessions?: Partial<Record<BodyKey, { dates: LocalDate[]; rule?: SessionRule }>>;
}

/** Why a mail came back: nobody has that address, its mailbox takes no mail, or this message was not wanted. */
export const returnReasons = ['address', 'mailbox', 'content'] as const;
export type ReturnReason = (typeof returnReasons)[number];

/** What becomes of approvals already given when a text changes or a party joins or leaves. */
export type Approvals = 'keep' | 'ask-again';
/** The same for each decision; what is not named is kept. */
export type ApprovalChoices = Partial<Record<ItemKey, Approvals>>;

export interface CommandData {
  answer: AnswerData;
  /** Replaces the last answer of this party; the reason says why. */
  correct: AnswerData & { because: string };
  /** Adds the published decision to an answer. */
  'add-evidence': { party: PartyId; decision: ItemKey; reference: string };
  /** Supervision received a complaint about a decision: its term starts again. Information, nothing waits for it. */
  'record-complaint': { party: PartyId; decision: ItemKey; on: LocalDate };
  /** Sends a decision's texts to the parties (default: all that it concerns and that have not approved it). */
  request: { decision: ItemKey; textVersion?: number; parties?: PartyId[]; approvals?: Approvals };
  'accept-changes': { party: PartyId; decision: ItemKey };
  /** An optional decision is no longer asked of this party. */
  waive: { party: PartyId; decision: ItemKey; reason: string };
  'complete-task': { task: ItemKey };
  'reopen-task': { task: ItemKey; reason: string };
  'choose-route': { route: RouteKey };
  /** Who joins gets every ask that the others already have. */
  'add-party': NewParty & { approvals?: ApprovalChoices };
  'remove-party': { party: PartyId; reason: string; approvals?: ApprovalChoices };
  /**
   * Municipalities become one. What all of them had approved counts for the successor, unless it is to be asked again; the
   * rest is asked of it. The successor is new, or one that takes part already.
   */
  'merge-parties': { parties: PartyId[]; into: NewParty; reason: string; approvals?: ApprovalChoices };
  'change-party': {
    party: PartyId;
    contribution?: number;
    /** What is known now; what is left out stays as it was. */
    facts?: PartyFacts;
    leadDays?: number;
    sessions?: Partial<Record<BodyKey, { dates: LocalDate[]; rule?: SessionRule }>>;
  };
  /** A contact who passes it on says who does so, when that is not the contact: a mailbox may be read by many. */
  'replace-contact': { party: PartyId; person: PersonId; passedOnBy?: PersonId };
  /** Without a person: nobody is the deputy any more. */
  'replace-deputy': { party: PartyId; person?: PersonId };
  /**
   * Who speaks for a party has other details: `to` is the same person, with the same links. At another address both the
   * former and the new one are told.
   */
  'change-details': { party: PartyId; from: PersonId; to: PersonId; address: 'same' | 'other' };
  'replace-coordinator': { person: PersonId; role?: 'coordinator' | 'deputy' };
  /** A mail that a server had taken came back for good. Said by the system when a bounce comes in. */
  'return-mail': { key: string; to: PersonId; why: ReturnReason };
  /** The address of somebody who could not be reached is right: mails go there again. */
  'confirm-address': { person: PersonId };
  'change-body': { party: PartyId; decision: ItemKey; body: BodyKey; reason: string };
  /** A task, a decision, or a decision for one party; a round date by its name. */
  'move-deadline': { item: ItemKey; party?: PartyId; to: LocalDate; reason: string };
  /** A newer version of the path's round. */
  'apply-round': { round: Round; reason?: string };
  /** A newer version of the path's definition. */
  'apply-definition': { definition: Definition; reason?: string };
  pause: { reason: string };
  resume: Record<string, never>;
  'record-submission': { number: string; on: LocalDate };
  'record-decision': { outcome: 'granted' | 'refused'; on: LocalDate; amount?: number; reason?: string };
  /** Mails to come, by what they say: not to this person until released, or until a day. */
  'hold-mail': { to: PersonId; what: MailKey[]; until?: LocalDate };
  'release-mail': { to: PersonId; what: MailKey[] };
  /** Counts as said to this person for its deadline. */
  'skip-mail': { to: PersonId; what: MailKey[]; reason?: string };
  /** At once, with all that is due to this person; it does not come again. */
  'send-mail-now': { to: PersonId; what: MailKey[] };
  /** A line of who coordinates in the first mail to this person that says one of these things; it replaces an earlier one. */
  'add-line': { to: PersonId; what: MailKey[]; text: string };
  'remove-line': { to: PersonId; what: MailKey[] };
  stop: { reason: string };
  reopen: { reason: string };
}

export type CommandType = keyof CommandData;
/** What only an administrator says. */
export const administrative: readonly CommandType[] = ['reopen', 'apply-round', 'apply-definition'];
export type Command = { [Type in CommandType]: { type: Type; data: CommandData[Type] } }[CommandType];
export type CommandOf<Type extends CommandType> = Extract<Command, { type: Type }>;
