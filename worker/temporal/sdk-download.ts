import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Wheel } from './pins.ts';

/**
 * The last resort: lets Temporal's SDK download the program from temporal.download (Windows, or a machine without Python). The SDK
 * offers no download alone, so a server is started and ended once. What it fetches is not pinned by a hash.
 */
export async function downloadWithSdk(wheel: Wheel, cache: string): Promise<string> {
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const downloadDir = join(cache, `sdk-${wheel.program}`);
  const server = { executable: { type: 'cached-download' as const, downloadDir } };
  const environment =
    wheel.program === 'temporal'
      ? await TestWorkflowEnvironment.createLocal({ server })
      : await TestWorkflowEnvironment.createTimeSkipping({ server });
  await environment.teardown();
  const programs = await Promise.all(
    (await readdir(downloadDir)).map(
      async (name) => [join(downloadDir, name), await stat(join(downloadDir, name))] as const,
    ),
  );
  const [newest] = programs.filter(([, file]) => file.isFile()).toSorted(([, a], [, b]) => b.mtimeMs - a.mtimeMs);
  if (!newest) throw new Error(`the SDK left no program in ${downloadDir}`);
  return newest[0];
}
