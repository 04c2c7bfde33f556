/** Servers on ports that were drawn. */
import { freePort } from '../../worker/processes.ts';

const ATTEMPTS = 3;

/**
 * Starts something on so many free ports. Somebody else may take one of them in the moment before it listens: it is then tried again on
 * others, three times in all, and so is what fails for another reason.
 * @param start has ended all that it began when it rejects
 */
export async function onFreePorts<Started>(
  count: number,
  start: (ports: readonly number[]) => Promise<Started>,
): Promise<Started> {
  for (let attempt = 1; ; attempt += 1) {
    const ports: number[] = [];
    while (ports.length < count) ports.push(await freePort());
    try {
      return await start(ports);
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

/** One port. */
export const onFreePort = <Started>(start: (port: number) => Promise<Started>): Promise<Started> =>
  onFreePorts(1, ([port = 0]) => start(port));
