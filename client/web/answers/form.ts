/** The five answers as a form, the same for who answers by a link and for a coordinator who answers for somebody. */
import { randomUUID } from 'node:crypto';
import { addDays, localDay } from '../../../domain/dates.ts';
import type { Decision } from '../../../domain/definition.ts';
import type { LocalDate, PartyId } from '../../../domain/ids.ts';
import { bodyOf, findAsk } from '../../../domain/lookup.ts';
import { decisionDue } from '../../../domain/schedule.ts';
import { agendaCutoff, sessions, type Session } from '../../../domain/sessions.ts';
import { type Answer, type AnswerKind, answerKinds } from '../../../domain/state.ts';
import type { SafeText } from '../../../templates/pages/locale.ts';
import type { Dossier } from '../dossier.ts';
import { keptFile, referenceValue } from '../evidence.ts';
import {
  type Choice,
  type ErrorSummary,
  fieldId,
  type FieldSpec,
  fieldView,
  type FieldView,
  type Problem,
  summaryOf,
} from '../forms/fields.ts';
import { first } from '../forms/values.ts';
import { weekdayDate } from '../../dutch/format.ts';

export const OTHER = 'other';
export const UNKNOWN = 'unknown';

export interface WhoAnswers {
  name: string;
  function: string;
}

export interface AnswerFormOptions {
  action: string;
  formToken: string;
  problem?: Problem | undefined;
  /** The answer that is corrected. */
  corrects?: Answer | undefined;
  /** Filled in already under "Wie antwoordt?". */
  who?: WhoAnswers | undefined;
  /** A coordinator answers for somebody: who said so is optional then. */
  isOnBehalf?: boolean;
}

interface OptionView {
  id: string;
  value: string;
  label: string;
  hint: string | undefined;
  checked: boolean;
  fields: FieldView[];
}

export interface AnswerFormView {
  id: string;
  action: string;
  submit: string;
  legend: string;
  options: OptionView[];
  choiceError: string | undefined;
  choiceId: string;
  who: FieldView[];
  whoLegend: string;
  /** Who answers is known: the fields are folded under a line that says who. */
  whoLine: SafeText | undefined;
  isWhoOpen: boolean;
  because: FieldView | undefined;
  hidden: { name: string; value: string }[];
  summary: ErrorSummary | undefined;
}

/** How far ahead and back sessions are offered, and how many of them. */
const AHEAD_DAYS = 400;
const BACK_DAYS = 31;
const MOST_COMING = 10;
const MOST_HELD = 6;

const sessionsOf = (
  dossier: Dossier,
  decision: Decision,
  party: PartyId,
  from: LocalDate,
  to: LocalDate,
): Session[] => {
  const { key, body } = bodyOf(dossier.state, decision, party);
  return sessions(dossier.state.parties[party]?.sessions[key], body, from, to);
};

/** The coming sessions, the first one whose agenda is still open marked. */
function comingChoices(dossier: Dossier, decision: Decision, party: PartyId): Choice[] {
  const { texts, today, state } = dossier;
  const { body } = bodyOf(state, decision, party);
  const due = decisionDue(state, decision, party);
  const coming = sessionsOf(dossier, decision, party, today, addDays(today, AHEAD_DAYS)).slice(0, MOST_COMING);
  const best = coming.find(({ on }) => agendaCutoff(on, body) >= today && on <= due);
  return coming.map((session) => {
    const notes = [
      session === best ? texts.text('answer.recommended') : '',
      session.source === 'assumed' ? texts.text('answer.estimate') : '',
      session.on > due ? texts.text('answer.too-late') : '',
      agendaCutoff(session.on, body) < today ? texts.text('answer.closed') : '',
    ].filter(Boolean);
    return {
      value: session.on,
      label: `${weekdayDate(session.on)}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`,
    };
  });
}

