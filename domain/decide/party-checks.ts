/** What may be said of a party: its sessions, its share, what is known of it. What is kept must never make the calendar fail. */
import type { CommandData, NewParty } from '../commands.ts';
import { type SessionRule, calendarPeriods } from '../definition.ts';
import type { Refusal } from '../refusals.ts';
import type { PartyFacts } from '../state.ts';
import { type Context, checkDate, checkNear, checkPerson, refuse } from './context.ts';

export const isMunicipalityId = (id: string): boolean => /^nis:\d{5}$/.test(id);

type Sessions = CommandData['change-party']['sessions'];

const isWithin = (value: unknown, from: number, to: number): boolean =>
  Number.isInteger(value) && (value as number) >= from && (value as number) <= to;

/** What is kept must never make the calendar fail: it would fail for good. */
function isRule(rule: SessionRule | undefined): boolean {
  if (rule === undefined) return true;
  return (
    ['week', 'month'].includes(rule.every) &&
    isWithin(rule.weekday, 1, 7) &&
    (rule.nth === undefined || rule.nth === -1 || isWithin(rule.nth, 1, 5)) &&
    Array.isArray(rule.exceptMonths) &&
    rule.exceptMonths.every((month) => isWithin(month, 1, 12)) &&
    (rule.exceptPeriods === undefined ||
      (Array.isArray(rule.exceptPeriods) && rule.exceptPeriods.every((period) => calendarPeriods.includes(period))))
  );
}

function checkSessions(context: Context, sessions: Sessions): Refusal | undefined {
  const { state } = context;
  for (const [body, source] of Object.entries(sessions ?? {})) {
    if (!Object.hasOwn(state.definition.bodies, body)) return refuse('unknown-body', { body });
    if (!Array.isArray(source?.dates) || !isRule(source.rule)) return refuse('invalid-value', { field: 'sessions' });
    for (const day of source.dates) {
      const wrong = checkDate(day) ?? checkNear(context, day);
      if (wrong) return wrong;
    }
  }
  return undefined;
}

const checkContribution = (euro: number | undefined): Refusal | undefined =>
  euro === undefined || (Number.isFinite(euro) && euro >= 0)
    ? undefined
    : refuse('invalid-value', { field: 'contribution' });

function checkFacts(facts: unknown): Refusal | undefined {
  if (facts === undefined) return undefined;
  if (typeof facts !== 'object' || facts === null) return refuse('invalid-value', { field: 'facts' });
  const { inhabitants, referenceRegion, adjoining } = facts as PartyFacts;
  if (inhabitants !== undefined && !isWithin(inhabitants, 1, 10_000_000))
    return refuse('invalid-value', { field: 'inhabitants' });
  if (referenceRegion !== undefined && typeof referenceRegion !== 'string')
    return refuse('invalid-value', { field: 'referenceRegion' });
  const isAdjoining =
    adjoining === undefined ||
    (Array.isArray(adjoining) && adjoining.every((each) => typeof each === 'string' && isMunicipalityId(each)));
  return isAdjoining ? undefined : refuse('invalid-value', { field: 'adjoining' });
}

/** Texts cannot be asked for later than their session, nor a year ahead of it. */
const checkLead = (days: number | undefined): Refusal | undefined =>
  days === undefined || isWithin(days, 0, 365) ? undefined : refuse('invalid-value', { field: 'leadDays' });

/** Sessions, share, facts and lead time, as far as they are given. */
export const checkParty = (
  context: Context,
  { sessions, contribution, facts, leadDays }: Omit<CommandData['change-party'], 'party'>,
): Refusal | undefined =>
  checkSessions(context, sessions) ?? checkContribution(contribution) ?? checkFacts(facts) ?? checkLead(leadDays);

/** Everything about a party that is to take part. */
export function checkNewcomer(context: Context, data: NewParty): Refusal | undefined {
  if (!isMunicipalityId(data.party)) return refuse('unknown-party', { party: String(data.party) });
  const { contact, deputy } = data;
  return (
    checkParty(context, data) ??
    (contact === undefined ? undefined : checkPerson(contact)) ??
    (deputy === undefined ? undefined : checkPerson(deputy))
  );
}
