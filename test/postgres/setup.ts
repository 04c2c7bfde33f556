/** One PostgreSQL server for all files that run on it; each store has a database of its own (places.ts). */
import type { TestProject } from 'vitest/node';
import { findPostgres, startPostgres } from '../../scripts/testing/postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of a server on which databases can be made; absent where the tests run on SQLite. */
    postgres?: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { programs, missing } = findPostgres();
  if (programs === undefined) throw new Error(missing.map(({ what, why }) => `${what}: ${why}`).join('\n'));
  const server = await startPostgres(programs);
  project.provide('postgres', server.url);
  return () => server.stop();
}
