/** What happened to a path: the permanent record, append-only, numbered from 1. */
import type { CommandData, NewParty } from './commands.ts';
import type { Anchor, Definition, ItemKey, Round, RouteKey } from './definition.ts';
import type { Instant, LocalDate, PartyId, PathId, PersonId } from './ids.ts';
import type { MailKey } from './mail-order.ts';
import type { DeliveryResult } from './message.ts';
import type { Actor, Ending } from './state.ts';

/** Everything that a path starts with; the input of the workflow and the data of its first event. */
export interface PathStart {
  id: PathId;
  definition: Definition;
  /** Absent for a definition that needs no round. */
  round?: Round;
  /** What the path is about, where its definition leaves that open: `de statutenwijziging van 2028`. Never about a person. */
  topic?: string;
  route?: RouteKey;
  dates: Record<Anchor, LocalDate>;
  /** Which of these it was given, instead of following from a rule: they stay whatever a newer round says. */
  given?: Anchor[];
  coordinator: PersonId;
  deputyCoordinator?: PersonId;
  parties: NewParty[];
  /** Decisions that were taken before the path started. */
  decided: CommandData['answer'][];
  /** Who started it, where that is known: the actor of the first event. Absent: the coordinator, by a file. */
  startedBy?: Actor;
}

export interface EventData {
  'path-started': PathStart;
  answered: CommandData['answer'] & { attempt: number };
  'answer-corrected': CommandData['correct'] & { attempt: number };
  'evidence-added': CommandData['add-evidence'];
  'complaint-recorded': CommandData['record-complaint'];
  requested: { decision: ItemKey; textVersion: number; parties: PartyId[] };
  'changes-accepted': CommandData['accept-changes'];
  waived: CommandData['waive'];
  'task-completed': { task: ItemKey; on: LocalDate };
  'task-reopened': CommandData['reopen-task'];
  'route-chosen': CommandData['choose-route'];
  'party-added': NewParty;
  'party-removed': { party: PartyId; reason: string };
  /** `carried`: approvals that count for the successor, each with the party whose answer is taken over. */
  'parties-merged': {
    parties: PartyId[];
    into: NewParty;
    reason: string;
    carried: { decision: ItemKey; from: PartyId }[];
  };
  'party-changed': CommandData['change-party'];
  'contact-replaced': CommandData['replace-contact'];
  'deputy-replaced': CommandData['replace-deputy'];
  'details-changed': CommandData['change-details'];
  'coordinator-replaced': { person: PersonId; role: 'coordinator' | 'deputy' };
  'mail-returned': CommandData['return-mail'];
  'address-confirmed': CommandData['confirm-address'];
  'body-changed': CommandData['change-body'];
  'deadline-moved': CommandData['move-deadline'];
  'round-applied': CommandData['apply-round'];
  'definition-applied': CommandData['apply-definition'];
  paused: CommandData['pause'];
  resumed: CommandData['resume'];
  'submission-recorded': CommandData['record-submission'];
  'decision-recorded': CommandData['record-decision'];
  'mail-held': CommandData['hold-mail'];
  'mail-released': CommandData['release-mail'];
  /** `on`: the day on which each would have come. */
  'mail-skipped': { to: PersonId; what: (MailKey & { on: LocalDate })[]; reason?: string };
  'mail-hurried': CommandData['send-mail-now'];
  'line-added': CommandData['add-line'];
  'line-removed': CommandData['remove-line'];
  stopped: CommandData['stop'];
  reopened: CommandData['reopen'];
  closed: Pick<Ending, 'outcome' | 'open'>;
  /** One delivery attempt of one batch. */
  'mail-attempted': { results: DeliveryResult[] };
}

export type EventType = keyof EventData;
export type PathEvent = {
  [Type in EventType]: { seq: number; at: Instant; actor: Actor; type: Type; data: EventData[Type] };
}[EventType];
export type EventOf<Type extends EventType> = Extract<PathEvent, { type: Type }>;
