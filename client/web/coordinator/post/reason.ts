/** Why something is in a mail, in plain Dutch: `herinnering: de agenda van 24 juni sluit over 14 dagen`. */
import { daysBetween } from '../../../../domain/dates.ts';
import type { LocalDate } from '../../../../domain/ids.ts';
import { reasonOf } from '../../../../domain/mail-reason.ts';
import type { MessageItem } from '../../../../domain/message.ts';
import { saidBy } from '../../../../domain/mail-orders.ts';
import { nearDay } from '../../../dutch/format.ts';
import { type Dossier, personText } from '../../dossier.ts';
import { aboutText } from '../../history-orders.ts';

/** `vandaag`, `over 14 dagen`, `5 dagen geleden`, seen from the day of the mail. */
function distance({ texts }: Dossier, from: LocalDate, to: LocalDate): string {
  const days = daysBetween(from, to);
  if (days === 0) return texts.text('post.today');
  return texts.text(days > 0 ? 'post.in-days' : 'post.days-ago', { count: Math.abs(days) });
}

/** @param on the day of the mail */
export function reasonText(dossier: Dossier, item: MessageItem, on: LocalDate): string {
  const { texts, words, today, state } = dossier;
  const { code, on: date, session, anchor } = reasonOf(state, item);
  const kind = texts.text(`mail-kind.${item.kind}`);
  if (code === 'fact') return `${kind}: ${factText(dossier, item)}`;
  const why = texts.text(`post.reason.${code === 'cutoff' && session === undefined ? 'next-cutoff' : code}`, {
    day: date === undefined ? '' : nearDay(date, today),
    distance: date === undefined ? '' : distance(dossier, on, date),
    session: session === undefined ? '' : nearDay(session, today),
    date: anchor === undefined ? '' : words.date(anchor),
  });
  const [key] = saidBy(item);
  return `${kind}: ${key === undefined ? '' : `${aboutText(dossier, [key.subject])}, `}${why}`;
}

function factText(dossier: Dossier, item: MessageItem): string {
  const { words, texts } = dossier;
  if ('decision' in item && 'party' in item) {
    return texts.text('post.about', { decision: words.decision(item.decision).short, party: words.party(item.party) });
  }
  return item.type === 'undelivered'
    ? texts.text('post.fact.undelivered', { person: personText(dossier, item.to) })
    : texts.text('post.fact.other');
}
