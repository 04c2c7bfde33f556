/** Step two: who takes part. Rows are pasted or added by hand, shown back as they were understood, and corrected in place. */
import type { FastifyReply } from 'fastify';
import { MOST_ROWS, readRows } from '../../rows/columns.ts';
import {
  type RowField,
  rowFields,
  startColumns,
  type StartDraft,
  withCorrections,
  withRow,
  withRows,
} from '../../start/draft.ts';
import type { Finding } from '../../start/check.ts';
import { fieldView, type Problem, summaryOf } from '../forms/fields.ts';
import { first, type FormBody } from '../forms/values.ts';
import { accountFrame } from '../sign-in/session.ts';
import { sendPage, type Web } from '../web.ts';
import { joined, wholeNumber } from '../../dutch/format.ts';
import { draftAddress, type OpenDraft } from './access.ts';
import type { StartDefinitions } from './loaders.ts';
import {
  correctionsIn,
  CORRECTIONS,
  errorName,
  MOST_CORRECTED,
  newRowFields,
  newRowIn,
  ONE_MORE,
  PASTE,
  rowForm,
} from './row-forms.ts';
import { regionsOf, rowView } from './row-view.ts';
import { findingSentence } from './sentences.ts';
import { areRowsRight, isWhatRight, stepsOf, titleOf } from './steps.ts';
import { whatContext, wordingOf } from './what-page.ts';

export const whoAddress = (id: string): string => draftAddress(id, '/gemeenten');

/** What a form asked: the draft as it is then, or why nothing could be taken from what was pasted. */
export type TakenRows = { draft: StartDraft; added?: number } | { refused: string };

export function takeRows(web: Web, { draft }: OpenDraft, body: FormBody): TakenRows {
  const { texts } = web.pages;
  switch (first(body, 'do')) {
    case PASTE: {
      const read = readRows(first(body, 'rows'), startColumns, ['sessions']);
      if (!read.ok)
        return {
          refused: texts.text(`rows.refused.${read.why}`, {
            count: wholeNumber(read.count),
            max: wholeNumber(MOST_ROWS),
          }),
        };
      if (draft.rows.length + read.rows.length > MOST_ROWS) {
        const count = wholeNumber(draft.rows.length + read.rows.length);
        return { refused: texts.text('rows.refused.too-many', { count, max: wholeNumber(MOST_ROWS) }) };
      }
      const { unread: _unread, ...rest } = withRows(draft, read.rows);
      const now = read.unknown.length === 0 ? rest : { ...rest, unread: read.unknown };
      return { draft: now, added: read.rows.length };
    }
    case ONE_MORE: {
      const values = newRowIn(body);
      if (values === undefined || draft.rows.length >= MOST_ROWS) return { draft };
      return { draft: withRow(draft, values), added: 1 };
    }
    case 'wis': {
      const { unread: _unread, ...rest } = draft;
      return { draft: { ...rest, rows: [] } };
    }
    default:
      return { draft: withCorrections(draft, correctionsIn(body, draft)) };
  }
}

export interface WhoOptions {
  /** The row that is changed though nothing is wrong with it. */
  row?: number;
  /** How many rows were read just now. */
  added?: number;
  /** A paste that was not taken. */
  refused?: { text: string; message: string };
}

