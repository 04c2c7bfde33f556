/** What the fate of a mail does to the state. The mail server's own words stay in the ledger. */
import { workingDayAfter } from './calendar.ts';
import { instantOf, localDay } from './dates.ts';
import { asInstant, type Instant, type PersonId } from './ids.ts';
import { refreshed, subjectOf } from './items.ts';
import { findDecision } from './lookup.ts';
import { afterSaid } from './mail-orders.ts';
import type { DeliveryResult, Message, MessageItem } from './message.ts';
import { isUnreachable, madeUnreachable, withoutSpeakers } from './reach.ts';
import { sentKey } from './reminders.ts';
import { without } from './records.ts';
import type { PathState, Pending, Sent, Undelivered } from './state.ts';

const MINUTE = 60_000;
/** How long is waited after each attempt, in minutes; the last one repeats (RFC 5321, 4.5.4.1 asks for some patience). */
const PATIENCE = [1, 5, 15, 30, 60, 120];
/** The same when the server did not work: it may be back any minute, and then all is to leave soon. */
const SERVER_PATIENCE = [1, 5, 15];
const GIVE_UP_AFTER = 5 * 24 * 60 * MINUTE;

const later = (at: Instant, ms: number): Instant => asInstant(Date.parse(at) + ms);
const after = (at: Instant, patience: readonly number[], attempts: number): Instant =>
  later(at, (patience[Math.min(attempts, patience.length) - 1] ?? 0) * MINUTE);

/** A mail that is to be tried again. Time in which the server did not work counts against no recipient. */
function triedAgain({ message, trouble, at }: DeliveryResult, earlier: Pending | undefined): Pending {
  const { attempts = 0, stalls = 0, firstAt = at, lastAt = firstAt } = earlier ?? {};
  if (trouble !== 'server') {
    const count = attempts + 1;
    return { message, attempts: count, firstAt, lastAt: at, nextAt: after(at, PATIENCE, count) };
  }
  const count = stalls + 1;
  const inVain = Date.parse(at) - Date.parse(lastAt);
  const nextAt = after(at, SERVER_PATIENCE, count);
  return { message, attempts, stalls: count, firstAt: later(firstAt, inVain), lastAt: at, nextAt };
}

/**
 * Notes that the rules behind a message were applied, whatever became of the mail: a mail under way is state of its own.
 * What was sent is noted in place: see afterDelivery.
 */
function markSent(state: PathState, message: Message, at: Instant): PathState {
  const on = localDay(at);
  const sent: Partial<Record<string, Sent>> = state.sent;
  const told = new Set<number>();
  for (const item of message.items) {
    if (item.type === 'news') told.add(item.seq);
    if (item.type === 'undelivered') sent[`undelivered|${item.key}`] = { deadline: on, on, times: 1 };
    const subject = subjectOf(item);
    if (subject === undefined || (item.type !== 'ask' && item.type !== 'task' && item.type !== 'foreseen')) continue;
    const deadline = item.deadline ?? item.dueOn;
    // What goes out before its day counts for that day: a rule that repeats does not come again on it.
    const plannedOn =
      item.type !== 'foreseen' && item.plannedOn !== undefined && item.plannedOn > on ? item.plannedOn : on;
    for (const rule of [...(item.rule ? [item.rule] : []), ...(item.supersedes ?? [])]) {
      const key = sentKey(subject, rule);
      const earlier = sent[key];
      const isSame = earlier?.deadline === deadline;
      // A mail that was long under way does not undo what was said of a later deadline meanwhile.
      const last = earlier !== undefined && earlier.deadline > deadline ? earlier.deadline : deadline;
      sent[key] = { deadline: last, on: plannedOn, times: isSame ? earlier.times + 1 : 1 };
    }
  }
  return told.size === 0 ? state : { ...state, news: state.news.filter((news) => !told.has(news.seq)) };
}

interface Heir {
  person: PersonId;
  role: Message['role'];
}

const identityOf = (item: MessageItem): string => subjectOf(item) ?? JSON.stringify(item);

/** What a mail says, and what another one would have said of something else. */
function joined(items: readonly MessageItem[], more: readonly MessageItem[]): MessageItem[] {
  const known = new Set(items.map(identityOf));
  return [...items, ...more.filter((item) => !known.has(identityOf(item)))];
}

