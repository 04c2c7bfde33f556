/** Whom the next mails go to, worked out the long way: every rule for everybody, however far ahead. What the core may shorten. */
import { workingDayAfter } from '../../domain/calendar.ts';
import { instantOf, localDay, localTime } from '../../domain/dates.ts';
import {
  type Addressee,
  addressees,
  allFirings,
  morningMessage,
  morningMinutes,
  workingMoment,
} from '../../domain/due.ts';
import type { Instant, LocalDate, PersonId } from '../../domain/ids.ts';
import { holdOn, isFor } from '../../domain/mail-orders.ts';
import type { Message } from '../../domain/message.ts';
import type { Firing } from '../../domain/reminders.ts';
import type { PathState } from '../../domain/state.ts';

interface Plan {
  who: Addressee;
  firing: Firing;
  at: Instant | undefined;
  isHeld: boolean;
}

const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);
const morningOf = ({ id }: PathState, day: LocalDate): Instant => instantOf(day, morningMinutes(id));

function morningFor(state: PathState, person: PersonId, earliest: Instant): Instant {
  const at = workingMoment(state.id, earliest);
  const last = state.lastMorning[person];
  return last !== undefined && last >= localDay(at) ? morningOf(state, workingDayAfter(last)) : at;
}

function plansFor(state: PathState, firing: Firing, now: Instant): Plan[] {
  const people = addressees(state, firing)
    .filter(({ person }) => isFor(state, firing, person) && state.retries[person] === undefined)
    .map((who) => ({ who, hold: holdOn(state, firing, who.person) }));
  const earliest = later(later(morningOf(state, firing.on), firing.after ?? now), now);
  const free = people.filter(({ hold }) => hold === undefined);
  const at = free.map(({ who }) => morningFor(state, who.person, earliest)).reduce(later, earliest);
  return people.map(({ who, hold }) => {
    if (hold === undefined) return { who, firing, at, isHeld: false };
    const from = hold.until && later(earliest, morningOf(state, hold.until));
    return { who, firing, at: from && morningFor(state, who.person, from), isHeld: true };
  });
}

const soonest = (moments: readonly (Instant | undefined)[]): Instant | undefined =>
  moments.filter((moment) => moment !== undefined).toSorted()[0];

/** The mails of the first morning on which somebody gets one; undefined when nobody ever will. */
export function plainMornings(state: PathState, now: Instant): { at: Instant; messages: Message[] } | undefined {
  const plans = Map.groupBy(
    allFirings(state, now).flatMap((firing) => plansFor(state, firing, now)),
    ({ who }) => who.person,
  );
  const readers = [...plans.values()].flatMap((all) => (all[0] === undefined ? [] : [{ who: all[0].who, all }]));
  const { coordinator } = state;
  const newsAt = state.news.map((news) => news.at).toSorted()[0];
  const isUntold = state.undelivered.some(
    ({ key, to }) => to !== coordinator && state.sent[`undelivered|${key}`] === undefined,
  );
  const isTold = (newsAt !== undefined || isUntold) && state.retries[coordinator] === undefined;
  const told = isTold ? morningFor(state, coordinator, later(newsAt ?? now, now)) : undefined;
  if (isTold && !plans.has(coordinator)) {
    readers.push({ who: { person: coordinator, role: 'coordinator' }, all: [] });
  }
  const mornings = readers.flatMap(({ who, all }) => {
    const at = soonest([...all.map((plan) => plan.at), who.person === coordinator ? told : undefined]);
    return at === undefined ? [] : [{ who, all, at }];
  });
  const at = soonest(mornings.map((morning) => morning.at));
  if (at === undefined) return undefined;
  const messages = mornings.flatMap((morning) => {
    if (morning.at !== at) return [];
    const isDue = (plan: Plan): boolean => plan.at !== undefined && plan.at <= at;
    const firings = morning.all.filter(isDue).map(({ firing }) => firing);
    const held = morning.all.filter((plan) => plan.isHeld && !isDue(plan)).map(({ firing }) => firing);
    return [morningMessage(state, { ...morning.who, at, day: localTime(at).day, firings, held })];
  });
  return { at, messages };
}
