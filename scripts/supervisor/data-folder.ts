import { accessSync, constants, linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLineOf, endProcess } from '../../worker/processes.ts';
import { readRunFile, runFileOf, runsScript, type RunFile } from '../../worker/run-file.ts';
import { messageOf, SetupError } from '../../worker/setup-error.ts';
import { databaseOf } from '../../worker/temporal/dev-server.ts';

/** How long the remains of a killed supervisor may take to end by themselves. */
const graceMs = 1_500;

/**
 * Makes this process the only one that runs on the folder, and ends what a killed predecessor left running.
 * @throws SetupError when the folder cannot be written, or somebody else runs on it
 */
export async function claimDataFolder(dataDir: string, run: RunFile): Promise<void> {
  makeWritable(dataDir);
  while (!wroteFirst(dataDir, run)) {
    const predecessor = readRunFile(dataDir);
    if (predecessor && runsScript(predecessor))
      throw new SetupError(
        `Regiopad runs already on ${dataDir} (process ${predecessor.pid}${predecessor.web?.url ? `, ${predecessor.web.url}` : ''}): stop that one first, or set REGIOPAD_DATA to another folder.`,
      );
    if (predecessor) await endRemains(dataDir, predecessor);
    rmSync(runFileOf(dataDir), { force: true });
  }
}

/** Gives the folder back. */
export function releaseDataFolder(dataDir: string): void {
  if (readRunFile(dataDir)?.pid === process.pid) rmSync(runFileOf(dataDir), { force: true });
}

async function endRemains(dataDir: string, { temporal, worker, web }: RunFile): Promise<void> {
  const children = [worker, web].filter((program) => program !== undefined).filter(runsScript);
  await Promise.all(children.map(({ pid }) => endProcess(pid, graceMs)));
  if (temporal?.pid !== undefined && commandLineOf(temporal.pid)?.includes(databaseOf(dataDir)))
    await endProcess(temporal.pid, graceMs);
}

function makeWritable(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new SetupError(
      `The data folder ${dataDir} cannot be written (${messageOf(error)}): set REGIOPAD_DATA to one that can.`,
    );
  }
}

/** A hard link fails when the file is there already: of two starts at once, one wins. */
function wroteFirst(dataDir: string, run: RunFile): boolean {
  const own = join(dataDir, `.claim.${run.pid}.json`);
  writeFileSync(own, JSON.stringify(run));
  try {
    linkSync(own, runFileOf(dataDir));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new SetupError(`The data folder ${dataDir} cannot be written (${messageOf(error)}).`);
  } finally {
    rmSync(own, { force: true });
  }
}
