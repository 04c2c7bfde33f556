import { type Config, loadConfig } from '../../worker/config.ts';
import { checkRestored } from '../../worker/restoring.ts';
import { exitWith } from '../../worker/setup-error.ts';
import { supervise, type SuperviseOptions } from './supervise.ts';

/**
 * Runs until it is asked to stop (Ctrl-C, SIGTERM, SIGHUP, or the end of the process that started it), then exits 0; 1 when it cannot start.
 * @param whenReady what is done once everything serves; when it fails, all ends
 */
export async function runSupervisor(
  programs: Pick<SuperviseOptions, 'script' | 'worker' | 'web'>,
  whenReady?: (config: Config) => Promise<void>,
): Promise<void> {
  try {
    const config = loadConfig();
    checkRestored(config.dataDir);
    const say = (line: string) => {
      console.log(line);
    };
    const supervision = supervise({ ...programs, config, environment: process.env, say });
    const stopped = stopOnRequest(() => supervision.stop());
    const ready = supervision.ready.then(() => whenReady?.(config));
    await ready.catch(async (error: unknown) => {
      if (stopped.isAsked()) return;
      await supervision.stop();
      throw error;
    });
  } catch (error) {
    exitWith(error);
  }
}

function stopOnRequest(stop: () => Promise<void>): { isAsked(): boolean } {
  let isAsked = false;
  const end = () => {
    if (isAsked) return;
    isAsked = true;
    stop().then(() => process.exit(0), exitWith);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  if (process.send) process.once('disconnect', end);
  return { isAsked: () => isAsked };
}
