import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Temporal's SDK is a native addon: it wants processes, not threads.
    pool: 'forks',
    maxWorkers: '100%',
    // Only what hangs should meet these: a busy machine is no failure.
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
