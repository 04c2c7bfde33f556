/** For who coordinates: bodies that have no session in time, said while something can still be arranged. */
import type { ForeseenItem } from '../../domain/message.ts';
import { capital } from '../dutch.ts';
import type { Phrases } from './phrases.ts';
import type { Section } from './section.ts';

/** One line for each decision and date, with the parties that it is about. */
export function foreseenSection(words: Phrases, items: readonly ForeseenItem[]): Section {
  const { t, noun, dueDay, day } = words;
  const byDecision = Map.groupBy(items, ({ decision, dueOn }) => `${decision} ${dueOn}`);
  return {
    title: t('foreseen.title'),
    paragraphs: [t('foreseen.sentence')],
    facts: [...byDecision.values()].flatMap((missed) => {
      const [first] = missed;
      if (first === undefined) return [];
      const parties = missed.map((item) => partyText(words, item)).join(', ');
      const values = { due: dueDay(first.dueOn), ask: day(first.askOn), parties };
      return [{ label: capital(noun(first.decision)), value: t('foreseen.value', values) }];
    }),
    notes: [t('foreseen.do')],
  };
}

function partyText({ t, party: nameOf, day }: Phrases, { party, nextSession, assumed }: ForeseenItem): string {
  if (nextSession === undefined) return nameOf(party);
  return t(assumed ? 'foreseen.party-estimate' : 'foreseen.party', { party: nameOf(party), next: day(nextSession) });
}
