import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../domain/commands.ts';
import { isWorkingDay } from '../../domain/calendar.ts';
import { localDay, localTime } from '../../domain/dates.ts';
import { commandTypes, decide } from '../../domain/decide.ts';
import { nextDue } from '../../domain/due.ts';
import { evolve } from '../../domain/evolve.ts';
import { asInstant } from '../../domain/ids.ts';
import { subjectOf } from '../../domain/items.ts';
import { currentAsks } from '../../domain/lookup.ts';
import { type AskItem, type Message, morningKinds } from '../../domain/message.ts';
import { isWaiting, needsCall } from '../../domain/progress.ts';
import { isRefusal } from '../../domain/refusals.ts';
import { firings, sentKey } from '../../domain/reminders.ts';
import type { PathState } from '../../domain/state.ts';
import { decisions, parties, play, stories } from './stories.ts';
import { coordinator, requested } from './world.ts';

const nonsense = fc.oneof(
  fc.anything(),
  fc.record(
    Object.fromEntries(
      [
        'party',
        'decision',
        'answer',
        'on',
        'to',
        'task',
        'item',
        'route',
        'reason',
        'because',
        'sessions',
        'parties',
        'into',
        'round',
        'definition',
        'person',
        'number',
        'outcome',
        'amount',
        'approvals',
        'textVersion',
        'body',
        'reference',
        'contribution',
      ].map((key) => [
        key,
        fc.oneof(fc.anything(), fc.constantFrom<unknown>(...parties, ...decisions, 'own-time', '2031-02-24')),
      ]),
    ),
    { requiredKeys: [] },
  ),
);
const isMorning = (message: Message): boolean =>
  (morningKinds as readonly string[]).includes(message.kind) && message.key.split('/').length === 4;
const runs = { numRuns: 150 };

