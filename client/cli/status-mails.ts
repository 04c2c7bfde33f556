/** `regiopad status ID --mails [WEEKS]`: every mail of the coming weeks, with what an order about it names. */
import { addDays, instantOf, localDay, offsetInstant } from '../../domain/dates.ts';
import type { Instant } from '../../domain/ids.ts';
import { type ForecastMail, mailForecast } from '../../domain/mail-forecast.ts';
import { type MailReason, reasonOf } from '../../domain/mail-reason.ts';
import { aboutOf } from '../../domain/forecast.ts';
import type { MessageItem } from '../../domain/message.ts';
import type { PathState } from '../../domain/state.ts';
import { table } from '../report/table.ts';
import { badInput } from './failure.ts';
import { print, printJson } from './output.ts';

export const DEFAULT_WEEKS = '8';
const MOST_WEEKS = 52;

/** Throws a Failure for anything but a number of weeks from 1 to 52. */
export function weeksOf(text: string): number {
  const weeks = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (weeks >= 1 && weeks <= MOST_WEEKS) return weeks;
  throw badInput(`--mails ${text}: expected a number of weeks from 1 to ${String(MOST_WEEKS)}`);
}

const reasonText = ({ code, on, session, anchor }: MailReason): string =>
  [code, anchor, session && `of ${session}`, on].filter((part) => part !== undefined).join(' ');

/** The key of a mail that did not arrive says nothing to a reader; whom it was for does. */
const whyText = (state: PathState, item: MessageItem): string =>
  item.type === 'undelivered'
    ? `mail to ${item.to}: undelivered`
    : `${aboutOf(item)}: ${reasonText(reasonOf(state, item))}`;

export function statusMails(state: PathState, now: Instant, weeks: number, format: string): void {
  const until = instantOf(addDays(localDay(now), weeks * 7), 0);
  const mails = state.ending === undefined ? mailForecast(state, now, until) : [];
  if (format === 'json') {
    printJson(mails.map((mail) => factsOf(state, mail)));
    return;
  }
  const rows = mails.map((mail) => [
    mail.at === undefined ? '-' : offsetInstant(mail.at).slice(0, 16),
    mail.heldUntil === undefined ? mail.status : `held until ${mail.heldUntil}`,
    mail.message.to,
    mail.message.kind,
    mail.message.items.map((item) => whyText(state, item)).join('; '),
  ]);
  print(
    rows.length === 0
      ? `no mail leaves in the next ${String(weeks)} weeks`
      : table([['at', 'status', 'to', 'kind', 'why'], ...rows]),
  );
}

const factsOf = (state: PathState, { at, message, ...mail }: ForecastMail) => ({
  ...(at && { at: offsetInstant(at) }),
  ...mail,
  to: message.to,
  role: message.role,
  ...(message.party && { party: message.party }),
  kind: message.kind,
  items: message.items.map((item) => ({ kind: item.kind, about: aboutOf(item), why: reasonOf(state, item) })),
  ...(message.lines && { lines: message.lines.length }),
});
