/** All that `npm start` starts, in a data folder of its own, and the command line beside it: processes that can be killed. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import { onTestFinished } from 'vitest';
import { createPathClient, type PathClient, UnavailableError } from '../../client/path-client.ts';
import { historyKeysOf } from '../../worker/histories/keys.ts';
import { findRunning } from '../../worker/run-file.ts';
import { temporalClient } from '../../worker/temporal/client.ts';
import { launch, type Launched } from '../foundation/launched.ts';

const root = join(import.meta.dirname, '..', '..');

export interface Application {
  /** Starts everything; it ends with the test. */
  start(): Promise<Launched>;
  /** A command of `npx regiopad`. Rejects when it fails. */
  regiopad(...words: string[]): Promise<{ stdout: string; stderr: string }>;
  /** Speaks to the paths at the address that counts now. Throws UnavailableError while nothing runs. */
  withPaths<Result>(work: (paths: PathClient) => Promise<Result>): Promise<Result>;
}

/**
 * @param settings variables in which it differs from a first `npm start`
 * @param home the folder of the release that runs: by default this repository
 */
export function applicationIn(dataDir: string, settings: NodeJS.ProcessEnv = {}, home = root): Application {
  const environment = {
    ...process.env,
    ...{ SMTP_URL: '', TEMPORAL_ADDRESS: '', PUBLIC_URL: '', HOST: '', PORT: '0', LOG_LEVEL: 'error' },
    ...{ DATABASE_URL: '', REGIOPAD_DATA: dataDir },
    ...settings,
  };
  return {
    async start() {
      const started = launch(process.execPath, [join(home, 'scripts', 'supervisor.ts')], environment);
      onTestFinished(async () => {
        started.child.kill('SIGTERM');
        await started.ended;
      });
      await started.prints('Ctrl-C stops it');
      return started;
    },
    regiopad: (...words) =>
      promisify(execFile)(process.execPath, [join(home, 'client', 'cli', 'main.ts'), ...words], { env: environment }),
    async withPaths(work) {
      const run = findRunning(dataDir);
      if (run?.temporal === undefined) throw new UnavailableError('not running');
      const { address, namespace } = run.temporal;
      const connection = await Connection.connect({ address, connectTimeout: 2_000 });
      try {
        return await work(
          createPathClient(temporalClient({ connection, namespace, keys: historyKeysOf({ dataDir }) })),
        );
      } finally {
        await connection.close();
      }
    },
  };
}

/** Three municipalities of which nothing was asked yet. */
export const region = `
id: proef
partnership: Cultuur Proef
path: igs-cultuur
round: igs-cultuur-2033
route: continue-existing
coordinator: { name: Lore Proef, email: lore@proef.example.org }
municipalities:
  - { municipality: Asse, contact: { name: An Asse, email: an@asse.example.org } }
  - { municipality: Meise, contact: { name: Bart Meise, email: bart@meise.example.org } }
  - { municipality: Wemmel, contact: { name: Luc Wemmel, email: luc@wemmel.example.org } }
`;
