/** What an event does to a path: `evolve(state, event)` is the next state. The whole state follows from the events. */
import { localDay } from './dates.ts';
import { bodyParty } from './definition.ts';
import { afterDelivery, withoutVoidRetries } from './delivery.ts';
import type { AnswerData, NewParty } from './commands.ts';
import type { EventOf, PathEvent } from './events.ts';
import { askKey, type Instant, type LocalDate, type PartyId, type PersonId } from './ids.ts';
import { immediateMessages } from './immediate.ts';
import { currentAsks, findDecision, ruleDate, tasksOf } from './lookup.ts';
import { openItems } from './progress.ts';
import { askSubject, sentKey } from './reminders.ts';
import type { Actor, Answer, Ask, AskStatus, Ending, Party, PathState, SessionSource } from './state.ts';

const statusOf: Record<AnswerData['answer'], AskStatus> = {
  scheduled: 'scheduled',
  approved: 'approved',
  'approved-with-changes': 'changed',
  adjourned: 'adjourned',
  rejected: 'rejected',
};

function newParty(data: NewParty, on: LocalDate, generation: number): Party {
  const sessions: Partial<Record<string, SessionSource>> = {};
  for (const [body, source] of Object.entries(data.sessions ?? {})) {
    if (source !== undefined) sessions[body] = { ...source, changedOn: on };
  }
  return {
    id: data.party,
    joinedOn: on,
    ...(data.contact && { contact: data.contact }),
    ...(data.deputy && { deputy: data.deputy }),
    ...(data.contribution !== undefined && { contribution: data.contribution }),
    linkGeneration: generation,
    sessions,
    bodies: {},
  };
}

function started(event: EventOf<'path-started'>): PathState {
  const { data, at } = event;
  const on = localDay(at);
  const parties: PathState['parties'] = {};
  for (const [key, body] of Object.entries(data.definition.bodies)) {
    if (body.per === 'path') parties[bodyParty(key)] = newParty({ party: bodyParty(key) }, on, 1);
  }
  for (const party of data.parties) parties[party.party] = newParty(party, on, 1);
  const state: PathState = {
    id: data.id,
    definition: data.definition,
    round: data.round,
    ...(data.route && { route: data.route }),
    dates: data.dates,
    startedAt: at,
    seq: event.seq,
    coordinator: data.coordinator,
    ...(data.deputyCoordinator && { deputyCoordinator: data.deputyCoordinator }),
    parties,
    asks: {},
    tasks: {},
    texts: {},
    moved: {},
    sent: {},
    lastMorning: {},
    outbox: {},
    retries: {},
    news: [],
    undelivered: [],
  };
  return data.decided.reduce((next, answer) => answered(next, answer, at, event.actor), state);
}

function answerOf(data: AnswerData, at: Instant, by: Actor): Answer {
  const isPlan = data.answer === 'scheduled';
  const isAdjourned = data.answer === 'adjourned';
  return {
    kind: data.answer,
    ...(isAdjourned ? { heldOn: data.on, ...(data.to && { sessionOn: data.to }) } : { sessionOn: data.on }),
    at,
    by,
    ...(data.answeredBy && { answeredBy: data.answeredBy }),
    ...(data.changes && { changes: data.changes }),
    ...(data.reason && !isPlan && { reason: data.reason }),
    ...(data.reference && { reference: data.reference }),
  };
}

const withAsk = (state: PathState, ask: Ask): PathState => ({
  ...state,
  asks: { ...state.asks, [askKey(ask.decision, ask.party)]: ask },
});

const newAsk = (state: PathState, decision: string, party: PartyId, textVersion: number, at: Instant): Ask => ({
  decision,
  party,
  attempt: (state.asks[askKey(decision, party)]?.attempt ?? 0) + 1,
  textVersion,
  status: 'requested',
  requestedAt: at,
  adjournments: 0,
});

/** An answer to a decision that was never sent makes its ask: a body may decide before it is asked. */
function answered(state: PathState, data: AnswerData, at: Instant, by: Actor): PathState {
  const ask =
    state.asks[askKey(data.decision, data.party)] ??
    newAsk(state, data.decision, data.party, state.texts[data.decision] ?? 1, at);
  return withAsk(state, {
    ...ask,
    status: statusOf[data.answer],
    adjournments: ask.adjournments + (data.answer === 'adjourned' ? 1 : 0),
    answer: answerOf(data, at, by),
  });
}

