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
import { decisionsOf, isMunicipal } from '../../../domain/lookup.ts';
import type { FormBody } from '../forms/values.ts';
import type { OpenPath } from './access.ts';
import type { FormCommand } from './commands.ts';
import { approvalsField } from './field-names.ts';

export interface CommandFormSpec {
  command: FormCommand;
  /** What tells forms of one command apart on a page. */
  about?: string;
  submit: string;
  /** Of all its fields together. */
  legend?: string;
  fields?: FieldSpec[];
  hidden?: Record<string, string>;
  isQuiet?: boolean;
}

export interface CommandForms {
  form(spec: CommandFormSpec): FormView;
  /** What was sent in a form of this command, when it comes back. */
  sent(command: FormCommand): FormBody;
  /** For the top of the page, once all forms have been made. */
  summary(): ErrorSummary | undefined;
}

/** What changes dates or sends mail can be looked at first. A mail that is sent now is shown on the page of its form. */
export const seenFirst: ReadonlySet<FormCommand> = new Set([
  'request',
  'replace-contact',
  'replace-deputy',
  'replace-coordinator',
  'change-details',
  'change-body',
  'move-deadline',
  'add-party',
  'remove-party',
  'merge-parties',
  'choose-route',
  'record-submission',
  'record-decision',
  'pause',
  'resume',
  'stop',
]);

/** @param page where the forms are sent to, below the path prefix */
export function commandForms({ session }: OpenPath, page: string, problem?: Problem): CommandForms {
  const fields: FieldView[] = [];
  return {
    sent: (command) => (problem?.form === command ? problem.body : {}),
    summary: () => problem && summaryOf(problem.form, problem, fields),
    form({ command, about, submit, hidden = {}, isQuiet = false, ...rest }) {
      const id = about === undefined ? command : `${command}-${about.replace(/[^\w-]/g, '-')}`;
      const spec = {
        id,
        action: page,
        submit,
        fields: rest.fields ?? [],
        isQuiet,
        hasPreview: seenFirst.has(command),
        hidden: { command, ...hidden },
        ...(rest.legend !== undefined && { legend: rest.legend }),
      };
      const view = formView(spec, session.formToken, problem);
      if (problem?.form === id) fields.push(...view.fields);
      return { ...view, summary: undefined };
    },
  };
}

/** For each decision that was sent: whether who approved it is asked again because the circle changes. */
export const approvalFields = ({ dossier: { state, texts, words } }: OpenPath): FieldSpec[] =>
  decisionsOf(state)
    .filter((decision) => state.texts[decision.key] !== undefined && isMunicipal(state, decision))
    .map(({ key }) => ({
      ...{ name: approvalsField(key), kind: 'select', value: 'keep' },
      label: texts.text('approvals.label', { decision: words.decision(key).title }),
      choices: (['keep', 'ask-again'] as const).map((value) => ({ value, label: texts.text(`approvals.${value}`) })),
    }));
