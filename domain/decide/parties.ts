/** What is known of a party, who speaks for it, and which of its bodies decides. */
import { bodyParty } from '../definition.ts';
import { entryOf } from '../records.ts';
import { type Deciders, checkPerson, checkText, decisionFor, isOnce, isRefused, partyOf, refuse } from './context.ts';
import { checkParty } from './party-checks.ts';

type PartyCommands =
  'change-party' | 'replace-contact' | 'replace-deputy' | 'change-details' | 'replace-coordinator' | 'change-body';

export const parties: Deciders<PartyCommands> = {
  'change-party'(context, data) {
    const party = partyOf(context, data.party);
    if (isRefused(party)) return party;
    const { contribution, sessions, facts, leadDays } = data;
    if ([contribution, sessions, facts, leadDays].every((given) => given === undefined))
      return refuse('nothing-changed');
    return checkParty(context, data) ?? [{ type: 'party-changed', data }];
  },

  'replace-contact'(context, data) {
    const party = partyOf(context, data.party);
    if (isRefused(party)) return party;
    if (isOnce(context.state, data.party)) return refuse('not-concerned', { party: data.party });
    if (party.contact === data.person) return refuse('nothing-changed');
    const wrong =
      checkPerson(data.person) ?? (data.passedOnBy === undefined ? undefined : checkPerson(data.passedOnBy));
    return wrong ?? [{ type: 'contact-replaced', data }];
  },

  'replace-deputy'(context, data) {
    const party = partyOf(context, data.party);
    if (isRefused(party)) return party;
    if (isOnce(context.state, data.party)) return refuse('not-concerned', { party: data.party });
    if (party.deputy === data.person) return refuse('nothing-changed');
    const wrong = data.person === undefined ? undefined : checkPerson(data.person);
    return wrong ?? [{ type: 'deputy-replaced', data }];
  },

  'change-details'(context, data) {
    const party = partyOf(context, data.party);
    if (isRefused(party)) return party;
    const { from, to, address } = data;
    if (![party.contact, party.deputy].includes(from)) return refuse('invalid-value', { field: 'from' });
    const { actor } = context;
    if (actor.kind === 'contact' && actor.personId !== from)
      return refuse('not-allowed', { command: 'change-details' });
    if (from === to) return refuse('nothing-changed');
    const isTaken = [party.contact, party.deputy].includes(to);
    if (isTaken || isRefused(checkPerson(to) ?? {})) return refuse('invalid-value', { field: 'to' });
    if (!['same', 'other'].includes(address)) return refuse('invalid-value', { field: 'address' });
    return [{ type: 'details-changed', data }];
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
    const body = entryOf(bodies, data.body);
    const isOwnBody = data.party === bodyParty(decision.body);
    if (body === undefined) return refuse('unknown-body', { body: data.body });
    if ((body.per === 'path') !== isOwnBody) return refuse('not-concerned', { body: data.body, party: data.party });
    const current = context.state.parties[data.party]?.bodies[decision.key] ?? decision.body;
    if (current === data.body) return refuse('nothing-changed');
    return checkText(data.reason, true) ?? [{ type: 'body-changed', data }];
  },
};
