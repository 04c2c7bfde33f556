/**
 * Whether the record in the store and the workflows say the same. They do by themselves; not when one of the two came from a backup of
 * another moment. What the store misses stands in the histories, and is recorded from there. What a workflow misses nobody can tell it.
 */
import { isDeepStrictEqual } from 'node:util';
import { type Client, ServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { outboxOf } from '../../domain/due.ts';
import type { PathId } from '../../domain/ids.ts';
import type { PathState } from '../../domain/state.ts';
import { StoreError } from '../../store/errors.ts';
import { type Rebuilt, rebuild } from '../../store/rebuild.ts';
import type { Store } from '../../store/store.ts';
import { messageOf } from '../../worker/setup-error.ts';
import { type PathClient, UnavailableError, UnknownPathError } from '../path-client.ts';
import { eventsInHistories, openPaths, standingOf } from './histories.ts';

export interface Agreement {
  /** What was derived from the record before it was compared. */
  rebuilt: Rebuilt;
  /** Open, and both say the same. */
  equal: PathId[];
  /** They have ended: nothing is to come of them. */
  ended: PathId[];
  /** Recorded just now from their histories, with how many events. */
  mended: { path: PathId; events: number }[];
  /** Its worker will record what is missing: it was not handed over yet. */
  waiting: PathId[];
  /** The record goes further than the workflow, which cannot go on: its next event has a number that is taken. */
  behind: { path: PathId; recorded: number; workflow: number }[];
  /** Open in the record, and without a workflow. */
  missing: PathId[];
  /** Open in the record, and somebody ended the workflow: how, as Temporal calls it. */
  cutOff: { path: PathId; how: string }[];
  /** What the record lacks stood in a run of which Temporal has no history any more. */
  lost: { path: PathId; recorded: number; workflow: number }[];
  /** The two hold different events under one number: each went on by itself after one of them was restored. */
  apart: { path: PathId; recorded: number; workflow: number }[];
  /** Recorded, without a name and people in the store, which is from before they began. */
  nameless: PathId[];
  /** Nobody knows: the server or its worker is away, or something else went wrong, with what. */
  unknown: { path: PathId; reason: string }[];
}

/** Nothing comes of such a workflow any more, and it did not end by itself. */
const cutOff: readonly string[] = ['TERMINATED', 'CANCELLED', 'FAILED', 'TIMED_OUT'];

export interface AgreementTools {
  store: Store;
  paths: Pick<PathClient, 'state'>;
  client: Client;
}

/**
 * Derives again what follows from the record, looks at every path that either side knows, and records what only histories have. What goes
 * wrong with one path holds up no other. Repeating it does no harm. Throws UnavailableError when the server cannot say which paths it has.
 */
export async function agree({ store, paths, client }: AgreementTools): Promise<Agreement> {
  const rebuilt = await rebuild(store);
  const found: Agreement = {
    ...{ rebuilt, equal: [], ended: [], mended: [], waiting: [], behind: [], missing: [], cutOff: [], lost: [] },
    ...{ apart: [], nameless: [], unknown: rebuilt.failed },
  };
  const named = new Set((await store.paths.paths()).map(({ path }) => path));
  const underived = new Set(rebuilt.failed.map(({ path }) => path));
  for (const path of await allPaths(store, client)) {
    if (underived.has(path)) continue;
    try {
      await compare(path, { store, paths, client }, found);
      if (!named.has(path) && (await store.events.lastSeq(path)) > 0) found.nameless.push(path);
    } catch (error) {
      if (store.isAway(error)) throw error;
      found.unknown.push({ path, reason: reasonOf(error) });
    }
  }
  return found;
}

async function allPaths(store: Store, client: Client): Promise<PathId[]> {
  try {
    return [...new Set([...(await store.events.recordedPaths()), ...(await openPaths(client))])].sort();
  } catch (error) {
    if (error instanceof ServiceError) throw new UnavailableError('no answer in time', { cause: error });
    throw error;
  }
}

async function compare(path: PathId, { store, paths, client }: AgreementTools, found: Agreement): Promise<void> {
  // In this order: a workflow that works on meanwhile can only be further.
  const recorded = await store.events.lastSeq(path);
  const record = await store.snapshots.snapshot(path);
  const isEnded = record !== undefined && isOver(record);
  const workflow = await workflowOf(paths, client, path, isEnded);
  if (workflow === undefined) {
    found[isEnded ? 'ended' : 'missing'].push(path);
    return;
  }
  const { state, how } = workflow;
  const numbers = { path, recorded, workflow: state.seq };
  if (state.seq < recorded) {
    found.behind.push(numbers);
    return;
  }
  if (state.seq > recorded || (record?.seq === recorded && !isSame(record, state))) {
    const { events, isLost } = await eventsInHistories(client, path, recorded);
    if (isLost && state.seq > recorded) {
      found.lost.push(numbers);
      return;
    }
    try {
      await store.events.recordEvents(path, events);
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'event-conflict') throw error;
      found.apart.push(numbers);
      return;
    }
    const now = await store.events.lastSeq(path);
    if (now > recorded) found.mended.push({ path, events: now - recorded });
    if (now < state.seq) found.waiting.push(path);
  }
  if (isOver(state)) found.ended.push(path);
  else if (cutOff.includes(how)) found.cutOff.push({ path, how: how.toLowerCase() });
  else if (state.seq === recorded) found.equal.push(path);
}

/** It has ended, and everybody knows. */
const isOver = (state: PathState): boolean => state.ending !== undefined && outboxOf(state).length === 0;

/** As both are written; a release may derive more from the same events, so that a difference is a reason to look, and no proof. */
const isSame = (one: PathState, other: PathState): boolean =>
  isDeepStrictEqual(JSON.parse(JSON.stringify(one)), JSON.parse(JSON.stringify(other)));

/** To replay a long history on a busy machine takes a while. */
const STATE_MS = 15_000;

/** Undefined when there is none, or none that matters: one that has ended in the record too is not asked, and need not be replayed. */
async function workflowOf(paths: Pick<PathClient, 'state'>, client: Client, path: PathId, isEnded: boolean) {
  try {
    const how = await standingOf(client, path);
    if (isEnded && how === 'COMPLETED') return undefined;
    return { how, state: await paths.state(path, STATE_MS) };
  } catch (error) {
    if (error instanceof UnknownPathError || error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof UnavailableError && error.cause instanceof ServiceError) return 'its workflow did not answer';
  return messageOf(error);
}
