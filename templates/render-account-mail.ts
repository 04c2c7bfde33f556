/** Mails to people with an account: the one-time link to sign in, and an alert. The weekly digest is in render-digest.ts. */
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

export interface AlertMail {
  name: string;
  /** Each kind has a sentence below `alert.trouble`. */
  troubles: readonly { kind: string; count?: number }[];
  /** Where each part says how it fares. */
  link: string;
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

export function renderAlert(mail: AlertMail, locale: Locale = mailLocale()): RenderedMail {
  const { t } = locale;
  const subject = t('alert.subject');
  const view = {
    subject,
    letterhead: t('frame.name'),
    greeting: t('frame.greeting', { name: mail.name }),
    intro: t('alert.intro'),
    troubles: mail.troubles.map(({ kind, count = 0 }) =>
      t(`alert.trouble.${kind}${count === 1 ? '-one' : ''}`, { count }),
    ),
    ...{ link: mail.link, linkName: t('alert.link-html'), linkCopy: t('frame.link-copy') },
    todo: t('alert.todo'),
    small: [t('alert.automatic')],
  };
  return { subject, text: fill('txt', 'alert', view), html: fill('html', 'alert', view) };
}
