/** The next moment at which something goes out, and what. */
import { isWorkingDay, workingDayAfter, workingDayOnOrAfter } from './calendar.ts';
import { addDays, instantOf, localDay, localTime } from './dates.ts';
import type { Recipient } from './definition.ts';
import type { Instant, LocalDate, PartyId, PathId, PersonId } from './ids.ts';
import { isMunicipality, ruleDate } from './lookup.ts';
import { itemOf, refreshed } from './items.ts';
import { holdOn, isFor, linesFor, owedFirings } from './mail-orders.ts';
import { type MailKind, type Message, type MessageItem, morningKinds, type UndeliveredItem } from './message.ts';
import { openItems } from './progress.ts';
import { isUnreachable, speakerOf, standInFor } from './reach.ts';
import { type Firing, REQUEST, firings } from './reminders.ts';
import type { Party, PathState, Pending, Undelivered } from './state.ts';

export interface Due {
  at: Instant;
  messages: Message[];
  /** The path is to be closed then. */
  closes: boolean;
}

/** Morning mails leave from half past eight, each path some minutes later than that, and not after noon. */
const MORNING_FROM = 8 * 60 + 30;
const MORNING_SPREAD = 60;
const MORNING_UNTIL = 12 * 60;
/** How long a path that was opened again after its end stays open. */
const REOPENED_DAYS = 30;

/** Minutes past midnight at which a path's morning mails go out: spread, so that not all paths mail at one instant. */
export function morningMinutes(path: PathId): number {
  let hash = 7;
  for (const character of path) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return MORNING_FROM + (hash % MORNING_SPREAD);
}

const morningOf = (path: PathId, day: LocalDate): Instant => instantOf(day, morningMinutes(path));

/** The moment itself when it falls on a working morning, else the next one. */
export function workingMoment(path: PathId, at: Instant): Instant {
  const { day, minutes } = localTime(at);
  if (!isWorkingDay(day)) return morningOf(path, workingDayOnOrAfter(day));
  if (minutes < morningMinutes(path)) return morningOf(path, day);
  return minutes < MORNING_UNTIL ? at : morningOf(path, workingDayAfter(day));
}

const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);

export interface Addressee {
  person: PersonId;
  role: Message['role'];
  party?: Party;
}

/** Who gets a mail about a party. Bodies that exist once, and parties of which nobody can be reached, answer through the coordinator. */
function addressee(state: PathState, to: Recipient, partyId: PartyId | undefined): Addressee | undefined {
  const coordinator: Addressee = { person: state.coordinator, role: 'coordinator' };
  const party = partyId === undefined ? undefined : state.parties[partyId];
  if (to === 'coordinator' || party === undefined || !isMunicipality(party)) {
    return to === 'deputy' ? undefined : coordinator;
  }
  const { deputy } = party;
  if (to === 'deputy')
    return deputy && !isUnreachable(state, deputy) ? { person: deputy, role: 'deputy', party } : undefined;
  const speaker = speakerOf(state, party);
  return speaker === undefined ? coordinator : { ...speaker, party };
}

/** What one person gets on one morning. */
export interface Morning extends Addressee {
  at: Instant;
  day: LocalDate;
  firings: Firing[];
  /** What is held: when something later is said about the same, it has nothing to add. */
  held: Firing[];
  /** Without news and mails that did not arrive. */
  isPlain?: boolean;
}

/** The first morning on which a person can get something, at most one morning mail a day. */
function morningFor(state: PathState, person: PersonId, earliest: Instant): Instant {
  const at = workingMoment(state.id, earliest);
  const { day } = localTime(at);
  const last = state.lastMorning[person];
  return last !== undefined && last >= day ? morningOf(state.id, workingDayAfter(last)) : at;
}

/** The day of the first morning on which a firing could reach a person, when nothing holds it. */
export const morningDay = (state: PathState, person: PersonId, { on, after }: Firing, now: Instant): LocalDate =>
  localDay(morningFor(state, person, later(later(morningOf(state.id, on), after ?? now), now)));

const partyOf = (firing: Firing): PartyId | undefined =>
  firing.subject.type === 'ask' ? firing.subject.ask.party : undefined;

/** Everybody whom a firing is for, once. */
export function addressees(state: PathState, firing: Firing): Addressee[] {
  const people = new Map<PersonId, Addressee>();
  for (const to of firing.to) {
    const who = addressee(state, to, partyOf(firing));
    if (who !== undefined && !people.has(who.person)) people.set(who.person, who);
  }
  return [...people.values()];
}

/** All that rules have to say by now or later, and what single people are still owed. */
export const allFirings = (state: PathState, now: Instant): Firing[] => [...firings(state, now), ...owedFirings(state)];

/** When a firing goes to whom. `at` is absent for what is held until it is released. */
interface Plan {
  who: Addressee;
  at: Instant | undefined;
  isHeld: boolean;
}

