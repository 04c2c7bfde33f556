/** Fields as the template `field` shows them: label, hint, value and what is wrong with it. */
import { randomUUID } from 'node:crypto';
import type { FieldErrors } from './reader.ts';
import { first, type FormBody } from './values.ts';

export interface Choice {
  value: string;
  label: string;
}

export interface FieldSpec {
  name: string;
  label: string;
  /** Default `text`. */
  kind?: 'text' | 'email' | 'tel' | 'url' | 'date' | 'textarea' | 'select' | 'checkbox' | 'file';
  hint?: string;
  /** What stands in it before anybody has filled anything in. */
  value?: string;
  required?: boolean;
  /** The visible label says so when a field may stay empty. */
  optional?: boolean;
  autocomplete?: string;
  /** Of a file: which kinds are offered. */
  accept?: string;
  /** Of a textarea. */
  rows?: number;
  choices?: Choice[];
  /** A class for the wrapper: what the stylesheet shows and hides. */
  className?: string;
}

export interface FieldView {
  id: string;
  name: string;
  label: string;
  type: string;
  isSelect: boolean;
  isTextarea: boolean;
  isCheckbox: boolean;
  isFile: boolean;
  accept: string | undefined;
  rows: number;
  value: string;
  hint: string | undefined;
  error: string | undefined;
  describedBy: string | undefined;
  required: boolean;
  optional: boolean;
  autocomplete: string | undefined;
  className: string | undefined;
  choices: { value: string; label: string; selected: boolean }[];
}

/** What was sent and is to be shown again, with what is wrong. */
export interface Problem {
  form: string;
  body: FormBody;
  errors: FieldErrors;
  /** About the form as a whole. */
  message?: string;
  /** Kept, so that sending again counts as the same. */
  commandId?: string;
}

/** False for a form that is only shown again as it was filled in. */
export const isWrong = (problem: Problem | undefined): boolean =>
  problem !== undefined && (problem.message !== undefined || Object.keys(problem.errors).length > 0);

export interface FormSpec {
  id: string;
  /** Where it is sent to, below the path prefix. */
  action: string;
  submit: string;
  fields: FieldSpec[];
  hidden?: Record<string, string>;
  legend?: string;
  /** Fields that few people need, below the button and with one of their own; open when something in them is wrong. */
  folded?: { summary: string; fields: FieldSpec[]; isOpen: boolean };
  /** Quiet buttons are for what is seldom done. */
  isQuiet?: boolean;
  /** A second button shows what it would change. */
  hasPreview?: boolean;
}

export interface FormView {
  id: string;
  action: string;
  submit: string;
  legend: string | undefined;
  isQuiet: boolean;
  hasPreview: boolean;
  hasFile: boolean;
  fields: FieldView[];
  folded: { summary: string; fields: FieldView[]; isOpen: boolean } | undefined;
  hidden: { name: string; value: string }[];
  summary: ErrorSummary | undefined;
}

export interface ErrorSummary {
  /** The id of the box that takes the focus. */
  id: string;
  message: string | undefined;
  errors: { href: string; text: string }[];
}

/** The box to tick before something that cannot easily be undone. */
export const confirmation = (label: string): FieldSpec => ({
  ...{ name: 'confirmed', label, kind: 'checkbox', required: true },
});

export const fieldId = (form: string, name: string): string => `${form}-${name}`.replace(/[^\w-]+/g, '-');

export function fieldView(form: string, spec: FieldSpec, problem?: Problem): FieldView {
  const { name, kind = 'text', choices = [] } = spec;
  const mine = problem?.form === form ? problem : undefined;
  const id = fieldId(form, name);
  const value = mine === undefined ? (spec.value ?? '') : first(mine.body, name);
  const error = mine?.errors[name];
  const described = [spec.hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`];
  return {
    ...{ id, name, value, error },
    label: spec.label,
    type: kind,
    isSelect: kind === 'select',
    isTextarea: kind === 'textarea',
    isCheckbox: kind === 'checkbox',
    isFile: kind === 'file',
    accept: spec.accept,
    rows: spec.rows ?? 3,
    hint: spec.hint,
    describedBy: described.filter(Boolean).join(' ') || undefined,
    required: spec.required ?? false,
    optional: spec.optional ?? false,
    autocomplete: spec.autocomplete,
    className: spec.className,
    choices: choices.map((choice) => ({ ...choice, selected: choice.value === value })),
  };
}

/** What is wrong with a form, each with the name of its field; undefined when nothing is. */
export function summaryOf(form: string, problem: Problem | undefined, fields: FieldView[]): ErrorSummary | undefined {
  if (problem?.form !== form || !isWrong(problem)) return undefined;
  const labels = new Map(fields.map(({ name, label }) => [name, label]));
  const errors = Object.entries(problem.errors).map(([name, text]) => {
    const label = labels.get(name);
    return { href: `#${fieldId(form, name)}`, text: label === undefined ? text : `${label}: ${text}` };
  });
  return { id: `${form}-fout`, message: problem.message, errors };
}

/** A form with its fields, the token that proves where it comes from and the id that makes it count once. */
export function formView(spec: FormSpec, formToken: string, problem?: Problem): FormView {
  const mine = problem?.form === spec.id ? problem : undefined;
  const hidden = { ...spec.hidden, _form: formToken, _command: mine?.commandId ?? randomUUID(), _id: spec.id };
  const view = (field: FieldSpec): FieldView => fieldView(spec.id, field, problem);
  const fields = spec.fields.map(view);
  const folded = spec.folded && foldedView(spec.folded, spec.folded.fields.map(view));
  return {
    id: spec.id,
    action: spec.action,
    submit: spec.submit,
    legend: spec.legend,
    isQuiet: spec.isQuiet ?? false,
    hasPreview: spec.hasPreview ?? false,
    hasFile: fields.some(({ isFile }) => isFile),
    fields,
    folded,
    hidden: Object.entries(hidden).map(([name, value]) => ({ name, value })),
    summary: summaryOf(spec.id, problem, [...fields, ...(folded?.fields ?? [])]),
  };
}

const foldedView = ({ summary, isOpen }: { summary: string; isOpen: boolean }, fields: FieldView[]) => ({
  summary,
  fields,
  isOpen: isOpen || fields.some(({ error }) => error !== undefined),
});
