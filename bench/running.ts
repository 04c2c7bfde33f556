/** All of Regiopad as `npm start` runs it, each part a process of its own, on the day on which regions wait for answers. */
import { Client, Connection } from '@temporalio/client';
import { startReached } from '../client/path-client.ts';
import type { PathId } from '../domain/ids.ts';
import type { PathState } from '../domain/state.ts';
import { inParallel } from '../activities/in-parallel.ts';
import { offsetHoursFor } from '../scripts/chaos/clock.ts';
import { openStage, type Stage } from '../scripts/chaos/stage.ts';
import { ASKED_ON, reachedRegions } from './reached.ts';

const HOUR = 3_600_000;
const AT_ONCE = 8;

export interface Running extends Stage {
  states: PathState[];
  /** Milliseconds by which the clock of everything is ahead. */
  offsetMs: number;
  /** Of the same server; it encrypts nothing. */
  bareClient: Client;
}

/** Starts everything, and the workflows of paths that have come so far. */
export async function running(paths: readonly PathId[], say: (line: string) => void): Promise<Running> {
  const offsetHours = offsetHoursFor(ASKED_ON);
  const stage = await openStage({ embedded: true, workers: 1, keep: false }, offsetHours, say);
  try {
    const states = await reachedRegions(stage.store, paths);
    const offsetMs = offsetHours * HOUR;
    await inParallel(states, AT_ONCE, (state) => startReached(stage.client, state, offsetMs));
    // Each has been in a worker once.
    await inParallel(states, AT_ONCE, ({ id }) => stage.paths.state(id, 60_000));
    const { namespace } = stage.client.options;
    const connection = Connection.lazy({ address: stage.address });
    const bareClient = new Client({ connection, namespace });
    return {
      ...{ ...stage, states, offsetMs, bareClient },
      close: async () => {
        await connection.close();
        await stage.close();
      },
    };
  } catch (error) {
    await stage.close();
    throw error;
  }
}
