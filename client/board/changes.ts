/** What changed in some regions since a day: answers, hand-ins, and paths that began or ended. */
import { instantOf } from '../../domain/dates.ts';
import type { ItemKey } from '../../domain/definition.ts';
import type { EventType } from '../../domain/events.ts';
import type { Instant, LocalDate, PartyId, PathId } from '../../domain/ids.ts';
import type { Store } from '../../store/store.ts';
import type { BoardRow } from './row.ts';

export const changeKinds = [
  'approved',
  'adjourned',
  'rejected',
  'submitted',
  'granted',
  'refused',
  'stopped',
  'completed',
  'started',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

export interface Change {
  path: PathId;
  at: Instant;
  kind: ChangeKind;
  decision?: ItemKey;
  /** Of an answer: who gave it; several with the same are one change. */
  parties: PartyId[];
  /** Of an adjournment: the new session. */
  to?: LocalDate;
}

export interface Changes {
  changes: Change[];
  /** In how many of the regions anything of it happened. */
  regions: number;
  /** There was more than is looked at. */
  isCut: boolean;
}

/** So many events are looked at, the newest. */
const MOST_EVENTS = 2_000;
const types: EventType[] = [
  ...(['answered', 'answer-corrected', 'submission-recorded', 'decision-recorded', 'stopped', 'closed'] as const),
];

type Told = Omit<Change, 'path' | 'at' | 'parties'> & { party?: PartyId };

function told(type: EventType, data: string): Told | undefined {
  if (type === 'submission-recorded') return { kind: 'submitted' };
  if (type === 'stopped') return { kind: 'stopped' };
  if (type === 'closed') return { kind: 'completed' };
  const said = JSON.parse(data) as {
    answer?: string;
    outcome?: string;
    decision?: ItemKey;
    party?: PartyId;
    to?: LocalDate;
  };
  const word = said.answer === 'approved-with-changes' ? 'approved' : (said.answer ?? said.outcome);
  const kind = changeKinds.find((each) => each === word);
  if (kind === undefined) return undefined;
  return {
    kind,
    ...(said.decision !== undefined && { decision: said.decision }),
    ...(said.party !== undefined && { party: said.party }),
    ...(kind === 'adjourned' && said.to !== undefined && { to: said.to }),
  };
}

/** Newest first. @param since the morning of this day counts */
export async function changesSince(
  store: Pick<Store, 'events'>,
  rows: readonly BoardRow[],
  since: LocalDate,
): Promise<Changes> {
  const from = instantOf(since, 0);
  const paths = new Set(rows.map(({ path }) => path));
  const events = await store.events.since(from, { types, limit: MOST_EVENTS, paths: [...paths] });
  const changes = new Map<string, Change>();
  for (const { path, at, type, data } of events.filter((event) => paths.has(event.path))) {
    const news = told(type, data);
    if (news === undefined) continue;
    const { party, ...said } = news;
    const key = [path, said.kind, said.decision, said.to].join(' ');
    const known = changes.get(key) ?? { path, at, ...said, parties: [] };
    if (party !== undefined && !known.parties.includes(party)) known.parties.push(party);
    changes.set(key, known);
  }
  const started = rows
    .filter(({ startedAt }) => startedAt >= from)
    .map(({ path, startedAt: at }): Change => ({ path, at, kind: 'started', parties: [] }));
  const all = [...changes.values(), ...started].sort((a, b) => (a.at > b.at ? -1 : a.at < b.at ? 1 : 0));
  return { changes: all, regions: new Set(all.map(({ path }) => path)).size, isCut: events.length === MOST_EVENTS };
}
