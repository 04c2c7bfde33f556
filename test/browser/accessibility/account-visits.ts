/** One's own page, and the accounts of everybody. */
import { PATH } from '../../web/harness.ts';
import { NO_PROVIDER, type Stage } from './stage.ts';
import type { Visit } from './visits.ts';

const makeToken = async (stage: Stage, name: string): Promise<void> => {
  await stage.unfold();
  await stage.page.locator('#token-name').fill(name);
  await stage.send('token');
};

export const accountVisits: Visit[] = [
  {
    name: 'one’s own page, with a session elsewhere and a token',
    routes: ['/account', '/account/tokens/intrekken'],
    async open(stage) {
      await stage.harness.signIn('consultant');
      await stage.desk('/account', 'consultant');
      await makeToken(stage, 'Maandrapport');
      await stage.go('/account');
    },
  },
  {
    name: 'a token that was made',
    routes: ['/account/tokens'],
    async open(stage) {
      await stage.desk('/account', 'consultant');
      await makeToken(stage, 'Maandrapport');
    },
  },
  {
    name: 'a token without a name',
    routes: ['/account/tokens'],
    async open(stage) {
      await stage.desk('/account', 'consultant');
      await stage.unfold();
      await stage.send('token');
    },
  },
  {
    name: 'sessions that were ended',
    routes: ['/account/sessies'],
    async open(stage) {
      await stage.harness.signIn('reader');
      await stage.desk('/account', 'reader');
      await stage.leave(() => stage.page.getByRole('button', { name: 'Overal elders afmelden' }).click());
    },
  },
  {
    name: 'another day for the weekly digest',
    routes: ['/account/weekoverzicht'],
    async open(stage) {
      await stage.desk('/account', 'consultant');
      await stage.page.getByLabel('Wanneer wilt u het?').selectOption('4');
      await stage.leave(() => stage.page.getByRole('button', { name: 'Bewaren' }).click());
    },
  },
  {
    name: 'all accounts',
    routes: ['/accounts'],
    async open(stage) {
      await people(stage);
      await stage.desk('/accounts', 'administrator');
    },
  },
  {
    name: 'an account without a name',
    routes: ['/accounts'],
    async open(stage) {
      await stage.desk('/accounts', 'administrator');
      await stage.unfold();
      await stage.send('account');
    },
  },
  {
    name: 'an account that is looked for and not there',
    routes: ['/accounts'],
    open: (stage) => stage.desk('/accounts?q=niemand', 'administrator'),
  },
  {
    name: 'one account',
    routes: ['/accounts/:id', '/accounts/:id/identiteit'],
    async open(stage) {
      const [jo] = await people(stage);
      await stage.harness.store.identities.link(jo, { issuer: NO_PROVIDER.issuer, subject: 'vo_id:2b1f-4c3d' });
      await stage.desk(`/accounts/${jo}`, 'administrator');
      await stage.unfold();
    },
  },
  {
    name: 'a link that was sent to an account',
    routes: ['/accounts/:id/link'],
    async open(stage) {
      const [jo] = await people(stage);
      await stage.desk(`/accounts/${jo}`, 'administrator');
      await stage.leave(() => stage.page.getByRole('button', { name: 'Stuur de aanmeldlink' }).click());
    },
  },
  {
    name: 'an account that is not removed without a confirmation',
    routes: ['/accounts/:id/verwijderen'],
    async open(stage) {
      const [jo] = await people(stage);
      await stage.desk(`/accounts/${jo}`, 'administrator');
      await stage.unfold();
      await stage.send('verwijderen');
    },
  },
  {
    name: 'an identity provider that is away',
    routes: ['/aanmelden/oidc'],
    open: (stage) => stage.go('/aanmelden/oidc'),
  },
  {
    name: 'somebody who was too long at the identity provider',
    routes: ['/aanmelden/oidc/terug'],
    open: (stage) => stage.go('/aanmelden/oidc/terug?code=a&state=b'),
  },
];

async function people({ harness }: Stage): Promise<[string]> {
  const { accounts } = harness.store;
  await accounts.ensureAccount({ role: 'consultant', email: 'els@example.org', name: 'Els Maes' });
  const jo = await accounts.ensureAccount({ role: 'reader', email: 'jo@example.org', name: 'Jo Smets' });
  await accounts.setRegions(jo.id, [PATH]);
  return [jo.id];
}
