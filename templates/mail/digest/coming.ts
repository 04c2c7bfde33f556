/** The days of the two weeks to come on which something happens in a region. */
import type { DigestComing, DigestRegion } from '../../render-digest.ts';
import { nisOf } from '../../../domain/ids.ts';
import { capital, joined, withArticle } from '../../dutch.ts';
import { type DigestPhrases, isAboutOne, type Line } from './phrases.ts';

/** So many municipalities are named, more are counted. */
const NAMED = 2;

export function comingLines(words: DigestPhrases): Line[] {
  const all = words.mail.regions.flatMap((region) => region.coming.map((coming) => ({ region, coming })));
  return all
    .toSorted((a, b) => (a.coming.on < b.coming.on ? -1 : a.coming.on > b.coming.on ? 1 : 0))
    .map(({ region, coming }) => ({
      label: capital(words.day(coming.on)),
      link: region.link,
      text: inRegion(words, region, whatOf(words, region, coming)),
    }));
}

const inRegion = ({ t, mail }: DigestPhrases, { partnership }: DigestRegion, what: string): string =>
  isAboutOne(mail) ? what : t('digest.coming.in', { partnership, what });

function whatOf(words: DigestPhrases, { texts }: DigestRegion, coming: DigestComing): string {
  const { t } = words;
  if (coming.what === 'closing') return t('digest.coming.closing');
  const { parties, what } = coming;
  // A body that exists once is its own party.
  const isBody = parties.every((party) => nisOf(party) === undefined);
  const who =
    parties.length > NAMED
      ? t('digest.coming.many', { count: parties.length })
      : joined(parties.map((party) => texts.party(party)));
  const body = texts.body(coming.body);
  return t(`digest.coming.${what}${isBody ? '-body' : ''}`, {
    ...{ who, decision: words.decision(texts, coming.decision) },
    body: withArticle(body.short, body.article),
  });
}
