/** `regiopad start FILE…`: all files are checked before the first path starts; what runs already is left alone. */
import { asInstant, asPathId, type PathId } from '../../domain/ids.ts';
import { localDay } from '../../domain/dates.ts';
import { findRunning } from '../../worker/run-file.ts';
import { startProblems, startRegion } from '../services/start-path.ts';
import { badFile, badInput } from './failure.ts';
import { print } from './output.ts';
import { type LoadedRegion, loadRegion } from './region-input.ts';
import { type Running, runningConfig, withRunning } from './running.ts';

export async function start(files: string[]): Promise<void> {
  const regions = files.map(loadRegion);
  const today = localDay(asInstant(Date.now() + runningConfig().clockOffsetMs));
  const problems = regions.flatMap((region) => startProblems(region, region.source, today));
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
  const started = await startRegion(running, region);
  if (!started.ok)
    throw badFile([source.problem(['id'], `the id ${file.id} belongs to another partnership`, 'an id of its own')]);
  print(
    started.isNew
      ? `${file.id}: started (${file.partnership}, ${pageOf(running, asPathId(file.id))})`
      : `${file.id}: was started before, nothing changed`,
  );
}

/** Where the path can be seen: at the address that the running web process serves, unless PUBLIC_URL says otherwise. */
function pageOf({ config }: Running, path: PathId): string {
  const served = process.env['PUBLIC_URL'] ? undefined : findRunning(config.dataDir)?.web?.url;
  return `${served ?? config.publicUrl}/paden/${path}`;
}
