/** One region as lists show it: facts, ids and numbers, no names of people and no sentences. */
import { type AgendaEntry, agendaOf } from '../../domain/agenda.ts';
import { type AnswerPlan, answerPlan } from '../../domain/answer-plan.ts';
import { addDays, earliest, localDay } from '../../domain/dates.ts';
import type { Instant, LocalDate, PartyId, PathId, PersonId } from '../../domain/ids.ts';
import { municipalities, namedDate } from '../../domain/lookup.ts';
import { speakerOf } from '../../domain/reach.ts';
import { schedule } from '../../domain/schedule.ts';
import { type Sinking, sinkingOf } from '../../domain/sinking.ts';
import { type Standing, standingOf } from '../../domain/standing.ts';
import type { PathState } from '../../domain/state.ts';
import type { OverviewRow, PathStatus } from '../../store/overview.ts';
import type { Circle } from '../access/viewer.ts';
import type { WordsOf } from '../dutch/words.ts';

/** How far ahead `coming` looks. */
export const COMING_DAYS = 28;

export interface BoardRow {
  path: PathId;
  /** The number of the last recorded event. */
  seq: number;
  partnership: string;
  /** What it is about, where its definition leaves that open. */
  topic?: string;
  referenceRegion?: string;
  definition: { key: string; version: number };
  /** Absent for a path that belongs to no round. */
  round?: { key: string; version: number; status: string };
  route?: string;
  status: PathStatus;
  /** Who is concerned with it; see client/access/viewer.ts. */
  circle: Circle;
  /** The municipalities that take part, with their names. */
  parties: { id: PartyId; name: string }[];
  /** Who speaks for each of them, as an id that means nothing outside the store. */
  speakers: Partial<Record<PartyId, PersonId>>;
  standing: Standing;
  /** Where one "no" sinks it. */
  sinking: Sinking[];
  closesOn?: LocalDate;
  /** Its answers beside what its plan wants. */
  answerPlan: AnswerPlan;
  /** The nearest day of its weightiest concerns. */
  nearest?: LocalDate;
  /** What falls in the coming four weeks. */
  coming: AgendaEntry[];
  startedAt: Instant;
  updatedAt: Instant;
}

/** The day that presses most: of the concerns that weigh most, the first one. */
const nearestOf = ({ concerns, weight }: Standing): LocalDate | undefined =>
  earliest(
    concerns.flatMap((concern) => (concern.weight === weight && concern.due !== undefined ? [concern.due] : [])),
  );

const speakersOf = (state: PathState): BoardRow['speakers'] =>
  Object.fromEntries(
    municipalities(state).flatMap((party) => {
      const person = speakerOf(state, party)?.person ?? party.contact;
      return person === undefined ? [] : [[party.id, person]];
    }),
  );

export function boardRow(overview: OverviewRow, state: PathState, now: Instant, wordsOf: WordsOf): BoardRow {
  const { path, seq, partnership, referenceRegion, definition, round, route, status, startedAt, updatedAt } = overview;
  const { id, coordinator, deputyCoordinator } = state;
  const words = wordsOf(state.definition.key, state.topic);
  const today = localDay(now);
  const standing = standingOf(state, now);
  const nearest = nearestOf(standing);
  const closesOn = namedDate(state, 'closesOn');
  return {
    ...{ path, seq, partnership, definition, status, startedAt, updatedAt, standing },
    ...(words.topic !== undefined && { topic: words.topic }),
    ...(referenceRegion !== undefined && { referenceRegion }),
    ...(round !== undefined && { round }),
    ...(route !== undefined && { route }),
    circle: { id, coordinator, ...(deputyCoordinator !== undefined && { deputyCoordinator }) },
    parties: municipalities(state).map((party) => ({ id: party.id, name: words.party(party.id) })),
    speakers: speakersOf(state),
    sinking: sinkingOf(state, now),
    answerPlan: answerPlan(state),
    ...(closesOn !== undefined && { closesOn }),
    ...(nearest !== undefined && { nearest }),
    coming: agendaOf(state, schedule(state, now).asks, today, addDays(today, COMING_DAYS)),
  };
}

/** By risk: what weighs most, then what presses most, then by name. */
export function byRisk(a: BoardRow, b: BoardRow): number {
  const weight = b.standing.weight - a.standing.weight;
  if (weight !== 0) return weight;
  const [one, other] = [a.nearest ?? '9999', b.nearest ?? '9999'];
  if (one !== other) return one < other ? -1 : 1;
  return a.partnership < b.partnership ? -1 : a.partnership > b.partnership ? 1 : a.path < b.path ? -1 : 1;
}
