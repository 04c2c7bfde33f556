/** What the page of a path says about mails to come: when the next one leaves, and what is held too long. */
import { nextDue } from '../../../../domain/due.ts';
import { heldTooLong } from '../../../../domain/mail-forecast.ts';
import { saidBy } from '../../../../domain/mail-orders.ts';
import { moment, nearDay } from '../../../dutch/format.ts';
import { type Dossier, personText } from '../../dossier.ts';
import { aboutText } from '../../history-orders.ts';
import { postAddress } from './forecast.ts';

/** Mails that are held although their session or deadline comes near. */
export const heldWarnings = (dossier: Dossier): string[] =>
  heldTooLong(dossier.state, dossier.now).map(({ to, item, closesOn }) =>
    dossier.texts.text(closesOn < dossier.today ? 'post.held-too-long-past' : 'post.held-too-long', {
      person: personText(dossier, to),
      about: aboutText(
        dossier,
        saidBy(item).map(({ subject }) => subject),
      ),
      day: nearDay(closesOn, dossier.today),
    }),
  );

export function postLine(dossier: Dossier) {
  const next = nextDue(dossier.state, dossier.now);
  const isMail = next !== undefined && next.messages.length > 0;
  return {
    href: postAddress(dossier.state.id),
    warnings: heldWarnings(dossier),
    next: isMail ? dossier.texts.text('post.next', { when: moment(next.at) }) : undefined,
  };
}
