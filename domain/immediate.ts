/** Mails that answer an event and go out at once: receipts, bad news, moved deadlines, the outcome. */
import { localDay } from './dates.ts';
import type { EventOf, PathEvent } from './events.ts';
import type { LocalDate, PersonId } from './ids.ts';
import { activeParties, currentAsks, findDecision, hasDraft, isMunicipality } from './lookup.ts';
import type { DetailsItem, MailKind, Message, MessageItem, MovedItem, NewsItem, OutcomeItem } from './message.ts';
import { isWaiting } from './progress.ts';
import { speakerOf } from './reach.ts';
import { askSchedule, decisionDue } from './schedule.ts';
import type { Party, PathState } from './state.ts';

type Role = Message['role'];

function message(
  state: PathState,
  event: PathEvent,
  to: PersonId,
  role: Role,
  kind: MailKind,
  items: MessageItem[],
  party?: Party,
): Message {
  const day = localDay(event.at);
  return {
    key: `${state.id}/${to}/${kind}/${day}/${String(event.seq)}`,
    path: state.id,
    to,
    role,
    ...(party && { party: party.id, linkGeneration: party.linkGeneration }),
    kind,
    day,
    items,
  };
}

type AnswerEvent = EventOf<'answered'> | EventOf<'answer-corrected'>;

/** Adjournments, changes, rejections and sessions that come too late need the coordinator; the rest can wait for the morning. */
const isUrgent = (event: AnswerEvent, { tooLateFor }: NewsItem): boolean =>
  event.type === 'answer-corrected' ||
  tooLateFor !== undefined ||
  !['approved', 'scheduled'].includes(event.data.answer);

/** The deadline that a planned session will miss: until that session nobody is reminded, so it is said at once. */
function missedBy(state: PathState, { data }: AnswerEvent, sessionOn: LocalDate | undefined): LocalDate | undefined {
  const decision = findDecision(state, data.decision);
  const isPlan = data.answer === 'scheduled' || data.answer === 'adjourned';
  if (!isPlan || sessionOn === undefined || decision === undefined) return undefined;
  const dueOn = decisionDue(state, decision, data.party);
  return sessionOn > dueOn ? dueOn : undefined;
}

function afterAnswer(state: PathState, event: AnswerEvent): Message[] {
  const { actor, data } = event;
  const party = state.parties[data.party];
  const ask = state.asks[`${data.decision}/${data.party}` as keyof typeof state.asks];
  const sessionOn = ask?.answer?.sessionOn;
  const tooLateFor = missedBy(state, event, sessionOn);
  const news: NewsItem = {
    type: 'news',
    kind: 'answer-news',
    seq: event.seq,
    decision: data.decision,
    party: data.party,
    answer: data.answer,
    ...(ask !== undefined && hasDraft(state, ask) && { textVersion: ask.textVersion }),
    ...(sessionOn && { sessionOn }),
    ...(tooLateFor && { tooLateFor }),
    ...(data.answer === 'rejected' && findDecision(state, data.decision)?.optional === true && { optional: true }),
    ...(data.changes && { changes: data.changes }),
    ...(data.reason && { reason: data.reason }),
    ...(data.answer === 'adjourned' && (ask?.adjournments ?? 0) > 1 && { again: true }),
    ...(event.type === 'answer-corrected' && { corrected: true }),
    ...(actor.onBehalfOf && { onBehalfOf: true }),
  };
  const result: Message[] = [];
  if (actor.kind === 'contact' && actor.personId !== undefined && party !== undefined) {
    const role: Role = actor.personId === party.deputy ? 'deputy' : 'contact';
    result.push(message(state, event, actor.personId, role, 'receipt', [{ ...news, kind: 'receipt' }], party));
  }
  if (isUrgent(event, news) && actor.personId !== state.coordinator) {
    result.push(message(state, event, state.coordinator, 'coordinator', 'answer-news', [news]));
  }
  return result;
}

/**
 * At another address: the former address is told, so that a change nobody asked for is noticed; the new one is, so that a
 * slip in it comes back at once; and so is the coordinator.
 */