/** Whom a firing can reach. While an earlier mail to a person is still under way, the next one waits for its fate. */
const freeFor = (state: PathState, firing: Firing): Addressee[] =>
  addressees(state, firing).filter(({ person }) => isFor(state, firing, person) && state.retries[person] === undefined);

function plansFor(state: PathState, firing: Firing, free: readonly Addressee[], now: Instant): Plan[] {
  const people = free.map((who) => ({ who, hold: holdOn(state, firing, who.person) }));
  const earliest = later(later(morningOf(state.id, firing.on), firing.after ?? now), now);
  // A rule counts as applied once somebody got its mail: all whom it is for get it on the same morning, but for who is held.
  const at = people
    .filter(({ hold }) => hold === undefined)
    .map(({ who }) => morningFor(state, who.person, earliest))
    .reduce(later, earliest);
  return people.map(({ who, hold }) => {
    if (hold === undefined) return { who, at, isHeld: false };
    const from = hold.until && later(earliest, morningOf(state.id, hold.until));
    return { who, at: from && morningFor(state, who.person, from), isHeld: true };
  });
}

interface Reader {
  who: Addressee;
  at: Instant | undefined;
  all: (Plan & { firing: Firing })[];
}

const first = (a: Instant | undefined, b: Instant | undefined): Instant | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a;

/** Everybody for whom something is to come, each with all that can be part of the first mails of all. */
function readers(state: PathState, now: Instant): Map<PersonId, Reader> {
  const byPerson = new Map<PersonId, Reader>();
  const coming = allFirings(state, now).map((firing) => ({ firing, free: freeFor(state, firing) }));
  for (const { free } of coming) {
    for (const who of free) if (!byPerson.has(who.person)) byPerson.set(who.person, { who, at: undefined, all: [] });
  }
  // Nothing goes out before its day. Most of what is to come lies weeks ahead: what comes after the first mail is not looked at.
  const nearest = coming
    .filter(({ free }) => free.length > 0)
    .reduce<(typeof coming)[number] | undefined>(
      (one, other) => (one === undefined || other.firing.on < one.firing.on ? other : one),
      undefined,
    );
  let soonest =
    nearest &&
    plansFor(state, nearest.firing, nearest.free, now)
      .map(({ at }) => at)
      .reduce(first);
  for (const { firing, free } of coming) {
    if (soonest !== undefined && firing.on > localDay(soonest)) continue;
    for (const plan of plansFor(state, firing, free, now)) {
      const reader = byPerson.get(plan.who.person);
      if (reader === undefined) continue;
      reader.at = first(reader.at, plan.at);
      reader.all.push({ ...plan, firing });
      soonest = first(soonest, plan.at);
    }
  }
  return byPerson;
}

/**
 * Per person the first morning on which something is due, with everything that is due by then. Mornings after the first of all
 * may lack something.
 */
function mornings(state: PathState, now: Instant): Morning[] {
  const byPerson = readers(state, now);
  const newsAt = state.news.map((news) => news.at).sort()[0];
  const coordinator = state.coordinator;
  if ((newsAt !== undefined || state.undelivered.some(isUntold(state))) && state.retries[coordinator] === undefined) {
    const at = morningFor(state, coordinator, later(newsAt ?? now, now));
    const who: Addressee = { person: coordinator, role: 'coordinator' };
    const entry = byPerson.get(coordinator) ?? { who, at, all: [] };
    entry.at = first(entry.at, at);
    byPerson.set(coordinator, entry);
  }
  return [...byPerson.values()].flatMap(({ who, at, all }) => {
    if (at === undefined) return [];
    const isDue = (plan: Plan): boolean => plan.at !== undefined && plan.at <= at;
    const due = all.filter(isDue).map(({ firing }) => firing);
    const held = all.filter((plan) => plan.isHeld && !isDue(plan)).map(({ firing }) => firing);
    return [{ ...who, at, day: localTime(at).day, firings: due, held }];
  });
}

const isUntold =
  (state: PathState) =>
  (mail: PathState['undelivered'][number]): boolean =>
    mail.to !== state.coordinator && state.sent[`undelivered|${mail.key}`] === undefined;

const weight = (kind: MailKind): number => (morningKinds as readonly MailKind[]).indexOf(kind);

/**
 * Of everything that is due about one subject only one thing is said: the request if it was not sent yet, else what came
 * last. A late start thus makes one mail of all the reminders it missed. What is held of the same subject is taken in too.
 */
function collapsed(due: Firing[], held: Firing[]): { firing: Firing; supersedes: string[] }[] {
  const bySubject = Map.groupBy(due, (firing) => firing.subject.key);
  return [...bySubject].flatMap(([key, group]) => {
    const sorted = group.toSorted((a, b) => (a.on === b.on ? weight(b.kind) - weight(a.kind) : a.on < b.on ? -1 : 1));
    const said = sorted.find(({ rule }) => rule === REQUEST) ?? sorted.at(-1);
    if (said === undefined) return [];
    const older = held.filter(({ subject, on }) => subject.key === key && on <= said.on);
    const rules = [...sorted, ...older].map(({ rule }) => rule).filter((rule) => rule !== said.rule);
    return [{ firing: said, supersedes: [...new Set(rules)] }];
  });
}

