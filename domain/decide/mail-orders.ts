/** What who coordinates says about mails that are still to come: hold them, release, skip or send them, and write a line in them. */
import { isLocalDate } from '../dates.ts';
import type { PersonId } from '../ids.ts';
import { comingTo, tooEarlyUntil, withSameMail } from '../mail-now.ts';
import { LINE_LENGTH, type MailKey } from '../mail-order.ts';
import { keyOf, ordersOf, saysSame } from '../mail-orders.ts';
import type { Refusal } from '../refusals.ts';
import type { Firing } from '../reminders.ts';
import {
  type Context,
  type Deciders,
  checkDate,
  checkNear,
  checkPerson,
  checkText,
  isRefused,
  refuse,
} from './context.ts';

type OrderCommands = 'hold-mail' | 'release-mail' | 'skip-mail' | 'send-mail-now' | 'add-line' | 'remove-line';

interface About {
  to: PersonId;
  what: MailKey[];
}

const MOST_KEYS = 100;

function isMailKey(value: unknown): value is MailKey {
  if (typeof value !== 'object' || value === null) return false;
  const { subject, rule, deadline } = value as Record<string, unknown>;
  return (
    [subject, rule].every((text) => typeof text === 'string') && typeof deadline === 'string' && isLocalDate(deadline)
  );
}

/** That a command names a person and at least one thing that a mail says. */
function checkAbout({ to, what }: About): Refusal | undefined {
  const isList = Array.isArray(what) && what.length > 0 && what.length <= MOST_KEYS && what.every(isMailKey);
  return checkPerson(to) ?? (isList ? undefined : refuse('invalid-value', { field: 'what' }));
}

/** What is to come of what a command names, with what would be in the same mail about it; refused when it was sent, answered or changed meanwhile. */
function comingOf({ state, now }: Context, { to, what }: About): Firing[] | Refusal {
  const wrong = checkAbout({ to, what });
  if (wrong) return wrong;
  const coming = comingTo(state, to, now).map(({ firing }) => firing);
  const isThere = (key: MailKey): boolean =>
    coming.some((firing) => saysSame(keyOf(firing), key) && firing.deadline === key.deadline);
  return what.every(isThere) ? withSameMail(state, to, what, now) : refuse('mail-not-coming');
}

/** The keys of what is named, and nothing else of what came with it. */
const plain = (what: readonly MailKey[]): MailKey[] =>
  what.map(({ subject, rule, deadline }) => ({ subject, rule, deadline }));

function checkLine(text: unknown): Refusal | undefined {
  const wrong = checkText(text, true);
  if (wrong) return wrong;
  if (typeof text !== 'string' || /[^\P{Cc}\n]/u.test(text)) return refuse('invalid-value', { field: 'text' });
  return text.length > LINE_LENGTH ? refuse('text-too-long', { max: LINE_LENGTH }) : undefined;
}

export const mailOrders: Deciders<OrderCommands> = {
  'hold-mail'(context, data) {
    const { state, today } = context;
    const { to, until } = data;
    const coming = comingOf(context, data);
    if (isRefused(coming)) return coming;
    if (until !== undefined) {
      const wrong = checkDate(until) ?? checkNear(context, until);
      if (wrong) return wrong;
      if (until <= today) return refuse('invalid-date', { value: until });
    }
    const what = coming.map(keyOf);
    const { held } = ordersOf(state);
    const isHeld = (key: MailKey): boolean =>
      held.some((hold) => hold.to === to && saysSame(hold, key) && hold.until === until);
    if (what.every(isHeld)) return refuse('nothing-changed');
    return [{ type: 'mail-held', data: { to, what, ...(until !== undefined && { until }) } }];
  },

  'release-mail'({ state }, { to, what }) {
    const wrong = checkAbout({ to, what });
    if (wrong) return wrong;
    const mine = ordersOf(state).held.filter((hold) => hold.to === to && what.some((key) => saysSame(key, hold)));
    return mine.length === 0 ? refuse('mail-not-held') : [{ type: 'mail-released', data: { to, what: plain(mine) } }];
  },

  'skip-mail'(context, { to, what, reason }) {
    const coming = comingOf(context, { to, what });
    if (isRefused(coming)) return coming;
    const wrong = checkText(reason, false);
    if (wrong) return wrong;
    const skipped = coming.map((firing) => ({ ...keyOf(firing), on: firing.on }));
    return [{ type: 'mail-skipped', data: { to, what: skipped, ...(reason && { reason }) } }];
  },

  'send-mail-now'(context, { to, what }) {
    const coming = comingOf(context, { to, what });
    if (isRefused(coming)) return coming;
    const { state, today } = context;
    if (state.paused !== undefined) return refuse('mails-paused');
    if (state.retries[to] !== undefined) return refuse('mail-under-way');
    const early = coming.flatMap((firing) => tooEarlyUntil(firing, today) ?? [])[0];
    if (early !== undefined) return refuse('mail-too-early', { on: early });
    return [{ type: 'mail-hurried', data: { to, what: coming.map(keyOf) } }];
  },

  'add-line'(context, { to, what, text }) {
    const coming = comingOf(context, { to, what });
    if (isRefused(coming)) return coming;
    return checkLine(text) ?? [{ type: 'line-added', data: { to, what: plain(what), text: text.trim() } }];
  },

  'remove-line'({ state }, { to, what }) {
    const wrong = checkAbout({ to, what });
    if (wrong) return wrong;
    const isMine = ordersOf(state).lines.some(
      (line) => line.to === to && line.what.some((key) => what.some((named) => saysSame(named, key))),
    );
    return isMine ? [{ type: 'line-removed', data: { to, what: plain(what) } }] : refuse('no-such-line');
  },
};
