/** What a path notes when nobody said anything but a moment came: a batch went out, or its last day has come. */
import type { Draft } from './decide/context.ts';
import type { Instant } from './ids.ts';
import type { DeliveryOutcome, Message } from './message.ts';
import { openItems } from './progress.ts';
import type { Actor, PathState } from './state.ts';

export const clockActor: Actor = { kind: 'system', via: 'clock' };

/** One attempt at a batch of messages. */
export const attempted = (messages: Message[], outcomeOf: (key: string) => DeliveryOutcome, at: Instant): Draft => ({
  type: 'mail-attempted',
  data: { results: messages.map((message) => ({ message, outcome: outcomeOf(message.key), at })) },
});

/** The end of a path whose day has come, listing what is still open. */
export const closed = (state: PathState): Draft => ({
  type: 'closed',
  data: { outcome: state.outcome?.outcome === 'granted' ? 'granted' : 'completed', open: openItems(state) },
});
