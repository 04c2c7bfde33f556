/** `npm run chaos`: many paths, and everything that they need killed in turn. Exits 1 when a promise was broken. */
import { exitWith } from '../../worker/setup-error.ts';
import { reportOf, summaryOf } from './report.ts';
import { runChaos } from './run.ts';
import { settingsFrom } from './settings.ts';

try {
  const settings = settingsFrom(process.argv.slice(2));
  const outcome = await runChaos(settings, (line) => {
    console.error(line);
  });
  const summary = summaryOf(outcome);
  console.log(settings.json ? JSON.stringify(summary, undefined, 2) : reportOf(outcome));
  process.exitCode = summary.isKept ? 0 : 1;
} catch (error) {
  exitWith(error);
}
