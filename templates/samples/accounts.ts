/** Mails to people with an account. */
import { asInstant, asPartyId } from '../../domain/ids.ts';
import type { Locale } from '../locale.ts';
import type { PathTexts, RenderedMail } from '../mail-context.ts';
import { type AlertMail, renderAlert, renderSignIn } from '../render-account-mail.ts';
import { type DigestMail, type DigestNews, type DigestRegion, renderDigest } from '../render-digest.ts';
import { board, day, wemmel } from './sample.ts';

export interface AccountMailSample {
  name: string;
  kind: 'sign-in' | 'digest' | 'alert';
  /** The address that the mail is about. */
  link: string;
  /** @param texts the words of the path `igs-cultuur` */
  render: (texts: PathTexts, locale?: Locale) => RenderedMail;
}

const site = 'https://regiopad.example.org/';
const signIn = {
  name: 'Els',
  link: `${site}aanmelden/abc`,
  expiresAt: asInstant(Date.parse('2031-04-07T10:00:00Z')),
};

const meise = asPartyId('nis:23050');
const asse = asPartyId('nis:23002');
const vilvoorde = asPartyId('nis:23088');
const nothing: DigestNews = { rejected: [], answers: {}, requested: [], turns: [] };
const due = day('2031-06-30');
const intent = { decision: 'declaration-of-intent', due } as const;
type Region = Omit<DigestRegion, 'texts'>;

const calm = (partnership: string): Region => ({
  ...{ partnership, link: `${site}paden/zuidrand-2033`, concerns: [], coming: [], news: nothing },
});

/** A week in which a lot happened. */
const noordrand: Region = {
  partnership: 'Cultuur Noordrand',
  link: `${site}paden/noordrand-2033`,
  concerns: [
    { key: '1', code: 'rejected', weight: 2, party: wemmel, ...intent, person: 'An Peeters' },
    { key: '2', code: 'no-session', weight: 2, party: meise, ...intent, person: 'Bart Goossens' },
    { key: '3', code: 'overdue', weight: 2, party: asse, ...intent },
    { key: '4', code: 'changed', weight: 2, party: vilvoorde, ...intent },
  ],
  news: {
    rejected: [{ party: wemmel, decision: 'declaration-of-intent' }],
    answers: { approved: 4, 'approved-with-changes': 1, adjourned: 1, scheduled: 2 },
    requested: [],
    turns: [],
  },
  coming: [
    {
      on: day('2031-06-16'),
      what: 'session',
      decision: 'declaration-of-intent',
      body: 'council',
      parties: [meise, asse],
    },
    { on: due, what: 'due', decision: 'declaration-of-intent', body: 'council', parties: [wemmel, meise, asse] },
  ],
};
const zennevallei: Region = {
  partnership: 'Zennevallei',
  link: `${site}paden/zennevallei-2033`,
  concerns: [
    {
      ...{ key: '1', code: 'tight', weight: 1, party: vilvoorde, ...intent },
      ...{ session: day('2031-06-23'), cutoff: day('2031-06-13'), person: 'Secretariaat Vilvoorde' },
    },
    { key: '2', code: 'ready', weight: 1, ...intent },
  ],
  news: { ...nothing, requested: ['representatives'], turns: ['started'] },
  coming: [
    { on: day('2031-06-12'), what: 'session', decision: 'internal-rules', body: 'board', parties: [board] },
    { on: day('2031-06-20'), what: 'due', decision: 'internal-rules', body: 'board', parties: [board] },
  ],
};
/** Every sentence that the others lack. */
const restless: Region = {
  partnership: 'Leievallei',
  link: `${site}paden/leievallei-2033`,
  concerns: [
    { key: '1', code: 'tight', weight: 1, party: wemmel, ...intent },
    { key: '2', code: 'foreseen', weight: 2, party: meise, ...intent, session: day('2031-09-16') },
    { key: '3', code: 'undelivered', weight: 1, count: 1 },
    { key: '4', code: 'undelivered', weight: 1, count: 3 },
  ],
  news: { ...nothing, turns: ['paused', 'resumed', 'submitted', 'granted'] },
  coming: [{ on: day('2031-06-11'), what: 'closing' }],
};
const late: Region = {
  ...calm('Wase Scheldekant'),
  concerns: [
    { key: '1', code: 'early', weight: 1, ...intent, count: 3 },
    { key: '2', code: 'late-task', weight: 1, task: 'intent-draft', due: day('2031-05-02') },
  ],
  news: { ...nothing, turns: ['refused', 'stopped', 'reopened'] },
};

const digest = (name: string, regions: Region[], changes: Partial<DigestMail> = {}): AccountMailSample => ({
  name,
  kind: 'digest',
  link: regions.length === 1 ? (regions[0]?.link ?? site) : site,
  render: (texts, locale) =>
    renderDigest(
      {
        ...{ name: 'Mia', isCoordinator: false, day: day('2031-06-09'), since: day('2031-06-02'), weekday: 1 },
        ...{ link: site, off: `${site}digest/eyJhbGciOiJIUzI1NiJ9.eyJnZW4iOjB9.c2lnbmF0dXJl` },
        regions: regions.map((region) => ({ ...region, texts })),
        ...changes,
      },
      locale,
    ),
});

const alert = (name: string, troubles: AlertMail['troubles']): AccountMailSample => ({
  ...{ name, kind: 'alert', link: `${site}readyz` },
  render: (_texts, locale) => renderAlert({ name: 'Mia', troubles, link: `${site}readyz` }, locale),
});

export const accountMails: AccountMailSample[] = [
  { name: 'sign-in', kind: 'sign-in', link: signIn.link, render: (_texts, locale) => renderSignIn(signIn, locale) },
  alert('alert', [{ kind: 'reminders', count: 3 }, { kind: 'mail' }]),
  alert('alert-one', [{ kind: 'temporal' }, { kind: 'reminders', count: 1 }, { kind: 'record', count: 1 }]),
  alert('alert-others', [{ kind: 'record', count: 2 }, { kind: 'inbound' }, { kind: 'clock' }]),
  digest('digest', [noordrand, zennevallei, calm('Zuidrand')]),
  digest('digest-one-call', [{ ...restless, concerns: restless.concerns.slice(0, 1) }, calm('Zuidrand')]),
  digest('digest-choices', [late, ...['Zuidrand', 'Route 42', 'Midwest', 'Kamwind'].map(calm)]),
  digest('digest-restless', [restless, { ...late, news: nothing }]),
  digest('digest-coordinator', [{ ...zennevallei, news: nothing }], { isCoordinator: true, weekday: 4 }),
  digest('digest-calm', [calm('Zuidrand')]),
  digest('digest-calm-many', [calm('Zuidrand'), calm('Midwest')]),
];
