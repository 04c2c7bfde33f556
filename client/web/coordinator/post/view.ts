/** One mail to come as the list and its own page show it. */
import { localDay } from '../../../../domain/dates.ts';
import type { Message } from '../../../../domain/message.ts';
import type { LedgerEntry } from '../../../../store/ledger.ts';
import { moment, nearDay } from '../../../dutch/format.ts';
import type { Dossier } from '../../dossier.ts';
import type { Web } from '../../web.ts';
import { type NamedMail, postAddress } from './forecast.ts';
import { reasonText } from './reason.ts';
import { subjectFor } from './render.ts';

interface Badge {
  text: string;
  tone: 'info' | 'soon' | 'none';
}

function roleText({ texts, words }: Dossier, { role, party }: Message): string {
  return texts.text(`post.role.${role}`, { party: party === undefined ? '' : words.party(party) });
}

function badgesOf({ texts, today }: Dossier, mail: NamedMail): Badge[] {
  const { status, heldUntil, message, isEstimate, attempts = 0 } = mail;
  const badge = (key: string, tone: Badge['tone'], values = {}): Badge => ({ text: texts.text(key, values), tone });
  return [
    ...(heldUntil ? [badge('post.badge.held-until', 'soon', { day: nearDay(heldUntil, today) })] : []),
    ...(status === 'held' && !heldUntil ? [badge('post.badge.held', 'soon')] : []),
    ...(status === 'under-way' ? [badge(attempts > 0 ? 'post.badge.under-way' : 'post.badge.leaving', 'info')] : []),
    ...(message.lines ? [badge('post.badge.line', 'info')] : []),
    ...(isEstimate ? [badge('post.badge.estimate', 'none')] : []),
  ];
}

/** Why a mail is still on its way, in the words of the mail server. */
function whyText({ texts }: Dossier, mail: NamedMail, ledger: ReadonlyMap<string, LedgerEntry>): string | undefined {
  if (mail.status !== 'under-way' || (mail.attempts ?? 0) === 0) return undefined;
  const response = ledger.get(mail.message.key)?.response ?? '';
  const values = { count: mail.attempts ?? 0, when: mail.at === undefined ? '' : moment(mail.at), response };
  return texts.text(mail.at === undefined ? 'post.tried' : 'post.tried-again', values);
}

export async function mailView(web: Web, dossier: Dossier, mail: NamedMail, ledger: ReadonlyMap<string, LedgerEntry>) {
  const { message, at } = mail;
  const day = at === undefined ? dossier.today : localDay(at);
  return {
    href: `${postAddress(dossier.state.id)}/${mail.id}`,
    subject: (await subjectFor(web, dossier, message)) ?? dossier.texts.text(`mail-kind.${message.kind}`),
    who: dossier.people.get(message.to)?.name ?? dossier.texts.text('who.unknown'),
    role: roleText(dossier, message),
    when: at && moment(at),
    reasons: message.items.map((item) => reasonText(dossier, item, day)),
    badges: badgesOf(dossier, mail),
    why: whyText(dossier, mail, ledger),
  };
}

/** What mail servers said about the mails that are on their way. */
export async function ledgerOf(web: Web, { state }: Dossier, mails: readonly NamedMail[]) {
  const isTried = mails.some(({ status }) => status === 'under-way');
  const entries = isTried ? await web.store.ledger.entriesOf(state.id) : [];
  return new Map(entries.map((entry) => [entry.messageKey, entry]));
}
