/** What the fate of a mail does to the state. The mail server's own words stay in the ledger. */
import { localDay, localTime } from './dates.ts';
import { asInstant, type Instant, type PersonId } from './ids.ts';
import { refreshed } from './items.ts';
import type { DeliveryResult, Message, MessageItem } from './message.ts';
import { sentKey } from './reminders.ts';
import type { PathState, Pending, Sent } from './state.ts';

const MINUTE = 60_000;
/** How long is waited after each attempt, in minutes; the last one repeats (RFC 5321, 4.5.4.1 asks for some patience). */
const PATIENCE = [5, 15, 30, 60, 120];
const GIVE_UP_AFTER = 5 * 24 * 60 * MINUTE;

const nextAttempt = (attempts: number, at: Instant): Instant =>
  asInstant(Date.parse(at) + (PATIENCE[attempts - 1] ?? PATIENCE.at(-1) ?? 60) * MINUTE);

/** The key under which an item's subject keeps what was sent about it; undefined for facts. */
export function subjectOf(item: MessageItem): string | undefined {
  if (item.type === 'ask') return `${item.decision}/${item.party}#${String(item.attempt)}`;
  if (item.type === 'task') return `${item.what}/${item.item}`;
  return undefined;
}

/** Notes that the rules behind a message were applied, whatever became of the mail: a mail under way is state of its own. */
function markSent(state: PathState, message: Message, at: Instant): PathState {
  const on = localDay(at);
  const sent: Partial<Record<string, Sent>> = { ...state.sent };
  const told = new Set<number>();
  for (const item of message.items) {
    if (item.type === 'news') told.add(item.seq);
    if (item.type === 'undelivered') sent[`undelivered|${item.key}`] = { deadline: on, on, times: 1 };
    const subject = subjectOf(item);
    if (subject === undefined || (item.type !== 'ask' && item.type !== 'task')) continue;
    const deadline = item.deadline ?? item.dueOn;
    for (const rule of [...(item.rule ? [item.rule] : []), ...(item.supersedes ?? [])]) {
      const key = sentKey(subject, rule);
      const earlier = sent[key];
      const isSame = earlier?.deadline === deadline;
      sent[key] = { deadline, on, times: isSame ? earlier.times + 1 : 1 };
    }
  }
  return { ...state, sent, news: state.news.filter((news) => !told.has(news.seq)) };
}

const without = <Key extends string, Value>(
  record: Partial<Record<Key, Value>>,
  key: Key,
): Partial<Record<Key, Value>> => {
  const { [key]: _removed, ...rest } = record;
  return rest as Partial<Record<Key, Value>>;
};

/** A mail that a contact will not get goes to the deputy instead. */
function toDeputy(state: PathState, message: Message, at: Instant): PathState {
  const party = message.party === undefined ? undefined : state.parties[message.party];
  const deputy = party?.deputy;
  if (message.role !== 'contact' || deputy === undefined || state.retries[deputy] !== undefined) return state;
  const forDeputy: Message = {
    ...message,
    key: message.key.replace(`/${message.to}/`, `/${deputy}/`),
    to: deputy,
    role: 'deputy',
  };
  const pending: Pending = { message: forDeputy, attempts: 0, firstAt: at, nextAt: at };
  return { ...state, retries: { ...state.retries, [deputy]: pending } };
}

function afterResult(state: PathState, result: DeliveryResult): PathState {
  const { message, outcome, at } = result;
  const isImmediate = state.outbox[message.key] !== undefined;
  const earlier = isImmediate ? state.outbox[message.key] : state.retries[message.to];
  let next = markSent(state, message, at);
  if (!isImmediate && outcome !== 'deferred') {
    next = { ...next, lastMorning: { ...next.lastMorning, [message.to]: localTime(at).day } };
  }
  const firstAt = earlier?.firstAt ?? at;
  const isExpired = Date.parse(at) - Date.parse(firstAt) >= GIVE_UP_AFTER;
  if (outcome === 'accepted' || outcome === 'refused' || isExpired) {
    next = isImmediate
      ? { ...next, outbox: without(next.outbox, message.key) }
      : { ...next, retries: without(next.retries, message.to) };
    if (outcome === 'accepted') return next;
    const gone = outcome === 'refused' ? ('refused' as const) : ('expired' as const);
    const undelivered = { key: message.key, to: message.to, kind: message.kind, at, outcome: gone };
    next = { ...next, undelivered: [...next.undelivered, undelivered] };
    return isImmediate ? next : toDeputy(next, message, at);
  }
  const attempts = (earlier?.attempts ?? 0) + 1;
  const pending: Pending = { message, attempts, firstAt, nextAt: nextAttempt(attempts, at) };
  return isImmediate
    ? { ...next, outbox: { ...next.outbox, [message.key]: pending } }
    : { ...next, retries: { ...next.retries, [message.to]: pending } };
}

export const afterDelivery = (state: PathState, results: DeliveryResult[]): PathState =>
  results.reduce(afterResult, state);

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
