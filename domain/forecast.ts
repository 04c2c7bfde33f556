/** What `plan` prints: for every party and decision the sessions that count, every deadline, every mail, what to worry about. */
import { type Script, expectedScript } from './course.ts';
import { askAfterElectionsFrom } from './calendar.ts';
import { addDays, earliest, instantOf, latest, localDay } from './dates.ts';
import type { DateRule, ItemKey, Notice } from './definition.ts';
import type { PathStart } from './events.ts';
import { askKey, type AskKey, type Instant, type LocalDate, type PartyId, type PersonId } from './ids.ts';
import { concerned, decisionsOf, findAsk, isOnRoute, namedDates, ruleDate } from './lookup.ts';
import type { MailKind, Message, MessageItem } from './message.ts';
import { type CourseRun, type SentMessage, continueCourse, runCourse } from './plan.ts';
import { isSettled } from './progress.ts';
import { type AskSchedule, askSchedule, decisionDue, schedule } from './schedule.ts';
import type { PathState } from './state.ts';

/**
 * on-track: two sessions or more can take it; tight: one; no-session-left: none before its deadline; late: it is expected
 * after it; estimate-only: on track if the assumed pattern holds, and nobody has confirmed a session; not-asked: its turn does
 * not come.
 */
export type Outlook = 'decided' | 'on-track' | 'tight' | 'no-session-left' | 'late' | 'estimate-only' | 'not-asked';

export interface DecisionOutlook {
  decision: ItemKey;
  body: string;
  dueOn: LocalDate;
  lastSession?: LocalDate;
  agendaCutoff?: LocalDate;
  /** When texts should reach the administration for that session. */
  textsBy?: LocalDate;
  /** Days between that session and the deadline. */
  daysAfterLast?: number;
  /** The notice by which the cut-off is counted. */
  notice: Notice;
  /** When the texts go to the party, and when it decides, in the expected course. */
  askedOn?: LocalDate;
  expectedOn?: LocalDate;
  /** The sessions follow from a pattern that nobody has confirmed. */
  assumed: boolean;
  state: Outlook;
}

export interface PartyOutlook {
  party: PartyId;
  decisions: DecisionOutlook[];
}

export interface Deadline {
  key: string;
  on: LocalDate;
  /** How the day came about: a named date with a distance, a duration, or a reason for which it was moved. */
  why: string;
  /** Where the law says so. */
  article?: string;
}

export interface PlannedMail {
  at: Instant;
  on: LocalDate;
  to: PersonId;
  kind: MailKind;
  /** Tasks, and decisions with their party. */
  about: string[];
  /** Goes out only when nobody answers. */
  ifSilent: boolean;
}

export interface Warning {
  code: string;
  detail: Record<string, string | number>;
}

export interface Forecast {
  run: CourseRun;
  parties: PartyOutlook[];
  deadlines: Deadline[];
  mails: PlannedMail[];
  warnings: Warning[];
}

/** What an item of a mail is about. */
export function aboutOf(item: MessageItem): string {
  switch (item.type) {
    case 'ask':
    case 'news':
    case 'moved':
    case 'foreseen':
      return askKey(item.decision, item.party);
    case 'task':
      return item.item;
    case 'outcome':
      return item.outcome;
    case 'undelivered':
      return item.key;
    case 'details':
      return item.party;
  }
}

const planned = ({ at, message }: SentMessage, ifSilent: boolean, items = message.items): PlannedMail => ({
  at,
  on: localDay(at),
  to: message.to,
  kind: message.kind,
  about: items.map(aboutOf),
  ifSilent,
});

/** How far past its deadline the silence of a decision is followed: to the first overdue mail and the first escalation. */
const SILENCE_DAYS = 7;

interface Asked {
  state: PathState;
  at: Instant;
  decision: ItemKey;
  parties: PartyId[];
}

/** The mails about a decision that would go out if none of those who were asked answered. */
function silentMails(asked: Asked, sent: Set<string>): PlannedMail[] {
  const decision = decisionsOf(asked.state).find(({ key }) => key === asked.decision);
  if (decision === undefined) return [];
  const dues = asked.parties.map((party) => decisionDue(asked.state, decision, party));
  const until = instantOf(addDays(latest(dues) ?? localDay(asked.at), SILENCE_DAYS), 0);
  const silence: Script = { ...expectedScript, default: 'none' };
  const { mails } = continueCourse(asked.state, asked.at, until, silence);
  const keys = new Set<string>(asked.parties.map((party) => askKey(asked.decision, party)));
  return mails.flatMap((mail) => {
    const items = mail.message.items.filter((item) => item.type === 'ask' && keys.has(aboutOf(item)));
    const isNew = items.some((item) => !sent.has(mailKey(mail, mail.message, aboutOf(item))));
    const kind = items[0]?.kind;
    return kind === undefined || !isNew ? [] : [{ ...planned(mail, true, items), kind }];
  });
}

