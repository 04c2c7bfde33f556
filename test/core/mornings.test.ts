/** A shorter way to the next mails that forgets somebody would leave a person without, and nobody would notice. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { afterDelivery } from '../../domain/delivery.ts';
import { nextDue } from '../../domain/due.ts';
import type { Delivery } from '../../domain/message.ts';
import { plainMornings } from './plain-mornings.ts';
import { play, stories } from './stories.ts';

it('after whatever people said, the first mails of a morning are those of every rule for everybody, in the same order', () => {
  let compared = 0;
  fc.assert(
    fc.property(stories, (story) => {
      play(story, ({ state, now }) => {
        if (state.paused !== undefined || state.ending !== undefined) return;
        const [due, plain] = [nextDue(state, now), plainMornings(structuredClone(state), now)];
        if (plain === undefined) return;
        expect(due !== undefined && due.at <= plain.at).toBe(true);
        if (due?.at !== plain.at) return;
        expect(due.messages.slice(-plain.messages.length)).toEqual(plain.messages);
        compared += 1;
      });
    }),
    { numRuns: 10 },
  );
  expect(compared).toBeGreaterThan(0);
});

/** Some arrive, some wait for the server. Who takes over a mail that is lost is known at the end of a batch only, on purpose. */
const fates: Delivery[] = [
  { outcome: 'accepted' },
  { outcome: 'deferred', trouble: 'server' },
  { outcome: 'accepted' },
];

it('a batch leaves what a path was as it is, and does what its mails do one after the other', () => {
  fc.assert(
    fc.property(stories, (story) => {
      play(story, ({ state, now }) => {
        const due = nextDue(state, now);
        if (due === undefined || due.messages.length === 0) return;
        const before = structuredClone(state);
        const results = due.messages.map((message, index) => ({
          message,
          ...fates[(index + state.seq) % fates.length]!,
          at: due.at,
        }));
        const after = afterDelivery(state, results);
        expect(state).toEqual(before);
        expect(after).toEqual(results.reduce((next, result) => afterDelivery(next, [result]), state));
      });
    }),
    { numRuns: 12 },
  );
});
