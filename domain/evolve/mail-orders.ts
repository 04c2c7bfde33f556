/** What orders about mails do to a path, and when they are over: nothing stays behind of what was answered, sent or dropped. */
import { addressees, allFirings } from '../due.ts';
import type { EventOf } from '../events.ts';
import type { Instant, PersonId } from '../ids.ts';
import { currentAsks } from '../lookup.ts';
import { messageNow } from '../mail-now.ts';
import type { MailKey, OwedMail } from '../mail-order.ts';
import { isFor, keyOf, ordersOf, saysSame, withOrders, withOwed } from '../mail-orders.ts';
import { isWaiting } from '../progress.ts';
import { type Firing, askSubject, sentKey } from '../reminders.ts';
import type { PathState } from '../state.ts';

type Order = 'mail-held' | 'mail-released' | 'mail-skipped' | 'mail-hurried' | 'line-added' | 'line-removed';
export type MailOrderEvent = EventOf<Order>;

const isAbout = (to: PersonId, what: readonly MailKey[]) => (order: MailKey & { to: PersonId }) =>
  order.to === to && what.some((key) => saysSame(key, order));

/** Who else was to hear what one person hears before its time gets it on the own day. */
function othersOwed(state: PathState, said: readonly Firing[], to: PersonId, since: Instant): OwedMail[] {
  return said.flatMap((firing) =>
    addressees(state, firing)
      .filter(({ person }) => person !== to && isFor(state, firing, person))
      .map(({ person }) => ({ to: person, ...keyOf(firing), kind: firing.kind, on: firing.on, since })),
  );
}

/** The mail is under way from now on, and is tried at once. */
function hurried(state: PathState, { data: { to, what }, at, seq }: EventOf<'mail-hurried'>): PathState {
  const made = messageNow(state, to, what, { now: at, seq });
  if (made === undefined) return state;
  const orders = ordersOf(state);
  const held = orders.held.filter((order) => !isAbout(to, what)(order));
  const next = withOrders(state, withOwed({ ...orders, held }, othersOwed(state, made.firings, to, at)));
  const pending = { message: made.message, attempts: 0, firstAt: at, nextAt: at };
  return { ...next, retries: { ...next.retries, [to]: pending } };
}

export function mailOrdered(state: PathState, event: MailOrderEvent): PathState {
  const orders = ordersOf(state);
  const { to, what } = event.data;
  const isOther = (order: MailKey & { to: PersonId }): boolean => !isAbout(to, what)(order);
  const held = orders.held.filter(isOther);
  const isNamed = (key: MailKey): boolean => what.some((named) => saysSame(named, key));
  const lines = orders.lines.filter((line) => line.to !== to || !line.what.some(isNamed));
  switch (event.type) {
    case 'mail-held': {
      const until = event.data.until && { until: event.data.until };
      return withOrders(state, { ...orders, held: [...held, ...what.map((key) => ({ to, ...key, ...until }))] });
    }
    case 'mail-released':
      return withOrders(state, { ...orders, held });
    case 'mail-skipped': {
      const skipped = [...orders.skipped.filter(isOther), ...event.data.what.map((key) => ({ to, ...key }))];
      return withOrders(state, { ...orders, held, skipped, owed: orders.owed.filter(isOther), lines });
    }
    case 'mail-hurried':
      return hurried(state, event);
    case 'line-added': {
      const by = event.actor.personId ?? state.coordinator;
      return withOrders(state, { ...orders, lines: [...lines, { to, what, text: event.data.text, by }] });
    }
    case 'line-removed':
      return withOrders(state, { ...orders, lines });
  }
}

/** What everybody whom it is for has skipped counts as said. */
function countedAsSaid(state: PathState, all: readonly Firing[]): PathState {
  const isSkipped = (firing: Firing): boolean => {
    const people = addressees(state, firing);
    return (
      firing.only === undefined && people.length > 0 && people.every(({ person }) => !isFor(state, firing, person))
    );
  };
  return all.filter(isSkipped).reduce<PathState>((next, { subject, rule, deadline, on }) => {
    const key = sentKey(subject.key, rule);
    const earlier = next.sent[key];
    const times = earlier?.deadline === deadline ? earlier.times + 1 : 1;
    return { ...next, sent: { ...next.sent, [key]: { deadline, on, times } } };
  }, state);
}

/** What was owed is settled by an answer, by a later deadline, and when its reader speaks for nobody any more. */
function stillOwed(state: PathState, all: readonly Firing[]): OwedMail[] {
  const asks = new Map(currentAsks(state).map(({ ask }) => [askSubject(ask), ask]));
  return ordersOf(state).owed.filter((owed) => {
    const ask = asks.get(owed.subject);
    const mine = all.find((firing) => firing.only === owed.to && saysSame(keyOf(firing), owed));
    const isLater = all.some((each) => saysSame(keyOf(each), owed) && each.deadline > owed.deadline);
    const isAnswered = ask?.answer !== undefined && ask.answer.at > owed.since;
    const isHis = mine !== undefined && addressees(state, mine).some(({ person }) => person === owed.to);
    return ask !== undefined && isWaiting(ask) && isHis && !isLater && !isAnswered;
  });
}

/** The state without orders about what is over. */
export function withoutPassedOrders(before: PathState, now: Instant): PathState {
  if (before.orders === undefined) return before;
  if (before.ending !== undefined) return withOrders(before, { held: [], skipped: [], owed: [], lines: [] });
  const skippedOver = countedAsSaid(before, allFirings(before, now));
  const owed = stillOwed(skippedOver, allFirings(skippedOver, now));
  const state = withOrders(skippedOver, { ...ordersOf(skippedOver), owed });
  const all = allFirings(state, now);
  const { held, skipped, lines } = ordersOf(state);
  const isComing = (to: PersonId, key: MailKey): boolean =>
    all.some(
      (firing) =>
        saysSame(keyOf(firing), key) &&
        (firing.only ?? to) === to &&
        addressees(state, firing).some(({ person }) => person === to),
    );
  const isUnsaid = ({ to, ...skip }: (typeof skipped)[number]): boolean =>
    all.some((firing) => {
      const isSame = saysSame(keyOf(firing), skip) && firing.deadline === skip.deadline && firing.on <= skip.on;
      return isSame && addressees(state, firing).some(({ person }) => person === to);
    });
  return withOrders(state, {
    ...{ owed, held: held.filter((hold) => isComing(hold.to, hold)), skipped: skipped.filter(isUnsaid) },
    lines: lines.filter((line) => line.what.some((key) => isComing(line.to, key))),
  });
}
