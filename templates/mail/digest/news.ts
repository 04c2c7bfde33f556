/** What is new in a region since the last digest, in a line. Of a rejection it is said who and what. */
import type { DigestRegion } from '../../render-digest.ts';
import { capital, joined } from '../../dutch.ts';
import { type DigestPhrases, type Line, lineOf } from './phrases.ts';

const kinds = ['approved', 'approved-with-changes', 'adjourned', 'scheduled'] as const;

/** Regions in which somebody said no come first, then those whose whole path took a turn. */
const rank = ({ news }: DigestRegion): number => (news.rejected.length > 0 ? 2 : news.turns.length > 0 ? 1 : 0);

export function newsLines(words: DigestPhrases): Line[] {
  const sorted = words.mail.regions.toSorted((a, b) => rank(b) - rank(a));
  return sorted.flatMap((region) => {
    const parts = partsOf(words, region);
    return parts.length === 0 ? [] : [lineOf(words, region, `${capital(joined(parts))}.`)];
  });
}

function partsOf(words: DigestPhrases, { news, texts }: DigestRegion): string[] {
  const { t } = words;
  const requested = [...new Set(news.requested)].map((key) => words.decision(texts, key));
  return [
    ...news.rejected.map(({ party, decision }) =>
      t('digest.news.rejected', { party: texts.party(party), decision: words.decision(texts, decision) }),
    ),
    ...news.turns.map((turn) => t(`digest.news.${turn}`)),
    ...kinds.flatMap((kind) => {
      const count = news.answers[kind] ?? 0;
      return count === 0 ? [] : [t(`digest.news.${kind}`, { count })];
    }),
    ...requested.map((decision) => t('digest.news.requested', { decision })),
  ];
}
