/**
 * `regiopad revive`: starts paths again from the record that have no workflow (Temporal was lost, or begins with a new database), or one
 * that is behind the record (it came from an older backup).
 */
import { asPathId, type PathId } from '../../domain/ids.ts';
import { agree } from '../backup/agreement.ts';
import { startAgain } from '../path-client.ts';
import { badInput, exitCodes, Failure, unknownPath } from './failure.ts';
import { print } from './output.ts';
import { withRunning } from './running.ts';

/** Without `yes` it only says which. @param ids only these paths; none: all that need it */
export async function revive(ids: string[], options: { yes?: true }): Promise<void> {
  await withRunning(async ({ store, paths, client, config, server }) => {
    const { behind, missing, unknown, equal, mended, waiting } = await agree({ store, paths, client });
    if (unknown.length > 0)
      throw new Failure(
        exitCodes.notReachable,
        `${unknown.join(', ')}: no answer, so nobody knows how far they are. Is a worker running? (\`regiopad doctor\`)`,
      );
    const standing = [...behind.map(({ path }) => path), ...missing];
    const wanted = ids.length === 0 ? standing : ids.map(asPathId);
    const fine = [...equal, ...waiting, ...mended.map(({ path }) => path)];
    for (const path of wanted) {
      if (fine.includes(path)) throw badInput(`${path}: its workflow runs, there is nothing to revive`);
      if (!standing.includes(path)) throw unknownPath(path);
    }
    if (wanted.length === 0) {
      print(`every open path has its workflow on ${server.address}, namespace ${server.namespace}`);
      return;
    }
    const lines = wanted.map((path) => lineOf(path, behind));
    if (options.yes !== true)
      throw new Failure(
        exitCodes.refused,
        `${lines.join('\n')}\nNothing was changed. Make sure first that ${server.address}, namespace ${server.namespace} is where they belong: a path that runs elsewhere too would send everything twice. Then: regiopad revive --yes`,
      );
    for (const path of wanted) {
      const state = await store.snapshots.snapshot(path);
      if (state === undefined) throw unknownPath(path);
      await startAgain(client, state, config.clockOffsetMs);
      print(`${path} goes on from event ${String(state.seq)}`);
    }
  });
}

function lineOf(path: PathId, behind: readonly { path: PathId; recorded: number; workflow: number }[]): string {
  const found = behind.find((each) => each.path === path);
  if (found === undefined) return `${path} has no workflow`;
  return `${path} has a workflow with ${String(found.workflow)} events, and a record of ${String(found.recorded)}`;
}
