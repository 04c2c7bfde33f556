/** `regiopad rebuild`: derives snapshots and overview again from the permanent record, and compares the record with the workflows. */
import { rebuild } from '../../store/rebuild.ts';
import { agree, type Agreement } from '../backup/agreement.ts';
import { exitCodes, Failure } from './failure.ts';
import { note, print } from './output.ts';
import { temporalOf, withRunning, withStore } from './running.ts';

export async function rebuildStore(): Promise<void> {
  const found = await compared();
  await withStore(async (store) => {
    const { paths, events } = await rebuild(store);
    print(`rebuilt ${String(paths)} paths from ${String(events)} events`);
  });
  if (found === undefined) note('not compared with the workflows: no Temporal server answers');
  else report(found);
}

/** The record is derived from without a server too. */
async function compared(): Promise<Agreement | undefined> {
  if ((await withStore((_store, config) => Promise.resolve(temporalOf(config)))) === undefined) return undefined;
  try {
    return await withRunning(agree);
  } catch (error) {
    if (error instanceof Failure && error.exitCode === exitCodes.notReachable) return undefined;
    throw error;
  }
}

/** Throws a Failure when somebody has to do something. */
function report({ equal, mended, waiting, behind, missing, unknown }: Agreement): void {
  print(`record and workflow agree for ${String(equal.length)} open paths`);
  for (const { path, events } of mended) print(`${path}: recorded ${String(events)} events that only its workflow had`);
  for (const path of waiting) note(`${path}: its worker has events to record still; look again in a minute`);
  for (const path of unknown) note(`${path}: not compared, its workflow did not answer`);
  for (const { path, recorded, workflow } of behind)
    note(`${path}: the record has ${String(recorded)} events and its workflow ${String(workflow)}, so it cannot go on`);
  for (const path of missing) note(`${path}: open in the record, and without a workflow`);
  if (behind.length + missing.length > 0)
    throw new Failure(
      exitCodes.failure,
      `${String(behind.length + missing.length)} paths stand still: \`regiopad revive\` starts them again from the record`,
    );
}