export function sendWho(
  web: Web,
  definitions: StartDefinitions,
  reply: FastifyReply,
  open: OpenDraft,
  options: WhoOptions,
): FastifyReply {
  const { texts } = web.pages;
  const { draft, checked, session } = open;
  const wording = wordingOf(web, whatContext(web, definitions, open), draft);
  const wrong = Map.groupBy(
    checked.findings.filter(({ row }) => row !== undefined),
    ({ row }) => row ?? 0,
  );
  const shown = draft.rows.filter(({ number }) => wrong.has(number) || number === options.row).slice(0, MOST_CORRECTED);
  const errors = Object.fromEntries(
    shown.flatMap(({ number }) =>
      inOrder(wrong.get(number) ?? []).map((finding) => [
        errorName(number, finding.field as RowField),
        findingSentence(wording, finding, draft),
      ]),
    ),
  );
  const problem: Problem = { form: CORRECTIONS, body: bodyOf(shown), errors };
  const forms = shown.map((row) => rowForm(texts, row, problem));
  const fields = forms.flatMap(({ main, deputy }) => [...main, ...deputy]);
  const summary =
    wrong.size === 0
      ? undefined
      : summaryOf(
          CORRECTIONS,
          problem,
          fields.map((field) => withRowName(field, texts.text('start.row.short', { row: numberIn(field.name) }))),
        );
  const rows = draft.rows.map((row) => rowView(wording, row, wrong.has(row.number)));
  const without = rows.filter(({ hasContact }) => !hasContact).map(({ name }) => name);
  const estimated = rows.filter(({ sessions, isWrong }) => sessions === undefined && !isWrong).map(({ name }) => name);
  const regions = regionsOf(draft.rows);
  const heading = texts.text('start.who.heading');
  const title = titleOf(heading, draft);
  const isWrong = wrong.size > 0 || options.refused !== undefined;
  const frame = {
    title: `${isWrong ? texts.text('form.title-prefix') : ''}${title}`,
    account: accountFrame(session),
    status: options.refused === undefined ? 200 : 422,
  };
  return sendPage(web, reply, 'start-who', frame, {
    ...{ heading, rows, forms, summary, formToken: session.formToken, action: whoAddress(open.id) },
    ...{ corrections: CORRECTIONS, oneMore: ONE_MORE, paste: PASTE, newRow: newRowFields(texts) },
    steps: stepsOf(web, open, 'who'),
    added:
      options.added === undefined
        ? undefined
        : texts.text(wrong.size === 0 ? 'start.who.added-right' : 'start.who.added', { count: options.added }),
    isRight: options.added !== undefined && wrong.size === 0,
    unread:
      draft.unread && texts.text('start.who.unread', { columns: joined(draft.unread.map((name) => `“${name}”`)) }),
    wrongCount: wrong.size,
    wrongLine: wrong.size === 0 ? undefined : texts.text('start.who.wrong', { count: wrong.size }),
    later:
      wrong.size > shown.length ? texts.text('start.who.wrong-later', { count: wrong.size - shown.length }) : undefined,
    pasteField: pasteField(web, options.refused),
    count: texts.text('start.who.count', { count: rows.length }),
    without:
      without.length === 0
        ? undefined
        : texts.text('start.who.without', { count: without.length, names: joined(without) }),
    estimated:
      estimated.length === 0
        ? undefined
        : texts.text('start.who.estimated', { count: estimated.length, names: joined(estimated) }),
    regions:
      regions.length < 2
        ? undefined
        : texts.text('start.who.regions', {
            count: regions.length,
            regions: joined(regions.map(({ region, names }) => `${region} (${joined(names)})`)),
          }),
    next: areRowsRight(checked) && isWhatRight(checked) ? draftAddress(open.id, '/vooruitblik') : undefined,
    back: isWhatRight(checked) ? undefined : draftAddress(open.id),
    changeAt: whoAddress(open.id),
  });
}

const inOrder = (findings: Finding[]): Finding[] =>
  findings.toSorted((a, b) => rowFields.indexOf(a.field as RowField) - rowFields.indexOf(b.field as RowField));

const numberIn = (name: string): string => name.split('.')[1] ?? '';

/** In a list of errors each label says of which row it is. */
const withRowName = <View extends { label: string }>(field: View, row: string): View => ({
  ...field,
  label: `${row}, ${field.label.toLowerCase()}`,
});

const bodyOf = (rows: StartDraft['rows']): FormBody =>
  Object.fromEntries(
    rows.flatMap(({ number, values }) =>
      (Object.keys(values) as RowField[]).map((field) => [errorName(number, field), [values[field]]]),
    ),
  );

function pasteField(web: Web, refused: WhoOptions['refused']) {
  const { texts } = web.pages;
  const spec = {
    name: 'rows',
    label: texts.text('rows.paste'),
    kind: 'textarea' as const,
    rows: 8,
    hint: texts.text('start.who.paste-hint'),
  };
  if (refused === undefined) return fieldView(PASTE, spec);
  return fieldView(PASTE, spec, { form: PASTE, body: { rows: [refused.text] }, errors: { rows: refused.message } });
}