const mailKey = (mail: SentMessage, message: Message, about: string): string =>
  `${localDay(mail.at)} ${message.to} ${about}`;

function outlookOf(end: PathState, decision: ItemKey, seen: AskSchedule, asked: Asked | undefined): DecisionOutlook {
  const ask = findAsk(end, decision, seen.party);
  const expectedOn = ask?.answer?.sessionOn;
  const isDecidedBefore = asked === undefined && isSettled(ask);
  const base = {
    decision,
    body: seen.body,
    dueOn: seen.dueOn,
    ...(seen.lastSession && { lastSession: seen.lastSession }),
    ...(seen.lastCutoff && { agendaCutoff: seen.lastCutoff }),
    ...(seen.textsBy && { textsBy: seen.textsBy }),
    ...(seen.daysAfterLast !== undefined && { daysAfterLast: seen.daysAfterLast }),
    notice: seen.notice,
    ...(asked && { askedOn: localDay(asked.at) }),
    ...(expectedOn && { expectedOn }),
    assumed: seen.assumed,
  };
  const isLate = expectedOn === undefined || expectedOn > seen.dueOn;
  if (isDecidedBefore) return { ...base, state: 'decided' };
  if (asked === undefined) return { ...base, state: 'not-asked' };
  if (seen.sessionsLeft === 0) return { ...base, state: 'no-session-left' };
  if (isLate) return { ...base, state: 'late' };
  if (seen.sessionsLeft === 1) return { ...base, state: 'tight' };
  return { ...base, state: seen.assumed ? 'estimate-only' : 'on-track' };
}

function partyOutlooks(end: PathState, first: PathState, requests: Map<AskKey, Asked>): PartyOutlook[] {
  const byParty = new Map<PartyId, DecisionOutlook[]>();
  for (const decision of decisionsOf(end)) {
    for (const party of concerned(end, decision)) {
      const asked = requests.get(askKey(decision.key, party));
      const seen = askSchedule(asked?.state ?? first, decision, party, asked?.at ?? first.startedAt);
      byParty.set(party, [...(byParty.get(party) ?? []), outlookOf(end, decision.key, seen, asked)]);
    }
  }
  return [...byParty].map(([party, decisions]) => ({ party, decisions }));
}

function deadlinesOf(state: PathState): Deadline[] {
  const all = schedule(state, state.startedAt);
  const why = (key: ItemKey, rule: DateRule | undefined, days?: number): string => {
    const moved = state.moved[key];
    if (moved !== undefined) return `moved: ${moved.reason}`;
    if (rule === undefined) return `${String(days ?? 0)} days after it opens`;
    const shift = (count: number | undefined, unit: string): string =>
      count === undefined || count === 0 ? '' : ` ${count < 0 ? '-' : '+'} ${String(Math.abs(count))} ${unit}`;
    return `${rule.anchor}${shift(rule.months, 'months')}${shift(rule.days, 'days')}`;
  };
  const cited = (rule: DateRule | undefined) => rule?.article !== undefined && { article: rule.article };
  const decisions = decisionsOf(state).map((decision) => ({
    key: decision.key,
    on: decisionDue(state, decision),
    why: why(decision.key, decision.due),
    ...cited(decision.due),
  }));
  const tasks = all.tasks.map(({ task, dueOn }) => {
    const found = state.definition.steps.flatMap((step) => step.tasks).find(({ key }) => key === task);
    return { key: task, on: dueOn, why: why(task, found?.due, found?.days), ...cited(found?.due) };
  });
  return [...decisions, ...tasks].sort((a, b) => (a.on === b.on ? 0 : a.on < b.on ? -1 : 1));
}

/** What is planned for the municipalities, by decision. */
function byDecision(parties: PartyOutlook[]): Map<ItemKey, DecisionOutlook[]> {
  const found = new Map<ItemKey, DecisionOutlook[]>();
  for (const { decisions } of parties.filter(({ party }) => party.startsWith('nis:'))) {
    for (const each of decisions) found.set(each.decision, [...(found.get(each.decision) ?? []), each]);
  }
  return found;
}