describe('whatever people say and whatever the mail server does', () => {
  it('is told in stories that go deep: most of what is said is accepted, of every kind, with several decisions open', () => {
    const said = new Map<string, { accepted: number; all: number }>();
    let open = 0;
    let moments = 0;
    for (const story of fc.sample(stories, { numRuns: 120, seed: 11 })) {
      const played = play(story, ({ state }) => {
        const waiting = currentAsks(state).filter(({ ask }) => isWaiting(ask));
        open += new Set(waiting.map(({ ask }) => ask.decision)).size > 1 ? 1 : 0;
        moments += 1;
      });
      for (const { type, isAccepted } of played.said) {
        const count = said.get(type) ?? { accepted: 0, all: 0 };
        said.set(type, { accepted: count.accepted + (isAccepted ? 1 : 0), all: count.all + 1 });
      }
    }
    const counts = [...said.values()];
    const sum = (of: 'accepted' | 'all'): number => counts.reduce((total, count) => total + count[of], 0);
    expect(sum('accepted') / sum('all')).toBeGreaterThan(0.5);
    expect(said.get('answer')!.accepted / said.get('answer')!.all).toBeGreaterThan(0.5);
    expect(open / moments).toBeGreaterThan(0.6);
    const never = commandTypes.filter((type) => (said.get(type)?.accepted ?? 0) === 0);
    expect(never).toEqual([]);
  });

  it('never throws, and replaying the record gives the state', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const { world } = play(story);
        const replayed = world.events.reduce<PathState | undefined>(evolve, undefined);
        expect(replayed).toEqual(world.state);
      }),
      runs,
    );
  });

  it('keeps a state that survives JSON, so that nothing is lost when a workflow goes on in a new run', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const { world } = play(story);
        expect(JSON.parse(JSON.stringify(world.state))).toEqual(world.state);
        expect(JSON.parse(JSON.stringify(world.events))).toEqual(world.events);
      }),
      runs,
    );
  });

  it('never throws on nonsense', () => {
    const world = requested();
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...commandTypes), fc.anything()), nonsense, (type, data) => {
        const outcome = decide(world.state, { type, data: Object(data) as object } as Command, coordinator, world.now);
        expect(isRefusal(outcome) || Array.isArray(outcome)).toBe(true);
      }),
      { numRuns: 3000, examples: [['replace-deputy', { party: [{ toString: 0 }] }]] },
    );
  });

  it('reminds nobody who has answered, nor anybody before the session for which it is on the agenda', () => {
    fc.assert(
      fc.property(stories, (story) => {
        for (const { at: moment, message, before } of play(story).sent) {
          for (const item of message.items.filter((each): each is AskItem => each.type === 'ask')) {
            // A mail that was hurried to one person while an answer came in: the others still get theirs (docs/plan.md, "Known gaps").
            const isOwed = before.orders?.owed.some(
              ({ to, subject, rule }) => to === message.to && rule === item.rule && subject === subjectOf(item),
            );
            if (isOwed === true) continue;
            const ask = before.asks[`${item.decision}/${item.party}` as keyof typeof before.asks];
            expect(ask && (isWaiting(ask) || (needsCall(ask) && message.role === 'coordinator'))).toBe(true);
            const session = ask?.answer?.sessionOn;
            if (ask?.status === 'scheduled' && session)
              expect(localDay(asInstant(Date.parse(moment))) > session).toBe(true);
          }
        }
      }),
      runs,
    );
  });

  it('never sends the same reminder twice: rule and deadline once, a repeating rule once a day', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const seen = new Map<string, number>();
        for (const { message, before } of play(story).sent.filter(({ outcome }) => outcome === 'accepted')) {
          for (const item of message.items) {
            const subject = subjectOf(item);
            if (subject === undefined || (item.type !== 'ask' && item.type !== 'task')) continue;
            const rules = Object.values(before.definition.reminders).flat();
            const isRepeating = rules.some((rule) => rule.key === item.rule && rule.repeatDays !== undefined);
            // Who coordinates may send more than one of a rule that repeats on a day.
            const day = message.atOnce ? message.key : message.day;
            const isAnew = item.rule === 'request' || item.rule === 'outcome';
            const key = `${sentKey(subject, item.rule ?? '')} ${item.deadline ?? ''} ${message.to} ${isRepeating ? day : ''}`;
            seen.set(key, (seen.get(key) ?? 0) + 1);
            if (!isAnew) expect(seen.get(key), key).toBe(1);
          }
        }
      }),
      runs,
    );
  });

  it('keeps to one morning mail a person and day, on working mornings in Brussels', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const perDay = new Map<string, number>();
        for (const { at: moment, message, outcome } of play(story).sent.filter((each) => isMorning(each.message))) {
          const { day, minutes } = localTime(asInstant(Date.parse(moment)));
          expect(isWorkingDay(day)).toBe(true);
          expect(minutes).toBeGreaterThanOrEqual(8 * 60 + 30);
          expect(minutes).toBeLessThan(12 * 60);
          if (outcome !== 'accepted') continue;
          const key = `${message.to} ${day}`;
          perDay.set(key, (perDay.get(key) ?? 0) + 1);
          expect(perDay.get(key), key).toBe(1);
        }
      }),
      runs,
    );
  });

  it('writes in the morning only to those who speak for a party by then, with a link that opens', () => {
    fc.assert(
      fc.property(stories, (story) => {
        for (const { message, before } of play(story).sent.filter((each) => isMorning(each.message))) {
          const party = message.party === undefined ? undefined : before.parties[message.party];
          if (message.role === 'coordinator') expect(message.to).toBe(before.coordinator);
          else expect(message.to).toBe(message.role === 'contact' ? party?.contact : party?.deputy);
          expect(message.linkGeneration).toBe(party?.linkGeneration);
        }
      }),
      runs,
    );
  });

  it('writes nothing but receipts to who cannot be reached, and says of nobody twice that a mail was lost', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const told = new Set<string>();
        for (const { message, before, outcome } of play(story).sent) {
          if (message.to !== before.coordinator && before.unreachable[message.to] !== undefined)
            expect(message.kind).toBe('receipt');
          for (const item of message.items) {
            if (item.type !== 'undelivered' || outcome !== 'accepted') continue;
            expect(told.has(item.key)).toBe(false);
            told.add(item.key);
          }
        }
      }),
      runs,
    );
  });

  it('has a next instant for every open ask of a path that runs', () => {
    fc.assert(
      fc.property(stories, (story) => {
        play(story, ({ state, now }) => {
          if (state.ending !== undefined || state.paused !== undefined) return;
          const next = firings(state, now);
          const underWay = Object.values(state.retries).flatMap((pending) => pending?.message.items ?? []);
          let isSpokenOf = false;
          for (const { key, ask } of currentAsks(state)) {
            if (!isWaiting(ask) && !needsCall(ask)) continue;
            const has =
              next.some(({ subject }) => subject.type === 'ask' && subject.ask === ask) ||
              underWay.some((item) => item.type === 'ask' && `${item.decision}/${item.party}` === key);
            isSpokenOf = true;
            if (!has) expect.fail(`${key} ${ask.status} has no next instant at ${now}`);
          }
          // What waits may be held by the coordinator.
          if (isSpokenOf && state.orders === undefined) expect(nextDue(state, now)).toBeDefined();
        });
      }),
      runs,
    );
  });

  it('never has anything due before the moment it is asked', () => {
    fc.assert(
      fc.property(stories, (story) => {
        play(story, ({ state, now }) => {
          const due = nextDue(state, now);
          if (due !== undefined) expect(due.at >= now).toBe(true);
          for (const message of due?.messages ?? []) expect(message.items.length).toBeGreaterThan(0);
        });
      }),
      runs,
    );
  });
});
