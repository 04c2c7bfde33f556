/** When the councils of a region meet and what they said: the facts behind the drawing, without a word or a place in it. */
import { addDays, earliest, latest, localDay } from '../../domain/dates.ts';
import type { BodyKey, ItemKey } from '../../domain/definition.ts';
import { foreseenMisses, isDueTooEarly } from '../../domain/foresight.ts';
import type { Instant, LocalDate, PartyId } from '../../domain/ids.ts';
import { decisionsOf, findAsk, isMunicipal, municipalities, namedDate } from '../../domain/lookup.ts';
import { isDone, startedOn } from '../../domain/progress.ts';
import { decisionDue, schedule } from '../../domain/schedule.ts';
import { sessions } from '../../domain/sessions.ts';
import type { Ask, PathState } from '../../domain/state.ts';

/** What a decision came to at a session, where it is on the agenda, or that no session is left for it; the weightiest last. */
export const markKinds = ['approved', 'scheduled', 'adjourned', 'changed', 'rejected', 'no-session'] as const;
export type MarkKind = (typeof markKinds)[number];

export interface Mark {
  /** The session; for `no-session` the day by which it was needed. */
  on: LocalDate;
  kind: MarkKind;
  decisions: ItemKey[];
}

export interface TimelineSession {
  on: LocalDate;
  /** Follows from a pattern that nobody has confirmed. */
  isEstimate: boolean;
}

export interface TimelineRow {
  party: PartyId;
  sessions: TimelineSession[];
  /** By day, and of one day the weightiest last. */
  marks: Mark[];
}

export interface Timeline {
  from: LocalDate;
  to: LocalDate;
  today: LocalDate;
  /** When the round closes. */
  closesOn?: LocalDate;
  /** The body of each municipality whose sessions are shown. */
  body: BodyKey;
  /** The days by which open decisions of municipalities are needed. */
  deadlines: { on: LocalDate; decisions: ItemKey[] }[];
  rows: TimelineRow[];
}

const BACK_DAYS = 90;
const AHEAD_DAYS = 120;
/** A year and some months: more would lie too close together. */
const MOST_DAYS = 560;
const MARGIN_DAYS = 14;

/** The body of each municipality that meets every month: the one that decides most. */
export function councilOf({ definition }: PathState): BodyKey | undefined {
  return Object.keys(definition.bodies).find((key) => {
    const body = definition.bodies[key];
    return body?.per === 'municipality' && body.assumed.every === 'month';
  });
}

/** Undefined where no body meets every month. */
export function timelineOf(state: PathState, now: Instant): Timeline | undefined {
  const body = councilOf(state);
  const source = body === undefined ? undefined : state.definition.bodies[body];
  if (body === undefined || source === undefined) return undefined;
  const today = localDay(now);
  const closesOn = namedDate(state, 'closesOn');
  const from = latest([addDays(startedOn(state), -MARGIN_DAYS), addDays(today, -BACK_DAYS)]) ?? today;
  const end = closesOn === undefined || closesOn < today ? addDays(today, AHEAD_DAYS) : addDays(closesOn, MARGIN_DAYS);
  const to = earliest([end, addDays(from, MOST_DAYS)]) ?? end;
  const marks = marksOf(state, now);
  return {
    ...{ from, to, today, body },
    ...(closesOn !== undefined && { closesOn }),
    deadlines: deadlinesOf(state).filter(({ on }) => on >= from && on <= to),
    rows: municipalities(state).map((party) => ({
      party: party.id,
      sessions: sessions(party.sessions[body], source, from, to).map(({ on, source: known }) => ({
        ...{ on, isEstimate: known === 'assumed' },
      })),
      marks: (marks.get(party.id) ?? []).filter(({ on }) => on >= from && on <= to),
    })),
  };
}

function deadlinesOf(state: PathState): Timeline['deadlines'] {
  const open = decisionsOf(state).filter((decision) => isMunicipal(state, decision) && !isDone(state, decision.key));
  return [...Map.groupBy(open, (decision) => decisionDue(state, decision))]
    .map(([on, decisions]) => ({ on, decisions: decisions.map(({ key }) => key) }))
    .sort((a, b) => (a.on < b.on ? -1 : 1));
}

const answerKinds: Partial<Record<Ask['status'], MarkKind>> = {
  ...{ approved: 'approved', scheduled: 'scheduled', adjourned: 'adjourned', changed: 'changed', rejected: 'rejected' },
};

/** For each municipality what it said, and what it has no session for any more. */
function marksOf(state: PathState, now: Instant): Map<PartyId, Mark[]> {
  const found: { party: PartyId; on: LocalDate; kind: MarkKind; decision: ItemKey }[] = [];
  for (const { decision, party, dueOn, risk } of schedule(state, now).asks) {
    const ask = findAsk(state, decision, party);
    const kind = ask && answerKinds[ask.status];
    const on = ask?.answer?.sessionOn;
    if (kind !== undefined && on !== undefined) found.push({ party, on, kind, decision });
    if (ask?.status === 'requested' && risk === 'no-session-left')
      found.push({ party, on: dueOn, kind: 'no-session', decision });
  }
  for (const missed of foreseenMisses(state)) {
    const { decision, party, dueOn } = missed;
    if (!isDueTooEarly(missed)) found.push({ party, on: dueOn, kind: 'no-session', decision: decision.key });
  }
  const marks = new Map<PartyId, Mark[]>();
  for (const group of Map.groupBy(found, ({ party, on, kind }) => `${party} ${on} ${kind}`).values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { party, on, kind } = first;
    const mark = { on, kind, decisions: group.map(({ decision }) => decision) };
    marks.set(party, [...(marks.get(party) ?? []), mark]);
  }
  for (const list of marks.values()) list.sort(byDayAndWeight);
  return marks;
}

const byDayAndWeight = (a: Mark, b: Mark): number =>
  a.on === b.on ? markKinds.indexOf(a.kind) - markKinds.indexOf(b.kind) : a.on < b.on ? -1 : 1;
