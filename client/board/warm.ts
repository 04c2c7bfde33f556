/** Nobody is the first reader of the day: what lists need is worked out when the application starts, and again each night. */
import type { FastifyInstance } from 'fastify';
import { addDays, instantOf, localDay } from '../../domain/dates.ts';
import type { Instant } from '../../domain/ids.ts';
import type { Board } from './board.ts';

/** A timer longer than this ends at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Works in the background once the application listens, and stops with it. What goes wrong is met, and said, by who reads. */
export function keepWarm(app: FastifyInstance, { board, clock }: { board: Board; clock: () => Instant }): void {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;

  function warm(): void {
    board
      .warm(() => isOver)
      .catch((error: unknown) => {
        if (!isOver) app.log.warn({ err: error }, 'the overview could not be prepared; readers wait for it instead');
      });
    const now = clock();
    const midnight = instantOf(addDays(localDay(now), 1), 0);
    // A second later, so that it is the new day on every clock.
    timer = setTimeout(warm, Math.min(Date.parse(midnight) - Date.parse(now) + 1_000, LONGEST_MS));
    timer.unref();
  }

  app.addHook('onListen', (done) => {
    warm();
    done();
  });
  app.addHook('onClose', (_app, done) => {
    isOver = true;
    clearTimeout(timer);
    done();
  });
}
