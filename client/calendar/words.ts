/** What stands on a day of a path, in one line: for calendars and lists of dates. Nothing in it is about a person. */
import type { Moment } from '../../domain/moments.ts';
import { withArticle } from '../../templates/dutch.ts';
import type { PageTexts } from '../../templates/pages/locale.ts';
import { capital } from '../dutch/format.ts';
import type { PathWords } from '../dutch/words.ts';

export interface MomentNames {
  words: PathWords;
  texts: PageTexts;
  partnership: string;
}

/** `Wemmel: agenda sluit voor de intentieverklaring (schatting)` */
export function momentText({ words, texts, partnership }: MomentNames, moment: Moment): string {
  const who = 'party' in moment ? capital(words.party(moment.party)) : partnership;
  const what = texts.text(`calendar.moment.${moment.kind}`, { what: subjectOf(words, moment) });
  const estimate = moment.isEstimate ? ` ${texts.text('calendar.estimate')}` : '';
  return `${who}: ${what}${estimate}`;
}

function subjectOf(words: PathWords, moment: Moment): string {
  if (moment.kind === 'date') return words.date(moment.anchor);
  if (moment.kind === 'task') return words.task(moment.task).title;
  const { short, article } = words.decision(moment.decision);
  return withArticle(short, article);
}
