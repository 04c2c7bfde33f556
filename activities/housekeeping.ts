/** What is done now and then for all paths together; started by workflows/housekeeping.ts. */
import { cancellationSignal, heartbeat, log } from '@temporalio/activity';
import type { Instant } from '../domain/ids.ts';
import type { Store } from '../store/store.ts';
import type { TextsOf } from '../templates/mail-context.ts';
import { sendDigests } from './digest/send.ts';
import type { DigestLinks } from './links.ts';
import type { MailConfig } from './outgoing.ts';
import type { MailTransport } from './transport.ts';
import { turns } from './turns.ts';

export interface HousekeepingTools {
  store: Store;
  transport: MailTransport;
  links: DigestLinks;
  texts: TextsOf;
  config: MailConfig & { mailPerMinute?: number };
  /** The clock that the paths have: real time, but for trials. */
  now: () => Instant;
  /** Milliseconds, real time. */
  clock?: () => number;
}

export interface Housekeeping {
  tidy(): Promise<{ removed: number }>;
  sendDigests(): Promise<{ sent: number; waiting: number }>;
}

/** Three of them fit into the time after which a silent worker counts as dead (workflows/housekeeping.ts). */
const HEARTBEAT_MS = 4_000;
/** Nothing new is started after this: the next run goes on. */
const START_WITHIN = 30 * 60_000;

export function createHousekeeping(tools: HousekeepingTools): Housekeeping {
  const { store, config, clock = Date.now } = tools;
  return {
    async tidy() {
      const kinds = await store.retention.apply(tools.now());
      return { removed: kinds.reduce((sum, { past }) => sum + past, 0) };
    },

    async sendDigests() {
      const timer = setInterval(heartbeat, HEARTBEAT_MS);
      const latest = clock() + START_WITHIN;
      const takeTurn = turns(store.pace, config.mailPerMinute ?? 0, clock, cancellationSignal());
      try {
        return await sendDigests({
          ...tools,
          clock,
          takeTurn: async () => clock() < latest && (await takeTurn(latest)),
          log: (problem) => {
            log.error('A digest could not be made', problem);
          },
        });
      } finally {
        clearInterval(timer);
      }
    },
  };
}
