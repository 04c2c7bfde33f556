/**
 * Which reminder rules of a definition still have to be applied, and on which day.
 *
 * A subject is what is reminded about: an attempt of an ask, an open task, a decision whose texts can be sent. The
 * identity of a reminder is subject, rule and deadline value. Once a rule was applied for a deadline it is not applied
 * for that deadline or an earlier one; for a later one it is applied again on its new day, never at once: extending a
 * deadline does not repeat "closing soon".
 */
import { workingDayAfter, workingDayOnOrAfter, workingDayOnOrBefore } from './calendar.ts';
import { addDays, latest, localDay } from './dates.ts';
import type { Anchor, DateRule, Recipient, ReminderRule, ReminderSet } from './definition.ts';
import { type Missed, missesFrom, reckonedFrom } from './foresight.ts';
import { askKey, type Instant, type LocalDate, type PartyId, type PersonId } from './ids.ts';
import { bodyOf, concerned, currentAsks, dateKey, namedDate, ruleDate } from './lookup.ts';
import type { MailKind, TaskItem } from './message.ts';
import { isWaiting, needsCall, openTasks, openedOn, readyDecisions, startedOn } from './progress.ts';
import { remembered } from './remembered.ts';
import { decisionDue, lastSessionOf, taskDue, textsNeededBy } from './schedule.ts';
import { agendaCutoff, sessions } from './sessions.ts';
import type { Ask, PathState, Sent } from './state.ts';
import type { Decision } from './definition.ts';

export type Subject =
  | { type: 'foreseen'; key: string; missed: Missed }
  | { type: 'ask'; key: string; ask: Ask; decision: Decision }
  | { type: 'task'; key: string; what: TaskItem['what']; item: string; dueOn: LocalDate };

/** A rule that is to be applied to a subject on a day. */
export interface Firing {
  subject: Subject;
  rule: string;
  kind: MailKind;
  to: Recipient[];
  deadline: LocalDate;
  on: LocalDate;
  /** Not before this moment: a request sent in the afternoon is not mailed that morning. */
  after?: Instant;
  /** For one person only: the others have had it. */
  only?: PersonId;
}

export const sentKey = (subject: string, rule: string): string => `${subject}|${rule}`;
/** No rule of a definition either: the request itself. */
export const REQUEST = 'request';
/** Nor one: what a session decided. */
const OUTCOME = 'outcome';
const FORESEEN = 'foreseen/';
export const foreseenSubject = (decision: string, party: PartyId): string => `${FORESEEN}${askKey(decision, party)}`;
/** True for the key of what was sent about something that is foreseen. */
export const isForeseen = (sent: string): boolean => sent.startsWith(FORESEEN);
/** No rule of a definition: what is foreseen is always said. */
export const FORESEEN_RULE = 'no-session';
export const askSubject = (ask: Ask): string => `${askKey(ask.decision, ask.party)}#${String(ask.attempt)}`;

/** How many sessions ahead an adjourned ask without a date is followed. */
const UPCOMING_DAYS = 400;

/** Reminders before an anchor move to the working day before, those after it to the working day after. */
const working = (rule: ReminderRule, day: LocalDate): LocalDate =>
  rule.days < 0 ? workingDayOnOrBefore(day) : workingDayOnOrAfter(day);

interface Anchored {
  /** The values that an anchor takes; more than one for the sessions to come. */
  dates: Partial<Record<Anchor, LocalDate[]>>;
  /** Only days after this one: what came before is taken in by the request, or silenced. */
  since: LocalDate;
  /** Days on which deadlines, sessions or the body were changed. */
  changes: LocalDate[];
}

/**
 * What one rule may have to say of one subject. When, if at all, follows from what was last sent by it: the one thing about a
 * path that changes with every mail.
 */
interface Candidate {
  /** Of what was sent by it. */
  key: string;
  firing: (sent: Sent | undefined) => Firing | undefined;
}

/** The outcome for what was last sent is kept: a mail changes it for the few that it speaks of. */
function candidate(subject: Subject, rule: string, firing: Candidate['firing']): Candidate {
  let known: { sent: Sent | undefined; firing: Firing | undefined } | undefined;
  return {
    key: sentKey(subject.key, rule),
    firing(sent) {
      if (known === undefined || known.sent !== sent) known = { sent, firing: firing(sent) };
      return known.firing;
    },
  };
}

/** The days on which deadlines that go by these keys were moved, by whom or what ever. */
const movedOn = (state: PathState, keys: string[]): LocalDate[] =>
  keys.flatMap((key) => [state.moved[key]?.on, state.redated?.[key]].filter((day) => day !== undefined));

