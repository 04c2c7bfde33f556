/** What a party says about a decision: the five answers, their correction, their proof. */
import type { AnswerData } from '../commands.ts';
import { findAsk } from '../lookup.ts';
import { decidedOn } from '../progress.ts';
import type { Refusal } from '../refusals.ts';
import { answerKinds } from '../state.ts';
import {
  type Context,
  type Deciders,
  checkDate,
  checkNear,
  checkText,
  decisionFor,
  isRefused,
  refuse,
} from './context.ts';

/** A session that is planned lies ahead; a session that was held does not. */
function checkDates(context: Context, data: AnswerData): Refusal | undefined {
  const { today } = context;
  for (const day of data.to === undefined ? [data.on] : [data.on, data.to]) {
    const wrong = checkDate(day) ?? checkNear(context, day);
    if (wrong) return wrong;
  }
  if (data.answer === 'scheduled') return data.on < today ? refuse('session-in-past', { on: data.on }) : undefined;
  if (data.on > today) return refuse('session-in-future', { on: data.on });
  if (data.to !== undefined && (data.to <= data.on || data.to < today)) {
    return refuse('new-session-not-later', { on: data.on, to: data.to });
  }
  return undefined;
}

function checkAnswer(context: Context, data: AnswerData): Refusal | undefined {
  if (!answerKinds.includes(data.answer)) return refuse('invalid-value', { field: 'answer' });
  const dates = checkDates(context, data);
  if (dates) return dates;
  const needsChanges = data.answer === 'approved-with-changes';
  if (needsChanges && checkText(data.changes, true)?.code === 'invalid-value') return refuse('changes-missing');
  return checkText(data.changes, false) ?? checkText(data.reason, false) ?? checkReference(data.reference, false);
}

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const WEB_OR_FILE = /^(?:https?:\/\/[^\s/]+|document:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$)/i;

/** Where a decision can be read, by its form only: a web address, a file that the store keeps, or a number. */
function checkReference(reference: string | undefined, isRequired: boolean): Refusal | undefined {
  const wrong = checkText(reference, isRequired);
  if (wrong !== undefined || reference === undefined) return wrong;
  return !SCHEME.test(reference) || WEB_OR_FILE.test(reference)
    ? undefined
    : refuse('invalid-value', { field: 'reference' });
}

export const answers: Deciders<'answer' | 'correct' | 'add-evidence' | 'record-complaint'> = {
  answer(context, data) {
    const decision = decisionFor(context, data.decision, data.party);
    if (isRefused(decision)) return decision;
    const ask = findAsk(context.state, data.decision, data.party);
    // A coordinator may enter what was decided before it was asked; a contact answers what was asked.
    if (ask === undefined && context.actor.kind === 'contact')
      return refuse('not-requested', { decision: data.decision });
    if (ask !== undefined && ['approved', 'changed', 'rejected', 'waived'].includes(ask.status)) {
      return refuse('already-answered', { decision: data.decision, party: data.party });
    }
    const wrong = checkAnswer(context, data);
    return wrong ?? [{ type: 'answered', data: { ...data, attempt: ask?.attempt ?? 1 } }];
  },

  correct(context, data) {
    const decision = decisionFor(context, data.decision, data.party);
    if (isRefused(decision)) return decision;
    const ask = findAsk(context.state, data.decision, data.party);
    if (ask?.answer === undefined) return refuse('nothing-to-correct', { decision: data.decision, party: data.party });
    const wrong = checkAnswer(context, data) ?? checkText(data.because, true);
    return wrong ?? [{ type: 'answer-corrected', data: { ...data, attempt: ask.attempt } }];
  },

  'add-evidence'(context, data) {
    const decision = decisionFor(context, data.decision, data.party);
    if (isRefused(decision)) return decision;
    const ask = findAsk(context.state, data.decision, data.party);
    if (ask?.answer === undefined) return refuse('nothing-to-correct', { decision: data.decision, party: data.party });
    return checkReference(data.reference, true) ?? [{ type: 'evidence-added', data }];
  },

  'record-complaint'(context, data) {
    const decision = decisionFor(context, data.decision, data.party);
    if (isRefused(decision)) return decision;
    const ask = findAsk(context.state, data.decision, data.party);
    const heldOn = ask && decidedOn(ask);
    if (heldOn === undefined) return refuse('not-decided-yet', { decision: data.decision });
    const wrong = checkDate(data.on);
    if (wrong) return wrong;
    if (data.on < heldOn || data.on > context.today) return refuse('invalid-date', { value: data.on });
    return ask?.complaintOn === data.on ? refuse('nothing-changed') : [{ type: 'complaint-recorded', data }];
  },
};
