/** PostgreSQL's own programs: where they are, of which version, and how they are told where to go without showing a password. */
import { execFile } from 'node:child_process';
import { access, constants, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { StoreError } from '../errors.ts';

/** Where Debian puts the programs of each version. */
const DEBIAN = '/usr/lib/postgresql';

/** The newest that Debian has, then the one on the PATH. Throws `copy-failed` with what to install. */
export async function findProgram(name: 'pg_dump' | 'pg_restore'): Promise<string> {
  const versions = (await readdir(DEBIAN).catch(() => [])).sort((one, other) => Number(other) - Number(one));
  const folders = [
    ...versions.map((version) => join(DEBIAN, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== ''),
  ];
  for (const folder of folders) {
    const program = join(folder, name);
    const isThere = await access(program, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return program;
  }
  throw new StoreError('copy-failed', `there is no ${name} on this machine: apt-get install postgresql-client`);
}

/** `pg_dump (PostgreSQL) 15.14 (Debian …)` gives 15. */
export async function majorOf(program: string): Promise<number> {
  const { stdout } = await promisify(execFile)(program, ['--version']);
  return Number(/\(PostgreSQL\) (\d+)/.exec(stdout)?.[1]);
}

/**
 * How these programs reach a database. Whoever lists the processes of a machine sees their words, so the password goes by the
 * environment.
 */
export function programAccess(address: string): { target: string; environment: NodeJS.ProcessEnv } {
  const url = new URL(address);
  const password = url.password === '' ? url.searchParams.get('password') : decodeURIComponent(url.password);
  url.password = '';
  url.searchParams.delete('password');
  // A word of the library of Node: encrypted, and believed whoever answers.
  if (url.searchParams.get('sslmode') === 'no-verify') url.searchParams.set('sslmode', 'require');
  return { target: url.href, environment: password === null ? {} : { PGPASSWORD: password } };
}
