/** `regiopad rebuild`: derives snapshots and overview again from the permanent record, and compares the record with the workflows. */
import { type Rebuilt, rebuild } from '../../store/rebuild.ts';
import { agree, type Agreement } from '../backup/agreement.ts';
import { exitCodes, Failure } from './failure.ts';
import { note, print } from './output.ts';
import { checkWorker, temporalOf, withRunning, withStore } from './running.ts';

/** Throws a Failure at its end when somebody has to do something. */
export async function rebuildStore(): Promise<void> {
  const found = await compared();
  const { paths, events, failed } = found?.rebuilt ?? (await withStore(rebuild));
  print(`rebuilt ${String(paths)} paths from ${String(events)} events`);
  if (found === undefined) {
    note('not compared with the workflows: no Temporal server answers, or no worker asks it for work');
    reportFailed(failed);
  } else report(found);
}

/** The record is derived from without a server too. */
async function compared(): Promise<Agreement | undefined> {
  if ((await withStore((_store, config) => Promise.resolve(temporalOf(config)))) === undefined) return undefined;
  try {
    return await withRunning(async (running) => {
      await checkWorker(running);
      return agree(running);
    });
  } catch (error) {
    if (error instanceof Failure && error.exitCode === exitCodes.notReachable) return undefined;
    throw error;
  }
}

function reportFailed(failed: Rebuilt['failed']): void {
  for (const { path, reason } of failed) note(`${path}: not rebuilt: ${reason}`);
  if (failed.length > 0)
    throw new Failure(exitCodes.failure, `not rebuilt: ${failed.map(({ path }) => path).join(', ')}`);
}

function report(found: Agreement): void {
  const { equal, mended, waiting, behind, missing, cutOff, lost, apart, nameless, unknown } = found;
  print(`record and workflow agree for ${String(equal.length)} open paths`);
  for (const { path, events } of mended) print(`${path}: recorded ${String(events)} events that only its workflow had`);
  for (const path of waiting) note(`${path}: its worker has events to record still; look again in a minute`);
  for (const { path, reason } of unknown) note(`${path}: not compared: ${reason}`);
  for (const { path, recorded, workflow } of behind)
    note(`${path}: the record has ${String(recorded)} events and its workflow ${String(workflow)}, so it cannot go on`);
  for (const path of missing) note(`${path}: open in the record, and without a workflow`);
  for (const { path, how } of cutOff) note(`${path}: open in the record, and its workflow was ended (${how})`);
  for (const { path, recorded, workflow } of lost)
    note(
      `${path}: the record has ${String(recorded)} events and its workflow ${String(workflow)}; those between stood in a history that Temporal no longer has. A newer backup of the store has them; without one \`regiopad revive ${path}\` goes back to the record`,
    );
  for (const { path } of apart)
    note(
      `${path}: record and workflow hold different events under one number, since each went on by itself; only \`regiopad revive ${path}\` ends that: what the workflow holds and the record has not is then gone`,
    );
  for (const path of nameless)
    note(`${path}: began after the backup of the store, which has neither its name nor its people: a newer backup has`);
  conclude(found);
}

function conclude({ behind, missing, cutOff, lost, apart, nameless, unknown }: Agreement): void {
  const standing = [...behind, ...cutOff].map(({ path }) => path).concat(missing);
  const others = [...lost, ...apart, ...unknown].map(({ path }) => path).concat(nameless);
  const said = [
    ...(standing.length === 0
      ? []
      : [`${String(standing.length)} paths stand still: \`regiopad revive\` starts them again from the record`]),
    ...(others.length === 0 ? [] : [`look at ${[...new Set(others)].join(', ')}: see above`]),
  ];
  if (said.length > 0) throw new Failure(exitCodes.failure, said.join('\n'));
}
