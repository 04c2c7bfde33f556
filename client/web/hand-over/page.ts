/** The page of a hand-over: what was pasted, what is wrong, what changes for whom, and what became of it. */
import type { FastifyReply } from 'fastify';
import { municipalityName } from '../../../definitions/municipalities.ts';
import { localDay } from '../../../domain/dates.ts';
import { nisOf, type PathId } from '../../../domain/ids.ts';
import { findDecision } from '../../../domain/lookup.ts';
import type { MailLine } from '../../../domain/coming.ts';
import {
  type CheckedHandOverRow,
  type Fault,
  type HandOverChange,
  type HandOverField,
  handOverFields,
  type HandOverPlan,
  type HandOverResult,
  planDigest,
} from '../../services/hand-over.ts';
import { nearDay } from '../../dutch/format.ts';
import { sentenceOf } from '../failures.ts';
import { confirmation, fieldView, type FieldSpec, type Problem, summaryOf } from '../forms/fields.ts';
import { accountFrame, type Session } from '../sign-in/session.ts';
import { municipalitySentence } from '../start/sentences.ts';
import { sendPage, type Web } from '../web.ts';
import { fieldName, isFilled, removeName, written } from './rows.ts';

export const HAND_OVER = '/overdracht';
export const CORRECTIONS = 'verbeter';
export const PASTE = 'plak';
export const APPLY = 'uitvoeren';
/** A form takes some hundred fields. */
const MOST_FORMS = 40;
const MOST_MAILS = 12;

export interface HandOverOptions {
  plan?: HandOverPlan;
  /** Municipalities whose contact is asked for: nothing is wrong with an empty row of them. */
  asked?: { path: PathId; partnership: string };
  refused?: { text: string; message: string };
  results?: HandOverResult[];
  /** Pressed without having looked, or something changed since. */
  again?: 'unseen' | 'changed';
}

export function sendHandOver(web: Web, reply: FastifyReply, session: Session, options: HandOverOptions): FastifyReply {
  const { texts } = web.pages;
  const rows = options.plan?.rows ?? [];
  const isOpen = (row: CheckedHandOverRow): boolean => options.asked !== undefined && !isFilled(row);
  const wrong = rows.filter((row) => row.faults.length > 0 && !isOpen(row));
  const shown = rows.filter((row) => row.faults.length > 0 || isOpen(row)).slice(0, MOST_FORMS);
  const problem = problemOf(
    web,
    shown.filter((row) => !isOpen(row)),
    shown,
  );
  const forms = shown.map((row) => formOf(web, row, problem));
  const fields = forms.flatMap((form) => form.fields);
  const summary = wrong.length === 0 ? undefined : summaryOf(CORRECTIONS, problem, fields);
  const changes = rows.flatMap((row) => row.changes);
  const again: Problem | undefined = options.again && {
    ...{ form: APPLY, body: {} },
    errors: options.again === 'unseen' ? { confirmed: texts.text('hand-over.unseen') } : {},
    ...(options.again === 'changed' && { message: texts.text('hand-over.changed') }),
  };
  const confirm = fieldView(APPLY, confirmation(texts.text('hand-over.seen')), again);
  const isWrong = wrong.length > 0 || again !== undefined || options.refused !== undefined;
  const heading = texts.text('hand-over.heading');
  const title = options.results === undefined ? heading : texts.text('hand-over.done-heading');
  const frame = {
    title: `${isWrong ? texts.text('form.title-prefix') : ''}${title}`,
    account: accountFrame(session),
    status: again !== undefined || options.refused !== undefined ? 422 : 200,
  };
  const same = rows.reduce((count, row) => count + row.same, 0);
  return sendPage(web, reply, 'hand-over', frame, {
    ...{ heading, forms, confirm, formToken: session.formToken, action: HAND_OVER },
    ...{ corrections: CORRECTIONS, paste: PASTE, apply: APPLY, kept: written(rows) },
    summary: summary ?? summaryOf(APPLY, again, [confirm]),
    digest: options.plan === undefined ? '' : planDigest(options.plan),
    asked: options.asked && texts.text('hand-over.asked', { partnership: options.asked.partnership }),
    wrongLine: wrong.length === 0 ? undefined : texts.text('hand-over.wrong', { count: wrong.length }),
    groups: groupsOf(web, changes),
    changeCount: changes.length === 0 ? undefined : texts.text('hand-over.changes', { count: changes.length }),
    submit: texts.text('hand-over.submit', { count: changes.length }),
    same: same === 0 ? undefined : texts.text('hand-over.same', { count: same }),
    nothing: rows.length > 0 && changes.length === 0 && shown.length === 0 && options.results === undefined,
    mails: mailsView(web, options.plan),
    results: options.results && resultsView(web, options.results),
    pasteField: pasteField(web, options.refused),
    isQuiet: rows.length > 0,
    csv: `${HAND_OVER}/aanspreekpunten.csv${options.asked === undefined ? '' : `?traject=${encodeURIComponent(options.asked.path)}`}`,
  });
}

function faultSentence(web: Web, field: HandOverField, fault: Fault, text: string): string {
  const { texts } = web.pages;
  if (fault === 'missing') return texts.text('form.missing');
  if (fault === 'elsewhere' || fault === 'twice') return texts.text(`hand-over.fault.${fault}`);
  if (field === 'municipality')
    return municipalitySentence({ texts, around: undefined }, text, () => texts.text('form.municipality'));
  if (field === 'role' || field === 'path') return texts.text(`hand-over.fault.${field}`);
  if (field === 'email' || field === 'phone') return texts.text(`form.${field}`);
  return texts.text('start.wrong.unseen');
}

