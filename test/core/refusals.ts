/** Somebody who is refused: what the cases are made of, and how one is played. Every code of a refusal has a case. */
import type { Command } from '../../domain/commands.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import type { Actor } from '../../domain/state.ts';
import { INTENT, World, at, contactOf, coordinator, intentAsked, start, wemmel } from './world.ts';

/** Somebody says something to a path as it is then, and is refused with the code. */
export interface Case {
  code: RefusalCode;
  when: string;
  path?: () => World;
  type: Command['type'] | 'nonsense';
  data: object;
  by?: Actor;
}

export const asked = { party: wemmel, decision: INTENT };
export const held = { ...asked, on: '2031-06-24' };
/** After the session of 24 June. */
export const later = (): World => {
  const world = intentAsked();
  world.now = at('2031-06-25');
  return world;
};
export const answeredAs =
  (answer: string, more: object = {}) =>
  (): World =>
    later().tell('answer', { ...held, answer, ...more } as never, contactOf(wemmel));
export const left = (): World => later().tell('remove-party', { party: wemmel, reason: 'andere regio' });
export const ended = (): World => later().tell('stop', { reason: 'te weinig gemeenten' });
export const paused = (): World => later().tell('pause', { reason: 'verkiezingen' });
export const routeless = (): World => {
  const { route: _route, ...unrouted } = start();
  const world = new World(at('2031-01-06'), unrouted);
  world.now = at('2031-06-25');
  return world;
};
export const submitted = (): World => later().tell('record-submission', { number: 'K-1', on: '2031-06-24' as never });
export const granted = (): World =>
  submitted().tell('record-decision', { outcome: 'granted', on: '2031-06-25' as never });
export const long = 'x'.repeat(4001);

/** The code with which a case is refused, or `accepted`. */
export const played = ({ path = later, type, data, by = coordinator }: Case): string => {
  const world = path();
  const now = world.now > at('2031-06-25') || world.now < at('2031-01-06') ? world.now : at('2031-06-25');
  return world.refusal({ type, data } as Command, by, now);
};