const withItems = (pending: Pending, items: MessageItem[]): Pending => ({
  ...pending,
  message: { ...pending.message, items },
});

/**
 * A morning mail goes to somebody else: with what is under way to that person already, else on the first morning on which
 * that person has had no mail.
 */
function handedOver(state: PathState, message: Message, { person, role }: Heir, at: Instant): PathState {
  const withRetry = (pending: Pending): PathState => ({ ...state, retries: { ...state.retries, [person]: pending } });
  const underWay = state.retries[person];
  if (underWay !== undefined) return withRetry(withItems(underWay, joined(underWay.message.items, message.items)));
  const today = localDay(at);
  const last = state.lastMorning[person];
  const day = last !== undefined && last >= today ? workingDayAfter(last) : today;
  const nextAt = day === today ? at : instantOf(day, 0);
  const party = message.party === undefined ? undefined : state.parties[message.party];
  // A personal line was for somebody else, and so was the haste.
  const { lines: _personal, atOnce: _hurried, ...same } = message;
  const mail: Message = {
    ...same,
    key: `${message.path}/${person}/${message.kind}/${day}`,
    to: person,
    role,
    day,
    ...(party && { linkGeneration: party.linkGeneration }),
  };
  return withRetry({ message: mail, attempts: 0, firstAt: nextAt, nextAt });
}

/** What is under way to somebody goes to who takes the place; to nobody when there is nobody. */
export function passedOn(state: PathState, from: PersonId, heir: Heir | undefined, at: Instant): PathState {
  const pending = state.retries[from];
  if (pending === undefined) return state;
  const next = { ...state, retries: without(state.retries, from) };
  return heir === undefined ? next : handedOver(next, pending.message, heir, at);
}

/** True for what a rule says to deputies too: they have a mail of their own about it. */
function isForDeputies(state: PathState, item: MessageItem): boolean {
  if (item.type !== 'ask') return false;
  const rules = state.definition.reminders[findDecision(state, item.decision)?.reminders ?? ''] ?? [];
  return rules.some(({ key, to }) => key === item.rule && to.includes('deputy'));
}

/** A mail that a contact will not get goes to the deputy instead, but for what the deputy is told anyway. */
function toDeputy(state: PathState, { message, at }: DeliveryResult): PathState {
  const party = message.party === undefined ? undefined : state.parties[message.party];
  const deputy = party?.deputy;
  if (message.role !== 'contact' || deputy === undefined || deputy === message.to) return state;
  if (isUnreachable(state, deputy)) return state;
  const items = message.items.filter((item) => !isForDeputies(state, item));
  return items.length === 0 ? state : handedOver(state, { ...message, items }, { person: deputy, role: 'deputy' }, at);
}

/** Morning mails are keyed by day alone, the others by the event that caused them too. */
export const isMorning = (message: Message): boolean => message.key.endsWith(`/${message.day}`);

/**
 * True for a morning mail to somebody who was replaced, or turned out not to be reachable, while it was on its way: it counts for
 * nobody, and what it says is asked of who speaks now.
 */
function isToFormer(state: PathState, message: Message): boolean {
  if (!isMorning(message)) return state.outbox[message.key] === undefined;
  if (isUnreachable(state, message.to)) return true;
  if (message.role === 'coordinator') return message.to !== state.coordinator;
  const party = message.party === undefined ? undefined : state.parties[message.party];
  return message.to !== (message.role === 'contact' ? party?.contact : party?.deputy);
}

const pendingOf = (state: PathState, message: Message): Pending | undefined =>
  isMorning(message) ? state.retries[message.to] : state.outbox[message.key];

/** Why a mail will not be tried again, if so. What only a server or our settings stand in the way of is never given up. */
function lost(state: PathState, { message, outcome, trouble, at }: DeliveryResult): Undelivered['outcome'] | undefined {
  if (outcome === 'accepted' || outcome === 'refused') return outcome === 'refused' ? 'refused' : undefined;
  if (trouble === 'server') return undefined;
  const firstAt = pendingOf(state, message)?.firstAt ?? at;
  return Date.parse(at) - Date.parse(firstAt) >= GIVE_UP_AFTER ? 'expired' : undefined;
}

