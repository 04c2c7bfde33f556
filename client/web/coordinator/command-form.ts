/** Forms that send one command. What is wrong with one is said at the top of its page, and at its fields. */
import {
  type ErrorSummary,
  type FieldSpec,
  type FieldView,
  formView,
  type FormView,
  type Problem,
  summaryOf,
} from '../forms/fields.ts';
import type { OpenPath } from './access.ts';
import type { FormCommand } from './commands.ts';

export interface CommandFormSpec {
  command: FormCommand;
  /** What tells forms of one command apart on a page. */
  about?: string;
  submit: string;
  fields?: FieldSpec[];
  hidden?: Record<string, string>;
  isQuiet?: boolean;
}

export interface CommandForms {
  form(spec: CommandFormSpec): FormView;
  /** For the top of the page, once all forms have been made. */
  summary(): ErrorSummary | undefined;
}

/** @param page where the forms are sent to, below the path prefix */
export function commandForms({ session }: OpenPath, page: string, problem?: Problem): CommandForms {
  const fields: FieldView[] = [];
  return {
    summary: () => problem && summaryOf(problem.form, problem, fields),
    form({ command, about, submit, hidden = {}, isQuiet = false, ...rest }) {
      const id = about === undefined ? command : `${command}-${about.replace(/[^\w-]/g, '-')}`;
      const spec = { id, action: page, submit, fields: rest.fields ?? [], isQuiet, hidden: { command, ...hidden } };
      const view = formView(spec, session.formToken, problem);
      if (problem?.form === id) fields.push(...view.fields);
      return { ...view, summary: undefined };
    },
  };
}
