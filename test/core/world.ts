/** A small real path for the tests of the core: the definition and round of the project, four municipalities. */
import { loadDefinition, loadRound } from '../../definitions/load.ts';
import type { Command } from '../../domain/commands.ts';
import { instantOf, localDay, localTime } from '../../domain/dates.ts';
import type { Decision, Definition, Round } from '../../domain/definition.ts';
import { attempted, clockActor, closed } from '../../domain/clockwork.ts';
import { decide, numbered } from '../../domain/decide.ts';
import { nextDue } from '../../domain/due.ts';
import type { PathEvent, PathStart } from '../../domain/events.ts';
import { evolve } from '../../domain/evolve.ts';
import {
  type Instant,
  type LocalDate,
  type PartyId,
  type PersonId,
  asLocalDate,
  asPartyId,
  asPathId,
  asPersonId,
} from '../../domain/ids.ts';
import { aboutOf } from '../../domain/forecast.ts';
import type { Delivery, DeliveryOutcome, Message, MessageItem } from '../../domain/message.ts';
import { isRefusal } from '../../domain/refusals.ts';
import type { Actor, PathState } from '../../domain/state.ts';

const definition = loadDefinition('igs-cultuur');
const round = loadRound('igs-cultuur-2033');
if (!definition.ok || !round.ok) throw new Error('the definition of the project does not load');

export const day = (text: string): LocalDate => asLocalDate(text);
export const at = (text: string, minutes = 12 * 60): Instant => instantOf(day(text), minutes);

export const asse = asPartyId('nis:23002');
export const meise = asPartyId('nis:23050');
export const wemmel = asPartyId('nis:23102');
export const zaventem = asPartyId('nis:23094');
export const allParties: PartyId[] = [asse, meise, wemmel, zaventem];

export const contact = (party: PartyId): PersonId => asPersonId(`test.${String(allParties.indexOf(party) * 2 + 2)}`);
export const deputy = (party: PartyId): PersonId => asPersonId(`test.${String(allParties.indexOf(party) * 2 + 3)}`);

export const coordinator: Actor = { kind: 'coordinator', personId: asPersonId('test.1'), via: 'web' };
export const administrator: Actor = { kind: 'administrator', via: 'web' };
/** Who says that a mail came back. */
export const bounces: Actor = { kind: 'system', via: 'mail' };
export const contactOf = (party: PartyId): Actor => ({
  kind: 'contact',
  personId: contact(party),
  via: 'link',
});

export const start = (changes: Partial<PathStart> = {}): PathStart => ({
  id: asPathId('test'),
  definition: definition.value,
  round: round.value,
  route: 'continue-existing',
  dates: { expiresOn: day('2032-12-31'), representativesBy: day('2031-06-30') },
  coordinator: asPersonId('test.1'),
  parties: allParties.map((party) => ({
    party,
    contact: contact(party),
    deputy: deputy(party),
  })),
  decided: [],
  ...changes,
});

/** What a mail server makes of a message. */
export type Fate = (message: Message, at: Instant) => DeliveryOutcome | Delivery;

export interface Mail {
  at: Instant;
  message: Message;
  outcome: DeliveryOutcome;
}

/** A path that is told things, with its whole record. Refusals throw: a test that expects one uses `decide`. */
export class World {
  state: PathState;
  now: Instant;
  readonly events: PathEvent[] = [];
  /** Every attempt at a mail. */
  readonly mails: Mail[] = [];

  constructor(from = at('2031-01-06'), begin: Partial<PathStart> | PathStart = {}) {
    this.now = from;
    const data = 'definition' in begin && 'id' in begin ? (begin as PathStart) : start(begin);
    const events = numbered(undefined, [{ type: 'path-started', data }], coordinator, from);
    this.events.push(...events);
    const state = events.reduce<PathState | undefined>(evolve, undefined);
    if (state === undefined) throw new Error('no start');
    this.state = state;
  }

  apply(events: PathEvent[]): void {
    for (const event of events) this.state = evolve(this.state, event);
    this.events.push(...events);
  }

  tell<Type extends Command['type']>(
    type: Type,
    data: Extract<Command, { type: Type }>['data'],
    actor: Actor = coordinator,
    now: Instant = this.now,
  ): this {
    this.now = now;
    const outcome = decide(this.state, { type, data } as Command, actor, now);
    if (isRefusal(outcome)) throw new Error(`refused: ${outcome.code} ${JSON.stringify(outcome.detail)}`);
    this.apply(outcome);
    return this;
  }

