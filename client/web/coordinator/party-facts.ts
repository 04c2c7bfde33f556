/** What is known of a municipality: inhabitants, what it borders on, and how long before a session its texts should be there. */
import { adjoiningParties } from '../../../definitions/facts-file.ts';
import type { CommandData } from '../../../domain/commands.ts';
import type { PartyId } from '../../../domain/ids.ts';
import type { Party, PartyFacts } from '../../../domain/state.ts';
import { euro, joined, wholeNumber } from '../../dutch/format.ts';
import type { Dossier } from '../dossier.ts';
import type { FieldSpec, FormView } from '../forms/fields.ts';
import type { FormReader } from '../forms/reader.ts';
import type { CommandForms } from './command-form.ts';
import { FACTS_FIELD } from './field-names.ts';

export function factsForm({ texts, words }: Dossier, party: Party, forms: CommandForms): FormView {
  const { inhabitants, adjoining } = party.facts;
  const field = (name: string, value: string | undefined): FieldSpec => ({
    ...{ name, label: texts.text(`party.facts.${name}`), hint: texts.text(`party.facts.${name}-hint`) },
    ...{ value: value ?? '', optional: true, autocomplete: 'off' },
  });
  return forms.form({
    ...{ command: 'change-party', about: 'facts', submit: texts.text('party.save'), isQuiet: true },
    hidden: { party: party.id },
    fields: [
      field(FACTS_FIELD, inhabitants === undefined ? undefined : String(inhabitants)),
      { ...field('adjoining', adjoining?.map((id) => words.party(id)).join(', ')), kind: 'textarea' },
      field('leadDays', party.leadDays === undefined ? undefined : String(party.leadDays)),
    ],
  });
}

/** The same for who only reads. */
export function knownFacts({ texts, words }: Dossier, { contribution, facts, leadDays }: Party) {
  const { inhabitants, adjoining = [] } = facts;
  const fact = (key: string, value: string | undefined) =>
    value === undefined || value === '' ? [] : [{ title: texts.text(key), value }];
  return [
    ...fact('party.contribution', contribution === undefined ? undefined : euro(contribution)),
    ...fact(`party.facts.${FACTS_FIELD}`, inhabitants === undefined ? undefined : wholeNumber(inhabitants)),
    ...fact('party.facts.adjoining', joined(adjoining.map((id) => words.party(id)))),
    ...fact('party.facts.leadDays', leadDays === undefined ? undefined : String(leadDays)),
  ];
}

/** Names as people write them: between commas, semicolons or on lines of their own. */
function adjoiningIn(reader: FormReader, self: PartyId): PartyId[] | undefined {
  const text = reader.text('adjoining');
  if (text === undefined) return undefined;
  const names = text.split(/[,;\n]+/).flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
  return adjoiningParties(names, self, (index) => {
    reader.wrong('adjoining', 'adjoining', { name: names[index] ?? '' });
  });
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What the form changes; nothing but the party when all of it was so already. What was known once can be corrected, not emptied. */
export function readFacts(reader: FormReader, party: Party): CommandData['change-party'] {
  const given: PartyFacts = {};
  const inhabitants = reader.count(FACTS_FIELD, { from: 1, to: 9_999_999 });
  const adjoining = adjoiningIn(reader, party.id);
  const leadDays = reader.count('leadDays', { from: 0, to: 365 });
  const known = { [FACTS_FIELD]: party.facts.inhabitants, adjoining: party.facts.adjoining, leadDays: party.leadDays };
  for (const [name, value] of Object.entries(known)) {
    if (value !== undefined && !isSame(value, []) && reader.text(name) === undefined) reader.wrong(name, 'missing');
  }
  if (inhabitants !== undefined && inhabitants !== party.facts.inhabitants) given.inhabitants = inhabitants;
  if (adjoining !== undefined && !isSame(adjoining, party.facts.adjoining)) given.adjoining = adjoining;
  return {
    party: party.id,
    ...(Object.keys(given).length > 0 && { facts: given }),
    ...(leadDays !== undefined && leadDays !== party.leadDays && { leadDays }),
  };
}
