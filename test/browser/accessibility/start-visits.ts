/** Every state of the pages on which a path is prepared. */
import { type Stage } from './stage.ts';
import type { Visit } from './visits.ts';

const DRAFT = '/starten/:draft';

const rows = [
  'Gemeente\tNaam\tMail\tBijdrage\tZittingen\tOpmerking',
  'Asse\tGriet Moortgat\tgriet@example.org\t14500\tvierde maandag, niet in juli en augustus\t',
  'Meise\t\t\t\t\t',
].join('\n');

async function begun(stage: Stage): Promise<void> {
  await stage.desk('/starten');
  await stage.leave(() => stage.page.locator('main .cards button').first().click());
}

async function named(stage: Stage): Promise<void> {
  await begun(stage);
  await stage.page.getByLabel('Naam van het samenwerkingsverband').fill('Cultuur Zennevallei');
  await stage.send('wat');
}

async function pasted(stage: Stage, text = rows): Promise<void> {
  await named(stage);
  await stage.page.getByLabel('Plak hier').fill(text);
  await stage.send('plak');
}

async function looked(stage: Stage): Promise<void> {
  await pasted(stage);
  await stage.leave(() => stage.page.getByRole('link', { name: 'Verder naar de vooruitblik' }).click());
}

export const startVisits: Visit[] = [
  {
    name: 'what can be started, and what was begun',
    routes: ['/starten'],
    async open(stage) {
      await named(stage);
      await stage.go('/starten');
      await stage.unfold();
    },
  },
  {
    name: 'a draft that was removed',
    routes: [`${DRAFT}/weg`],
    async open(stage) {
      await named(stage);
      await stage.go('/starten');
      await stage.unfold();
      await stage.leave(() => stage.page.getByRole('button', { name: 'Ja, verwijderen' }).click());
    },
  },
  {
    name: 'what a path is about',
    routes: [DRAFT],
    async open(stage) {
      await begun(stage);
      await stage.unfold();
    },
  },
  {
    name: 'what a path is about, without a name',
    routes: [DRAFT],
    async open(stage) {
      await begun(stage);
      await stage.send('wat');
    },
  },
  { name: 'who takes part: nobody yet', routes: [`${DRAFT}/gemeenten`], open: named },
  {
    name: 'who takes part, as it was understood',
    routes: [`${DRAFT}/gemeenten`],
    async open(stage) {
      await pasted(stage);
      await stage.unfold();
    },
  },
  {
    name: 'who takes part, with rows to correct',
    routes: [`${DRAFT}/gemeenten`],
    async open(stage) {
      await pasted(
        stage,
        'Assee\tAn\tan@\t\t12\tveel\tvollemaan\nGent\tBart\tbart@example.org\nAsse\tCas\tcas@example.org',
      );
      await stage.unfold();
    },
  },
  {
    name: 'rows that are none',
    routes: [`${DRAFT}/gemeenten`],
    async open(stage) {
      await named(stage);
      await stage.send('plak');
    },
  },
  { name: 'a look at what will happen', routes: [`${DRAFT}/vooruitblik`], open: looked },
  {
    name: 'a start without having looked',
    routes: [`${DRAFT}/vooruitblik`],
    async open(stage) {
      await looked(stage);
      await stage.send('starten');
    },
  },
  {
    name: 'a region that was just started',
    routes: ['/paden/:path'],
    async open(stage) {
      await looked(stage);
      await stage.page.getByLabel('Ik heb gezien').check();
      await stage.send('starten');
    },
  },
];
