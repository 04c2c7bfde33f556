/** What would be lost: everything a restore was to bring back, were its keys and workflows gone on with beside an empty record. */
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from './launched.ts';

const root = join(import.meta.dirname, '..', '..');
const programs = ['worker/main.ts', 'client/web/main.ts', 'client/inbound/main.ts', 'scripts/supervisor.ts'];

test.each(programs)('%s does not begin where a restore was broken off', { timeout: 120_000 }, async (program) => {
  const folder = temporaryFolder(onTestFinished);
  mkdirSync(join(folder, '.restoring'));
  const environment = {
    ...{ PATH: process.env['PATH'], REGIOPAD_DATA: folder, LOG_LEVEL: 'error' },
    ...{ TEMPORAL_ADDRESS: '127.0.0.1:9', SMTP_URL: 'smtp://127.0.0.1:9', MAIL_INBOUND: 'file:///tmp/in' },
  };
  const ended = promisify(execFile)(process.execPath, [join(root, program)], { env: environment });
  await expect(ended).rejects.toMatchObject({
    code: 1,
    stderr: `${folder} is being restored, or a restore was broken off there. When none goes on, empty the folder (.restoring too) and restore again.\n`,
  });
  expect(readdirSync(folder)).toEqual(['.restoring']);
});