/** A rule of a definition: the next day on which it is to be applied, or nothing when it has nothing more to say. */
function ruled(state: PathState, subject: Subject, rule: ReminderRule, anchored: Anchored): Candidate {
  const until = rule.until && untilOf(state, rule.until, anchored);
  const fixed = namedDate(state, rule.anchor);
  const values = anchored.dates[rule.anchor] ?? (fixed === undefined ? [] : [fixed]);
  const moves = [...anchored.changes, ...movedOn(state, [dateKey(rule.anchor)])];
  return candidate(subject, rule.key, (sent) => {
    for (const deadline of values) {
      const isRepeat = sent !== undefined && sent.deadline >= deadline;
      if (isRepeat && rule.repeatDays === undefined) continue;
      const changes = isRepeat ? [] : moves;
      const after = sent === undefined ? anchored.since : latest([anchored.since, sent.on, ...changes]);
      const on = firstOccurrence(rule, deadline, after ?? anchored.since);
      if (on === undefined || (until !== undefined && on > until)) continue;
      return { subject, rule: rule.key, kind: rule.kind, to: rule.to, deadline, on };
    }
    return undefined;
  });
}

/** The last day of a rule that repeats: counted from a date of the subject, else from one of the path. */
function untilOf(state: PathState, until: DateRule, anchored: Anchored): LocalDate | undefined {
  const own = anchored.dates[until.anchor]?.[0];
  return own === undefined ? ruleDate(state, until) : addDays(own, until.days ?? 0);
}

/** The first working day of a rule after a day. */
function firstOccurrence(rule: ReminderRule, deadline: LocalDate, after: LocalDate): LocalDate | undefined {
  let day = addDays(deadline, rule.days);
  if (rule.repeatDays === undefined) {
    const on = working(rule, day);
    return on > after ? on : undefined;
  }
  while (working(rule, day) <= after) day = addDays(day, rule.repeatDays);
  return working(rule, day);
}

const rulesOf = (state: PathState, name: string): ReminderSet => state.definition.reminders[name] ?? [];

/** The day until which an ask is silent: that of the request's own mail, or of the question after a session to come. */
function silentUntil(ask: Ask): LocalDate {
  if (ask.answer === undefined || ask.status === 'requested') return workingDayAfter(localDay(ask.requestedAt));
  const session = ask.answer.sessionOn;
  const answered = localDay(ask.answer.at);
  if (isWaiting(ask) && session !== undefined) return workingDayAfter(session > answered ? session : answered);
  return answered;
}

/** The one question after a session for which an ask was scheduled; its day is a working day after both session and answer. */
function outcomeQuestion(subject: Subject & { type: 'ask' }): Candidate[] {
  const { ask } = subject;
  const session = ask.answer?.sessionOn;
  if (session === undefined || (ask.status !== 'scheduled' && ask.status !== 'adjourned')) return [];
  const on = silentUntil(ask);
  return [
    candidate(subject, OUTCOME, (sent) => {
      if (sent !== undefined && sent.deadline >= session) return undefined;
      return { subject, rule: OUTCOME, kind: 'outcome-question', to: ['contact'], deadline: session, on };
    }),
  ];
}

/** The request itself, on the first working morning after it was sent, and again to a contact who takes over. */
function requestOf(subject: Subject & { type: 'ask' }, dueOn: LocalDate): Candidate[] {
  const { ask } = subject;
  if (ask.status !== 'requested') return [];
  const [on, after] = [localDay(ask.requestedAt), ask.requestedAt];
  return [
    candidate(subject, REQUEST, (sent) =>
      sent === undefined
        ? { subject, rule: REQUEST, kind: 'request', to: ['contact'], deadline: dueOn, on, after }
        : undefined,
    ),
  ];
}

/** Put off to no day: the sessions to come count, seen from today. */
const isUndated = ({ status, answer }: Ask): boolean => status === 'adjourned' && answer?.sessionOn === undefined;

