/** Who takes part, who speaks for them, when they meet, and which of their bodies decides. */
import type { CommandData } from '../commands.ts';
import { type SessionRule, bodyParty, calendarPeriods } from '../definition.ts';
import type { PartyId } from '../ids.ts';
import { decisionsOf, findAsk, municipalities } from '../lookup.ts';
import type { Refusal } from '../refusals.ts';
import type { PartyFacts } from '../state.ts';
import {
  type Context,
  type Deciders,
  type Draft,
  checkDate,
  checkNear,
  checkPerson,
  checkText,
  decisionFor,
  isOnce,
  isRefused,
  partyOf,
  refuse,
} from './context.ts';

const isMunicipalityId = (id: string): boolean => /^nis:\d{5}$/.test(id);

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

/** Decisions that each municipality takes and that were sent to somebody already. */
const sentDecisions = ({ state }: Context) =>
  decisionsOf(state).filter(
    (decision) =>
      state.definition.bodies[decision.body]?.per === 'municipality' && state.texts[decision.key] !== undefined,
  );

/** Everybody who was asked, to be asked again with a new text because the circle changed. */
function askAgain(context: Context, without: PartyId, approvals: CommandData['remove-party']['approvals']): Draft[] {
  return sentDecisions(context).flatMap((decision) => {
    if (approvals?.[decision.key] !== 'ask-again') return [];
    const parties = municipalities(context.state)
      .map((party) => party.id)
      .filter((party) => {
        const ask = findAsk(context.state, decision.key, party);
        return party !== without && ask !== undefined && ask.status !== 'waived';
      });
    const textVersion = (context.state.texts[decision.key] ?? 1) + 1;
    return parties.length === 0 ? [] : [{ type: 'requested', data: { decision: decision.key, textVersion, parties } }];
  });
}

type PartyCommands =
  | 'add-party'
  | 'remove-party'
  | 'change-party'
  | 'replace-contact'
  | 'replace-deputy'
  | 'replace-coordinator'
  | 'change-body';

export const parties: Deciders<PartyCommands> = {
  /** Who joins gets every ask that the others already have. */
  'add-party'(context, data) {
    const existing = Object.hasOwn(context.state.parties, data.party) ? context.state.parties[data.party] : undefined;
    if (existing !== undefined && existing.leftOn === undefined) return refuse('party-exists', { party: data.party });
    if (!isMunicipalityId(data.party)) return refuse('unknown-party', { party: data.party });
    const { sessions, contribution, contact, deputy, facts, leadDays } = data;
    const wrong =
      checkSessions(context, sessions) ??
      checkContribution(contribution) ??
      checkFacts(facts) ??
      checkLead(leadDays) ??
      (contact === undefined ? undefined : checkPerson(contact)) ??
      (deputy === undefined ? undefined : checkPerson(deputy));
    if (wrong) return wrong;
    const asks: Draft[] = sentDecisions(context).map((decision) => ({
      type: 'requested',
      data: {
        decision: decision.key,
        textVersion: context.state.texts[decision.key] ?? 1,
        parties: [data.party],
      },
    }));
    return [{ type: 'party-added', data }, ...asks];
  },

  'remove-party'(context, data) {
    const party = partyOf(context, data.party);
    if (isRefused(party)) return party;
    if (isOnce(context.state, data.party)) return refuse('not-concerned', { party: data.party });
    if (municipalities(context.state).length <= 1) return refuse('last-party', { party: data.party });
    const wrong = checkText(data.reason, true);
    if (wrong) return wrong;
    return [
      { type: 'party-removed', data: { party: data.party, reason: data.reason } },
      ...askAgain(context, data.party, data.approvals),
    ];
  },

  'change-party'(context, data) {
    const party = partyOf(context, data.party);
    if (isRefused(party)) return party;
    const { contribution, sessions, facts, leadDays } = data;
    if ([contribution, sessions, facts, leadDays].every((given) => given === undefined))
      return refuse('nothing-changed');
    const wrong =
      checkSessions(context, sessions) ?? checkContribution(contribution) ?? checkFacts(facts) ?? checkLead(leadDays);
    return wrong ?? [{ type: 'party-changed', data }];
  },

  'replace-contact'(context, data) {
    const party = partyOf(context, data.party);
    if (isRefused(party)) return party;
    if (isOnce(context.state, data.party)) return refuse('not-concerned', { party: data.party });
    if (party.contact === data.person) return refuse('nothing-changed');
    return checkPerson(data.person) ?? [{ type: 'contact-replaced', data }];
  },

  'replace-deputy'(context, data) {
    const party = partyOf(context, data.party);
    if (isRefused(party)) return party;
    if (isOnce(context.state, data.party)) return refuse('not-concerned', { party: data.party });
    if (party.deputy === data.person) return refuse('nothing-changed');
    const wrong = data.person === undefined ? undefined : checkPerson(data.person);
    return wrong ?? [{ type: 'deputy-replaced', data }];
  },

  'replace-coordinator'({ state }, data) {
    const role = data.role ?? 'coordinator';
    const current = role === 'deputy' ? state.deputyCoordinator : state.coordinator;
    if (current === data.person) return refuse('nothing-changed');
    if (!['coordinator', 'deputy'].includes(role)) return refuse('invalid-value', { field: 'role' });
    return checkPerson(data.person) ?? [{ type: 'coordinator-replaced', data: { person: data.person, role } }];
  },

  'change-body'(context, data) {
    const decision = decisionFor(context, data.decision, data.party);
    if (isRefused(decision)) return decision;
    const { bodies } = context.state.definition;
    const body = Object.hasOwn(bodies, data.body) ? bodies[data.body] : undefined;
    const isOwnBody = data.party === bodyParty(decision.body);
    if (body === undefined) return refuse('unknown-body', { body: data.body });
    if ((body.per === 'path') !== isOwnBody) return refuse('not-concerned', { body: data.body, party: data.party });
    const current = context.state.parties[data.party]?.bodies[decision.key] ?? decision.body;
    if (current === data.body) return refuse('nothing-changed');
    return checkText(data.reason, true) ?? [{ type: 'body-changed', data }];
  },
};
