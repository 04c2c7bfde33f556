/** `npm run chaos`: many paths, and everything that they need killed in turn. Exits 1 when a promise was broken, 130 when it was ended before. */
import { exitWith } from '../../worker/setup-error.ts';
import { reportOf, summaryOf } from './report.ts';
import { runChaos } from './run.ts';
import { settingsFrom } from './settings.ts';

const stopping = new AbortController();
const stop = (): void => {
  stopping.abort();
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
if (process.send) {
  process.once('disconnect', stop);
  // Listening to its end keeps no process alive.
  process.channel?.unref();
}

try {
  const settings = settingsFrom(process.argv.slice(2));
  const say = (line: string): void => {
    console.error(line);
  };
  const outcome = await runChaos(settings, say, { signal: stopping.signal });
  const summary = summaryOf(outcome);
  console.log(settings.json ? JSON.stringify(summary, undefined, 2) : reportOf(outcome));
  process.exitCode = summary.isKept ? 0 : 1;
} catch (error) {
  if (!stopping.signal.aborted) exitWith(error);
  console.error('ended before its time; nothing of it goes on');
  process.exitCode = 130;
}
