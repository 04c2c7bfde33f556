/** Mails to people with an account: the one-time link to sign in. The weekly digest is in render-digest.ts. */
import type { Instant } from '../domain/ids.ts';
import { plainMoment } from './dutch.ts';
import type { Locale } from './locale.ts';
import type { RenderedMail } from './mail-context.ts';
import { fill } from './mail/engine.ts';
import { mailLocale } from './render-mail.ts';

export interface SignInMail {
  name: string;
  link: string;
  expiresAt: Instant;
}

export function renderSignIn(mail: SignInMail, locale: Locale = mailLocale()): RenderedMail {
  const { t } = locale;
  const subject = t('sign-in.subject');
  const view = {
    subject,
    letterhead: t('frame.name'),
    greeting: t('frame.greeting', { name: mail.name }),
    intro: t('sign-in.intro', { until: plainMoment(mail.expiresAt) }),
    link: mail.link,
    linkName: t('sign-in.link-html'),
    linkCopy: t('frame.link-copy'),
    notYou: t('sign-in.not-you'),
    small: [t('sign-in.automatic')],
  };
  return { subject, text: fill('txt', 'sign-in', view), html: fill('html', 'sign-in', view) };
}
