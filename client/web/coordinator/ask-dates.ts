/** The dates around one decision of one party, in sentences with their articles: before it is taken, and after. */
import type { AskSchedule } from '../../../domain/schedule.ts';
import { decidedOn } from '../../../domain/progress.ts';
import type { Ask } from '../../../domain/state.ts';
import { aftermath, decreeTerms, practicalSendingDay } from '../../../domain/terms.ts';
import type { Dossier } from '../dossier.ts';
import { nearDay } from '../../dutch/format.ts';

/** The last session that is in time, what it asks for beforehand, and what remains after it. */
export function datesView({ texts, today }: Dossier, dates: AskSchedule): string[] {
  const { lastSession, lastCutoff, textsBy, daysAfterLast = 0, notice } = dates;
  if (lastSession === undefined || lastCutoff === undefined || textsBy === undefined) return [];
  const near = (day: typeof today): string => nearDay(day, today);
  const { items } = decreeTerms;
  const law = {
    ...{ days: notice.days, article: notice.article ?? '' },
    ...{ items: near(practicalSendingDay(lastSession, items.days)), itemsArticle: items.article },
  };
  return [
    texts.text('ask.last', { day: near(lastSession), cutoff: near(lastCutoff) }),
    ...(notice.article === undefined ? [] : [texts.text('ask.notice', law)]),
    texts.text('ask.texts-by', { day: near(textsBy) }),
    daysAfterLast === 0 ? texts.text('ask.no-day-after') : texts.text('ask.days-after', { count: daysAfterLast }),
  ];
}

/** Publication and supervision after a decision; undefined while there is none. */
export function aftermathView({ texts, today }: Dossier, ask: Ask | undefined): string[] | undefined {
  const heldOn = ask && decidedOn(ask);
  if (heldOn === undefined) return undefined;
  const { publishedBy, supervisionUntil } = aftermath(heldOn, ask?.complaintOn);
  const { publication, supervision } = decreeTerms;
  const after = {
    ...{ published: nearDay(publishedBy, today), publicationArticle: publication.article },
    ...{ supervision: nearDay(supervisionUntil, today), supervisionArticle: supervision.article },
  };
  const complaint = ask?.complaintOn;
  return [
    texts.text('ask.aftermath', after),
    ...(complaint === undefined
      ? []
      : [texts.text('ask.aftermath-complaint', { complaint: nearDay(complaint, today) })]),
  ];
}
