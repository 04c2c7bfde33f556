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

/** A date as a distance in calendar days from a named date. */
export interface DateRule {
  anchor: Anchor;
  days?: number;
}

/** When a body meets: every week on a weekday, or on the nth weekday of a month (-1: the last), but not in some months. */
export interface SessionRule {
  every: 'week' | 'month';
  /** 1 (Monday) to 7 (Sunday). */
  weekday: number;
  nth?: number;
  exceptMonths: number[];
}

export interface Body {
  /** A body of every municipality, or one that exists once and is its own party. */
  per: 'municipality' | 'path';
  /** Full days between the notice and the meeting; neither of the two counts (Decreet lokaal bestuur, articles 19 and 291). */
  noticeDays: number;
  /** The pattern that is assumed until the real dates are known. Always an estimate. */
  assumed: SessionRule;
}

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
  /** Full days between notice and meeting when this decision asks for more than its body (policy reports: article 249). */
  noticeDays?: number;
  /** Not to be asked before (outgoing councils). */
  askFrom?: DateRule;
  /** Calendar days of preparation that a body should have between the request and its agenda cut-off. */
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
}

export interface Definition {
  key: string;
  version: number;
  routes: Route[];
  bodies: Record<BodyKey, Body>;
  reminders: Record<string, ReminderSet>;
  /** Names of sets used for a decision that can be sent, and for an answer that waits on the coordinator. */
  roles: { ready: string; call: string };
  steps: Step[];
  /** The day on which a path with a favourable outcome is closed. Absent: closed when everything that is not optional is done. */
  closing?: DateRule;
}

export type RoundStatus = 'open' | 'closed' | 'provisional';

export interface Round {
  key: string;
  version: number;
  status: RoundStatus;
  /** Named dates: at least `opensOn`, `closesOn`, `decisionBy`, `startsOn`. */
  dates: Record<Anchor, LocalDate>;
}

/** The party that stands for a body that exists once. */
export const bodyParty = (body: BodyKey): PartyId => body as PartyId;
