import { loadConfig } from '../../worker/config.ts';
import { exitWith } from '../../worker/setup-error.ts';
import { supervise, type SuperviseOptions } from './supervise.ts';

/** Runs until it is asked to stop (Ctrl-C, SIGTERM, SIGHUP, or the end of the process that started it), then exits 0; 1 when it cannot start. */
export async function runSupervisor(programs: Pick<SuperviseOptions, 'script' | 'worker' | 'web'>): Promise<void> {
  try {
    const say = (line: string) => {
      console.log(line);
    };
    const supervision = supervise({ ...programs, config: loadConfig(), environment: process.env, say });
    const stopped = stopOnRequest(() => supervision.stop());
    await supervision.ready.catch(async (error: unknown) => {
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
