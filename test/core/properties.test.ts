import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attempted, clockActor } from '../../domain/clockwork.ts';
import type { Command } from '../../domain/commands.ts';
import { addDays, isWorkingDay, localDay, localTime } from '../../domain/dates.ts';
import { commandTypes, decide, numbered } from '../../domain/decide.ts';
import { nextDue } from '../../domain/due.ts';
import { evolve } from '../../domain/evolve.ts';
import { type LocalDate, asInstant, asPersonId } from '../../domain/ids.ts';
import { currentAsks } from '../../domain/lookup.ts';
import { type AskItem, type DeliveryOutcome, type Message, morningKinds } from '../../domain/message.ts';
import { isWaiting, needsCall } from '../../domain/progress.ts';
import { isRefusal } from '../../domain/refusals.ts';
import { firings, sentKey } from '../../domain/reminders.ts';
import { type PathState, answerKinds } from '../../domain/state.ts';
import { subjectOf } from '../../domain/delivery.ts';
import { World, administrator, allParties, at, contactOf, coordinator, requested } from './world.ts';

const decisions = [
  'statement-of-commitment',
  'declaration-of-intent',
  'culture-plan',
  'internal-rules',
  'extension',
  'none',
];
const parties = [...allParties, 'nis:23025', 'board', 'nis:1', '__proto__'];

/** What somebody could say, sensible or not. Days are counted from the day on which it is said. */
type Said = (today: LocalDate) => Command;

const dayNear = fc.integer({ min: -40, max: 200 }).map((days) => (today: LocalDate) => addDays(today, days));
const oddDay = fc.constantFrom('2031-02-30', '', 'morgen', '2031-13-01').map((text) => () => text as LocalDate);
const someDay = fc.oneof({ weight: 9, arbitrary: dayNear }, { weight: 1, arbitrary: oddDay });
const text = fc.constantFrom('omdat', '', '  ', 'x'.repeat(5000));
const decision = fc.constantFrom(...decisions);
const party = fc.constantFrom(...parties) as fc.Arbitrary<(typeof allParties)[number]>;

const answer: fc.Arbitrary<Said> = fc
  .tuple(party, decision, fc.constantFrom(...answerKinds), someDay, fc.option(someDay), text)
  .map(([whose, what, kind, on, to, words]) => (today) => ({
    type: 'answer',
    data: {
      party: whose,
      decision: what,
      answer: kind,
      on: on(today),
      ...(to && { to: to(today) }),
      ...(words && { changes: words }),
    },
  }));

const others: fc.Arbitrary<Said> = fc
  .tuple(fc.constantFrom(...commandTypes), party, decision, someDay, text, fc.nat(3))
  .map(([type, whose, what, on, reason, number]) => (today) => {
    const data = {
      party: whose,
      decision: what,
      reason,
      because: reason,
      reference: reason,
      item: number === 0 ? 'closesOn' : what,
      task: number === 0 ? 'own-time' : 'submission',
      to: on(today),
      on: on(today),
      answer: 'approved',
      person: asPersonId(`test.${String(20 + number)}`),
      outcome: number < 2 ? 'granted' : 'refused',
      number: reason,
      route: number === 0 ? 'new-project-association' : 'continue-existing',
      body: number === 0 ? 'council' : 'college',
      sessions: { council: { dates: [on(today)] } },
    };
    return { type, data } as unknown as Command;
  });

type Step =
  | { do: 'say'; said: Said; who: 'coordinator' | 'contact' | 'administrator' }
  | { do: 'wait'; days: number }
  | { do: 'deliver'; outcome: DeliveryOutcome };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: answer.map((said): Step => ({ do: 'say', said, who: 'coordinator' })) },
  { weight: 2, arbitrary: answer.map((said): Step => ({ do: 'say', said, who: 'contact' })) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(others, fc.constantFrom('coordinator', 'contact', 'administrator'))
      .map(([said, who]): Step => ({ do: 'say', said, who: who as 'coordinator' })),
  },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 30 }).map((days): Step => ({ do: 'wait', days })) },
  {
    weight: 8,
    arbitrary: fc
      .constantFrom('accepted', 'accepted', 'accepted', 'deferred', 'refused', 'unknown')
      .map((outcome): Step => ({ do: 'deliver', outcome: outcome })),
  },
);

interface Sent {
  at: string;
  message: Message;
  before: PathState;
  outcome: DeliveryOutcome;
}

/** Plays a story; every mail that goes out is kept with the state from which it went. */
function play(story: Step[], watch: (world: World) => void = () => undefined): { world: World; sent: Sent[] } {
  const world = new World(at('2031-02-24')).finish('support', 'existing-cooperation', 'area', 'agreements');
  world.tell('request', { decision: 'statement-of-commitment' });
  const sent: Sent[] = [];
  for (const next of story) {
    if (next.do === 'wait') world.now = asInstant(Date.parse(world.now) + next.days * 86_400_000 + 3_600_000);
    if (next.do === 'say') {
      const command = next.said(localDay(world.now));
      const whose = 'party' in command.data && allParties.includes(command.data.party) ? command.data.party : undefined;
      const actor =
        next.who === 'administrator' ? administrator : next.who === 'contact' && whose ? contactOf(whose) : coordinator;
      const outcome = decide(world.state, command, actor, world.now);
      if (!isRefusal(outcome)) world.apply(outcome);
    }
    if (next.do === 'deliver') {
      const due = nextDue(world.state, world.now);
      if (due !== undefined && due.messages.length > 0) {
        world.now = due.at;
        for (const message of due.messages)
          sent.push({ at: due.at, message, before: world.state, outcome: next.outcome });
        world.apply(numbered(world.state, [attempted(due.messages, () => next.outcome, due.at)], clockActor, due.at));
      }
    }
    watch(world);
  }
  return { world, sent };
}

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
const stories = fc.array(step, { minLength: 5, maxLength: 60 });
const isMorning = (message: Message): boolean =>
  (morningKinds as readonly string[]).includes(message.kind) && message.key.split('/').length === 4;
const runs = { numRuns: 150 };

describe('whatever people say and whatever the mail server does', () => {
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
      { numRuns: 3000 },
    );
  });

  it('reminds nobody who has answered, nor anybody before the session for which it is on the agenda', () => {
    fc.assert(
      fc.property(stories, (story) => {
        for (const { at: moment, message, before } of play(story).sent) {
          for (const item of message.items.filter((each): each is AskItem => each.type === 'ask')) {
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
            const isAnew = item.rule === 'request' || item.rule === 'outcome';
            const key = `${sentKey(subject, item.rule ?? '')} ${item.deadline ?? ''} ${message.to} ${isRepeating ? message.day : ''}`;
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

  it('has a next instant for every open ask of a path that runs', () => {
    fc.assert(
      fc.property(stories, (story) => {
        play(story, ({ state, now }) => {
          if (state.ending !== undefined || state.paused !== undefined) return;
          const next = firings(state, now);
          const underWay = Object.values(state.retries).flatMap((pending) => pending?.message.items ?? []);
          for (const { key, ask } of currentAsks(state)) {
            if (!isWaiting(ask) && !needsCall(ask)) continue;
            const has =
              next.some(({ subject }) => subject.type === 'ask' && subject.ask === ask) ||
              underWay.some((item) => item.type === 'ask' && `${item.decision}/${item.party}` === key);
            expect(has, `${key} ${ask.status} at ${now}`).toBe(true);
            expect(nextDue(state, now)).toBeDefined();
          }
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
