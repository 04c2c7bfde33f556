/** Forms that send one command. What is wrong with one is said at the top of its page, and at its fields. */
import { type FieldSpec, formView, type FormView, type Problem, summaryOf } from '../forms/fields.ts';
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
  summary: ReturnType<typeof summaryOf>;
}

/** @param page where the forms are sent to, below the path prefix */
export function commandForms({ session }: OpenPath, page: string, problem?: Problem): CommandForms {
  return {
    summary: problem && summaryOf(problem.form, problem),
    form({ command, about, submit, fields = [], hidden = {}, isQuiet = false }) {
      const id = about === undefined ? command : `${command}-${about.replace(/[^\w-]/g, '-')}`;
      const spec = { id, action: page, submit, fields, isQuiet, hidden: { command, ...hidden } };
      return { ...formView(spec, session.formToken, problem), summary: undefined };
    },
  };
}
