/**
 * What a path is made of, as data: the engine knows steps, tasks, decisions, bodies, dates and rules, and no word of
 * any particular policy. Definitions and rounds are read from definitions/ and copied into a path when it starts.
 */
import type { LocalDate, PartyId } from './ids.ts';

/** The key of a step, task or decision; unique within a definition, kebab-case and stable. */
export type ItemKey = string;
export type RouteKey = string;
export type BodyKey = string;
/** The name of a date: of the round (`closesOn`), of the path (`expiresOn`), or of an item (`dueOn`). */
export type Anchor = string;

/** A date as a distance from a named date: months first, then calendar days. */
export interface DateRule {
  anchor: Anchor;
  months?: number;
  days?: number;
  /** Where the law says so: `artikel 254`. */
  article?: string;
}

/** Stretches of the year in which a pattern has no sessions: see calendar.ts. */
export const calendarPeriods = ['school-holidays', 'council-elections'] as const;
export type CalendarPeriod = (typeof calendarPeriods)[number];

/** When a body meets: every week on a weekday, or on the nth weekday of a month (-1: the last), but not in some months. */
export interface SessionRule {
  every: 'week' | 'month';
  /** 1 (Monday) to 7 (Sunday). */
  weekday: number;
  nth?: number;
  exceptMonths: number[];
  exceptPeriods?: CalendarPeriod[];
}

/** Full days between a notice and a meeting; neither of the two counts (Decreet lokaal bestuur, article 291). */
export interface Notice {
  days: number;
  /** Where the law says so: `artikel 19`. Absent: a habit, not a rule. */
  article?: string;
}

export interface Body {
  /** A body of every municipality, or one that exists once and is its own party. */
  per: 'municipality' | 'path';
  notice: Notice;
  /** Calendar days before a session by which its texts should reach the administration: practice, not law. */
  leadDays: number;
  /** The pattern that is assumed until the real dates are known. Always an estimate. */
  assumed: SessionRule;
}

/** A date that the path itself gives: always (`given`), or by a rule when it does not. */
export type OwnDate = 'given' | DateRule;

export type ReminderKind = 'reminder' | 'overdue' | 'escalation';
export type Recipient = 'contact' | 'deputy' | 'coordinator';

/** One mail that goes out when nothing happened: `days` before (negative) or after an anchor of its subject. */
export interface ReminderRule {
  key: string;
  kind: ReminderKind;
  to: Recipient[];
  /** A date of the subject: `agendaCutoff`, `dueOn`, `requestedOn`, `openedOn`, `answeredOn`, `nextAgendaCutoff`. */
  anchor: Anchor;
  days: number;
  /** Repeats every so many days, for ever or until a named date. */
  repeatDays?: number;
  until?: DateRule;
}

export type ReminderSet = ReminderRule[];

interface Item {
  key: ItemKey;
  /** Steps, tasks and decisions that must be done first; those that the route lacks count as done. */
  needs: ItemKey[];
  /** Absent: on every route. */
  routes?: RouteKey[];
  /** An optional item never holds up a step. */
  optional?: boolean;
}

export interface Task extends Item {
  /** How long it takes, in calendar days, from the day it opens. */
  days: number;
  /** A fixed last day; without it, the day it opens plus its duration. */
  due?: DateRule;
  reminders: string;
  /** `submission` is done by record-submission, `outcome` by record-decision; others are ticked. */
  kind?: 'submission' | 'outcome';
  /** In the expected course: done on this day instead of after its duration. */
  expected?: DateRule;
}

export interface Decision extends Item {
  body: BodyKey;
  /** The document that is decided on; its texts carry versions. */
  document: string;
  due: DateRule;
  /** When this decision asks for more than its body. */
  notice?: Notice;
  /** Not to be asked before (outgoing councils). */
  askFrom?: DateRule;
  reminders: string;
}

export interface Step {
  key: ItemKey;
  needs: ItemKey[];
  routes?: RouteKey[];
  tasks: Task[];
  decisions: Decision[];
}

export interface Route {
  key: RouteKey;
  /** Named dates that a path on this route must give, with a rule for when it does not. */
  dates?: Record<Anchor, DateRule>;
  /** What the law asks of the route as a whole; see domain/law/. */
  laws?: Law[];
}