function aboutAsk(state: PathState, ask: Ask, decision: Decision, today: LocalDate): Candidate[] {
  const subject = { type: 'ask' as const, key: askSubject(ask), ask, decision };
  if (needsCall(ask)) {
    const answeredOn = ask.answer === undefined ? localDay(ask.requestedAt) : localDay(ask.answer.at);
    const anchored = { dates: { answeredOn: [answeredOn] }, since: answeredOn, changes: [] };
    return rulesOf(state, state.definition.roles.call).map((rule) => ruled(state, subject, rule, anchored));
  }
  if (!isWaiting(ask)) return [];
  const since = silentUntil(ask);
  const { body, source } = bodyOf(state, decision, ask.party);
  const dueOn = decisionDue(state, decision, ask.party);
  const last = lastSessionOf(state, decision, ask.party);
  const upcoming = isUndated(ask) ? sessions(source, body, since, addDays(today, UPCOMING_DAYS)) : [];
  const moves = movedOn(state, [askKey(ask.decision, ask.party), ask.decision, dateKey(decision.due.anchor)]);
  const anchored: Anchored = {
    dates: {
      requestedOn: [localDay(ask.requestedAt)],
      dueOn: [dueOn],
      // Without a session that makes it, what counts is the deadline itself.
      agendaCutoff: [last === undefined ? dueOn : agendaCutoff(last.on, body)],
      lastSession: [last?.on ?? dueOn],
      nextAgendaCutoff: upcoming.map(({ on }) => agendaCutoff(on, body)),
      answeredOn: isUndated(ask) && ask.answer !== undefined ? [localDay(ask.answer.at)] : [],
    },
    since,
    changes: [...moves, source?.changedOn, ask.bodyChangedOn].filter((day) => day !== undefined),
  };
  const rules = rulesOf(state, decision.reminders).map((rule) => ruled(state, subject, rule, anchored));
  return [...requestOf(subject, dueOn), ...outcomeQuestion(subject), ...rules];
}

/** The days on which bodies that take a decision said when they meet: by when its texts are needed depends on it. */
const sessionsChangedOn = (state: PathState, decision: Decision): LocalDate[] =>
  concerned(state, decision).flatMap((party) => bodyOf(state, decision, party).source?.changedOn ?? []);

function aboutReady(state: PathState): Candidate[] {
  return readyDecisions(state).flatMap(({ decision, readyOn }) => {
    const dueOn = decisionDue(state, decision);
    const subject: Subject = { type: 'task', key: `ready/${decision.key}`, what: 'ready', item: decision.key, dueOn };
    const anchored: Anchored = {
      dates: { readyOn: [readyOn], dueOn: [dueOn], requestBy: [textsNeededBy(state, decision)] },
      since: readyOn,
      changes: [...movedOn(state, [decision.key, dateKey(decision.due.anchor)]), ...sessionsChangedOn(state, decision)],
    };
    return rulesOf(state, state.definition.roles.ready).map((rule) => ruled(state, subject, rule, anchored));
  });
}

function aboutTasks(state: PathState): Candidate[] {
  return openTasks(state).flatMap((task) => {
    const dueOn = taskDue(state, task);
    const opened = openedOn(state, task.key);
    const subject: Subject = { type: 'task', key: `task/${task.key}`, what: 'task', item: task.key, dueOn };
    const anchored: Anchored = {
      dates: { openedOn: [opened], dueOn: [dueOn] },
      since: opened,
      changes: movedOn(state, [task.key, ...(task.due === undefined ? [] : [dateKey(task.due.anchor)])]),
    };
    return rulesOf(state, task.reminders).map((rule) => ruled(state, subject, rule, anchored));
  });
}

/** A session that will be missing is said once for a deadline, from the first day of the path. */
const aboutForeseen = remembered((state, from: LocalDate): Candidate[] => {
  const on = startedOn(state);
  return missesFrom(state, from).map((missed) => {
    const { decision, party, dueOn } = missed;
    const subject: Subject = { type: 'foreseen', key: foreseenSubject(decision.key, party), missed };
    return candidate(subject, FORESEEN_RULE, (sent) => {
      if (sent !== undefined && sent.deadline >= dueOn) return undefined;
      return { subject, rule: FORESEEN_RULE, kind: 'escalation', to: ['coordinator'], deadline: dueOn, on };
    });
  });
});

const hasUndated = remembered((state): boolean => currentAsks(state).some(({ ask }) => isUndated(ask)));

/** @param today the day for what was put off to no day; for a path without such, any day is the same */
const aboutAsks = remembered((state, today: LocalDate): Candidate[] => [
  ...currentAsks(state).flatMap(({ ask, decision }) => aboutAsk(state, ask, decision, today)),
  ...aboutReady(state),
]);

const aboutAllTasks = remembered((state): Candidate[] => aboutTasks(state));

/** For each subject that is open, the next application of each of its rules. */
export function firings(state: PathState, now: Instant): Firing[] {
  const found: Firing[] = [];
  for (const candidates of [
    aboutAsks(state, hasUndated(state) ? localDay(now) : startedOn(state)),
    aboutForeseen(state, reckonedFrom(state)),
    aboutAllTasks(state),
  ]) {
    for (const { key, firing } of candidates) {
      const next = firing(state.sent[key]);
      if (next !== undefined) found.push(next);
    }
  }
  return found;
}
