/** For who coordinates: bodies that have no session in time, said while something can still be arranged. */
import type { ForeseenItem } from '../../domain/message.ts';
import { capital } from '../dutch.ts';
import type { Phrases } from './phrases.ts';
import type { Section } from './section.ts';

/** It cannot be asked before its deadline: then the date is too early for everybody, and no session would help. */
export const isTooEarly = ({ askOn, dueOn }: ForeseenItem): boolean => askOn > dueOn;

/** Dates that are too early, and who has no session: one line for each decision and date. */
export const foreseenSections = (words: Phrases, items: readonly ForeseenItem[]): Section[] => [
  ...sectionOf(words, 'early', items.filter(isTooEarly)),
  ...sectionOf(
    words,
    'foreseen',
    items.filter((item) => !isTooEarly(item)),
  ),
];

function sectionOf(words: Phrases, key: 'early' | 'foreseen', items: readonly ForeseenItem[]): Section[] {
  const { t, noun, dueDay, day } = words;
  const byDecision = Map.groupBy(items, ({ decision, dueOn }) => `${decision} ${dueOn}`);
  if (items.length === 0) return [];
  return [
    {
      title: t(`${key}.title`),
      paragraphs: [t(`${key}.sentence`)],
      facts: [...byDecision.values()].flatMap((missed) => {
        const [first] = missed;
        if (first === undefined) return [];
        const parties = missed.map((item) => partyText(words, item)).join(', ');
        const values = { due: dueDay(first.dueOn), ask: day(first.askOn), parties };
        return [{ label: capital(noun(first.decision)), value: t(`${key}.value`, values) }];
      }),
      notes: [t(`${key}.do`)],
    },
  ];
}

function partyText({ t, party: nameOf, day }: Phrases, { party, nextSession, assumed }: ForeseenItem): string {
  if (nextSession === undefined) return nameOf(party);
  return t(assumed ? 'foreseen.party-estimate' : 'foreseen.party', { party: nameOf(party), next: day(nextSession) });
}