  /** Lets time pass to noon of a day, or to a moment: what is due goes to a mail server that takes it, unless told otherwise. */
  pass(until: string | Instant, fate: Fate = () => 'accepted'): this {
    const end = until.length === 10 ? at(until) : (until as Instant);
    for (let due = this.#due(); due !== undefined && due.at <= end; due = this.#due()) {
      const { at: moment, messages } = due;
      this.now = moment;
      const fates = new Map(messages.map((message) => [message.key, deliveryOf(fate(message, moment))]));
      const fateOf = (key: string): Delivery => fates.get(key) ?? { outcome: 'deferred' };
      for (const message of messages) this.mails.push({ at: moment, message, outcome: fateOf(message.key).outcome });
      const draft = messages.length > 0 ? attempted(messages, fateOf, moment) : closed(this.state);
      this.apply(numbered(this.state, [draft], clockActor, moment));
    }
    this.now = end > this.now ? end : this.now;
    return this;
  }

  #due(): ReturnType<typeof nextDue> {
    return nextDue(this.state, this.now);
  }

  /** Lines for what was mailed about something: `2031-02-25 test.2 request request`, the last word being the rule. */
  told(about: string, from = '2031-01-01'): string[] {
    return this.mails.flatMap(({ at: moment, message }) =>
      message.items
        .filter((item) => aboutOf(item) === about && localDay(moment) >= from)
        .map((item) => `${localDay(moment)} ${message.to} ${item.kind} ${ruleOf(item)}`.trim()),
    );
  }

  /** Why a command would be refused, or `accepted`. */
  refusal(command: Command, actor: Actor = coordinator, now: Instant = this.now): string {
    const outcome = decide(this.state, command, actor, now);
    return isRefusal(outcome) ? outcome.code : 'accepted';
  }

  /** Ticks every task that some steps need, so that what comes after them opens. */
  finish(...steps: string[]): this {
    for (const step of this.state.definition.steps.filter(({ key }) => steps.includes(key))) {
      for (const task of step.tasks) {
        const isTicked = this.state.tasks[task.key] !== undefined;
        if (task.kind === undefined && !isTicked) this.tell('complete-task', { task: task.key });
      }
    }
    return this;
  }
}

const deliveryOf = (fate: DeliveryOutcome | Delivery): Delivery =>
  typeof fate === 'string' ? { outcome: fate } : fate;

const ruleOf = (item: MessageItem): string => ('rule' in item ? (item.rule ?? '') : '');

/** `08:51`, on the clock in Brussels. */
export const clock = (moment: Instant): string => {
  const { minutes } = localTime(moment);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
};

/** The round of a path that has one. */
export function roundOf({ round: given }: PathState): Round {
  if (given === undefined) throw new Error('this path belongs to no round');
  return given;
}

/** A path on which the statement of commitment was sent to all on 24 February 2031, at noon. */
export function requested(changes: Partial<PathStart> = {}): World {
  const world = new World(at('2031-01-06'), changes).finish('support', 'existing-cooperation', 'area', 'agreements');
  return world.tell('request', { decision: 'statement-of-commitment' }, coordinator, at('2031-02-24'));
}

export const INTENT = 'declaration-of-intent';
export const intentOf = (party: PartyId): string => `${INTENT}/${party}`;

/**
 * A path on which the declaration of intent was sent on Monday 3 March 2031, at noon. It is due on 30 June. Wemmel's council
 * meets on 24 June, so its agenda closes on 13 June; the others are assumed to meet on 17 June.
 */
export function intentAsked(changes: Partial<PathStart> = {}): World {
  const world = new World(at('2031-01-06'), changes);
  world.now = at('2031-03-03');
  for (const task of ['legal-form-choice', 'intent-draft']) world.tell('complete-task', { task });
  const council = { dates: [day('2031-06-24')] };
  return world.tell('change-party', { party: wemmel, sessions: { council } }).tell('request', { decision: INTENT });
}

/** A definition with the declaration of intent changed. */
export const withIntent = (changes: Partial<Decision>, old: Definition = definition.value): Definition => ({
  ...old,
  steps: old.steps.map((step) => ({
    ...step,
    decisions: step.decisions.map((each) => (each.key === INTENT ? { ...each, ...changes } : each)),
  })),
});

/** Another use of the same engine: one decision, all councils, and nothing else. */
const oneStep = (): Definition => ({
  ...definition.value,
  key: 'one-decision',
  routes: [],
  steps: [
    {
      key: 'only',
      needs: [],
      tasks: [],
      decisions: [
        {
          key: 'statute-change',
          needs: [],
          body: 'council',
          document: 'statute-change',
          due: { anchor: 'closesOn', days: -8 },
          reminders: 'council',
        },
      ],
    },
  ],
});

/** A path of one step without a closing day. */
export function oneDecision(): World {
  const { closing: _none, ...endless } = oneStep();
  const { route: _route, ...unrouted } = start({ definition: endless, dates: {} });
  const world = new World(at('2032-01-05'), unrouted);
  return world.tell('request', { decision: 'statute-change' });
}
