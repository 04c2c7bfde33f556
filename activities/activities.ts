/** The effects of a path: its record and its mails. */
import { cancellationSignal, heartbeat, log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { PathEvent } from '../domain/events.ts';
import type { PathId } from '../domain/ids.ts';
import { StoreError } from '../store/errors.ts';
import type { Store } from '../store/store.ts';
import type { PathTexts } from '../templates/mail-context.ts';
import type { DeliverInput, DeliveryReport } from '../domain/message.ts';
import { deliver } from './deliver.ts';
import type { Links } from './links.ts';
import { bounceAddressFor, type MailConfig, senderFrom } from './outgoing.ts';
import type { MailTransport } from './transport.ts';

export interface ActivityTools {
  store: Store;
  transport: MailTransport;
  links: Links;
  /** The words of a definition, by its key. */
  texts: (definition: string) => PathTexts;
  /** Milliseconds, real time. */
  clock?: () => number;
  config: MailConfig;
}

export interface Activities {
  record(input: { path: PathId; events: PathEvent[] }): Promise<void>;
  deliver(input: DeliverInput): Promise<DeliveryReport[]>;
}

const HEARTBEAT_MS = 10_000;

export function createActivities(tools: ActivityTools): Activities {
  const sender = senderFrom(tools.config.mailFrom);
  return {
    /**
     * Idempotent. Fails with type `event-gap` or `event-conflict` when the record and the workflow do not agree; it is
     * tried again all the same, since the store may be repaired meanwhile and what the workflow holds is not lost.
     */
    async record({ path, events }) {
      try {
        await tools.store.events.recordEvents(path, events);
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        throw ApplicationFailure.create({ type: error.code, message: error.message, cause: error });
      }
    },

    async deliver(input) {
      let accepted: readonly string[] = [];
      const beat = (): void => {
        heartbeat(accepted);
      };
      const timer = setInterval(beat, HEARTBEAT_MS);
      const signal = cancellationSignal();
      try {
        return await deliver(
          {
            ...tools,
            sender,
            bounceAddress: (messageId) => bounceAddressFor(messageId, tools.config),
            clock: tools.clock ?? Date.now,
            progress: (keys) => {
              accepted = keys;
              beat();
            },
            isCancelled: () => signal.aborted,
            log: ({ error, ...problem }) => {
              log.error('A mail could not be made', { ...problem, error });
            },
          },
          input,
        );
      } finally {
        clearInterval(timer);
      }
    },
  };
}
