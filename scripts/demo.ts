/** `npm run demo`: nineteen partnerships six weeks before a round closes, on a clock and in a folder of their own. */
import { join, resolve } from 'node:path';
import { fillDemo } from '../client/demo/fill.ts';
import { openDemoFolder } from '../client/demo/folder.ts';
import { runDemo } from '../client/demo/run.ts';
import { loadConfig } from '../worker/config.ts';
import { exitWith } from '../worker/setup-error.ts';
import { runSupervisor } from './supervisor/main.ts';

const root = join(import.meta.dirname, '..');
const say = (line: string): void => {
  console.log(line);
};

try {
  const { env } = process;
  // As elsewhere an empty variable counts as absent.
  const given = env['REGIOPAD_DATA'] ?? '';
  const folder = given === '' ? join(root, 'data-demo') : resolve(given);
  env['REGIOPAD_DATA'] = folder;
  env['REGIOPAD_CLOCK_OFFSET_HOURS'] = String(openDemoFolder(folder, Date.now()).clockOffsetHours);
  // Nobody outside ever hears of a demo: mail goes to its own mailbox, paths to its own server, all else to its folder.
  for (const name of ['DATABASE_URL', 'SMTP_URL', 'MAIL_INBOUND', 'TEMPORAL_ADDRESS']) env[name] = '';
  await fillDemo(loadConfig(), say);
} catch (error) {
  exitWith(error);
}

await runSupervisor(
  {
    script: import.meta.filename,
    worker: join(root, 'worker', 'main.ts'),
    web: join(root, 'client', 'web', 'main.ts'),
  },
  (config) => runDemo(config, say),
);