const sayingOf = (item: MessageItem): string => `${identityOf(item)}|${'rule' in item ? (item.rule ?? '') : ''}`;

/**
 * What is left for the next attempt at a person after a mail. Another mail that came under way while this one was with a server
 * goes on: without what this one said, or with what it could not say yet.
 */
function leftFor(other: Pending | undefined, message: Message, pending: Pending | undefined): Pending | undefined {
  if (other === undefined || other.message.key === message.key) return pending;
  const { items } = other.message;
  if (pending !== undefined) return withItems(other, joined(items, message.items));
  const said = new Set(message.items.map(sayingOf));
  const rest = items.filter((item) => !said.has(sayingOf(item)));
  return rest.length === 0 ? undefined : withItems(other, rest);
}

function withPending(state: PathState, message: Message, pending: Pending | undefined): PathState {
  if (isMorning(message)) {
    const { to } = message;
    const others = without(state.retries, to);
    const left = leftFor(state.retries[to], message, pending);
    return { ...state, retries: left === undefined ? others : { ...others, [to]: left } };
  }
  const others = without(state.outbox, message.key);
  return { ...state, outbox: pending === undefined ? others : { ...others, [message.key]: pending } };
}

/** True for an attempt before which there was none. */
function isFirst(state: PathState, message: Message): boolean {
  const { attempts = 0, stalls = 0 } = pendingOf(state, message) ?? {};
  return attempts + stalls === 0;
}

function afterResult(state: PathState, result: DeliveryResult): PathState {
  const { message, outcome, at } = result;
  // The others say nothing that a rule or the next morning mail would repeat.
  let next = isMorning(message) ? markSent(state, message, at) : state;
  if (isFirst(state, message)) next = afterSaid(next, message, at);
  if (isMorning(message) && outcome !== 'deferred') {
    next.lastMorning[message.to] = localDay(at);
  }
  const loss = lost(state, result);
  if (outcome === 'accepted' || loss !== undefined) {
    next = withPending(next, message, undefined);
    return loss === undefined ? next : afterLoss(next, result, loss);
  }
  return withPending(next, message, triedAgain(result, pendingOf(state, message)));
}

/** The loss is told once: of who is known not to be reachable no more is said. */
function afterLoss(state: PathState, result: DeliveryResult, outcome: Undelivered['outcome']): PathState {
  const { message, trouble, at } = result;
  const { key, to, kind } = message;
  if (isUnreachable(state, to)) return state;
  const next = { ...state, undelivered: [...state.undelivered, { key, to, kind, at, outcome }] };
  if (trouble !== 'address' && trouble !== 'mailbox') return next;
  return withoutSpeakers(next, madeUnreachable(next, to, trouble, at));
}

/** What counts for nobody is not tried again. */
const calledBack = (state: PathState, message: Message): PathState =>
  state.retries[message.to]?.message.key === message.key ? withPending(state, message, undefined) : state;

/** The state after one attempt at a batch. Deputies step in last, when it is known who had a mail that morning. */
export function afterDelivery(state: PathState, results: DeliveryResult[]): PathState {
  const counted = results.filter(({ message }) => !isToFormer(state, message));
  const others = results.filter((result) => !counted.includes(result));
  const gone = counted.filter((result) => isMorning(result.message) && lost(state, result) !== undefined);
  const called = others.reduce((last, { message }) => calledBack(last, message), state);
  // A batch is up to some hundred mails, and a path has sent more than that: what grows with each is copied once for all of them.
  const own = { ...called, sent: { ...called.sent }, lastMorning: { ...called.lastMorning } };
  const next = counted.reduce(afterResult, own);
  return gone.reduce(toDeputy, next);
}

/** Takes out mails under way of which nothing is left to say: everything in them was answered or done meanwhile. */
export function withoutVoidRetries(state: PathState, now: Instant): PathState {
  const gone = Object.values(state.retries).filter(
    (pending) => pending?.message.items.every((item) => refreshed(state, item, now) === undefined) === true,
  );
  return gone.reduce<PathState>(
    (next, pending) =>
      pending === undefined ? next : { ...next, retries: without<PersonId, Pending>(next.retries, pending.message.to) },
    state,
  );
}
