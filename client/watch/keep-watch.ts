/** Looks every ten minutes, logs what is wrong, and mails it to the administrators. */
import type { FastifyInstance } from 'fastify';
import type { AlertRequest } from '../../activities/account-mailer.ts';
import type { Instant } from '../../domain/ids.ts';
import type { Account } from '../../store/accounts.ts';
import { alertKey, type Trouble } from './self-check.ts';

const EVERY_MS = 10 * 60_000;

export interface WatchTools {
  check: () => Promise<Trouble[]>;
  administrators: () => Promise<Account[]>;
  sendAlert: (request: AlertRequest) => Promise<unknown>;
  clock: () => Instant;
}

/** One look, and what follows from it. */
export async function lookAround(
  { check, administrators, sendAlert, clock }: WatchTools,
  log: Pick<FastifyInstance['log'], 'error'>,
): Promise<void> {
  const troubles = await check();
  if (troubles.length === 0) return;
  log.error({ troubles }, 'Regiopad does not do all that it should');
  const now = clock();
  for (const account of await administrators())
    await sendAlert({ account, troubles, key: alertKey(troubles, now), now });
}

/** Begins when the application listens and ends with it. */
export function keepWatch(app: FastifyInstance, tools: WatchTools): void {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;

  function later(): void {
    if (isOver) return;
    timer = setTimeout(() => {
      lookAround(tools, app.log)
        .catch((error: unknown) => {
          if (!isOver) app.log.error({ err: error }, 'the self-check could not be done');
        })
        .finally(later);
    }, EVERY_MS);
    timer.unref();
  }

  app.addHook('onListen', (done) => {
    later();
    done();
  });
  app.addHook('onClose', (_app, done) => {
    isOver = true;
    clearTimeout(timer);
    done();
  });
}
