/**
 * `regiopad revive`: starts paths again from the record that have no workflow (Temporal was lost, or begins with a new database), one that
 * somebody ended, or one that is behind the record (it came from an older backup).
 */
import { asPathId, type PathId } from '../../domain/ids.ts';
import { agree, type Agreement } from '../backup/agreement.ts';
import { startAgain } from '../path-client.ts';
import { badInput, exitCodes, Failure, unknownPath } from './failure.ts';
import { note, print } from './output.ts';
import { checkWorker, withRunning } from './running.ts';

/** Without `yes` it only says which. @param ids only these paths; none: all that need it and lose nothing by it */
export async function revive(ids: string[], options: { yes?: true }): Promise<void> {
  await withRunning(async (running) => {
    const { store, client, config, server } = running;
    await checkWorker(running);
    const found = await agree(running);
    const lines = linesOf(found);
    const wanted = ids.length === 0 ? standingIn(found) : ids.map(asPathId);
    checkWanted(wanted, found, lines);
    const unasked = ids.length === 0 ? leftOut(found) : [];
    for (const line of unasked) note(line);
    if (wanted.length === 0 && unasked.length === 0) {
      print(`every open path has its workflow on ${server.address}, namespace ${server.namespace}`);
      return;
    }
    if (wanted.length > 0 && options.yes !== true)
      throw new Failure(
        exitCodes.refused,
        `${wanted.map((path) => lines.get(path)).join('\n')}\nNothing was changed. Make sure first that ${server.address}, namespace ${server.namespace} is where they belong: a path that runs elsewhere too would send everything twice. Then: regiopad revive --yes`,
      );
    for (const path of wanted) {
      const state = await store.snapshots.snapshot(path);
      if (state === undefined) throw unknownPath(path);
      await startAgain(client, state, config.clockOffsetMs);
      print(`${path} goes on from event ${String(state.seq)}`);
    }
    if (unasked.length > 0)
      throw new Failure(
        found.unknown.length > 0 ? exitCodes.notReachable : exitCodes.failure,
        `${String(unasked.length)} paths were left as they are: see above`,
      );
  });
}

const standingIn = ({ behind, missing, cutOff }: Agreement): PathId[] =>
  [...behind, ...cutOff].map(({ path }) => path).concat(missing);

/** What is wrong with each path that can be started again. */
function linesOf({ behind, missing, cutOff, lost, apart }: Agreement): Map<PathId, string> {
  const counts = (workflow: number, recorded: number): string =>
    `has a workflow with ${String(workflow)} events, and a record of ${String(recorded)}`;
  return new Map<PathId, string>([
    ...behind.map((each) => [each.path, `${each.path} ${counts(each.workflow, each.recorded)}`] as const),
    ...missing.map((path) => [path, `${path} has no workflow`] as const),
    ...cutOff.map(({ path, how }) => [path, `${path} has a workflow that was ended (${how})`] as const),
    ...apart.map(
      ({ path }) =>
        [
          path,
          `${path} has a workflow that went on otherwise than its record: what only it holds is lost for good`,
        ] as const,
    ),
    ...lost.map(
      (each) =>
        [
          each.path,
          `${each.path} ${counts(each.workflow, each.recorded)}: what it has more than the record is lost for good`,
        ] as const,
    ),
  ]);
}

/** Throws when one of them cannot be started again, or need not. */
function checkWanted(wanted: readonly PathId[], found: Agreement, lines: ReadonlyMap<PathId, string>): void {
  const unknown = found.unknown.filter(({ path }) => wanted.includes(path));
  if (unknown.length > 0)
    throw new Failure(
      exitCodes.notReachable,
      `${unknown.map(({ path, reason }) => `${path}: ${reason}`).join('\n')}\nNobody knows how far they are. Is a worker running? (\`regiopad doctor\`)`,
    );
  const fine = [...found.equal, ...found.waiting, ...found.mended.map(({ path }) => path)];
  for (const path of wanted) {
    if (lines.has(path)) continue;
    if (found.ended.includes(path)) throw badInput(`${path}: it has ended, there is nothing to revive`);
    if (fine.includes(path)) throw badInput(`${path}: its workflow runs, there is nothing to revive`);
    throw unknownPath(path);
  }
}

/** Paths that something is wrong with, and that are not started again unless they are named. */
function leftOut({ unknown, lost, apart }: Agreement): string[] {
  return [
    ...unknown.map(({ path, reason }) => `${path}: ${reason}`),
    ...apart.map(
      ({ path }) =>
        `${path}: its workflow went on otherwise than its record; to go on from the record, name it: regiopad revive ${path}`,
    ),
    ...lost.map(
      ({ path }) =>
        `${path}: the record lacks events of which Temporal no longer has the history; to go back to the record, name it: regiopad revive ${path}`,
    ),
  ];
}
