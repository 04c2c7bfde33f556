/** Whom to call today, and why: made from what concerns each region and from what earlier calls settled. */
import { daysBetween, localDay } from '../../domain/dates.ts';
import type { Instant, LocalDate, PartyId, PathId, PersonId } from '../../domain/ids.ts';
import type { Concern, ConcernCode } from '../../domain/standing.ts';
import type { Call } from '../../store/calls.ts';
import { coordinatorIn, isMine, type Viewer } from '../access/viewer.ts';
import type { BoardRow } from './row.ts';

/** What one calls about: what is lost unless somebody acts, and what has one session left. */
export const callCodes = [
  'rejected',
  'changed',
  'no-session',
  'overdue',
  'foreseen',
  'early',
  'tight',
] as const satisfies ConcernCode[];
export type CallCode = (typeof callCodes)[number];
export type CallConcern = Concern & { code: CallCode };

/** After a call that plans nothing, what stays as it was comes back after so many days: nothing is forgotten. */
export const QUIET_DAYS = 14;

export interface CallEntry {
  row: BoardRow;
  /** Absent when the coordinator is called. */
  party?: PartyId;
  person: PersonId | undefined;
  /** The weightiest first; empty when only a planned step is due. */
  concerns: CallConcern[];
  /** The last call with a step that is due. */
  due?: Call;
  /** Earlier calls to the same person about this region, newest first. */
  earlier: readonly Call[];
}

const isCallable = (concern: Concern): concern is CallConcern =>
  (concern.weight === 2 || concern.code === 'tight') && (callCodes as readonly string[]).includes(concern.code);

/** Whether a call settles a concern for now. */
function isQuiet(call: Call | undefined, today: LocalDate): boolean {
  if (call === undefined) return false;
  if (call.nextOn !== undefined) return call.nextOn > today;
  return daysBetween(localDay(call.at), today) < QUIET_DAYS;
}

const callable = new WeakMap<BoardRow, CallConcern[]>();

/** What one calls about in a region, the weightiest first. */
function concernsOf(row: BoardRow): CallConcern[] {
  const found = callable.get(row) ?? row.standing.concerns.filter(isCallable);
  callable.set(row, found);
  return found;
}

interface Group {
  party: PartyId | undefined;
  concerns: CallConcern[];
}

/**
 * Who coordinates a region calls its municipalities, about what waits for them; everybody else calls who coordinates it, once
 * for all that is the matter there.
 */
function groupsOf(viewer: Viewer, row: BoardRow, calls: readonly Call[], today: LocalDate): Group[] {
  const isTheirs = coordinatorIn(viewer, row.circle) !== undefined;
  const open = concernsOf(row).filter(
    ({ key }) =>
      !isQuiet(
        calls.find(({ concerns }) => concerns.includes(key)),
        today,
      ),
  );
  const wanted = isTheirs ? open.filter(({ party }) => party !== undefined && row.speakers[party] !== undefined) : open;
  const groups = Map.groupBy(wanted, ({ party }) => (isTheirs ? party : undefined));
  // A step that was agreed comes back on its day, also when what it was about has passed.
  const last = new Map(calls.toReversed().map((call) => [isTheirs ? call.party : undefined, call]));
  for (const [party, { nextOn }] of last) {
    if (nextOn !== undefined && nextOn <= today && !groups.has(party)) groups.set(party, []);
  }
  return [...groups].map(([party, concerns]) => ({ party, concerns }));
}

function entryOf(row: BoardRow, { party, concerns }: Group, calls: readonly Call[], today: LocalDate): CallEntry {
  // Who is called about the whole region hears of every call about it.
  const earlier = party === undefined ? calls : calls.filter((call) => call.party === party);
  const [last] = earlier;
  const isDue = last?.nextOn !== undefined && last.nextOn <= today;
  return {
    ...{ row, concerns, earlier, person: party === undefined ? row.circle.coordinator : row.speakers[party] },
    ...(party !== undefined && { party }),
    ...(isDue && { due: last }),
  };
}

/** What was agreed for today comes first, then own regions, then by risk. */
const order = (viewer: Viewer) => (a: CallEntry, b: CallEntry) => rank(viewer, a) - rank(viewer, b);
const rank = (viewer: Viewer, { due, row, concerns }: CallEntry): number =>
  (due === undefined ? 8 : 0) + (isMine(viewer, row.circle) ? 0 : 4) + (2 - (concerns[0]?.weight ?? 0));

/**
 * @param rows those that the viewer may see, by risk
 * @param calls of all paths, newest first
 */
export function callList(viewer: Viewer, rows: readonly BoardRow[], calls: readonly Call[], now: Instant): CallEntry[] {
  const today = localDay(now);
  const byPath = Map.groupBy(calls, ({ path }): PathId => path);
  return rows
    .filter(({ standing }) => standing.ending === undefined)
    .flatMap((row) => {
      const mine = byPath.get(row.path) ?? [];
      return groupsOf(viewer, row, mine, today).map((group) => entryOf(row, group, mine, today));
    })
    .sort(order(viewer));
}
