/** What an event does to a path: `evolve(state, event)` is the next state. The whole state follows from the events. */
import { localDay } from './dates.ts';
import { bodyParty } from './definition.ts';
import { afterDelivery, withoutVoidRetries } from './delivery.ts';
import type { EventOf, PathEvent } from './events.ts';
import { answered, changeAsk, corrected, requested, settled } from './evolve/asks.ts';
import {
  changeParty,
  contactReplaced,
  detailsChanged,
  coordinatorReplaced,
  deputyReplaced,
  newParty,
  partyAdded,
  partyChanged,
  partyRemoved,
} from './evolve/parties.ts';
import { addressConfirmed, mailReturned } from './evolve/mails.ts';
import { mailOrdered, withoutPassedOrders } from './evolve/mail-orders.ts';
import { partiesMerged } from './evolve/merger.ts';
import { withoutPassedForesight } from './evolve/foreseen.ts';
import { definitionApplied, ownDates, roundApplied, ruleDates } from './evolve/renewal.ts';
import { askKey, type Instant, type LocalDate } from './ids.ts';
import { immediateMessages } from './immediate.ts';
import { withStandIns } from './reach.ts';
import { conditionDates, dateKey, findDecision, namedDate, tasksOf } from './lookup.ts';
import { openItems } from './progress.ts';
import { without } from './records.ts';
import type { Actor, Ending, PathState } from './state.ts';

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
    ...(data.round && { round: data.round }),
    ...(data.topic !== undefined && { topic: data.topic }),
    ...(data.route && { route: data.route }),
    dates: data.dates,
    ...(data.given && { given: data.given }),
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
    unreachable: {},
  };
  return data.decided.reduce((next, answer) => answered(next, answer, at, event.actor), state);
}

function deadlineMoved(state: PathState, event: EventOf<'deadline-moved'>): PathState {
  const { item, party, to, reason } = event.data;
  const isAsked = conditionDates(state.round).includes(item);
  const isNamed = party === undefined && (isAsked || namedDate(state, item) !== undefined);
  const key = isNamed ? dateKey(item) : party === undefined ? item : askKey(item, party);
  return {
    ...state,
    ...(isNamed && { dates: { ...state.dates, [item]: to } }),
    moved: { ...state.moved, [key]: { to, on: localDay(event.at), reason } },
  };
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

/** The dates that a route asks for follow from its rules, unless the path gives them; those of an earlier route make way. */
const routeChosen = (state: PathState, route: string, on: LocalDate): PathState => ({
  ...state,
  route,
  routeChosenOn: on,
  dates: { ...ruleDates(state, route), ...ownDates(state) },
});

function bodyChanged(state: PathState, { data }: EventOf<'body-changed'>, today: LocalDate): PathState {
  const { party, decision, body } = data;
  const next = changeAsk(state, decision, party, (ask) => ({ ...ask, bodyChangedOn: today }));
  return changeParty(next, party, (old) => ({ ...old, bodies: { ...old.bodies, [decision]: body } }));
}

/** A refusal is taken back with the ending it brought; a grant stays. */
function reopened(state: PathState, at: Instant): PathState {
  const { ending, outcome, ...open } = state;
  if (ending?.outcome !== 'refused') return { ...open, ...(outcome && { outcome }), reopenedAt: at };
  const task = tasksOf(state).find((candidate) => candidate.kind === 'outcome');
  return { ...open, tasks: task === undefined ? open.tasks : without(open.tasks, task.key), reopenedAt: at };
}

function apply(state: PathState, event: Exclude<PathEvent, { type: 'path-started' }>): PathState {
  const { at, actor } = event;
  const today = localDay(at);
  switch (event.type) {
    case 'answered':
      return withNews(answered(state, event.data, at, actor), event);
    case 'answer-corrected':
      return corrected(state, event.data, at, actor);
    case 'evidence-added':
      return changeAsk(state, event.data.decision, event.data.party, (ask) =>
        ask.answer === undefined ? ask : { ...ask, answer: { ...ask.answer, reference: event.data.reference } },
      );
    case 'complaint-recorded':
      return changeAsk(state, event.data.decision, event.data.party, (ask) => ({ ...ask, complaintOn: event.data.on }));
    case 'requested':
      return requested(state, event);
    case 'changes-accepted':
      return settled(state, event.data.decision, event.data.party, 'approved', at);
    case 'waived':
      return settled(state, event.data.decision, event.data.party, 'waived', at);
    case 'task-completed':
      return { ...state, tasks: { ...state.tasks, [event.data.task]: { on: event.data.on, by: actor } } };
    case 'task-reopened':
      return { ...state, tasks: without(state.tasks, event.data.task) };
    case 'route-chosen':
      return routeChosen(state, event.data.route, today);
    case 'party-added':
      return partyAdded(state, event.data, today);
    case 'party-removed':
      return partyRemoved(state, event.data.party, today);
    case 'parties-merged':
      return partiesMerged(state, event);
    case 'party-changed':
      return partyChanged(state, event.data, today);
    case 'contact-replaced':
      return contactReplaced(state, event.data.party, event.data.person, at);
    case 'deputy-replaced':
      return deputyReplaced(state, event.data.party, event.data.person, at);
    case 'details-changed':
      return detailsChanged(state, event.data, at);
    case 'coordinator-replaced':
      return event.data.role === 'deputy'
        ? { ...state, deputyCoordinator: event.data.person }
        : coordinatorReplaced(state, event.data.person, at);
    case 'mail-returned':
      return mailReturned(state, event);
    case 'address-confirmed':
      return addressConfirmed(state, event.data.person);
    case 'body-changed':
      return bodyChanged(state, event, today);
    case 'deadline-moved':
      return deadlineMoved(state, event);
    case 'round-applied':
      return roundApplied(state, event.data.round, at);
    case 'definition-applied':
      return definitionApplied(state, event.data.definition, at);
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
    case 'mail-held':
    case 'mail-released':
    case 'mail-skipped':
    case 'mail-hurried':
    case 'line-added':
    case 'line-removed':
      return mailOrdered(state, event);
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
  const passed = withoutPassedForesight({ ...next, outbox });
  const settled = withoutVoidRetries(withStandIns(passed, event.at), event.at);
  return withoutPassedOrders(settled, event.at);
}
