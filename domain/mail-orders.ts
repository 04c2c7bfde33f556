/** Which mails are held, skipped or owed, and what becomes of that when a mail goes out. */
import { localDay } from './dates.ts';
import type { Instant, LocalDate, PersonId } from './ids.ts';
import { subjectOf } from './items.ts';
import { currentAsks } from './lookup.ts';
import type { HeldMail, MailKey, MailOrders, OwedMail, SaidKey } from './mail-order.ts';
import type { MailKind, Message, MessageItem, SignedLine } from './message.ts';
import { type Firing, REQUEST, askSubject } from './reminders.ts';
import type { PathState } from './state.ts';

const none: MailOrders = { held: [], skipped: [], owed: [], lines: [] };

export const ordersOf = (state: PathState): MailOrders => state.orders ?? none;

/** The state with other orders; a state without any has no such field. */
export function withOrders(state: PathState, orders: MailOrders): PathState {
  const { orders: _before, ...rest } = state;
  return Object.values(orders).every((list: unknown[]) => list.length === 0) ? rest : { ...rest, orders };
}

export const saysSame = (one: SaidKey, other: SaidKey): boolean =>
  one.subject === other.subject && one.rule === other.rule;

export const keyOf = ({ subject, rule, deadline }: Firing): MailKey => ({ subject: subject.key, rule, deadline });

/**
 * What keeps a firing from a person: a hold of its own, or that of the request, without which a reminder makes no sense.
 * Without `until` it lasts until it is released. Warnings to who coordinates go out all the same.
 */
export function holdOn(state: PathState, firing: Firing, to: PersonId): { until?: LocalDate } | undefined {
  if (state.orders === undefined) return undefined;
  const key = keyOf(firing);
  const isUnasked = (held: HeldMail): boolean =>
    held.rule === REQUEST && held.subject === key.subject && firing.kind !== 'escalation';
  const holds = ordersOf(state).held.filter((held) => (held.to === to && saysSame(held, key)) || isUnasked(held));
  const [first] = holds;
  if (first === undefined) return undefined;
  const days = holds.map(({ until }) => until).filter((day) => day !== undefined);
  const last = days.toSorted().at(-1);
  return days.length < holds.length || last === undefined ? {} : { until: last };
}

/** Whether a firing is for a person as far as orders go. */
export function isFor(state: PathState, firing: Firing, to: PersonId): boolean {
  if (firing.only !== undefined && firing.only !== to) return false;
  if (state.orders === undefined) return true;
  const key = keyOf(firing);
  return !ordersOf(state).skipped.some(
    (skipped) =>
      skipped.to === to &&
      saysSame(skipped, key) &&
      skipped.deadline === key.deadline &&
      firing.only === undefined &&
      firing.on <= skipped.on,
  );
}

/** What is still to be said to one person after the others have had it. */
export function owedFirings(state: PathState): Firing[] {
  const { owed } = ordersOf(state);
  if (owed.length === 0) return [];
  const asks = new Map(currentAsks(state).map((each) => [askSubject(each.ask), each]));
  return owed.flatMap(({ subject, rule, kind, deadline, on, to }): Firing[] => {
    const found = asks.get(subject);
    if (found === undefined) return [];
    const { ask, decision } = found;
    const about = { type: 'ask' as const, key: subject, ask, decision };
    return [{ subject: about, rule, kind, to: ['contact', 'deputy', 'coordinator'], deadline, on, only: to }];
  });
}

/** What an item says and takes in. */
export function saidBy(item: MessageItem): SaidKey[] {
  const subject = subjectOf(item);
  if (subject === undefined || !('rule' in item)) return [];
  return [item.rule, ...(item.supersedes ?? [])].map((rule) => ({ subject, rule }));
}

/** The lines that go with a mail to a person. */
export function linesFor(state: PathState, to: PersonId, items: readonly MessageItem[]): SignedLine[] {
  const said = items.flatMap(saidBy);
  return ordersOf(state)
    .lines.filter((line) => line.to === to && line.what.some((key) => said.some((each) => saysSame(each, key))))
    .map(({ text, by }) => ({ text, by }));
}

/** Adds what others are still owed; who is owed it already is not owed it twice. */
export function withOwed(orders: MailOrders, more: readonly OwedMail[]): MailOrders {
  const isKnown = (one: OwedMail): boolean => orders.owed.some((each) => each.to === one.to && saysSame(each, one));
  return { ...orders, owed: [...orders.owed, ...more.filter((one) => !isKnown(one))] };
}

interface Spoken extends MailKey {
  kind: MailKind;
}

const spokenIn = (message: Message): Spoken[] =>
  message.items.flatMap((item) => {
    const deadline = 'deadline' in item ? item.deadline : undefined;
    return deadline === undefined ? [] : saidBy(item).map((key) => ({ ...key, deadline, kind: item.kind }));
  });

/**
 * Orders after a mail went out for the first time: what was to become of what it says is settled for its reader. Who was to
 * hear the same and is held is owed it, since the rule counts as applied.
 */
export function afterSaid(state: PathState, message: Message, at: Instant): PathState {
  if (state.orders === undefined) return state;
  const { held, skipped, owed, lines } = state.orders;
  const spoken = spokenIn(message);
  const isSaid = (key: SaidKey): boolean => spoken.some((each) => saysSame(each, key));
  const isMine = (order: { to: PersonId }): boolean => order.to === message.to;
  const others = held.flatMap((hold): OwedMail[] => {
    const said = spoken.find((each) => saysSame(each, hold));
    if (said === undefined || isMine(hold)) return [];
    const { to, subject, rule } = hold;
    return [{ to, subject, rule, deadline: said.deadline, kind: said.kind, on: localDay(at), since: at }];
  });
  const left: MailOrders = {
    held: held.filter((hold) => !(isMine(hold) && isSaid(hold))),
    skipped: skipped.filter((skip) => !isSaid(skip)),
    owed: owed.filter((one) => !(isMine(one) && isSaid(one))),
    lines: lines.filter((line) => !(isMine(line) && line.what.some(isSaid))),
  };
  return withOrders(state, withOwed(left, others));
}
