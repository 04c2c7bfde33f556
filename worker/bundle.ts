/** The workflow code as one file, made once for each version of it: making it takes seconds, reading it none. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { failureConverterPath } from './histories/converter.ts';
import { cacheFolder } from './temporal/wheel.ts';

const root = join(import.meta.dirname, '..');
/** Everything that can be part of the bundle. */
const rooms = ['domain', 'workflows'];

/** The sources and the SDK that turns them into a bundle: what has the same fingerprint gives the same bundle. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  const sdk = createRequire(import.meta.url)('@temporalio/worker/package.json') as { version: string };
  hash.update(sdk.version);
  for (const room of rooms) {
    const names = await readdir(join(root, room), { recursive: true });
    for (const name of names.filter((file) => file.endsWith('.ts')).sort()) {
      hash.update(`\0${room}/${name}\0`).update(await readFile(join(root, room, name)));
    }
  }
  return hash.digest('hex').slice(0, 32);
}

/** The bundle of the workflows as they are now: from the cache, else made and put there. */
export async function workflowBundle(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<WorkflowBundleWithSourceMap> {
  const folder = join(cacheFolder(environment), 'workflows');
  const file = join(folder, `${await fingerprint()}.js`);
  try {
    return { code: await readFile(file, 'utf8') } as WorkflowBundleWithSourceMap;
  } catch {
    const bundle = await bundleWorkflowCode({
      workflowsPath: join(root, 'workflows', 'all.ts'),
      failureConverterPath,
      logger: quiet,
    });
    await mkdir(folder, { recursive: true });
    const half = `${file}.${String(process.pid)}`;
    await writeFile(half, bundle.code);
    await rename(half, file);
    return bundle;
  }
}

const nothing = (): void => undefined;
const quiet = { log: nothing, trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