function afterDetails(state: PathState, event: EventOf<'details-changed'>): Message[] {
  const { party: id, from, to, address } = event.data;
  const party = state.parties[id];
  if (address === 'same' || party === undefined) return [];
  const item: DetailsItem = { type: 'details', kind: 'receipt', party: id, from, to };
  const role: Role = party.deputy === to ? 'deputy' : 'contact';
  const { coordinator } = state;
  return [
    message(state, event, from, role, 'receipt', [item], party),
    message(state, event, to, role, 'receipt', [item], party),
    ...(event.actor.personId === coordinator
      ? []
      : [message(state, event, coordinator, 'coordinator', 'receipt', [item])]),
  ];
}

type MoveEvent = EventOf<'deadline-moved'> | EventOf<'round-applied'> | EventOf<'definition-applied'>;

const causes = { 'round-applied': 'round', 'definition-applied': 'definition' } as const;

/** Contacts hear of a deadline that changed, whoever changed it, when they still owe the answer. */
function afterMove(before: PathState, state: PathState, event: MoveEvent): Message[] {
  const { reason } = event.data;
  const perPerson = new Map<PersonId, { party: Party; role: Role; items: MovedItem[] }>();
  for (const { ask, decision } of currentAsks(state)) {
    const party = state.parties[ask.party];
    const speaker = party && speakerOf(state, party);
    if (!isWaiting(ask) || party === undefined || speaker === undefined || !isMunicipality(party)) continue;
    const earlier = findDecision(before, decision.key);
    const from = earlier && decisionDue(before, earlier, ask.party);
    const to = decisionDue(state, decision, ask.party);
    if (from === undefined || from === to) continue;
    const dates = askSchedule(state, decision, ask.party, event.at);
    const { person, role } = speaker;
    const entry = perPerson.get(person) ?? { party, role, items: [] };
    entry.items.push({
      type: 'moved',
      kind: 'deadline-moved',
      decision: decision.key,
      party: ask.party,
      from,
      to,
      ...(reason && { reason }),
      ...(event.type !== 'deadline-moved' && { cause: causes[event.type] }),
      ...(dates.lastSession && { lastSession: dates.lastSession }),
      assumed: dates.assumed,
    });
    perPerson.set(person, entry);
  }
  return [...perPerson].map(([person, { party, role, items }]) =>
    message(state, event, person, role, 'deadline-moved', items, party),
  );
}

/** Everybody who took part hears how it ended. */
function afterOutcome(state: PathState, event: PathEvent, outcome: Omit<OutcomeItem, 'type' | 'kind'>): Message[] {
  const item: OutcomeItem = { type: 'outcome', kind: 'decision-news', ...outcome };
  const contacts = activeParties(state).flatMap((party) => {
    const speaker = speakerOf(state, party);
    if (speaker === undefined) return [];
    return [message(state, event, speaker.person, speaker.role, 'decision-news', [item], party)];
  });
  return [...contacts, message(state, event, state.coordinator, 'coordinator', 'decision-news', [item])];
}

/** The mails that an event gives rise to at once. `before` is the state it changed. */
export function immediateMessages(before: PathState, state: PathState, event: PathEvent): Message[] {
  switch (event.type) {
    case 'answered':
    case 'answer-corrected':
      return findDecision(state, event.data.decision) === undefined ? [] : afterAnswer(state, event);
    case 'details-changed':
      return afterDetails(state, event);
    case 'deadline-moved':
    case 'round-applied':
    case 'definition-applied':
      return afterMove(before, state, event);
    case 'decision-recorded': {
      const { outcome, on, amount, reason } = event.data;
      return afterOutcome(state, event, {
        outcome,
        on,
        ...(amount !== undefined && { amount }),
        ...(reason && { reason }),
      });
    }
    case 'stopped': {
      const on: LocalDate = localDay(event.at);
      return afterOutcome(state, event, { outcome: 'stopped', on, reason: event.data.reason });
    }
    default:
      return [];
  }
}
