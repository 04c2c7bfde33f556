/** How a coordinator goes on after an answer that is not a plain yes: take it as it is, or ask again, one or all. */
import type { Decision } from '../../../domain/definition.ts';
import type { PartyId } from '../../../domain/ids.ts';
import { findAsk } from '../../../domain/lookup.ts';
import type { Dossier } from '../dossier.ts';
import type { FieldSpec, FormView } from '../forms/fields.ts';
import type { OpenPath } from './access.ts';
import type { CommandForms } from './command-form.ts';

export interface ChoiceView {
  heading: string;
  explanation: string;
  /** Where one sees first what the choice changes. */
  look: string | undefined;
  form: FormView;
}

/** @param key the words of the choice, below `ask.` */
export const choiceView = ({ texts }: Dossier, key: string, form: FormView, look?: string): ChoiceView => ({
  heading: texts.text(`ask.${key}.heading`),
  explanation: texts.text(`ask.${key}.explanation`),
  look,
  form,
});

export function settlingChoices(
  { dossier }: OpenPath,
  decision: Decision,
  party: PartyId,
  forms: CommandForms,
): ChoiceView[] {
  const { texts, state } = dossier;
  const status = findAsk(state, decision.key, party)?.status;
  if (status !== 'changed' && status !== 'rejected') return [];
  const hidden = { decision: decision.key, party };
  const submit = (key: string): string => texts.text(`ask.${key}.submit`);
  const current = state.texts[decision.key] ?? 1;
  const label = texts.text('ask.version');
  const version: FieldSpec = {
    ...{ name: 'textVersion', label, hint: texts.text('ask.version-hint', { version: current }), optional: true },
  };
  const newVersion: FieldSpec = {
    ...{ name: 'textVersion', label, value: String(current + 1), required: true },
    hint: texts.text('ask.new-version-hint', { version: current }),
  };
  const accept = forms.form({ command: 'accept-changes', submit: submit('accept'), hidden });
  const again = forms.form({ command: 'request', submit: submit('again'), hidden, fields: [version] });
  const againAll = forms.form({
    ...{ command: 'request', about: 'all', submit: submit('again-all') },
    hidden: { decision: decision.key, approvals: 'ask-again' },
    fields: [newVersion],
    isQuiet: true,
  });
  return [
    ...(status === 'changed' ? [choiceView(dossier, 'accept', accept)] : []),
    choiceView(dossier, 'again', again),
    choiceView(dossier, 'again-all', againAll),
  ];
}
