/** A mail of the time to come as a test: it says in its subject and at its top that it is one, and for whom the mail is. */
import type { Message } from '../domain/message.ts';
import type { Locale } from './locale.ts';
import type { MailContext, RenderedMail } from './mail-context.ts';
import { phrasesFor } from './mail/phrases.ts';
import { mailLocale, renderMail } from './render-mail.ts';

/** @param context with a link that opens nobody's own page */
export function renderTestMail(message: Message, context: MailContext, locale: Locale = mailLocale()): RenderedMail {
  const { t, party } = phrasesFor(locale, message, context);
  const { name } = context.person;
  const notice =
    message.party === undefined
      ? t('test.notice-coordinator', { name })
      : t('test.notice', { name, party: party(message.party) });
  const mail = renderMail(message, { ...context, notice }, locale);
  return { ...mail, subject: t('test.subject', { subject: mail.subject }) };
}
