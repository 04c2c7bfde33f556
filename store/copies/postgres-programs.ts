/** PostgreSQL's own programs: where they are, of which version, and what they are run on. */
import { execFile } from 'node:child_process';
import { access, constants, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { StoreError } from '../errors.ts';
import { programAccess } from './postgres-access.ts';

const run = promisify(execFile);

/** Where Debian puts the programs of each version. */
const DEBIAN = '/usr/lib/postgresql';

export type ProgramName = 'pg_dump' | 'pg_restore';

/**
 * That of the server's version, else the next newer one: an older one cannot read a server, and a newer one may write what the server does
 * not know. Throws `copy-failed` with what to install.
 * @param server the major version
 */
export async function findProgram(name: ProgramName, server: number): Promise<string> {
  const found = await programsOf(name);
  const [best] = found.filter(({ major }) => major >= server).sort((one, other) => one.major - other.major);
  if (best !== undefined) return best.program;
  const newest = found.sort((one, other) => other.major - one.major)[0];
  throw new StoreError(
    'copy-failed',
    newest === undefined
      ? `there is no ${name} on this machine: apt-get install postgresql-client-${String(server)}`
      : `${newest.program} is of PostgreSQL ${String(newest.major)} and the server of ${String(server)}: install postgresql-client-${String(server)}`,
  );
}

/** All on this machine: Debian's, then those on the PATH. */
async function programsOf(name: ProgramName): Promise<{ program: string; major: number }[]> {
  const versions = await readdir(DEBIAN).catch(() => []);
  const folders = [
    ...versions.map((version) => join(DEBIAN, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== ''),
  ];
  const found: { program: string; major: number }[] = [];
  for (const folder of new Set(folders)) {
    const program = join(folder, name);
    if (!(await isThere(program))) continue;
    const major = await majorOf(program).catch(() => undefined);
    if (major !== undefined) found.push({ program, major });
  }
  return found;
}

const isThere = (program: string): Promise<boolean> =>
  access(program, constants.X_OK).then(
    () => true,
    () => false,
  );

/** `pg_dump (PostgreSQL) 15.14 (Debian …)` gives 15. */
async function majorOf(program: string): Promise<number | undefined> {
  const { stdout } = await run(program, ['--version']);
  const major = Number(/\(PostgreSQL\) (\d+)/.exec(stdout)?.[1]);
  return Number.isNaN(major) ? undefined : major;
}

/** Runs a program on the database of an address. Throws `copy-failed` with the program's own reason. */
export async function runOn(address: string, program: string, words: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'regiopad-postgres-'));
  try {
    const { target, environment } = await programAccess(address, folder);
    await run(program, ['--no-password', `--dbname=${target}`, ...words], { env: environment });
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    const reason = stderr === undefined || stderr.trim() === '' ? String(error) : reasonIn(stderr);
    throw new StoreError('copy-failed', `${program} failed: ${reason}`, { cause: error });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Among the lines that say where it was, the first that says why. */
export function reasonIn(stderr: string): string {
  const lines = stderr.trim().split('\n');
  const line = lines.find((each) => /\b(?:error|fatal):/i.test(each)) ?? lines[0] ?? '';
  return line.replace(/^[\w-]+: (?:error: )?/, '').trim();
}
