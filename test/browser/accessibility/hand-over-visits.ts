/** Every state of the pages of municipalities over all paths, and of a hand-over of contacts. */
import { UnavailableError } from '../../../client/path-client.ts';
import type { Stage } from './stage.ts';
import type { Visit } from './visits.ts';

const OVER = '/overdracht';

async function pasted(stage: Stage): Promise<void> {
  await stage.desk(OVER);
  const rows = ['Gemeente\tNaam\tMail\tRol', 'Wemmel\tIlse Claes\tilse@example.org\t', 'Assee\tJan\tjan@\tx'];
  await stage.page.getByLabel('Plak hier').fill(rows.join('\n'));
  await stage.send('plak');
}

export const handOverVisits: Visit[] = [
  { name: 'municipalities', routes: ['/gemeenten'], open: (stage) => stage.desk('/gemeenten') },
  { name: 'no municipality found', routes: ['/gemeenten'], open: (stage) => stage.desk('/gemeenten?zoek=niets') },
  { name: 'one municipality', routes: ['/gemeenten/:nis'], open: (stage) => stage.desk('/gemeenten/23102') },
  {
    name: 'a municipality that was merged',
    routes: ['/gemeenten/:nis'],
    open: (stage) => stage.desk('/gemeenten/23023'),
  },
  { name: 'handing over contacts', routes: [OVER], open: (stage) => stage.desk(OVER) },
  { name: 'handing over contacts, as it would be', routes: [OVER], open: pasted },
  {
    name: 'handing over contacts without having looked',
    routes: [OVER],
    async open(stage) {
      await pasted(stage);
      await stage.send('uitvoeren');
    },
  },
  {
    name: 'contacts that were handed over, in part',
    routes: [OVER],
    async open(stage) {
      await pasted(stage);
      stage.harness.paths.failure = new UnavailableError('away');
      await stage.page.getByLabel('Ik heb gezien').check();
      await stage.send('uitvoeren');
    },
  },
];
