/** Who takes part: parties join, leave and merge, and what becomes of what was asked and approved before. */
import type { ApprovalChoices } from '../commands.ts';
import type { Decision, ItemKey } from '../definition.ts';
import type { PartyId } from '../ids.ts';
import { decisionsOf, findAsk, isMunicipal, municipalities } from '../lookup.ts';
import { isSettled } from '../progress.ts';
import { entryOf } from '../records.ts';
import type { Ask, PathState } from '../state.ts';
import { type Context, type Deciders, type Draft, checkText, isOnce, isRefused, partyOf, refuse } from './context.ts';
import { checkNewcomer } from './party-checks.ts';

/** Decisions that each municipality takes. */
const sharedDecisions = (state: PathState): Decision[] =>
  decisionsOf(state).filter((decision) => isMunicipal(state, decision));

interface Circle {
  /** Who takes part before and after. */
  staying: PartyId[];
  /** Who is still to be asked a text that others have. */
  owes: (decision: Decision) => PartyId[];
}

/** The texts that go out because the circle changes: those that somebody lacks, and a new version where all are asked again. */
function asksOf({ state }: Context, { staying, owes }: Circle, approvals: ApprovalChoices | undefined): Draft[] {
  return sharedDecisions(state).flatMap((decision) => {
    const version = state.texts[decision.key];
    if (version === undefined) return [];
    const isAgain = approvals?.[decision.key] === 'ask-again';
    const again = staying.filter((party) => {
      const ask = findAsk(state, decision.key, party);
      return isAgain && ask !== undefined && ask.status !== 'waived';
    });
    const parties = [...new Set([...again, ...owes(decision)])];
    if (parties.length === 0) return [];
    const textVersion = again.length > 0 ? version + 1 : version;
    return [{ type: 'requested', data: { decision: decision.key, textVersion, parties } }];
  });
}

function isActive({ state }: Context, id: PartyId): boolean {
  const party = entryOf(state.parties, id);
  return party !== undefined && party.leftOn === undefined;
}

const settledAt = (ask: Ask): string => ask.settledAt ?? ask.answer?.at ?? ask.requestedAt;

/**
 * The party whose answer counts for all that merge: the last of them, when every one has settled the decision in the same
 * way. A planned session, a refusal or a change is never taken over in silence.
 */
function spokesman({ state }: Context, merging: PartyId[], decision: ItemKey): PartyId | undefined {
  const asks = merging.map((party) => findAsk(state, decision, party));
  const [first] = asks;
  if (first === undefined || !isSettled(first) || asks.some((ask) => ask?.status !== first.status)) return undefined;
  return asks.reduce<Ask>((last, ask) => (ask !== undefined && settledAt(ask) > settledAt(last) ? ask : last), first)
    .party;
}

export const circle: Deciders<'add-party' | 'remove-party' | 'merge-parties'> = {
  'add-party'(context, { approvals, ...data }) {
    if (isActive(context, data.party)) return refuse('party-exists', { party: data.party });
    const wrong = checkNewcomer(context, data);
    if (wrong) return wrong;
    const staying = municipalities(context.state).map((party) => party.id);
    return [{ type: 'party-added', data }, ...asksOf(context, { staying, owes: () => [data.party] }, approvals)];
  },

  'remove-party'(context, data) {
    const party = partyOf(context, data.party);
    if (isRefused(party)) return party;
    if (isOnce(context.state, data.party)) return refuse('not-concerned', { party: data.party });
    const staying = municipalities(context.state).flatMap(({ id }) => (id === data.party ? [] : [id]));
    if (staying.length === 0) return refuse('last-party', { party: data.party });
    const wrong = checkText(data.reason, true);
    if (wrong) return wrong;
    return [
      { type: 'party-removed', data: { party: data.party, reason: data.reason } },
      ...asksOf(context, { staying, owes: () => [] }, data.approvals),
    ];
  },

  'merge-parties'(context, { parties, into, reason, approvals }) {
    const { state } = context;
    if (!Array.isArray(parties)) return refuse('invalid-value', { field: 'parties' });
    if (typeof (into as unknown) !== 'object' || (into as unknown) === null)
      return refuse('invalid-value', { field: 'into' });
    const ending = [...new Set(parties)].filter((party) => party !== into.party);
    for (const id of ending) {
      const party = partyOf(context, id);
      if (isRefused(party)) return party;
      if (isOnce(state, id)) return refuse('not-concerned', { party: id });
    }
    if (ending.length === 0) return refuse('nothing-changed');
    const wrong = checkNewcomer(context, into) ?? checkText(reason, true);
    if (wrong) return wrong;
    const takesPart = isActive(context, into.party);
    const merging = takesPart ? [into.party, ...ending] : ending;
    const isKept = (decision: ItemKey): boolean => approvals?.[decision] !== 'ask-again';
    const shared = sharedDecisions(state);
    const carried = shared.flatMap(({ key: decision }) => {
      const from = takesPart || !isKept(decision) ? undefined : spokesman(context, merging, decision);
      return from === undefined ? [] : [{ decision, from }];
    });
    const owes = ({ key }: Decision): PartyId[] => {
      const own = takesPart ? findAsk(state, key, into.party) : undefined;
      // What the successor has not settled itself stays asked of it as it is.
      const isOpen = own !== undefined && own.status !== 'approved';
      return isOpen || (isKept(key) && spokesman(context, merging, key) !== undefined) ? [] : [into.party];
    };
    const staying = municipalities(state).flatMap(({ id }) => (ending.includes(id) ? [] : [id]));
    return [
      { type: 'parties-merged', data: { parties: ending, into, reason, carried } },
      ...asksOf(context, { staying, owes }, approvals),
    ];
  },
};