/** Sessions that may have decided, since the request or in the last month: the planned one first, then the latest. */
function heldChoices(dossier: Dossier, decision: Decision, party: PartyId): Choice[] {
  const { today, state, texts } = dossier;
  const ask = findAsk(state, decision.key, party);
  const monthAgo = addDays(today, -BACK_DAYS);
  const requested = ask === undefined ? monthAgo : localDay(ask.requestedAt);
  const from = requested < monthAgo ? requested : monthAgo;
  const held = sessionsOf(dossier, decision, party, from, today).reverse();
  const planned = ask?.answer?.sessionOn;
  const first = planned !== undefined && planned <= today ? [{ on: planned, source: 'entered' as const }] : [];
  const all = [...first, ...held.filter(({ on }) => on !== planned)].slice(0, MOST_HELD);
  return all.map(({ on, source }) => ({
    value: on,
    label: source === 'assumed' ? `${weekdayDate(on)} (${texts.text('answer.estimate')})` : weekdayDate(on),
  }));
}

/** A session from a list, or another date: the second field shows only when the list does not have it. */
function picker(
  { texts }: Dossier,
  name: string,
  label: string,
  choices: Choice[],
  options: { value?: LocalDate | undefined; isOptional?: boolean },
): FieldSpec[] {
  const { value, isOptional = false } = options;
  const isListed = value !== undefined && choices.some((choice) => choice.value === value);
  const empty = isOptional
    ? { value: UNKNOWN, label: texts.text('answer.not-known') }
    : { value: '', label: texts.text('answer.choose-session') };
  return [
    {
      name: `${name}.session`,
      label,
      kind: 'select',
      choices: [empty, ...choices, { value: OTHER, label: texts.text('answer.other-date') }],
      value: value === undefined ? empty.value : isListed ? value : OTHER,
    },
    {
      name: `${name}.date`,
      label: texts.text('answer.date'),
      kind: 'date',
      hint: texts.text('form.date-hint'),
      className: 'other-date',
      value: value === undefined || isListed ? '' : value,
    },
  ];
}

/** The fields of each answer; what the earlier answer held is filled in when it is corrected. */
function fieldsOf(
  dossier: Dossier,
  decision: Decision,
  party: PartyId,
  earlier?: Answer,
): Record<AnswerKind, FieldSpec[]> {
  const { texts } = dossier;
  const label = (key: string): string => texts.text(`answer.${key}`);
  const coming = comingChoices(dossier, decision, party);
  const held = heldChoices(dossier, decision, party);
  const heldOn = (kind: AnswerKind): LocalDate | undefined => (earlier?.kind === kind ? earlier.sessionOn : undefined);
  const kept = keptFile(dossier, { party, decision: decision.key }, earlier?.reference);
  const reference = (name: string): FieldSpec => ({
    name,
    label: label('reference'),
    kind: 'url',
    hint: [label('reference-hint'), kept.hint.hint].filter(Boolean).join(' '),
    optional: true,
    value: referenceValue(dossier, earlier?.reference),
  });
  const reason: Omit<FieldSpec, 'name'> = {
    label: label('reason'),
    kind: 'textarea',
    optional: true,
    value: earlier?.reason ?? '',
  };
  return {
    scheduled: picker(dossier, 'scheduled', label('session'), coming, { value: heldOn('scheduled') }),
    approved: [
      ...picker(dossier, 'approved', label('held'), held, { value: heldOn('approved') }),
      reference('approved.reference'),
    ],
    'approved-with-changes': [
      ...picker(dossier, 'changed', label('held'), held, { value: heldOn('approved-with-changes') }),
      {
        name: 'changed.changes',
        label: label('changes'),
        kind: 'textarea',
        hint: label('changes-hint'),
        value: earlier?.changes ?? '',
      },
      reference('changed.reference'),
    ],
    adjourned: [
      ...picker(dossier, 'adjourned', label('adjourned-on'), held, { value: earlier?.heldOn }),
      ...picker(dossier, 'adjourned.to', label('adjourned-to'), coming, {
        value: heldOn('adjourned'),
        isOptional: true,
      }),
      { ...reason, name: 'adjourned.reason' },
    ],
    rejected: [
      ...picker(dossier, 'rejected', label('held'), held, { value: heldOn('rejected') }),
      { ...reason, name: 'rejected.reason', hint: label('reason-hint') },
      reference('rejected.reference'),
    ],
  };
}

