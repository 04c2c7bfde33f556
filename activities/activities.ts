/** The effects of a path: its record and its mails. */
import { cancellationSignal, heartbeat, log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { EventType, PathEvent } from '../domain/events.ts';
import type { PathId } from '../domain/ids.ts';
import { StoreError } from '../store/errors.ts';
import type { Store } from '../store/store.ts';
import type { PathTexts } from '../templates/mail-context.ts';
import type { DeliverInput, DeliveryReport } from '../domain/message.ts';
import { deliver } from './deliver.ts';
import { createGate } from './in-parallel.ts';
import type { Links } from './links.ts';
import { bounceAddressFor, type MailConfig, senderFrom } from './outgoing.ts';
import type { MailTransport } from './transport.ts';
import { turns } from './turns.ts';

export interface ActivityTools {
  store: Store;
  transport: MailTransport;
  links: Links;
  /** The words of a definition, by its key. */
  texts: (definition: string) => PathTexts;
  /** Makes and keeps the drafts of texts that were sent. Absent: whoever needs one first makes it. */
  keepDrafts?: (path: PathId) => Promise<void>;
  /** Milliseconds, real time. */
  clock?: () => number;
  config: MailConfig & {
    /** Of all paths and workers together; absent or 0: no limit. */
    mailPerMinute?: number;
  };
}

export interface Activities {
  record(input: { path: PathId; events: PathEvent[] }): Promise<void>;
  deliver(input: DeliverInput): Promise<DeliveryReport[]>;
}

/** What can send somebody a text. */
const asking: ReadonlySet<EventType> = new Set(['requested', 'party-added', 'parties-merged']);

/** The record never waits for a draft that cannot be made: it is made when somebody asks for it. */
async function keepDrafts({ keepDrafts: keep }: ActivityTools, path: PathId): Promise<void> {
  try {
    await keep?.(path);
  } catch (error) {
    log.error('Drafts could not be made', { path, error });
  }
}

/** Three of them fit into the time after which a silent worker counts as dead (workflows/path.ts). */
const HEARTBEAT_MS = 4_000;

export function createActivities(tools: ActivityTools): Activities {
  const sender = senderFrom(tools.config.mailFrom);
  const clock = tools.clock ?? Date.now;
  const gate = createGate(tools.transport.concurrency);
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
      if (events.some(({ type }) => asking.has(type))) await keepDrafts(tools, path);
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
            clock,
            gate,
            takeTurn: turns(tools.store.pace, tools.config.mailPerMinute ?? 0, clock, signal),
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
