/** The regions of a run: each has asked its councils for one decision months ago, nobody has answered, and tomorrow all are reminded. */
import type { Client } from '@temporalio/client';
import { introduceRegion } from '../../client/introduce.ts';
import { createStartDefinitions } from '../../client/web/start/loaders.ts';
import { formatProblems } from '../../definitions/problem.ts';
import { openText } from '../../definitions/read.ts';
import { checkRegion, type Loaders, type Region } from '../../definitions/region.ts';
import { expectedScript } from '../../domain/course.ts';
import { instantOf } from '../../domain/dates.ts';
import { asLocalDate, asPathId, type PathId } from '../../domain/ids.ts';
import { runCourse } from '../../domain/plan.ts';
import type { PathState } from '../../domain/state.ts';
import { inParallel } from '../../activities/in-parallel.ts';
import type { Store } from '../../store/store.ts';
import { type ClockInput, PATH_WORKFLOW, type PathInput, TASK_QUEUE, workflowIdOf } from '../../workflows/messages.ts';

export const DECISION = 'council-decision';
/** A council that has met: its answer can be given. */
export const HELD = '2031-05-26';
/** The morning of the last reminder before the agendas of the councils close. */
export const REMINDED_ON = asLocalDate('2031-06-10');

const STARTED = instantOf(asLocalDate('2031-02-03'), 9 * 60);
/** The regions have lived until then. */
export const EVE = instantOf(asLocalDate('2031-06-09'), 20 * 60);
const AT_ONCE = 8;

export const pathsOf = (count: number): PathId[] =>
  Array.from({ length: count }, (_each, index) => asPathId(`chaos-${String(index + 1)}`));

/** People and addresses are invented. */
function regionOf(path: PathId, loaders: Loaders): Region {
  const municipalities = ['Asse', 'Meise', 'Wemmel'].map((municipality) => ({
    municipality,
    contact: { name: `Contact ${municipality}`, email: `${municipality.toLowerCase()}@${path}.example.org` },
    councilSessions: [HELD, '2031-06-24'],
  }));
  const file = {
    ...{
      id: path,
      partnership: `Cultuur ${path}`,
      path: 'one-decision',
      topic: 'de statutenwijziging',
      municipalities,
    },
    dates: { opensOn: '2031-02-03', decideBy: '2031-06-30' },
    coordinator: { name: 'Lore Proef', email: `coordinator@${path}.example.org` },
  };
  const opened = openText(JSON.stringify(file), `${path}.json`);
  const read = opened.ok ? checkRegion(opened, loaders) : opened;
  if (!read.ok) throw new Error(formatProblems(read.problems));
  return read.value;
}

/** Lives the months up to the eve of the reminder and records them, as if they had been spent here. */
export async function liveRegions(store: Store, paths: readonly PathId[], signal?: AbortSignal): Promise<PathState[]> {
  const definitions = createStartDefinitions();
  return inParallel(paths, AT_ONCE, async (path) => {
    signal?.throwIfAborted();
    const start = await introduceRegion(store, regionOf(path, definitions));
    const { events, state } = runCourse(start, STARTED, EVE, { ...expectedScript, default: 'none' });
    await store.events.recordEvents(path, events);
    return state;
  });
}

/** Starts the workflow of each path from the state that it has reached. */
export async function startPaths(
  client: Client,
  states: readonly PathState[],
  clock: ClockInput,
  signal?: AbortSignal,
): Promise<void> {
  await inParallel(states, AT_ONCE, async (state) => {
    signal?.throwIfAborted();
    const input: PathInput = { carried: { state, unrecorded: [], handled: [] }, clock };
    await client.workflow.start(PATH_WORKFLOW, {
      ...{ taskQueue: TASK_QUEUE, workflowId: workflowIdOf(state.id), args: [input] },
    });
  });
}
