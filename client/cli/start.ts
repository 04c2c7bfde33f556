/** `regiopad start FILE…`: all files are checked before the first path starts; what runs already is left alone. */
import { asInstant, asPathId, type LocalDate, type PathId } from '../../domain/ids.ts';
import { localDay } from '../../domain/dates.ts';
import type { Problem } from '../../definitions/problem.ts';
import { StoreError } from '../../store/errors.ts';
import { findRunning } from '../../worker/run-file.ts';
import { introduceRegion } from '../introduce.ts';
import { badFile, badInput } from './failure.ts';
import { print } from './output.ts';
import { type LoadedRegion, loadRegion } from './region-input.ts';
import { type Running, runningConfig, withRunning } from './running.ts';

/** What may be planned but not started. */
function startProblems({ file, round, source }: LoadedRegion, today: LocalDate): Problem[] {
  const problems: Problem[] = [];
  if (round?.status === 'closed') {
    problems.push(source.problem(['round'], `the round ${round.key} is closed`, 'a round that is open or provisional'));
  }
  for (const [index, { decided }] of file.municipalities.entries()) {
    for (const [at, { on }] of decided.entries()) {
      if (on <= today) continue;
      const path = ['municipalities', index, 'decided', at, 'on'];
      problems.push(source.problem(path, `${on} has not come yet`, `a day of the past: today is ${today}`));
    }
  }
  return problems;
}

export async function start(files: string[]): Promise<void> {
  const regions = files.map(loadRegion);
  const today = localDay(asInstant(Date.now() + runningConfig().clockOffsetMs));
  const problems = regions.flatMap((region) => startProblems(region, today));
  if (problems.length > 0) throw badFile(problems);
  const ids = regions.map(({ file }) => file.id);
  const twice = ids.find((id, index) => ids.indexOf(id) < index);
  if (twice !== undefined)
    throw badInput(`two of these files have the id ${twice}: expected an id of its own for each`);
  await withRunning(async (running) => {
    for (const region of regions) await startOne(region, running);
  });
}

async function startOne(region: LoadedRegion, running: Running): Promise<void> {
  const { file, source } = region;
  try {
    const path = asPathId(file.id);
    // The record outlives what Temporal remembers of ended workflows.
    const wasStarted = (await running.store.events.lastSeq(path)) > 0;
    const isNew = !wasStarted && (await running.paths.start(await introduceRegion(running.store, region)));
    print(
      isNew
        ? `${file.id}: started (${file.partnership}, ${pageOf(running, asPathId(file.id))})`
        : `${file.id}: was started before, nothing changed`,
    );
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'path-conflict') throw error;
    throw badFile([source.problem(['id'], `the id ${file.id} belongs to another partnership`, 'an id of its own')]);
  }
}

/** Where the path can be seen: at the address that the running web process serves, unless PUBLIC_URL says otherwise. */
function pageOf({ config }: Running, path: PathId): string {
  const served = process.env['PUBLIC_URL'] ? undefined : findRunning(config.dataDir)?.web?.url;
  return `${served ?? config.publicUrl}/paden/${path}`;
}
