/** Another address of who speaks for a party: told to the former and the new one, and to who coordinates. */
import type { DetailsItem } from '../../domain/message.ts';
import type { Phrases } from './phrases.ts';
import type { Section } from './section.ts';

export function detailsSection({ t, party, context, isCoordinator }: Phrases, item: DetailsItem): Section {
  const before = context.someone(item.from);
  const after = context.someone(item.to);
  const unknown = t('details.unknown');
  const { name, email } = context.coordinator;
  return {
    title: t('details.title'),
    paragraphs: [t('details.sentence', { name: before?.name ?? unknown, party: party(item.party) })],
    facts: [
      { label: t('details.before'), value: before?.email ?? unknown },
      { label: t('details.after'), value: after?.email ?? unknown },
    ],
    notes: [
      isCoordinator
        ? t('details.check')
        : t('details.not-you', { coordinator: email === undefined ? name : `${name} (${email})` }),
    ],
  };
}