function requested(state: PathState, event: EventOf<'requested'>): PathState {
  const { decision, textVersion, parties } = event.data;
  const next = parties.reduce(
    (result, party) => withAsk(result, newAsk(result, decision, party, textVersion, event.at)),
    state,
  );
  return { ...next, texts: { ...next.texts, [decision]: textVersion } };
}

const withParty = (state: PathState, party: Party): PathState => ({
  ...state,
  parties: { ...state.parties, [party.id]: party },
});

function changeParty(state: PathState, id: PartyId, change: (party: Party) => Party): PathState {
  const party = state.parties[id];
  return party === undefined ? state : withParty(state, change(party));
}

function changeAsk(state: PathState, decision: string, party: PartyId, change: (ask: Ask) => Ask): PathState {
  const ask = state.asks[askKey(decision, party)];
  return ask === undefined ? state : withAsk(state, change(ask));
}

const withoutKey = <Value>(record: Partial<Record<string, Value>>, key: string): Partial<Record<string, Value>> =>
  Object.fromEntries(Object.entries(record).filter(([other]) => other !== key));

/** What a party still owes is sent anew to a contact who takes over, and mails to the one before are called back. */
function contactReplaced(state: PathState, party: PartyId, person: PersonId, at: Instant): PathState {
  const previous = state.parties[party]?.contact;
  let next = changeParty(state, party, (old) => ({
    ...old,
    contact: person,
    contactSince: at,
    linkGeneration: old.linkGeneration + 1,
  }));
  for (const { ask } of currentAsks(next)) {
    if (ask.party === party) next = { ...next, sent: withoutKey(next.sent, sentKey(askSubject(ask), 'request')) };
  }
  return previous === undefined ? next : { ...next, retries: withoutKey(next.retries, previous) };
}

function partyRemoved(state: PathState, party: PartyId, on: LocalDate): PathState {
  const next = changeParty(state, party, (old) => ({ ...old, leftOn: on, linkGeneration: old.linkGeneration + 1 }));
  return { ...next, news: next.news.filter((news) => news.party !== party) };
}

function partyChanged(state: PathState, event: EventOf<'party-changed'>): PathState {
  const on = localDay(event.at);
  return changeParty(state, event.data.party, (old) => {
    const sessions = { ...old.sessions };
    for (const [body, source] of Object.entries(event.data.sessions ?? {})) {
      if (source !== undefined) sessions[body] = { ...source, changedOn: on };
    }
    const { contribution } = event.data;
    return { ...old, sessions, ...(contribution !== undefined && { contribution }) };
  });
}

function deadlineMoved(state: PathState, event: EventOf<'deadline-moved'>): PathState {
  const { item, party, to, reason } = event.data;
  if (state.round.dates[item] !== undefined || state.dates[item] !== undefined) {
    return { ...state, dates: { ...state.dates, [item]: to } };
  }
  const key = party === undefined ? item : askKey(item, party);
  return { ...state, moved: { ...state.moved, [key]: { to, on: localDay(event.at), reason } } };
}

/** Ticks the task of the definition that a command of its own completes. */
function completeKind(state: PathState, kind: 'submission' | 'outcome', on: LocalDate, by: Actor): PathState {
  const task = tasksOf(state).find((candidate) => candidate.kind === kind);
  return task === undefined ? state : { ...state, tasks: { ...state.tasks, [task.key]: { on, by } } };
}

const ended = (state: PathState, at: Instant, outcome: Ending['outcome'], reason?: string): PathState => ({
  ...state,
  ending: { outcome, at, open: openItems(state), ...(reason && { reason }) },
});

/** The dates that a route asks for follow from its rules, unless the path gives them. */
function routeChosen(state: PathState, route: string): PathState {
  const rules = state.definition.routes.find(({ key }) => key === route)?.dates ?? {};
  const dates = { ...state.dates };
  for (const [name, rule] of Object.entries(rules)) {
    const day = ruleDate(state, rule);
    if (dates[name] === undefined && day !== undefined) dates[name] = day;
  }
  return { ...state, route, dates };
}

/** A refusal is taken back with the ending it brought; a grant stays. */
function reopened(state: PathState, at: Instant): PathState {
  const { ending, outcome, ...open } = state;
  if (ending?.outcome !== 'refused') return { ...open, ...(outcome && { outcome }), reopenedAt: at };
  const task = tasksOf(state).find((candidate) => candidate.kind === 'outcome');
  return { ...open, tasks: task === undefined ? open.tasks : withoutKey(open.tasks, task.key), reopenedAt: at };
}

