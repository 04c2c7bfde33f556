/** What is derived from events: the state, by the core itself, and the overview row, from the state. */
import { evolve } from '../domain/evolve.ts';
import type { PathEvent } from '../domain/events.ts';
import type { Instant } from '../domain/ids.ts';
import { currentAsks, municipalities } from '../domain/lookup.ts';
import { isWaiting, needsCall, stepStates } from '../domain/progress.ts';
import type { PathState } from '../domain/state.ts';
import type { OverviewRow, PathStatus } from './overview.ts';
import type { PathsTable } from './schema.ts';

export function replay(before: PathState | undefined, events: readonly PathEvent[]): PathState | undefined {
  return events.reduce<PathState | undefined>((state, event) => evolve(state, event), before);
}

/** @param at the moment of the last event */
export function overviewRow(state: PathState, at: Instant, facts: PathsTable | undefined): OverviewRow {
  const asks = currentAsks(state)
    .map(({ ask }) => ask)
    .filter((ask) => ask.status !== 'waived');
  const steps = stepStates(state);
  const open = steps.filter((step) => step.status === 'open').map((step) => step.step);
  return {
    path: state.id,
    seq: state.seq,
    partnership: facts?.partnership ?? state.id,
    ...(facts === undefined || facts.reference_region === '' ? {} : { referenceRegion: facts.reference_region }),
    definition: { key: state.definition.key, version: state.definition.version },
    ...(state.round && { round: { key: state.round.key, version: state.round.version, status: state.round.status } }),
    ...(state.route === undefined ? {} : { route: state.route }),
    status: statusOf(state),
    coordinator: state.coordinator,
    parties: municipalities(state).length,
    steps: {
      total: steps.length,
      done: steps.filter((step) => step.status === 'done').length,
      open: open.length,
      current: open,
    },
    asks: {
      total: asks.length,
      approved: asks.filter((ask) => ask.status === 'approved').length,
      waiting: asks.filter(isWaiting).length,
      held: asks.filter(needsCall).length,
    },
    undelivered: state.undelivered.length,
    startedAt: state.startedAt,
    updatedAt: at,
  };
}

const statusOf = (state: PathState): PathStatus =>
  state.ending?.outcome ?? (state.paused === undefined ? 'running' : 'paused');
