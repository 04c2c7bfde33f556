/** The fields in which rows are corrected, and what such a form says. */
import type { FieldSpec, FieldView, Problem } from '../forms/fields.ts';
import { fieldView } from '../forms/fields.ts';
import { CONFIRMED, first, type FormBody } from '../forms/values.ts';
import type { PageTexts } from '../../../templates/pages/locale.ts';
import {
  type DraftRow,
  emptyRow,
  type RowField,
  rowFields,
  type RowValues,
  type StartDraft,
} from '../../start/draft.ts';

/** A form takes some hundred fields; what does not fit is corrected after the first ones. */
export const MOST_CORRECTED = 30;
export const CORRECTIONS = 'verbeter';
export const ONE_MORE = 'nieuw';
export const PASTE = 'plak';

const LONGEST = 2_000;
const deputyFields: readonly RowField[] = ['deputyName', 'deputyEmail', 'deputyFunction', 'deputyPhone'];

const nameOf = (row: number | 'new', field: RowField): string => `r.${String(row)}.${field}`;
const removeName = (row: number): string => `r.${String(row)}.weg`;

function specOf(texts: PageTexts, row: number | 'new', field: RowField, value: string): FieldSpec {
  const kind = field.toLowerCase().endsWith('email')
    ? 'email'
    : field === 'sessions'
      ? 'textarea'
      : field.toLowerCase().endsWith('phone')
        ? 'tel'
        : 'text';
  const hasHint = field === 'sessions' || field === 'contribution';
  return {
    ...{ name: nameOf(row, field), label: texts.text(`start.column.${field}`), kind, value, autocomplete: 'off' },
    ...(hasHint && { hint: texts.text(`start.column.${field}-hint`) }),
    ...(field === 'sessions' && { rows: 2 }),
    className: field === 'sessions' ? 'whole' : 'part',
  };
}

export interface RowForm {
  number: number;
  heading: string;
  main: FieldView[];
  deputy: FieldView[];
  hasDeputy: boolean;
  remove: FieldView;
}

/** @param errors the sentence for each field that is wrong, by the name of the field in the form */
export function rowForm(texts: PageTexts, row: DraftRow, problem: Problem): RowForm {
  const view = (field: RowField): FieldView =>
    fieldView(CORRECTIONS, specOf(texts, row.number, field, row.values[field]), problem);
  const deputy = deputyFields.map(view);
  return {
    number: row.number,
    heading: texts.text('start.row.heading', {
      row: row.number,
      name: row.values.municipality || texts.text('start.row.nameless'),
    }),
    main: rowFields.filter((field) => !deputyFields.includes(field)).map(view),
    deputy,
    hasDeputy: deputy.some(({ value, error }) => value !== '' || error !== undefined),
    remove: fieldView(CORRECTIONS, {
      name: removeName(row.number),
      label: texts.text('start.row.remove'),
      kind: 'checkbox',
    }),
  };
}

export const newRowFields = (texts: PageTexts): { main: FieldView[]; deputy: FieldView[] } => ({
  main: rowFields
    .filter((field) => !deputyFields.includes(field))
    .map((field) => fieldView(ONE_MORE, specOf(texts, 'new', field, ''))),
  deputy: deputyFields.map((field) => fieldView(ONE_MORE, specOf(texts, 'new', field, ''))),
});

/** What stands at a field of a row in the form for corrections. */
export const errorName = nameOf;

const valueIn = (body: FormBody, row: number | 'new', field: RowField): string | undefined => {
  const [text] = body[nameOf(row, field)] ?? [];
  if (text === undefined) return undefined;
  return (field === 'sessions' ? text.trim() : text.replace(/\s+/g, ' ').trim()).slice(0, LONGEST);
};

/** The rows of a draft that a form holds fields of, as they are now. Fields that it does not hold stay as they were. */
export function correctionsIn(body: FormBody, { rows }: StartDraft): Map<number, RowValues | 'removed'> {
  const corrections = new Map<number, RowValues | 'removed'>();
  for (const { number, values } of rows) {
    if (first(body, removeName(number)) === CONFIRMED) corrections.set(number, 'removed');
    else if (valueIn(body, number, 'municipality') !== undefined) {
      const now = { ...values };
      for (const field of rowFields) now[field] = valueIn(body, number, field) ?? values[field];
      corrections.set(number, now);
    }
  }
  return corrections;
}

/** Undefined for a form that was left empty. */
export function newRowIn(body: FormBody): RowValues | undefined {
  const values = emptyRow();
  for (const field of rowFields) values[field] = valueIn(body, 'new', field) ?? '';
  return Object.values(values).every((text) => text === '') ? undefined : values;
}
