/**
 * One PostgreSQL server for all files that run on it, and on the same one a Temporal server. Each store has a database of its own
 * (test/store/places.ts), each test that speaks to Temporal a namespace (temporal.ts).
 */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { endAll } from '../../scripts/testing/end-all.ts';
import { findPostgres, startPostgres } from '../../scripts/testing/postgres.ts';
import { onFreePorts } from '../../scripts/testing/ports.ts';
import { builtTemporalServer } from '../../scripts/testing/temporal-build.ts';
import {
  layOutTemporal,
  placeTemporal,
  startTemporal,
  TEMPORAL_PORTS,
} from '../../scripts/testing/temporal-on-postgres.ts';

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
  const ends: (() => Promise<void>)[] = [];
  try {
    const postgres = await startPostgres(programs);
    ends.push(() => postgres.stop());
    project.provide('postgres', postgres.url);
    const built = builtTemporalServer();
    if (built === undefined) return () => endAll(ends);
    const folder = mkdtempSync(join(tmpdir(), 'regiopad-temporal-'));
    ends.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
    const databases = await layOutTemporal(built, postgres.url, folder);
    const temporal = await onFreePorts(TEMPORAL_PORTS, (ports) => startTemporal(placeTemporal(databases, ports)));
    ends.push(() => temporal.stop());
    project.provide('temporal', temporal.address);
    return () => endAll(ends);
  } catch (error) {
    await endAll(ends);
    throw error;
  }
}
