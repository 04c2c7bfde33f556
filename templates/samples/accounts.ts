/** Mails to people with an account. */
import { asInstant } from '../../domain/ids.ts';
import type { Locale } from '../locale.ts';
import type { RenderedMail } from '../mail-context.ts';
import { type DigestMail, renderDigest, renderSignIn } from '../render-account-mail.ts';
import { day } from './sample.ts';

export interface AccountMailSample {
  name: string;
  kind: 'sign-in' | 'digest';
  /** The address that the mail is about. */
  link: string;
  render: (locale?: Locale) => RenderedMail;
}

const site = 'https://regiopad.example.org/';
const signIn = {
  name: 'Els',
  link: `${site}aanmelden/abc`,
  expiresAt: asInstant(Date.parse('2031-04-07T10:00:00Z')),
};
const region = { link: `${site}paden/noordrand-2033`, late: 0, waiting: 0, calls: [] };
const regions = [
  {
    ...region,
    partnership: 'Cultuur Noordrand',
    status: 'loopt, stap 4 van 11',
    late: 2,
    waiting: 5,
    calls: [{ who: 'Wemmel', why: 'intentieverklaring' }],
  },
  { ...region, partnership: 'Zuidrand', status: 'loopt, stap 6 van 11' },
];

const digest = (name: string, sent: DigestMail['regions']): AccountMailSample => ({
  name,
  kind: 'digest',
  link: site,
  render: (locale) => renderDigest({ name: 'Mia', day: day('2031-04-07'), link: site, regions: sent }, locale),
});

export const accountMails: AccountMailSample[] = [
  { name: 'sign-in', kind: 'sign-in', link: signIn.link, render: (locale) => renderSignIn(signIn, locale) },
  digest('digest', regions),
  digest('digest-empty', []),
];
