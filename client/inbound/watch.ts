/** Looks for mails that came in, again and again, until it is closed. What fails is tried again in the next round. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Instant } from '../../domain/ids.ts';
import type { HealthStore } from '../../store/health.ts';
import type { InboundSource, Round } from './source.ts';
import type { TakeMail } from './take.ts';

export interface WatchTools {
  source: InboundSource;
  take: TakeMail;
  /** For /readyz. */
  health: Pick<HealthStore, 'note'>;
  log: (problem: { source: string; error: Error }) => void;
}

export interface Watch {
  /** Ends after the mail that is being taken. */
  close: () => Promise<void>;
}

/** A state that stays as it is, is written down again after so long. */
const NOTE_AGAIN_MS = 60_000;

export function watchInbound({ source, take, health, log }: WatchTools): Watch {
  const closing = new AbortController();
  const { signal } = closing;
  let noted = { code: '', at: 0 };

  const note = async (failures: Error[]): Promise<void> => {
    const [error] = failures;
    const code = error === undefined ? 'ok' : codeOf(error);
    const at = Date.now();
    if (code === noted.code && at - noted.at < NOTE_AGAIN_MS) return;
    if (error !== undefined && code !== noted.code) log({ source: source.name, error });
    await health.note('inbound', {
      ...{ ok: error === undefined, code, detail: error?.message ?? source.name },
      at: new Date(at).toISOString() as Instant,
    });
    noted = { code, at };
  };

  const round = async (): Promise<void> => {
    const { failures } = await source.round(take, signal).catch(asRound);
    if (signal.aborted) return;
    // The store may be away: then the next round says so.
    await note(failures).catch(() => undefined);
  };

  const running = (async () => {
    while (!signal.aborted) {
      await round();
      await delay(source.everyMs, undefined, { signal }).catch(() => undefined);
    }
  })();
  return {
    async close() {
      closing.abort();
      await running;
    },
  };
}

const asRound = (error: unknown): Round => ({
  taken: 0,
  failures: [error instanceof Error ? error : new Error(String(error))],
});

/** Stable, for machines: `EACCES`, `ECONNREFUSED`, `EAUTH`, `UnavailableError`, … */
function codeOf(error: Error & { code?: unknown; authenticationFailed?: unknown }): string {
  if (error.authenticationFailed === true) return 'EAUTH';
  return typeof error.code === 'string' ? error.code : error.constructor.name;
}
