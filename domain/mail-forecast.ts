/** Every mail of the time to come, as it goes out when nobody says anything: on its way, held, or with its day. */
import { addDays, localDay } from './dates.ts';
import { outboxOf, retriesOf } from './due.ts';
import type { Instant, LocalDate, PersonId } from './ids.ts';
import { findDecision } from './lookup.ts';
import { type Coming, comingToEach, heldMessage, tooEarlyUntil } from './mail-now.ts';
import type { HeldMail, MailKey } from './mail-order.ts';
import { keyOf, ordersOf, saidBy, saysSame } from './mail-orders.ts';
import type { Message, MessageItem } from './message.ts';
import { continueCourse } from './plan.ts';
import type { Firing } from './reminders.ts';
import { askSchedule } from './schedule.ts';
import type { PathState, Pending } from './state.ts';

export interface ForecastMail {
  status: 'coming' | 'held' | 'under-way';
  /** Absent for what is held until it is released, and for what waits while a path is paused. */
  at?: Instant;
  message: Message;
  /** What orders about this mail name; empty for facts, and for what comes after another mail that says the same. */
  what: MailKey[];
  /** Until when it is held. */
  heldUntil?: LocalDate;
  /** How often it was tried. */
  attempts?: number;
  /** The mail cannot be sent before this day is over: it would say what is not true. */
  tooEarlyUntil?: LocalDate;
  /** A session in it follows from a pattern that nobody has confirmed. */
  isEstimate: boolean;
}

const isAssumed = (item: MessageItem): boolean => 'assumed' in item && item.assumed;

/** The things that a mail says, without what it takes in. */
const sayings = (message: Message): MailKey[] =>
  message.items.flatMap((item) =>
    saidBy(item)
      .slice(0, 1)
      .flatMap((key) => ('deadline' in item ? [{ ...key, deadline: item.deadline }] : [])),
  );

/** Finds for each mail what can be said about it: each thing belongs to the first mail that says it. */
class Sayable {
  readonly #used = new Set<Coming>();
  readonly #coming: Map<PersonId, Coming[]>;

  constructor(state: PathState, now: Instant) {
    this.#coming = comingToEach(state, now);
  }

  of(message: Message): Firing[] {
    const all = this.#coming.get(message.to) ?? [];
    return sayings(message).flatMap((key) => {
      const isSame = ({ firing }: Coming): boolean => saysSame(keyOf(firing), key) && firing.deadline === key.deadline;
      const found = all.find((one) => isSame(one) && !this.#used.has(one));
      if (found !== undefined) this.#used.add(found);
      return found?.firing ?? [];
    });
  }
}

/** The mails of a path from a moment to another one; those that are on their way first, then what is held, then by time. */
export function mailForecast(state: PathState, now: Instant, until: Instant): ForecastMail[] {
  const { mails } = continueCourse(state, now, until, 'silence');
  const today = localDay(now);
  const sayable = new Sayable(state, now);
  const pending = new Map<string, Pending>(
    [...outboxOf(state), ...retriesOf(state)].map((each) => [each.message.key, each]),
  );
  const firstAt = new Map(mails.toReversed().map(({ at, message }) => [message.key, at]));
  const underWay = [...pending.values()].map(({ message, attempts }): ForecastMail => {
    const at = firstAt.get(message.key);
    const isEstimate = message.items.some(isAssumed);
    return { status: 'under-way', ...(at && { at }), message, what: [], attempts, isEstimate };
  });
  const { held } = ordersOf(state);
  const coming = mails
    .filter(({ message }) => !pending.has(message.key))
    .map(({ at, message }): ForecastMail => {
      const firings = sayable.of(message);
      const what = firings.map(keyOf);
      const until = held.find((hold) => hold.to === message.to && what.some((key) => saysSame(key, hold)))?.until;
      const early = firings.flatMap((firing) => tooEarlyUntil(firing, today) ?? [])[0];
      return {
        ...{ status: 'coming', at, message, what },
        ...(until !== undefined && until > today && { heldUntil: until }),
        ...(early !== undefined && { tooEarlyUntil: early }),
        isEstimate: message.items.some(isAssumed),
      };
    });
  const isShown = (hold: HeldMail): boolean =>
    coming.some(({ message, what }) => message.to === hold.to && what.some((key) => saysSame(key, hold)));
  const waiting = held.filter((hold) => !isShown(hold));
  const groups = Map.groupBy(waiting, (hold) => `${hold.to} ${hold.until ?? ''}`);
  const stopped = [...groups.values()].flatMap((group) => heldMail(state, group, now) ?? []);
  return [...underWay, ...stopped, ...coming];
}

function heldMail(state: PathState, group: HeldMail[], now: Instant): ForecastMail | undefined {
  const [first] = group;
  const message = first && heldMessage(state, first.to, group, now);
  if (first === undefined || message === undefined) return undefined;
  const { until } = first;
  const what = group.map(({ subject, rule, deadline }) => ({ subject, rule, deadline }));
  const isEstimate = message.items.some(isAssumed);
  return { status: 'held', message, what, ...(until && { heldUntil: until }), isEstimate };
}

/** How long before a session's agenda closes, or a deadline comes, it is said that a mail about it is still held. */
const WARN_DAYS = 7;

export interface HeldTooLong {
  to: PersonId;
  item: MessageItem;
  /** The day on which the agenda of the last session closes, else the deadline. */
  closesOn: LocalDate;
}

/** Held mails that are needed soon, or were needed already. */
export function heldTooLong(state: PathState, now: Instant): HeldTooLong[] {
  const limit = addDays(localDay(now), WARN_DAYS);
  const byPerson = Map.groupBy(ordersOf(state).held, ({ to }) => to);
  return [...byPerson].flatMap(([to, holds]) => {
    const message = heldMessage(state, to, holds, now);
    return (message?.items ?? []).flatMap((item): HeldTooLong[] => {
      const closesOn = neededBy(state, item, now);
      const hold = holds.find((each) => saidBy(item).some((key) => saysSame(key, each)));
      if (closesOn === undefined || hold === undefined || closesOn > limit) return [];
      return hold.until !== undefined && hold.until < closesOn ? [] : [{ to, item, closesOn }];
    });
  });
}

function neededBy(state: PathState, item: MessageItem, now: Instant): LocalDate | undefined {
  if (item.type !== 'ask') return 'dueOn' in item ? item.dueOn : undefined;
  const decision = findDecision(state, item.decision);
  if (decision === undefined) return undefined;
  const { lastCutoff, dueOn } = askSchedule(state, decision, item.party, now);
  return lastCutoff ?? dueOn;
}
