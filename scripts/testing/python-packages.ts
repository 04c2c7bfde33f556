/** Packages from PyPI that only tests need, with pinned versions, in a folder of their own in the cache. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../worker/temporal/wheel.ts';

const run = promisify(execFile);

/** A parser of calendars that raises on what RFC 5545 does not allow. */
export const icalendar = ['icalendar==6.3.2', 'python-dateutil==2.9.0.post0', 'six==1.17.0', 'tzdata==2025.2'];

/**
 * The folder of some packages, to be put into PYTHONPATH; fetched once. Another pin is another folder, and an interrupted fetch
 * leaves none.
 * @param packages `name==version`, with all that they need
 */
export async function pythonPackages(packages: readonly string[]): Promise<string> {
  const cache = cacheFolder(process.env);
  const hash = createHash('sha256').update(packages.join('\n')).digest('hex').slice(0, 12);
  const folder = join(cache, `python-${hash}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, '.fetching-'));
  try {
    const target = join(work, 'whole');
    const pip = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--only-binary=:all:', '--target', target];
    await run('python3', [...pip, ...packages], { env: { ...process.env, PIP_DISABLE_PIP_VERSION_CHECK: '1' } });
    await rename(target, folder).catch((error: unknown) => {
      // Somebody else was faster.
      if (!existsSync(folder)) throw error;
    });
    return folder;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
