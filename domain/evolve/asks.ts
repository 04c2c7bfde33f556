/** What is said about an ask, and asking it. */
import type { AnswerData } from '../commands.ts';
import type { EventOf } from '../events.ts';
import { askKey, type Instant, type PartyId } from '../ids.ts';
import type { Actor, Answer, Ask, AskStatus, PathState } from '../state.ts';

const statusOf: Record<AnswerData['answer'], AskStatus> = {
  scheduled: 'scheduled',
  approved: 'approved',
  'approved-with-changes': 'changed',
  adjourned: 'adjourned',
  rejected: 'rejected',
};

function answerOf(data: AnswerData, at: Instant, by: Actor): Answer {
  const isPlan = data.answer === 'scheduled';
  const isAdjourned = data.answer === 'adjourned';
  return {
    kind: data.answer,
    ...(isAdjourned ? { heldOn: data.on, ...(data.to && { sessionOn: data.to }) } : { sessionOn: data.on }),
    at,
    by,
    ...(data.answeredBy && { answeredBy: data.answeredBy }),
    ...(data.changes && { changes: data.changes }),
    ...(data.reason && !isPlan && { reason: data.reason }),
    ...(data.reference && { reference: data.reference }),
  };
}

const withAsk = (state: PathState, ask: Ask): PathState => ({
  ...state,
  asks: { ...state.asks, [askKey(ask.decision, ask.party)]: ask },
});

const newAsk = (state: PathState, decision: string, party: PartyId, textVersion: number, at: Instant): Ask => ({
  decision,
  party,
  attempt: (state.asks[askKey(decision, party)]?.attempt ?? 0) + 1,
  textVersion,
  status: 'requested',
  requestedAt: at,
  adjournments: 0,
});

const unasked = (state: PathState, decision: string, party: PartyId, at: Instant): Ask => ({
  ...newAsk(state, decision, party, state.texts[decision] ?? 1, at),
  unasked: true,
});

/** An answer to a decision that was never sent makes its ask: a body may decide before it is asked. */
export function answered(state: PathState, data: AnswerData, at: Instant, by: Actor): PathState {
  const { settledAt: _settled, ...ask } =
    state.asks[askKey(data.decision, data.party)] ?? unasked(state, data.decision, data.party, at);
  return withAsk(state, {
    ...ask,
    status: statusOf[data.answer],
    adjournments: ask.adjournments + (data.answer === 'adjourned' ? 1 : 0),
    answer: answerOf(data, at, by),
  });
}

/** The correction takes the place of the answer, its adjournment and the good news of it included. */
export function corrected(state: PathState, data: AnswerData, at: Instant, by: Actor): PathState {
  const { decision, party } = data;
  const undone = changeAsk(state, decision, party, (ask) => ({
    ...ask,
    adjournments: ask.adjournments - (ask.answer?.kind === 'adjourned' ? 1 : 0),
  }));
  const news = state.news.filter((each) => each.decision !== decision || each.party !== party);
  return answered({ ...undone, news }, data, at, by);
}

/** The coordinator settles it: changes are accepted, or it is no longer asked. An ask that was never sent is made. */
export function settled(state: PathState, decision: string, party: PartyId, status: AskStatus, at: Instant): PathState {
  const ask = state.asks[askKey(decision, party)] ?? unasked(state, decision, party, at);
  return withAsk(state, { ...ask, status, settledAt: at });
}

export function requested(state: PathState, event: EventOf<'requested'>): PathState {
  const { decision, textVersion, parties } = event.data;
  const next = parties.reduce(
    (result, party) => withAsk(result, newAsk(result, decision, party, textVersion, event.at)),
    state,
  );
  return { ...next, texts: { ...next.texts, [decision]: textVersion } };
}

export function changeAsk(state: PathState, decision: string, party: PartyId, change: (ask: Ask) => Ask): PathState {
  const ask = state.asks[askKey(decision, party)];
  return ask === undefined ? state : withAsk(state, change(ask));
}
