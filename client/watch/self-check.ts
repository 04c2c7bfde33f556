/**
 * Whether Regiopad still does what it promises, looked at from outside the worker: reminders that went silent are noticed by
 * nobody until a council has missed its session. What is wrong is logged, and mailed to the administrators once a day.
 */
import { localDay } from '../../domain/dates.ts';
import type { Instant, PathId } from '../../domain/ids.ts';
import type { PathState } from '../../domain/state.ts';
import type { Component } from '../../store/health.ts';
import type { Store } from '../../store/store.ts';
import type { PathWatch, WatchedPath } from './path-watch.ts';

/**
 * temporal: no answer, twice in a row; reminders: something should have gone out over an hour ago; record: what a path did
 * long ago is not in the store; mail, inbound: the mail server, or the mailbox, has been away for over an hour; clock: a machine's
 * clock goes otherwise than those of the servers.
 */
export const troubleKinds = ['temporal', 'reminders', 'record', 'mail', 'inbound', 'clock'] as const;
export type TroubleKind = (typeof troubleKinds)[number];

export interface Trouble {
  kind: TroubleKind;
  /** Of how many paths it is true, where it is about paths. */
  count?: number;
}

export interface SelfCheckTools {
  store: Pick<Store, 'health'>;
  watch: PathWatch;
  /** The state as the workflow has it. */
  stateOf: (path: PathId) => Promise<Pick<PathState, 'seq'>>;
  pingTemporal: () => Promise<void>;
  clock: () => Instant;
}

const HOUR_MS = 3_600_000;
/** A workflow is asked in turn: a thousand of them in forty rounds. */
const ASKED_A_ROUND = 25;

const age = (since: Instant, now: Instant): number => Date.parse(now) - Date.parse(since);

/** Each call is a round; what takes two rounds to be seen is remembered between them. */
export function createSelfCheck({
  store,
  watch,
  stateOf,
  pingTemporal,
  clock,
}: SelfCheckTools): () => Promise<Trouble[]> {
  let wasAway = false;
  let turn = 0;
  let promised = new Map<PathId, number>();

  async function temporalIsAway(): Promise<boolean> {
    const isAway = await pingTemporal().then(
      () => false,
      () => true,
    );
    const isTrouble = isAway && wasAway;
    wasAway = isAway;
    return isTrouble;
  }

  /** Paths of which the store does not have yet what their workflow had in the round before. */
  async function unrecorded(paths: readonly WatchedPath[]): Promise<number> {
    const behind = paths.filter(({ path, seq }) => seq < (promised.get(path) ?? 0));
    const asked = Array.from({ length: Math.min(ASKED_A_ROUND, paths.length) }, (_, index) => {
      const found = paths[(turn + index) % paths.length];
      return found === undefined ? [] : [found.path];
    }).flat();
    turn += ASKED_A_ROUND;
    // Who is behind is asked again, so that the next round says it too.
    const seqs = await Promise.allSettled(
      [...new Set([...asked, ...behind.map(({ path }) => path)])].map(async (path): Promise<[PathId, number]> => [
        path,
        (await stateOf(path)).seq,
      ]),
    );
    promised = new Map(seqs.flatMap((seq) => (seq.status === 'fulfilled' ? [seq.value] : [])));
    return behind.length;
  }

  async function hasBeenDown(component: Component, now: Instant): Promise<boolean> {
    const health = await store.health.health(component);
    return health !== undefined && !health.ok && age(health.since, now) > HOUR_MS;
  }

  return async () => {
    const now = clock();
    const paths = await watch.look();
    const late = paths.filter(({ dueAt }) => dueAt !== undefined && age(dueAt, now) > HOUR_MS).length;
    const isAway = await temporalIsAway();
    // Whoever cannot be asked is not behind.
    const behind = wasAway ? 0 : await unrecorded(paths);
    const [mail, inbound] = await Promise.all([hasBeenDown('mail', now), hasBeenDown('inbound', now)]);
    const clocks = await store.health.clocks();
    const troubles: (Trouble | false)[] = [
      isAway && { kind: 'temporal' },
      late > 0 && { kind: 'reminders', count: late },
      behind > 0 && { kind: 'record', count: behind },
      mail && { kind: 'mail' },
      inbound && { kind: 'inbound' },
      clocks.some(({ ok }) => !ok) && { kind: 'clock' },
    ];
    return troubles.filter((trouble) => trouble !== false);
  };
}

/** The same troubles are told once a day, whichever web process sees them first. */
export const alertKey = (troubles: readonly Trouble[], now: Instant): string =>
  `${localDay(now)}/${troubles.map(({ kind }) => kind).join('+')}`;
