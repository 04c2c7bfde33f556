/** `decide(state, command, actor, now)` gives the events that a command brings about, or why it is refused. It never throws. */
import type { Command, CommandType } from './commands.ts';
import { answers } from './decide/answers.ts';
import {
  type Context,
  type Deciders,
  type Draft,
  type Outcome,
  contextOf,
  mayContact,
  refuse,
} from './decide/context.ts';
import { circle } from './decide/circle.ts';
import { course } from './decide/course.ts';
import { mailOrders } from './decide/mail-orders.ts';
import { mails } from './decide/mails.ts';
import { parties } from './decide/parties.ts';
import { renewal } from './decide/renewal.ts';
import { requests } from './decide/requests.ts';
import type { PathEvent } from './events.ts';
import type { Instant } from './ids.ts';
import type { Refusal } from './refusals.ts';
import type { Actor, PathState } from './state.ts';

const deciders: Deciders<CommandType> = {
  ...answers,
  ...requests,
  ...circle,
  ...parties,
  ...mails,
  ...course,
  ...renewal,
  ...mailOrders,
};

export const commandTypes = Object.keys(deciders) as CommandType[];

function mayCommand(context: Context, command: Command): boolean {
  const { kind, via } = context.actor;
  if (command.type === 'return-mail') return kind === 'system' && via === 'mail';
  if (kind === 'contact') return mayContact(context, command);
  return kind === 'coordinator' || kind === 'administrator';
}

function outcomeOf(context: Context, command: Command): Outcome {
  if (typeof command.type !== 'string' || !Object.hasOwn(deciders, command.type))
    return refuse('invalid-value', { field: 'command' });
  if (typeof (command.data as unknown) !== 'object' || (command.data as unknown) === null)
    return refuse('invalid-value', { field: 'data' });
  if (!mayCommand(context, command)) return refuse('not-allowed', { command: command.type });
  if (context.state.ending !== undefined && command.type !== 'reopen') {
    return refuse('path-ended', { outcome: context.state.ending.outcome });
  }
  // TypeScript cannot see that the decider and the data are of one command.
  const decider = deciders[command.type] as (context: Context, data: Command['data']) => Outcome;
  return decider(context, command.data);
}

/** Gives drafts their numbers, their moment and who caused them. */
export const numbered = (state: PathState | undefined, drafts: Draft[], actor: Actor, at: Instant): PathEvent[] =>
  drafts.map((draft, index) => ({ seq: (state?.seq ?? 0) + 1 + index, at, actor, ...draft }));

/**
 * The events that a command brings about at a moment, numbered on from the state, or a refusal with a code. A contact
 * may only speak about the own party; an ended path accepts nothing but `reopen`.
 */
export function decide(state: PathState, command: Command, actor: Actor, now: Instant): PathEvent[] | Refusal {
  const outcome = outcomeOf(contextOf(state, actor, now), command);
  return Array.isArray(outcome) ? numbered(state, outcome, actor, now) : outcome;
}

export type { Draft };
