/** What a path notes when nobody told it anything: it starts, a batch went out, or its last day has come. */
import type { Draft } from './decide/context.ts';
import type { PathStart } from './events.ts';
import type { Instant } from './ids.ts';
import type { Delivery, Message } from './message.ts';
import { openItems } from './progress.ts';
import type { Actor, PathState } from './state.ts';

export const clockActor: Actor = { kind: 'system', via: 'clock' };

/** The actor of a path's first event: who started it, else who coordinates it, by a file. */
export const starterOf = ({ startedBy, coordinator }: PathStart): Actor =>
  startedBy ?? { kind: 'coordinator', via: 'file', personId: coordinator };

/** One attempt at a batch of messages. */
export const attempted = (messages: Message[], fateOf: (key: string) => Delivery, at: Instant): Draft => ({
  type: 'mail-attempted',
  data: {
    results: messages.map((message) => {
      const { outcome, trouble } = fateOf(message.key);
      return { message, outcome, ...(trouble && { trouble }), at };
    }),
  },
});

/** The end of a path whose day has come, listing what is still open. */
export const closed = (state: PathState): Draft => ({
  type: 'closed',
  data: { outcome: state.outcome?.outcome === 'granted' ? 'granted' : 'completed', open: openItems(state) },
});
