/** For who coordinates: bodies that have no session in time, said while something can still be arranged. */
import type { ForeseenItem } from '../../domain/message.ts';
import type { Phrases } from './phrases.ts';
import type { Section } from './section.ts';

export function foreseenSection(words: Phrases, items: readonly ForeseenItem[]): Section {
  const { t, party, noun, dueDay, day } = words;
  return {
    title: t('foreseen.title'),
    paragraphs: [t('foreseen.sentence')],
    facts: items.map((item) => {
      const values = { due: dueDay(item.dueOn), ask: day(item.askOn) };
      const next = item.nextSession;
      const key =
        next === undefined ? 'foreseen.value' : item.assumed ? 'foreseen.value-estimate' : 'foreseen.value-next';
      return {
        label: t('foreseen.label', { party: party(item.party), decision: noun(item.decision) }),
        value: t(key, next === undefined ? values : { ...values, next: day(next) }),
      };
    }),
    notes: [t('foreseen.do')],
  };
}
