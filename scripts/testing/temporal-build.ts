/**
 * The Temporal server as it runs in production, for the tests on PostgreSQL: built once from its Go modules, which temporal/go.sum pins
 * by hash, and kept in the cache with the tool and the schemas that lay out its databases.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { messageOf } from '../../worker/setup-error.ts';
import { cacheFolder } from '../../worker/temporal/wheel.ts';
import type { Missing } from './missing.ts';

const run = promisify(execFile);
const modules = join(import.meta.dirname, 'temporal');
/** A build on a busy machine takes a quarter of an hour; one that hangs is ended. */
const buildMs = 30 * 60_000;

/** Programs and schemas of one version of the server. */
export interface TemporalPrograms {
  readonly server: string;
  /** Lays out databases: Temporal's own tool. */
  readonly sql: string;
  /** Folder with `temporal/versioned` and `visibility/versioned`, for PostgreSQL 12 and later. */
  readonly schemas: string;
}

const programsIn = (folder: string): TemporalPrograms => ({
  server: join(folder, 'server'),
  sql: join(folder, 'sql'),
  schemas: join(folder, 'schemas'),
});

/** Where the build lies in the cache: what it is made of is in the path, so that a new pin never meets an old build. */
function buildFolder(environment: NodeJS.ProcessEnv): string {
  const sums = readFileSync(join(modules, 'go.mod'), 'utf8') + readFileSync(join(modules, 'go.sum'), 'utf8');
  const hash = createHash('sha256').update(sums).digest('hex').slice(0, 12);
  return join(cacheFolder(environment), `temporal-server-${hash}`);
}

/** What was built before; undefined when nothing was. */
export function builtTemporalServer(environment: NodeJS.ProcessEnv = process.env): TemporalPrograms | undefined {
  const folder = buildFolder(environment);
  return existsSync(folder) ? programsIn(folder) : undefined;
}

/**
 * Builds the server when that was not done yet. An interrupted build leaves nothing in the cache.
 * @param onBuild told once before a build, which takes some minutes, starts
 */
export async function buildTemporalServer(
  onBuild: (what: string) => void,
): Promise<{ programs?: TemporalPrograms; missing: Missing[] }> {
  const built = builtTemporalServer();
  if (built !== undefined) return { programs: built, missing: [] };
  try {
    onBuild('and building the Temporal server for PostgreSQL (once, some minutes)');
    await build(buildFolder(process.env));
    return { programs: programsIn(buildFolder(process.env)), missing: [] };
  } catch (error) {
    const why = messageOf(error).includes('ENOENT')
      ? 'no Go to build it: install Go 1.26 or newer'
      : `it could not be built: ${messageOf(error).trim().split('\n').slice(-1).join('')}`;
    return { missing: [{ what: 'Temporal server on PostgreSQL', why }] };
  }
}

async function build(folder: string): Promise<void> {
  const cache = join(folder, '..');
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, '.building-'));
  const go = (...words: string[]) => run('go', words, { cwd: modules, timeout: buildMs, maxBuffer: 50_000_000 });
  try {
    const whole = programsIn(work);
    // Without what debuggers need it is a third smaller.
    await go('build', '-mod=readonly', '-buildvcs=false', '-ldflags=-s -w', '-o', `${work}/`, 'tool');
    const { stdout } = await go('list', '-mod=readonly', '-m', '-f', '{{.Dir}}', 'go.temporal.io/server');
    await cp(join(stdout.trim(), 'schema', 'postgresql', 'v12'), whole.schemas, { recursive: true });
    await rename(work, folder).catch((error: unknown) => {
      // Somebody else was faster.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