interface LawBase {
  key: string;
  /** `artikel 401` */
  article: string;
}

/** A span of months or days. */
export interface Span {
  months?: number;
  days?: number;
}

/**
 * What the law asks of a route, as data; domain/law/ says how each kind is judged.
 * window: all parties take a decision within one span, and none in a year of council elections when it says so;
 * before: every party takes a decision before a named date, on which something ends otherwise;
 * within: an item is done at most a span after another one; as information when it is up to somebody outside the path;
 * apart: at least a span of full days lies between an item and the session of a decision (article 291);
 * lasts: what an item founds lasts at most a span; with `covers` it is said when that ends before a named date;
 * done: an item is done at all, and not in a year of council elections when it says so.
 */
export type Law =
  | (LawBase & { kind: 'window'; decision: ItemKey; span: Span; notInElectionYear?: boolean })
  | (LawBase & { kind: 'before'; decision: ItemKey; anchor: Anchor })
  | (LawBase & { kind: 'within'; from: ItemKey; to: ItemKey; span: Span; isInformation?: boolean })
  | (LawBase & { kind: 'apart'; from: ItemKey; to: ItemKey; days: number })
  | (LawBase & { kind: 'lasts'; from: ItemKey; span: Span; covers?: Anchor })
  | (LawBase & { kind: 'done'; item: ItemKey; notInElectionYear?: boolean });

export type LawKind = Law['kind'];
export type LawOf<Kind extends LawKind> = Extract<Law, { kind: Kind }>;

export interface Definition {
  key: string;
  version: number;
  /** The dates of a path that belongs to no round, on every route. Absent: a round gives the dates. */
  dates?: Record<Anchor, OwnDate>;
  /** `given`: each path says in words what it is about; see PathStart. */
  topic?: 'given';
  routes: Route[];
  bodies: Record<BodyKey, Body>;
  reminders: Record<string, ReminderSet>;
  /** Names of sets used for a decision that can be sent, and for an answer that waits on the coordinator. */
  roles: { ready: string; call: string };
  steps: Step[];
  /** The day on which a path with a favourable outcome is closed. Absent: closed when everything that is not optional is done. */
  closing?: DateRule;
}

/**
 * What a round asks of an applicant, as data: see conditions.ts. A condition that was only seen in a draft says so.
 * inhabitants: so many together; or, for who starts by a day, at least so many adjoining municipalities;
 * one-region: all in one reference region;
 * contributions: at least so much a year in all, or a share of the subsidy, or both;
 * applicant: what founds the applicant is done; on a route without it, it exists and does not expire before the round closes;
 * entry: nobody enters more than once in so many years, and what is founded on the route never entered before.
 */
export type Condition = { key: string; isDraft?: boolean } & (
  | { kind: 'inhabitants'; atLeast: number; orAdjoining?: { municipalities: number; until: LocalDate } }
  | { kind: 'one-region' }
  | { kind: 'contributions'; atLeast?: number; ofSubsidy?: SubsidyShare }
  | { kind: 'applicant'; items: ItemKey[]; expires?: { anchor: Anchor; unless: ItemKey } }
  | { kind: 'entry'; years: number; anchor: Anchor; unlessFounded?: ItemKey[] }
);

/** A share of the highest subsidy that can be asked for: EUR a year for each inhabitant, and EUR a year in any case. */
export interface SubsidyShare {
  share: number;
  perInhabitant: number;
  atLeast: number;
}

export type RoundStatus = 'open' | 'closed' | 'provisional';

export interface Round {
  key: string;
  version: number;
  status: RoundStatus;
  /** Named dates: at least `opensOn`, `closesOn`, `decisionBy`, `startsOn`. */
  dates: Record<Anchor, LocalDate>;
  conditions?: Condition[];
}

/** Whether paths of this definition belong to a round; otherwise they give their dates themselves. */
export const needsRound = (definition: Definition): boolean => definition.dates === undefined;

/** The party that stands for a body that exists once. */
export const bodyParty = (body: BodyKey): PartyId => body as PartyId;