/** After its session an ask is more likely decided than planned. */
const orderFor = (isAfterSession: boolean): readonly AnswerKind[] =>
  isAfterSession ? ['approved', 'approved-with-changes', 'adjourned', 'rejected', 'scheduled'] : answerKinds;

export const answerFormId = (decision: string, isCorrection: boolean): string =>
  `${isCorrection ? 'verbetering' : 'antwoord'}-${decision}`;

function whoFields({ texts }: Dossier, options: AnswerFormOptions): FieldSpec[] {
  const required = options.isOnBehalf !== true;
  const { name = '', function: role = '' } = options.who ?? {};
  return [
    {
      name: 'name',
      label: texts.text('answer.name'),
      autocomplete: 'name',
      required,
      optional: !required,
      value: name,
    },
    {
      name: 'function',
      label: texts.text('answer.function'),
      autocomplete: 'organization-title',
      hint: texts.text('answer.function-hint'),
      ...{ required, optional: !required, value: role },
    },
  ];
}

export function answerForm(
  dossier: Dossier,
  decision: Decision,
  party: PartyId,
  options: AnswerFormOptions,
): AnswerFormView {
  const { texts, today, state } = dossier;
  const { problem, corrects } = options;
  const id = answerFormId(decision.key, corrects !== undefined);
  const mine = problem?.form === id ? problem : undefined;
  const planned = findAsk(state, decision.key, party)?.answer?.sessionOn;
  const chosen = mine === undefined ? corrects?.kind : first(mine.body, 'answer');
  const fields = fieldsOf(dossier, decision, party, corrects);
  const hidden = {
    _form: options.formToken,
    _command: mine?.commandId ?? randomUUID(),
    _id: id,
    decision: decision.key,
    ...keptFile(dossier, { party, decision: decision.key }, corrects?.reference).hidden,
  };
  const views = orderFor(planned !== undefined && planned <= today).map((kind) => ({
    id: fieldId(id, `answer-${kind}`),
    value: kind,
    label: texts.text(`answer.kind.${kind}`),
    // Said to who speaks for a body, not to who notes it for them.
    hint:
      options.isOnBehalf !== true && texts.has(`answer.kind-hint.${kind}`)
        ? texts.text(`answer.kind-hint.${kind}`)
        : undefined,
    checked: chosen === kind,
    fields: fields[kind].map((field) => fieldView(id, field, problem)),
  }));
  const who = whoFields(dossier, options).map((field) => fieldView(id, field, problem));
  const because: FieldSpec = { name: 'because', label: texts.text('answer.because'), kind: 'textarea', required: true };
  return {
    id,
    action: options.action,
    submit: texts.text(corrects === undefined ? 'answer.submit' : 'answer.submit-correction'),
    legend: texts.text('answer.legend'),
    choiceId: fieldId(id, 'answer'),
    choiceError: mine?.errors['answer'],
    options: views,
    whoLegend: texts.text(options.isOnBehalf === true ? 'answer.who-said' : 'answer.who'),
    who,
    whoLine: options.who && texts.html('answer.as', { name: options.who.name, function: options.who.function }),
    isWhoOpen: who.some(
      ({ error, value, name }) => error !== undefined || value !== options.who?.[name as keyof WhoAnswers],
    ),
    because: corrects === undefined ? undefined : fieldView(id, because, problem),
    hidden: Object.entries(hidden).map(([name, value]) => ({ name, value })),
    summary: summaryOf(id, problem, [...views.flatMap((view) => view.fields), ...who]),
  };
}
