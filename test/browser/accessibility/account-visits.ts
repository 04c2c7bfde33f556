/** One's own page, and the accounts of everybody. */
import type { Stage } from './stage.ts';
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
];
