import { defineConfig } from 'vitest/config';
import { findPostgres } from './scripts/testing/postgres.ts';

/**
 * What runs on both databases: the store, the paths with their Temporal server (test/temporal/place.ts), the pages, and the journeys of
 * people through them. test/store/places.ts says where each keeps its store.
 */
const onBoth = ['store', 'workflow', 'web', 'browser'].map((folder) => `test/${folder}/**/*.test.ts`);
/** These end the server that they started, measure, or look at pages only. */
const onSqliteOnly = [
  'test/workflow/down.test.ts',
  'test/web/{*-speed,worker-gone}.test.ts',
  'test/browser/{accessibility/**,mails.test.ts,taps.test.ts,wall.test.ts,oidc.test.ts}',
];
const onPostgres = 'test/postgres/**/*.test.ts';

/** Without a server the tests that need one are left out, and `npm test` lists what is missing. */
const { programs } = findPostgres();

export default defineConfig({
  test: {
    // Temporal's SDK is a native addon: it wants processes, not threads.
    pool: 'forks',
    maxWorkers: '100%',
    // Only what hangs should meet these: a busy machine is no failure.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 60_000 } },
    projects: [
      { extends: true, test: { name: 'SQLite', include: ['test/**/*.test.ts'], exclude: [onPostgres] } },
      ...(programs === undefined
        ? []
        : [
            {
              extends: true as const,
              test: {
                name: 'PostgreSQL',
                include: [...onBoth, onPostgres],
                exclude: onSqliteOnly,
                globalSetup: ['test/postgres/setup.ts'],
              },
            },
          ]),
    ],
  },
});
