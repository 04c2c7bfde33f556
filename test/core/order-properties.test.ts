import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localDay } from '../../domain/dates.ts';
import { asInstant } from '../../domain/ids.ts';
import { saidBy } from '../../domain/mail-orders.ts';
import { ordersOf, saysSame } from '../../domain/mail-orders.ts';
import type { Message } from '../../domain/message.ts';
import type { PathState } from '../../domain/state.ts';
import { comingToAnybody } from './orders-said.ts';
import { type Played, type Sent, play, stories } from './stories.ts';

const runs = { numRuns: 60 };
/** A mail that was on its way before: what is said about mails to come does not call it back. */
const isUnderWay = ({ message, before }: Sent): boolean => before.retries[message.to] !== undefined;
const rulesOf = (message: Message) =>
  message.items.flatMap((item) =>
    saidBy(item)
      .slice(0, 1)
      .map((key) => ({ item, key })),
  );
const deadlineOf = (item: Message['items'][number]): string | undefined =>
  'deadline' in item ? item.deadline : undefined;
/** Who takes over is asked anew. */
const isAnew = (rule: string): boolean => rule === 'request' || rule === 'outcome';

/** The first mails after each event of a kind, with its data. */
function* after(played: Played, type: 'mail-skipped' | 'mail-hurried') {
  for (const event of played.world.events) {
    if (event.type !== type) continue;
    yield { data: event.data, mails: played.sent.filter(({ before }) => before.seq >= event.seq), event };
  }
}

describe('whatever a coordinator orders about mails to come', () => {
  it('what is held goes to nobody for whom it is held', () => {
    fc.assert(
      fc.property(stories, (story) => {
        for (const sent of play(story).sent.filter((each) => !isUnderWay(each))) {
          const today = localDay(asInstant(Date.parse(sent.at)));
          const holds = ordersOf(sent.before).held.filter(({ until }) => until === undefined || until > today);
          for (const { key } of rulesOf(sent.message)) {
            const hold = holds.find((each) => each.to === sent.message.to && saysSame(each, key));
            expect(hold, `${sent.message.key} ${key.subject} ${key.rule}`).toBeUndefined();
          }
        }
      }),
      runs,
    );
  });

  it('what is skipped is never said for that deadline', () => {
    fc.assert(
      fc.property(stories, (story) => {
        for (const { data, mails } of after(play(story), 'mail-skipped')) {
          const skipped = data.what as { subject: string; rule: string; deadline: string; on: string }[];
          for (const { message } of mails.filter((each) => !isUnderWay(each) && each.message.to === data.to)) {
            for (const { item, key } of rulesOf(message)) {
              const skip = skipped.find((each) => saysSame(each, key) && each.deadline === deadlineOf(item));
              // A rule that repeats comes again, after the day that was skipped.
              if (skip !== undefined && !isAnew(key.rule)) expect(message.day > skip.on, message.key).toBe(true);
            }
          }
        }
      }),
      runs,
    );
  });

  it('what was sent now is not sent again for its day', () => {
    fc.assert(
      fc.property(stories, (story) => {
        for (const { data, mails } of after(play(story), 'mail-hurried')) {
          const [first, ...later] = mails.filter(({ message }) => message.to === data.to && message.items.length > 0);
          if (first?.message.atOnce !== true) continue;
          const said = rulesOf(first.message);
          for (const { message } of later.filter((each) => !isUnderWay(each))) {
            for (const { item, key } of rulesOf(message)) {
              const before = said.find((each) => saysSame(each.key, key) && deadlineOf(each.item) === deadlineOf(item));
              if (before === undefined || isAnew(key.rule)) continue;
              const day = ('plannedOn' in before.item && before.item.plannedOn) || first.message.day;
              expect(message.day > day, `${message.key} after ${first.message.key}`).toBe(true);
            }
          }
        }
      }),
      runs,
    );
  });

  it('nothing stays behind of what is over: every order is about something that is still to come', () => {
    fc.assert(
      fc.property(stories, (story) => {
        play(story, ({ state, now, events }) => {
          if (state.orders === undefined || events.at(-1)?.at !== now) return;
          expect(state.ending).toBeUndefined();
          expect(strangers(state, localDay(now))).toEqual([]);
        });
      }),
      runs,
    );
  });
});

/** Orders about what is to come to nobody. What was skipped is not to come, but its subject is. */
function strangers(state: PathState, today: ReturnType<typeof localDay>) {
  const { held, owed, lines, skipped } = ordersOf(state);
  const coming = comingToAnybody({ ...state, orders: { held, owed, lines, skipped: [] } }, today);
  const isComing = (order: { to: string; subject: string; rule: string }): boolean =>
    coming.some((each) => each.to === order.to && saysSame(each, order));
  const lined = lines.filter(({ to, what }) => !what.some((key) => isComing({ to, ...key })));
  return [...[...held, ...owed, ...skipped].filter((order) => !isComing(order)), ...lined];
}
