/** Sending texts to parties, asking again, and choosing what to do with an answer that is not a plain yes. */
import type { CommandData } from '../commands.ts';
import type { PartyId } from '../ids.ts';
import { concerned, findAsk, ruleDate } from '../lookup.ts';
import { isWaiting, missingNeeds } from '../progress.ts';
import type { Ask } from '../state.ts';
import { type Context, type Deciders, checkText, decisionFor, decisionOf, isRefused, refuse } from './context.ts';

/** Why a party cannot be asked (again) now, or undefined when it can. */
function obstacle(ask: Ask | undefined, version: number, data: CommandData['request']) {
  if (ask === undefined || ask.status === 'rejected' || ask.status === 'waived') return undefined;
  const isNewText = version > ask.textVersion;
  if (ask.status === 'changed') return undefined;
  if (isWaiting(ask)) return isNewText ? undefined : refuse('already-requested', { party: ask.party });
  if (data.approvals !== 'ask-again') return refuse('already-answered', { decision: ask.decision, party: ask.party });
  return isNewText ? undefined : refuse('text-version-unchanged', { version });
}

function partiesToAsk(context: Context, data: CommandData['request'], version: number, all: PartyId[]) {
  const isWaived = (party: PartyId): boolean => findAsk(context.state, data.decision, party)?.status === 'waived';
  const obstacleFor = (party: PartyId) => obstacle(findAsk(context.state, data.decision, party), version, data);
  if (data.parties === undefined) return all.filter((party) => !isWaived(party) && obstacleFor(party) === undefined);
  if (!Array.isArray(data.parties)) return refuse('invalid-value', { field: 'parties' });
  for (const party of data.parties) {
    const decision = decisionFor(context, data.decision, party);
    if (isRefused(decision)) return decision;
    const found = obstacleFor(party);
    if (found) return found;
  }
  return [...new Set(data.parties)];
}

export const requests: Deciders<'request' | 'accept-changes' | 'waive'> = {
  request(context, data) {
    const { state, today } = context;
    const decision = decisionOf(context, data.decision);
    if (isRefused(decision)) return decision;
    const missing = missingNeeds(state, decision.key);
    if (missing[0] !== undefined) return refuse('not-open-yet', { item: decision.key, needs: missing[0] });
    const askFrom = decision.askFrom === undefined ? undefined : ruleDate(state, decision.askFrom);
    if (askFrom !== undefined && today < askFrom) return refuse('too-early-to-ask', { from: askFrom });
    const current = state.texts[decision.key] ?? 1;
    const version = data.textVersion ?? current;
    if (!Number.isInteger(version) || version < 1) return refuse('invalid-value', { field: 'textVersion' });
    if (version < current) return refuse('text-version-too-low', { version, current });
    const parties = partiesToAsk(context, data, version, [...concerned(state, decision)]);
    if (!Array.isArray(parties)) return parties;
    if (parties.length === 0) return refuse('nothing-to-request', { decision: decision.key });
    return [{ type: 'requested', data: { decision: decision.key, textVersion: version, parties } }];
  },

  'accept-changes'(context, data) {
    const decision = decisionFor(context, data.decision, data.party);
    if (isRefused(decision)) return decision;
    const ask = findAsk(context.state, data.decision, data.party);
    if (ask?.status !== 'changed') return refuse('nothing-to-accept', { decision: data.decision, party: data.party });
    return [{ type: 'changes-accepted', data }];
  },

  waive(context, data) {
    const decision = decisionFor(context, data.decision, data.party);
    if (isRefused(decision)) return decision;
    if (decision.optional !== true) return refuse('not-optional', { decision: data.decision });
    const ask = findAsk(context.state, data.decision, data.party);
    if (ask?.status === 'waived') return refuse('nothing-changed');
    return checkText(data.reason, true) ?? [{ type: 'waived', data }];
  },
};