function apply(state: PathState, event: Exclude<PathEvent, { type: 'path-started' }>): PathState {
  const { at, actor } = event;
  const today = localDay(at);
  switch (event.type) {
    case 'answered':
      return withNews(answered(state, event.data, at, actor), event);
    case 'answer-corrected': {
      // The correction takes the place of the answer, its adjournment included.
      const undone = changeAsk(state, event.data.decision, event.data.party, (ask) => ({
        ...ask,
        adjournments: ask.adjournments - (ask.answer?.kind === 'adjourned' ? 1 : 0),
      }));
      return answered(undone, event.data, at, actor);
    }
    case 'evidence-added':
      return changeAsk(state, event.data.decision, event.data.party, (ask) =>
        ask.answer === undefined ? ask : { ...ask, answer: { ...ask.answer, reference: event.data.reference } },
      );
    case 'requested':
      return requested(state, event);
    case 'changes-accepted':
      return changeAsk(state, event.data.decision, event.data.party, (ask) => ({ ...ask, status: 'approved' }));
    case 'waived':
      return withAsk(state, {
        ...(state.asks[askKey(event.data.decision, event.data.party)] ??
          newAsk(state, event.data.decision, event.data.party, 1, at)),
        status: 'waived',
      });
    case 'task-completed':
      return { ...state, tasks: { ...state.tasks, [event.data.task]: { on: event.data.on, by: actor } } };
    case 'task-reopened':
      return { ...state, tasks: withoutKey(state.tasks, event.data.task) };
    case 'route-chosen':
      return routeChosen(state, event.data.route);
    case 'party-added':
      return withParty(state, newParty(event.data, today, (state.parties[event.data.party]?.linkGeneration ?? 0) + 1));
    case 'party-removed':
      return partyRemoved(state, event.data.party, today);
    case 'party-changed':
      return partyChanged(state, event);
    case 'contact-replaced':
      return contactReplaced(state, event.data.party, event.data.person, at);
    case 'deputy-replaced':
      return changeParty(state, event.data.party, ({ deputy: _previous, ...old }) => ({
        ...old,
        ...(event.data.person && { deputy: event.data.person }),
      }));
    case 'coordinator-replaced':
      return event.data.role === 'deputy'
        ? { ...state, deputyCoordinator: event.data.person }
        : { ...state, coordinator: event.data.person, retries: withoutKey(state.retries, state.coordinator) };
    case 'body-changed':
      return changeParty(state, event.data.party, (old) => ({
        ...old,
        bodies: { ...old.bodies, [event.data.decision]: event.data.body },
      }));
    case 'deadline-moved':
      return deadlineMoved(state, event);
    case 'paused':
      return { ...state, paused: { since: at, reason: event.data.reason } };
    case 'resumed': {
      const { paused: _paused, ...running } = state;
      return running;
    }
    case 'submission-recorded':
      return completeKind({ ...state, submission: event.data }, 'submission', event.data.on, actor);
    case 'decision-recorded': {
      const next = completeKind({ ...state, outcome: event.data }, 'outcome', event.data.on, actor);
      return event.data.outcome === 'refused' ? ended(next, at, 'refused', event.data.reason) : next;
    }
    case 'stopped':
      return ended(state, at, 'stopped', event.data.reason);
    case 'closed':
      return { ...state, ending: { ...event.data, at } };
    case 'reopened':
      return reopened(state, at);
    case 'mail-attempted':
      return afterDelivery(state, event.data.results);
  }
}

/** Good news waits for the coordinator's next morning mail. */
function withNews(state: PathState, event: EventOf<'answered'>): PathState {
  const { party, decision, answer } = event.data;
  const isOwn = event.actor.personId === state.coordinator || event.actor.kind === 'coordinator';
  if (answer !== 'approved' || isOwn || findDecision(state, decision) === undefined) return state;
  return { ...state, news: [...state.news, { seq: event.seq, at: event.at, decision, party, answer }] };
}

/**
 * The state after an event. Events are numbered without gaps; the first one is `path-started`.
 * Throws only for a sequence that no path can have produced: that is a fault of the program, not of a person.
 */
export function evolve(state: PathState | undefined, event: PathEvent): PathState {
  if (event.type === 'path-started') {
    if (state !== undefined) throw new Error(`path ${state.id} was started twice`);
    return started(event);
  }
  if (state === undefined)
    throw new Error(`event ${String(event.seq)} (${event.type}) came before the start of its path`);
  const next = { ...apply(state, event), seq: event.seq };
  const outbox = { ...next.outbox };
  for (const message of immediateMessages(state, next, event)) {
    outbox[message.key] = { message, attempts: 0, firstAt: event.at, nextAt: event.at };
  }
  return withoutVoidRetries({ ...next, outbox }, event.at);
}