function undeliveredItem(state: PathState, { key, to, kind: mailKind }: Undelivered): UndeliveredItem {
  const item = { type: 'undelivered', kind: 'escalation', key, to, mailKind } as const;
  if (!isUnreachable(state, to)) return item;
  const instead = standInFor(state, to);
  return { ...item, stopped: true, ...(instead && { instead }) };
}

function morningItems(state: PathState, morning: Morning): MessageItem[] {
  const items: MessageItem[] = collapsed(morning.firings, morning.held).map(({ firing, supersedes }) =>
    itemOf(state, firing, supersedes, morning.at),
  );
  if (morning.person !== state.coordinator || morning.isPlain === true) return items;
  for (const mail of state.undelivered.filter(isUntold(state))) {
    items.push(undeliveredItem(state, mail));
  }
  for (const news of state.news) {
    if (morningFor(state, morning.person, news.at) > morning.at) continue;
    const { seq, decision, party, answer } = news;
    const sessionOn = state.asks[`${decision}/${party}` as keyof typeof state.asks]?.answer?.sessionOn;
    items.push({ type: 'news', kind: 'answer-news', seq, decision, party, answer, ...(sessionOn && { sessionOn }) });
  }
  return items;
}

/** What one person gets at one moment, as a mail. */
export function morningMessage(state: PathState, morning: Morning): Message {
  const items = morningItems(state, morning);
  items.sort((a, b) => weight(a.kind) - weight(b.kind));
  const kind = items[0]?.kind ?? 'reminder';
  const lines = linesFor(state, morning.person, items);
  return {
    key: `${state.id}/${morning.person}/${kind}/${morning.day}`,
    path: state.id,
    to: morning.person,
    role: morning.role,
    ...(morning.party && { party: morning.party.id, linkGeneration: morning.party.linkGeneration }),
    kind,
    day: morning.day,
    items,
    ...(lines.length > 0 && { lines }),
  };
}

/** A mail under way, as it is now: without what has been settled meanwhile, and with a link that opens. */
function retryMessage(state: PathState, { message }: Pending, now: Instant): Message {
  const party = message.party === undefined ? undefined : state.parties[message.party];
  return {
    ...message,
    ...(party && { linkGeneration: party.linkGeneration }),
    items: message.items.flatMap((item) => refreshed(state, item, now) ?? []),
  };
}

const isPending = (pending: Pending | undefined): pending is Pending => pending !== undefined;
export const outboxOf = (state: PathState): Pending[] => Object.values(state.outbox).filter(isPending);
export const retriesOf = (state: PathState): Pending[] => Object.values(state.retries).filter(isPending);

/** When all is done and the coordinator has heard of it: a path that has ended sends nothing but its outcome. */
function isCompleted(state: PathState): boolean {
  const isRouteless = state.route === undefined && state.definition.routes.length > 0;
  const isTold = state.news.length === 0 && state.retries[state.coordinator] === undefined;
  return !isRouteless && isTold && openItems(state).length === 0;
}

/** When the path is to be closed: on the day the definition names once the outcome is favourable, or when all is done. */
function closingAt(state: PathState, now: Instant): Instant | undefined {
  if (state.ending !== undefined) return undefined;
  const { closing } = state.definition;
  const reopened = state.reopenedAt;
  const again = reopened === undefined ? now : instantOf(addDays(localDay(reopened), REOPENED_DAYS), MORNING_FROM);
  if (closing === undefined) return isCompleted(state) ? later(again, now) : undefined;
  const day = ruleDate(state, closing);
  if (state.outcome?.outcome !== 'granted' || day === undefined) return undefined;
  return later(later(instantOf(day, MORNING_FROM), again), now);
}

/**
 * The next moment, at or after `now`, at which something goes out, and all that goes out then. Undefined: nothing will
 * ever go out unless something happens first.
 */
export function nextDue(state: PathState, now: Instant): Due | undefined {
  const isQuiet = state.paused !== undefined || state.ending !== undefined;
  const batches: { at: Instant; message: (at: Instant) => Message }[] = outboxOf(state).map((pending) => ({
    at: later(pending.nextAt, now),
    message: () => pending.message,
  }));
  if (!isQuiet) {
    for (const pending of retriesOf(state)) {
      const next = later(pending.nextAt, now);
      const at = pending.message.atOnce ? next : workingMoment(state.id, next);
      batches.push({ at, message: (moment) => retryMessage(state, pending, moment) });
    }
    for (const morning of mornings(state, now)) {
      batches.push({ at: morning.at, message: () => morningMessage(state, morning) });
    }
  }
  const closing = closingAt(state, now);
  const at = [...batches.map((batch) => batch.at), ...(closing ? [closing] : [])].sort()[0];
  if (at === undefined) return undefined;
  const messages = batches.filter((batch) => batch.at === at).map((batch) => batch.message(at));
  return { at, messages, closes: closing === at };
}