function problemOf(web: Web, wrong: CheckedHandOverRow[], shown: CheckedHandOverRow[]): Problem {
  const errors = wrong.flatMap(({ number, faults, values }) =>
    faults
      .toSorted((a, b) => handOverFields.indexOf(a.field) - handOverFields.indexOf(b.field))
      .map(({ field, fault }) => [fieldName(number, field), faultSentence(web, field, fault, values[field])] as const),
  );
  const body = shown.flatMap(({ number, values }) =>
    handOverFields.map((field): [string, string[]] => [fieldName(number, field), [values[field]]]),
  );
  return { form: CORRECTIONS, body: Object.fromEntries(body), errors: firstOfEach(errors) };
}

/** What is said first of a field counts. */
function firstOfEach(errors: (readonly [string, string])[]): Record<string, string> {
  const said: Record<string, string> = {};
  for (const [name, sentence] of errors) said[name] ??= sentence;
  return said;
}

function formOf(web: Web, { number, values }: CheckedHandOverRow, problem: Problem) {
  const { texts } = web.pages;
  const kinds: Partial<Record<HandOverField, FieldSpec['kind']>> = { email: 'email', phone: 'tel' };
  const heading = texts.text('start.row.heading', {
    row: number,
    name: values.municipality || texts.text('start.row.nameless'),
  });
  const fields = handOverFields.map((field) => {
    const hint = field === 'path' || field === 'role' ? { hint: texts.text(`hand-over.field.${field}-hint`) } : {};
    const spec: FieldSpec = {
      ...{ name: fieldName(number, field), label: texts.text(`hand-over.field.${field}`), autocomplete: 'off' },
      ...{ ...hint, kind: kinds[field] ?? 'text' },
    };
    return fieldView(CORRECTIONS, spec, problem);
  });
  const remove = fieldView(CORRECTIONS, {
    name: removeName(number),
    label: texts.text('start.row.remove'),
    kind: 'checkbox',
  });
  return { number, heading, fields, remove };
}

const partyName = ({ party }: HandOverChange): string => municipalityName(nisOf(party) ?? '') ?? party;
const personText = ({ name, email }: { name: string; email?: string }): string =>
  [name, email].filter(Boolean).join(', ');

/** What changes, by path. */
function groupsOf({ pages: { texts } }: Web, changes: HandOverChange[]) {
  return [...Map.groupBy(changes, ({ path }) => path)].map(([, ofPath]) => ({
    partnership: ofPath[0]?.partnership ?? '',
    changes: ofPath.map((change) => ({
      party: partyName(change),
      role: texts.text(`hand-over.role.${change.role}`),
      from: change.from === undefined ? texts.text('hand-over.nobody') : personText(change.from),
      to: personText(change.to),
      effect:
        change.refused === undefined
          ? texts.text(effectOf(change), { name: change.from?.name ?? change.to.name })
          : sentenceOf(change.refused),
      isRefused: change.refused !== undefined,
    })),
  }));
}

function effectOf({ kind, role, from, to }: HandOverChange) {
  if (kind === 'correct') {
    const isSameMailbox = from?.email?.toLowerCase() === to.email.toLowerCase();
    return isSameMailbox ? 'hand-over.effect.correct' : 'hand-over.effect.address';
  }
  if (kind === 'new') return 'hand-over.effect.new';
  return role === 'contact' ? 'hand-over.effect.replace' : 'hand-over.effect.deputy';
}

/** The mails that come with it, and those that no longer go to somebody who was replaced. */
function mailsView(web: Web, plan: HandOverPlan | undefined) {
  const { texts } = web.pages;
  const today = localDay(web.clock());
  return (plan?.mails ?? []).flatMap(({ partnership, state, added, gone, names }) => {
    const words = web.words(state.definition.key, state.topic);
    const line = ({ on, to, kind, item, party }: MailLine): string => {
      const title =
        item === undefined
          ? ''
          : findDecision(state, item) === undefined
            ? words.task(item).title
            : words.decision(item).title;
      const what = [texts.text(`mail-kind.${kind}`), title].filter(Boolean).join(': ');
      const who = [names.get(to), party && words.party(party)].filter(Boolean).join(', ');
      return texts.text('hand-over.mail', {
        day: on === today ? texts.text('hand-over.today') : nearDay(on, today),
        what,
        who,
      });
    };
    const listed = (lines: MailLine[]) => ({
      lines: lines.slice(0, MOST_MAILS).map(line),
      more: lines.length > MOST_MAILS ? texts.text('hand-over.more', { count: lines.length - MOST_MAILS }) : undefined,
    });
    return added.length + gone.length === 0 ? [] : [{ partnership, added: listed(added), gone: listed(gone) }];
  });
}

function resultsView({ pages: { texts } }: Web, results: HandOverResult[]) {
  const failed = results.filter(({ code }) => code !== undefined);
  return {
    summary: texts.text('hand-over.applied', { count: results.length - failed.length }),
    failed: failed.length === 0 ? undefined : texts.text('hand-over.failed', { count: failed.length }),
    lines: results.map(({ change, code }) => ({
      text: `${partyName(change)}, ${change.partnership}: ${personText(change.to)}`,
      isTaken: code === undefined,
      why: code && sentenceOf(code),
    })),
  };
}

function pasteField(web: Web, refused: HandOverOptions['refused']) {
  const { texts } = web.pages;
  const spec = {
    name: 'rows',
    label: texts.text('rows.paste'),
    kind: 'textarea' as const,
    rows: 8,
    hint: texts.text('hand-over.paste-hint'),
  };
  if (refused === undefined) return fieldView(PASTE, spec);
  return fieldView(PASTE, spec, { form: PASTE, body: { rows: [refused.text] }, errors: { rows: refused.message } });
}
