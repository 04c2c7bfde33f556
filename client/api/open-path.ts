/** A path that somebody asks about by the API, with what they may see of it. */
import type { PathId } from '../../domain/ids.ts';
import type { PathState } from '../../domain/state.ts';
import { mayChange, mayRead, maySee, type Viewer } from '../access/viewer.ts';
import type { Web } from '../web/web.ts';
import { ApiProblem } from './problem.ts';

export interface OpenPath {
  state: PathState;
  partnership: string;
  referenceRegion?: string;
  /** Whether people, and what they wrote, are shown. */
  seesPeople: boolean;
  mayChange: boolean;
}

/** Read where it stands; see its people too; change it. */
export type Needs = 'read' | 'see' | 'change';

/**
 * Throws `unknown-path`, `forbidden` (not a path of theirs), `only-without-people` (asked for people by who only reads)
 * or `only-reading`.
 */
export async function openPath(web: Web, viewer: Viewer, id: PathId, needs: Needs): Promise<OpenPath> {
  const state = await web.store.snapshots.snapshot(id);
  if (state === undefined) throw new ApiProblem('unknown-path');
  if (!mayRead(viewer, state)) throw new ApiProblem('forbidden');
  const seesPeople = maySee(viewer, state);
  if (needs !== 'read' && !seesPeople) throw new ApiProblem('only-without-people');
  const changes = mayChange(viewer, state);
  if (needs === 'change' && !changes) throw new ApiProblem('only-reading');
  const facts = await web.store.paths.path(id);
  return {
    ...{ state, seesPeople, mayChange: changes },
    partnership: facts?.partnership ?? id,
    ...(facts?.referenceRegion !== undefined && { referenceRegion: facts.referenceRegion }),
  };
}
