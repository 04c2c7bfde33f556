/** Starting a path: the one way for pages, command line and API. The checks are those of region files; the same again starts nothing twice. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Problem } from '../../definitions/problem.ts';
import type { Source } from '../../definitions/read.ts';
import type { Region } from '../../definitions/region.ts';
import type { PathStart } from '../../domain/events.ts';
import { asPathId, type LocalDate, type PathId } from '../../domain/ids.ts';
import type { Actor } from '../../domain/state.ts';
import { StoreError } from '../../store/errors.ts';
import { isSameAddress } from '../../store/people.ts';
import type { Store } from '../../store/store.ts';
import { isAdministrator, mayStart, type Viewer } from '../access/viewer.ts';
import { introduceRegion } from '../introduce.ts';
import { type PathClient, UnavailableError } from '../path-client.ts';
import { withinTime } from '../within-time.ts';

export interface StartTools {
  store: Store;
  paths: PathClient;
}

/** `path-taken`: the id belongs to another partnership, or to a path of somebody else. */
export type Started =
  | { ok: true; path: PathId; isNew: boolean; isRecorded: boolean }
  | { ok: false; code: 'path-taken' | 'round-closed' | 'coordinator-other' | 'not-allowed' | 'unavailable' };

/** What may be planned but not started. */
export function startProblems(region: Region, source: Source, today: LocalDate): Problem[] {
  const { round } = region;
  const closed =
    round?.status === 'closed'
      ? [source.problem(['round'], `the round ${round.key} is closed`, 'a round that is open or provisional')]
      : [];
  return [...closed, ...untimelyDecisions(region, source, today)];
}

/** Decisions that were taken before the path starts, on a day that has not come. */
export function untimelyDecisions({ file }: Region, source: Source, today: LocalDate): Problem[] {
  const problems: Problem[] = [];
  for (const [index, { decided }] of file.municipalities.entries()) {
    for (const [at, { on }] of decided.entries()) {
      if (on <= today) continue;
      const path = ['municipalities', index, 'decided', at, 'on'];
      problems.push(source.problem(path, `${on} has not come yet`, `a day of the past: today is ${today}`));
    }
  }
  return problems;
}

/** A click gets its answer within five seconds, whatever is away. */
const START_MS = 4_300;
/** How long a page waits for the record of what was just started. */
const RECORD_MS = 2_500;
const ASK_AGAIN_MS = 25;

/** Why somebody may not start a region, or nobody can; undefined when nothing is in the way that can be known beforehand. */
export function startRefusal(
  viewer: Viewer,
  { file, round }: Region,
): 'not-allowed' | 'coordinator-other' | 'round-closed' | undefined {
  if (!mayStart(viewer)) return 'not-allowed';
  const isOwn = [file.coordinator, file.deputy].some((person) => isSameAddress(person?.email, viewer.account.email));
  if (!isOwn && !isAdministrator(viewer)) return 'coordinator-other';
  return round?.status === 'closed' ? 'round-closed' : undefined;
}

/**
 * Starts a path for somebody who has signed in, or for a program of theirs. Who coordinates starts for themselves; an
 * administrator for anybody. What stands in the way comes back as a code; a server that is away as `unavailable`: the same can
 * be sent again.
 */
export async function startPath(
  tools: StartTools,
  viewer: Viewer,
  region: Region,
  via: 'web' | 'api',
): Promise<Started> {
  const refusal = startRefusal(viewer, region);
  if (refusal !== undefined) return { ok: false, code: refusal };
  try {
    return await withinTime(
      startRegion(tools, region, (start) => starterFor(tools.store, viewer, region, start, via)),
      START_MS,
    );
  } catch (error) {
    if (error instanceof UnavailableError) return { ok: false, code: 'unavailable' };
    throw error;
  }
}

/** The same without anybody who has signed in, as the command line does it. Throws UnavailableError. */
export async function startRegion(
  { store, paths }: StartTools,
  region: Region,
  starterOf?: (start: PathStart) => Promise<Actor>,
): Promise<Extract<Started, { ok: true }> | { ok: false; code: 'path-taken' }> {
  const path = asPathId(region.file.id);
  // The record outlives what Temporal remembers of ended workflows.
  const wasStarted = (await store.events.lastSeq(path)) > 0;
  if (wasStarted) {
    const isSame = await isSamePath(store, region.file);
    return isSame ? { ok: true, path, isNew: false, isRecorded: true } : { ok: false, code: 'path-taken' };
  }
  try {
    const start = await introduceRegion(store, region);
    const startedBy = await starterOf?.(start);
    const isNew = await paths.start({ ...start, ...(startedBy && { startedBy }) });
    return { ok: true, path, isNew, isRecorded: await isRecordedSoon(store, path) };
  } catch (error) {
    if (error instanceof StoreError && error.code === 'path-conflict') return { ok: false, code: 'path-taken' };
    throw error;
  }
}

/** What tells whose path an id is. */
export interface PathOwner {
  id: string;
  partnership: string;
  coordinator: { email: string };
}

/** Whether a path that was started is the one of this file: of the same partnership, once coordinated by the same person. */
async function isSamePath(store: Store, { id, partnership, coordinator }: PathOwner): Promise<boolean> {
  const path = asPathId(id);
  const [facts, people] = await Promise.all([store.paths.path(path), store.people.peopleOf(path)]);
  const isCoordinated = people.some(
    ({ party, email }) => party === undefined && isSameAddress(email, coordinator.email),
  );
  return facts?.partnership === partnership && isCoordinated;
}

/** Whether an id is free, or a path of the same people: what a page can say before anything is started. */
export const isFree = async (store: Store, owner: PathOwner): Promise<boolean> =>
  (await store.paths.path(asPathId(owner.id))) === undefined || isSamePath(store, owner);

async function starterFor(
  store: Store,
  { account }: Viewer,
  { file }: Region,
  start: PathStart,
  via: 'web' | 'api',
): Promise<Actor> {
  if (isSameAddress(file.coordinator.email, account.email))
    return { kind: 'coordinator', personId: start.coordinator, via };
  if (start.deputyCoordinator !== undefined && isSameAddress(file.deputy?.email, account.email))
    return { kind: 'coordinator', personId: start.deputyCoordinator, via };
  const { name, email } = account;
  const personId = await store.people.ensurePerson({ path: start.id, role: 'colleague', name, email });
  return { kind: 'administrator', personId, via };
}

async function isRecordedSoon(store: Store, path: PathId): Promise<boolean> {
  const deadline = Date.now() + RECORD_MS;
  while (Date.now() < deadline) {
    if ((await store.events.lastSeq(path)) > 0) return true;
    await delay(ASK_AGAIN_MS);
  }
  return false;
}
