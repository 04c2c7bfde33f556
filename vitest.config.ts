import { defineConfig } from 'vitest/config';
import { findPostgres } from './scripts/testing/postgres.ts';

/** What is about the store runs on both databases; test/store/places.ts says where. */
const onBoth = 'test/store/**/*.test.ts';
const onPostgres = 'test/postgres/**/*.test.ts';

/** Without a server the tests that need one are left out, and `npm test` lists what is missing. */
const { programs } = findPostgres();

export default defineConfig({
  test: {
    // Temporal's SDK is a native addon: it wants processes, not threads.
    pool: 'forks',
    maxWorkers: '100%',
    // Only what hangs should meet these: a busy machine is no failure.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    projects: [
      { extends: true, test: { name: 'SQLite', include: ['test/**/*.test.ts'], exclude: [onPostgres] } },
      ...(programs === undefined
        ? []
        : [
            {
              extends: true as const,
              test: { name: 'PostgreSQL', include: [onBoth, onPostgres], globalSetup: ['test/postgres/setup.ts'] },
            },
          ]),
    ],
  },
});
