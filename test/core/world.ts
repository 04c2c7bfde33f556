/** A small real path for the tests of the core: the definition and round of the project, four municipalities. */
import { loadDefinition, loadRound } from '../../definitions/load.ts';
import type { Command } from '../../domain/commands.ts';
import { instantOf } from '../../domain/dates.ts';
import { decide, numbered } from '../../domain/decide.ts';
import type { PathEvent, PathStart } from '../../domain/events.ts';
import { evolve } from '../../domain/evolve.ts';
import {
  type Instant,
  type LocalDate,
  type PartyId,
  asLocalDate,
  asPartyId,
  asPathId,
  asPersonId,
} from '../../domain/ids.ts';
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

export const coordinator: Actor = { kind: 'coordinator', personId: asPersonId('test.1'), via: 'web' };
export const administrator: Actor = { kind: 'administrator', via: 'web' };
export const contactOf = (party: PartyId): Actor => ({
  kind: 'contact',
  personId: asPersonId(`test.${String(allParties.indexOf(party) * 2 + 2)}`),
  via: 'link',
});

export const start = (changes: Partial<PathStart> = {}): PathStart => ({
  id: asPathId('test'),
  definition: definition.value,
  round: round.value,
  route: 'continue-existing',
  dates: { expiresOn: day('2032-12-31'), representativesBy: day('2031-06-30') },
  coordinator: asPersonId('test.1'),
  parties: allParties.map((party, index) => ({
    party,
    contact: asPersonId(`test.${String(index * 2 + 2)}`),
    deputy: asPersonId(`test.${String(index * 2 + 3)}`),
  })),
  decided: [],
  ...changes,
});

/** A path that is told things, with its whole record. Refusals throw: a test that expects one uses `decide`. */
export class World {
  state: PathState;
  now: Instant;
  readonly events: PathEvent[] = [];

  constructor(from = at('2031-01-06'), changes: Partial<PathStart> = {}) {
    this.now = from;
    const events = numbered(undefined, [{ type: 'path-started', data: start(changes) }], coordinator, from);
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

/** A path on which the statement of commitment was sent to all on 24 February 2031, at noon. */
export function requested(changes: Partial<PathStart> = {}): World {
  const world = new World(at('2031-01-06'), changes).finish('support', 'existing-cooperation', 'area', 'agreements');
  return world.tell('request', { decision: 'statement-of-commitment' }, coordinator, at('2031-02-24'));
}
