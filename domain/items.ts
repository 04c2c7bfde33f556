/** The facts of a mail about one subject, as they are at the moment it goes out. */
import { localDay } from './dates.ts';
import { type Instant, type LocalDate, type PartyId, asPartyId } from './ids.ts';
import { findAsk, findDecision } from './lookup.ts';
import { type Missed, foreseenMiss } from './foresight.ts';
import type { AskItem, ForeseenItem, MailKind, MessageItem, TaskItem } from './message.ts';
import { isDone, isWaiting, needsCall, readyDecisions } from './progress.ts';
import { type Firing, foreseenSubject } from './reminders.ts';
import { askSchedule, dueByLaw } from './schedule.ts';
import type { Ask, PathState } from './state.ts';
import type { Decision, ItemKey } from './definition.ts';

/** The key under which an item's subject keeps what was sent about it; undefined for facts. */
export function subjectOf(item: MessageItem): string | undefined {
  if (item.type === 'ask') return `${item.decision}/${item.party}#${String(item.attempt)}`;
  if (item.type === 'task') return `${item.what}/${item.item}`;
  if (item.type === 'foreseen') return foreseenSubject(item.decision, item.party);
  return undefined;
}

/** What the key of a subject is about: a task or decision, and whose. */
export function partsOf(subject: string): { item: ItemKey; party?: PartyId } {
  const [about = '', attempt] = subject.split('#');
  const [first = '', second = '', third] = about.split('/');
  if (attempt !== undefined) return { item: first, party: asPartyId(second) };
  return third === undefined ? { item: second } : { item: second, party: asPartyId(third) };
}

type Why = { kind: MailKind; rule: string; deadline: LocalDate; supersedes: string[]; plannedOn?: LocalDate };

function askItem(state: PathState, ask: Ask, decision: Decision, why: Why, now: Instant): AskItem {
  const dates = askSchedule(state, decision, ask.party, now);
  const session = ask.answer?.sessionOn;
  const law = dueByLaw(state, decision, ask.party);
  return {
    type: 'ask',
    kind: why.kind,
    rule: why.rule,
    deadline: why.deadline,
    ...(why.supersedes.length > 0 && { supersedes: why.supersedes }),
    ...(why.plannedOn && { plannedOn: why.plannedOn }),
    decision: ask.decision,
    party: ask.party,
    body: dates.body,
    attempt: ask.attempt,
    textVersion: ask.textVersion,
    status: ask.status,
    dueOn: dates.dueOn,
    ...(law && { law }),
    ...(dates.nextSession && { nextSession: dates.nextSession }),
    ...(dates.nextCutoff && { nextCutoff: dates.nextCutoff }),
    ...(dates.lastSession && { lastSession: dates.lastSession }),
    ...(dates.lastCutoff && { lastCutoff: dates.lastCutoff }),
    assumed: dates.assumed,
    ...(session && { sessionOn: session }),
    ...(decision.optional === true && { optional: true }),
  };
}

const foreseenItem = (
  { decision, ...missed }: Missed,
  { supersedes, plannedOn: _none, ...why }: Why,
): ForeseenItem => ({
  type: 'foreseen',
  ...why,
  ...(supersedes.length > 0 && { supersedes }),
  decision: decision.key,
  ...missed,
});

/** What a firing says in a mail; `supersedes` names earlier rules of the same subject that it takes in. */
export function itemOf(
  state: PathState,
  firing: Firing,
  supersedes: string[],
  now: Instant,
): AskItem | TaskItem | ForeseenItem {
  const plannedOn = firing.on > localDay(now) && { plannedOn: firing.on };
  const why = { kind: firing.kind, rule: firing.rule, deadline: firing.deadline, supersedes, ...plannedOn };
  const { subject } = firing;
  if (subject.type === 'ask') return askItem(state, subject.ask, subject.decision, why, now);
  if (subject.type === 'foreseen') return foreseenItem(subject.missed, why);
  return {
    type: 'task',
    kind: firing.kind,
    rule: firing.rule,
    deadline: firing.deadline,
    ...(supersedes.length > 0 && { supersedes }),
    ...plannedOn,
    what: subject.what,
    item: subject.item,
    dueOn: subject.dueOn,
  };
}

/**
 * An item of a mail that could not be delivered earlier, as it is now; undefined when it has nothing to say any more.
 * Nobody who has answered meanwhile is reminded.
 */
export function refreshed(state: PathState, item: MessageItem, now: Instant): MessageItem | undefined {
  if (item.type === 'task') {
    const isOver = item.what === 'ready' ? !isReady(state, item.item) : isDone(state, item.item);
    return isOver ? undefined : item;
  }
  if (item.type === 'foreseen') {
    const missed = foreseenMiss(state, item.decision, item.party);
    const { kind, rule, deadline, supersedes = [] } = item;
    return missed && foreseenItem(missed, { kind, rule, deadline, supersedes });
  }
  if (item.type !== 'ask') return item;
  const ask = findAsk(state, item.decision, item.party);
  const decision = findDecision(state, item.decision);
  const isGone = state.parties[item.party] === undefined || state.parties[item.party]?.leftOn !== undefined;
  if (ask === undefined || decision === undefined || isGone || ask.attempt !== item.attempt) return undefined;
  if (item.status !== ask.status || !(isWaiting(ask) || needsCall(ask))) return undefined;
  if (item.sessionOn !== ask.answer?.sessionOn) return undefined;
  const why = {
    kind: item.kind,
    rule: item.rule ?? '',
    deadline: item.deadline ?? item.dueOn,
    supersedes: item.supersedes ?? [],
    ...(item.plannedOn && { plannedOn: item.plannedOn }),
  };
  return askItem(state, ask, decision, why, now);
}

const isReady = (state: PathState, key: string): boolean =>
  readyDecisions(state).some(({ decision }) => decision.key === key);
