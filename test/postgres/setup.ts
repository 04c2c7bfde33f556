/**
 * One PostgreSQL server for all files that run on it, and on the same one a Temporal server. Each store has a database of its own
 * (test/store/places.ts), each test that speaks to Temporal a namespace (temporal.ts).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findPostgres, startPostgres } from '../../scripts/testing/postgres.ts';
import { builtTemporalServer } from '../../scripts/testing/temporal-build.ts';
import { layOutTemporal, startTemporal } from '../../scripts/testing/temporal-on-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of a server on which databases can be made; absent where the tests run on SQLite. */
    postgres?: string;
    /** host:port of a Temporal server on PostgreSQL; absent where the tests run on SQLite, or nothing was built. */
    temporal?: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { programs, missing } = findPostgres();
  if (programs === undefined) throw new Error(missing.map(({ what, why }) => `${what}: ${why}`).join('\n'));
  const postgres = await startPostgres(programs);
  project.provide('postgres', postgres.url);
  const built = builtTemporalServer();
  if (built === undefined) return () => postgres.stop();
  const folder = mkdtempSync(join(tmpdir(), 'regiopad-temporal-'));
  const temporal = await startTemporal(await layOutTemporal(built, postgres.url, folder));
  project.provide('temporal', temporal.address);
  return async () => {
    await temporal.stop();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
