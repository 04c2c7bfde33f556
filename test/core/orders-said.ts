/** What a coordinator could say about mails to come, in a story. */
import fc from 'fast-check';
import type { CommandType } from '../../domain/commands.ts';
import { addDays, instantOf } from '../../domain/dates.ts';
import type { LocalDate, PersonId } from '../../domain/ids.ts';
import type { MailKey } from '../../domain/mail-order.ts';
import { comingTo } from '../../domain/mail-now.ts';
import { keyOf, ordersOf } from '../../domain/mail-orders.ts';
import type { PathState } from '../../domain/state.ts';

export const orderTypes = [
  'hold-mail',
  'release-mail',
  'skip-mail',
  'send-mail-now',
  'add-line',
  'remove-line',
] as const satisfies CommandType[];
export type OrderType = (typeof orderTypes)[number];

interface Named extends MailKey {
  to: PersonId;
}

/** Everything that any mail could say to anybody. */
export function comingToAnybody(state: PathState, today: LocalDate): Named[] {
  const speakers = Object.values(state.parties).flatMap((party) => [party?.contact, party?.deputy]);
  const people = new Set([state.coordinator, ...speakers].filter((person) => person !== undefined));
  return [...people].flatMap((to) =>
    comingTo(state, to, instantOf(today, 720)).map(({ firing }) => ({ to, ...keyOf(firing) })),
  );
}

/** One of the things that a command of this kind makes sense for, and its data. */
export function orderData(state: PathState, today: LocalDate, type: OrderType, pick: number): object {
  const { held, lines } = ordersOf(state);
  const lined = lines.flatMap(({ to, what }) => what.map((key) => ({ to, ...key })));
  const all = { 'release-mail': held, 'remove-line': lined }[type as string] ?? comingToAnybody(state, today);
  const { to, subject, rule, deadline } = all[pick % Math.max(all.length, 1)] ?? { to: state.coordinator };
  const until = type === 'hold-mail' && pick % 2 === 0 && { until: addDays(today, 1 + (pick % 40)) };
  return { to, what: [{ subject, rule, deadline }], ...until, ...(type === 'add-line' && { text: 'Tot dinsdag.' }) };
}

export const orders = fc.tuple(fc.constantFrom(...orderTypes), fc.nat(999));