/** Texts that come too late for the administrations, and decisions asked of councils that are leaving. */
function timing(decision: ItemKey, outlooks: DecisionOutlook[]): Warning[] {
  const asked = outlooks.filter(({ askedOn }) => askedOn !== undefined);
  const late = asked.filter(({ askedOn = '', textsBy }) => textsBy !== undefined && askedOn > textsBy);
  const by = earliest(late.flatMap(({ textsBy }) => textsBy ?? []));
  const days = asked.flatMap(({ askedOn, expectedOn }) => [askedOn, expectedOn]).filter((day) => day !== undefined);
  const from = latest(days.flatMap((day) => askAfterElectionsFrom(day) ?? []));
  return [
    ...(by === undefined ? [] : [{ code: 'texts-late', detail: { decision, by, count: late.length } }]),
    ...(from === undefined ? [] : [{ code: 'outgoing-councils', detail: { decision, from } }]),
  ];
}

function warningsOf(run: CourseRun, start: PathStart, parties: PartyOutlook[]): Warning[] {
  const warnings: Warning[] = [];
  const { state } = run;
  const { round, definition } = start;
  if (round !== undefined && round.status !== 'open')
    warnings.push({ code: `round-${round.status}`, detail: { round: round.key } });
  for (const { party, decisions } of parties) {
    for (const { decision, state: outlook, dueOn } of decisions) {
      if (outlook === 'no-session-left' || outlook === 'late' || outlook === 'tight') {
        warnings.push({ code: outlook, detail: { decision, party, dueOn } });
      }
    }
  }
  for (const [decision, municipal] of byDecision(parties)) warnings.push(...timing(decision, municipal));
  for (const party of start.parties) {
    if (party.party.startsWith('nis:') && party.contact === undefined)
      warnings.push({ code: 'no-contact', detail: { party: party.party } });
  }
  // A body that meets every week is no worry; one that meets once a month is.
  const isSeldom = (body: string): boolean => {
    const found = definition.bodies[body];
    return found?.per === 'municipality' && found.assumed.every === 'month';
  };
  for (const { party, decisions } of parties) {
    const assumed = decisions.filter((decision) => decision.assumed && isSeldom(decision.body));
    for (const body of new Set(assumed.map((decision) => decision.body))) {
      // Who gave a calendar or a rule is not told to give it: some day of it lies in the school holidays, or beyond it.
      const isGiven = state.parties[party]?.sessions[body] !== undefined;
      warnings.push({ code: isGiven ? 'sessions-partly-assumed' : 'sessions-assumed', detail: { party, body } });
    }
  }
  for (const { command, refusal, at } of run.refused) {
    warnings.push({ code: 'command-refused', detail: { command, reason: refusal.code, on: localDay(at) } });
  }
  for (const item of state.ending?.open ?? []) {
    if (isOnRoute(state, item)) warnings.push({ code: 'open-at-the-end', detail: { item } });
  }
  if (state.ending === undefined) warnings.push({ code: 'unfinished', detail: {} });
  return warnings;
}

/** Plans a path from a moment: pure, without a server. */
export function forecast(start: PathStart, from: Instant, until: Instant, script: Script = expectedScript): Forecast {
  const asked: Asked[] = [];
  const byAsk = new Map<AskKey, Asked>();
  let first: PathState | undefined;
  const run = runCourse(start, from, until, script, (state, event) => {
    first ??= state;
    if (event.type !== 'requested') return;
    const entry = { state, at: event.at, decision: event.data.decision, parties: event.data.parties };
    asked.push(entry);
    for (const party of entry.parties) byAsk.set(askKey(entry.decision, party), entry);
  });
  const sent = new Set(
    run.mails.flatMap((mail) => mail.message.items.map((item) => mailKey(mail, mail.message, aboutOf(item)))),
  );
  const mails = [
    ...run.mails.map((mail) => planned(mail, false)),
    ...(script.default === 'none' ? [] : asked.flatMap((entry) => silentMails(entry, sent))),
  ].sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1));
  const parties = partyOutlooks(run.state, first ?? run.state, byAsk);
  return { run, parties, deadlines: deadlinesOf(run.state), mails, warnings: warningsOf(run, start, parties) };
}

/** When a plan or simulation is given up: a month after the path closes or its last date, three months from now at least. */
export function horizon(start: PathStart, from: Instant): Instant {
  const { closing } = start.definition;
  const last = closing === undefined ? latest(Object.values(namedDates(start))) : ruleDate(start, closing);
  const days = [last, addDays(localDay(from), 60)].filter((day) => day !== undefined);
  return instantOf(addDays(latest(days) ?? localDay(from), 31), 0);
}
