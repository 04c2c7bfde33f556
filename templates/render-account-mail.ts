/** Mails to people with an account: the one-time link to sign in, and the weekly overview of consultants. */
import type { Instant, LocalDate } from '../domain/ids.ts';
import { longDate, plainDate, plainMoment } from './dutch.ts';
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

export interface DigestRegion {
  partnership: string;
  link: string;
  /** Where it stands, in a few words. */
  status: string;
  late: number;
  waiting: number;
  calls: { who: string; why: string }[];
}

export interface DigestMail {
  name: string;
  day: LocalDate;
  /** The page with all regions. */
  link: string;
  regions: DigestRegion[];
}

export function renderDigest(mail: DigestMail, locale: Locale = mailLocale()): RenderedMail {
  const { t } = locale;
  const subject = t('digest.subject', { day: plainDate(mail.day, mail.day) });
  const factsOf = ({ late, waiting, calls }: DigestRegion) => [
    ...(late === 0 ? [] : [{ label: t('digest.late'), value: String(late) }]),
    ...(waiting === 0 ? [] : [{ label: t('digest.waiting'), value: String(waiting) }]),
    ...calls.map((call) => ({ label: t('digest.call'), value: t('digest.call-value', { ...call }) })),
  ];
  const view = {
    subject,
    letterhead: t('frame.name'),
    greeting: t('frame.greeting', { name: mail.name }),
    intro: t('digest.intro', { day: longDate(mail.day) }),
    none: t('digest.none'),
    regions: mail.regions.map((region) => ({ ...region, facts: factsOf(region), quiet: t('digest.quiet') })),
    link: mail.link,
    linkIntro: t('digest.link'),
    linkName: t('digest.link-html'),
    linkCopy: t('frame.link-copy'),
    small: [t('digest.unsubscribe'), t('digest.automatic')],
  };
  return { subject, text: fill('txt', 'digest', view), html: fill('html', 'digest', view) };
}
