/** Signing in, the mailbox of a trial, and the pages that anybody can open. */
import { asInstant } from '../../../domain/ids.ts';
import { MAIL, type Stage } from './stage.ts';
import type { Visit } from './visits.ts';

async function signInLink({ harness }: Stage, askedBy?: string): Promise<string> {
  const who = { role: 'coordinator', email: 'fien@example.org', name: 'Fien De Smet' } as const;
  const account = await harness.store.accounts.ensureAccount(who);
  const expires = asInstant(Date.parse(harness.now()) + 3_600_000);
  return `/aanmelden/${await harness.store.accounts.createSignInToken(account.id, expires, askedBy)}`;
}

async function digestLink({ harness }: Stage): Promise<string> {
  const who = { role: 'consultant', email: 'mia@example.org', name: 'Mia Wouters' } as const;
  const { id } = await harness.store.accounts.ensureAccount(who);
  await harness.store.settings.change({ id, role: who.role }, { digestWeekday: 1 });
  return `/digest/${await harness.links.privateToken({ purpose: 'digest', id, generation: 0 })}`;
}

export const plainVisits: Visit[] = [
  { name: 'the statement', routes: ['/toegankelijkheid'], open: (stage) => stage.go('/toegankelijkheid') },
  { name: 'a page that is not there', routes: ['*'], open: (stage) => stage.go('/nergens') },
  { name: 'signing in', routes: ['/aanmelden'], open: (stage) => stage.go('/aanmelden') },
  {
    name: 'signing in without an address',
    routes: ['/aanmelden'],
    async open(stage) {
      await stage.go('/aanmelden');
      await stage.leave(() => stage.page.locator('main button').click());
    },
  },
  {
    name: 'a link is on its way',
    routes: ['/aanmelden/verstuurd'],
    async open(stage) {
      await stage.go('/aanmelden');
      await stage.page.getByLabel('Mailadres').fill('fien@example.org');
      await stage.leave(() => stage.page.locator('main button').click());
    },
  },
  {
    name: 'the link to sign in',
    routes: ['/aanmelden/:token'],
    open: async (stage) => stage.go(await signInLink(stage)),
  },
  {
    name: 'the link to sign in, in another browser',
    routes: ['/aanmelden/:token'],
    async open(stage) {
      await stage.go(await signInLink(stage, 'the secret of another browser'));
      await stage.send('bevestigen');
    },
  },
  {
    name: 'a link to sign in that was used',
    routes: ['/aanmelden/:token'],
    async open(stage) {
      const link = await signInLink(stage);
      await stage.go(link);
      await stage.leave(() => stage.page.locator('main button').click());
      await stage.page.context().clearCookies();
      await stage.go(link);
    },
  },
  {
    name: 'switching the weekly digest off',
    routes: ['/digest/:token'],
    open: async (stage) => stage.go(await digestLink(stage)),
  },
  {
    name: 'the weekly digest is off',
    routes: ['/digest/:token'],
    async open(stage) {
      await stage.go(await digestLink(stage));
      await stage.leave(() => stage.page.locator('main button').click());
    },
  },
  {
    name: 'signed out',
    routes: ['/afmelden'],
    async open(stage) {
      await stage.desk('/');
      await stage.leave(() => stage.page.getByRole('button', { name: 'Afmelden' }).click());
    },
  },
  {
    name: 'the gallery of mails, pages and documents',
    routes: ['/galerij', '/galerij/*'],
    open: (stage) => stage.desk('/galerij', 'administrator'),
  },
  { name: 'the mailbox', routes: ['/mailbox'], open: (stage) => stage.desk('/mailbox', 'administrator') },
  {
    name: 'a mail in the mailbox',
    routes: ['/mailbox/:id'],
    open: (stage) => stage.desk(`/mailbox/${MAIL}`, 'administrator'),
  },
];
