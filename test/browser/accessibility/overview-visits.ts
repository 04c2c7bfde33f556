/** Every state of the pages about all regions: the overview, the call list, the coming weeks. */
import { asLocalDate } from '../../../domain/ids.ts';
import { PATH, WEMMEL } from '../../web/harness.ts';
import { ASKED, type Stage } from './stage.ts';
import type { Visit } from './visits.ts';

const said = { party: WEMMEL, decision: ASKED, on: asLocalDate('2031-02-11') };

/** One municipality said no, and it is spring. */
async function rejected(stage: Stage): Promise<void> {
  await stage.harness.tell({ type: 'answer', data: { ...said, answer: 'rejected' } });
}

export const overviewVisits: Visit[] = [
  {
    name: 'the overview of a consultant, with own regions first',
    routes: ['/'],
    async open(stage) {
      await rejected(stage);
      await stage.desk('/', 'consultant');
      await stage.unfold();
    },
  },
  {
    name: 'the overview, with a filter that nothing passes and one that is not understood',
    routes: ['/'],
    open: (stage) => stage.desk('/?zoek=nergens&gemeente=Nergens&sinds=2099-01-01', 'administrator'),
  },
  {
    name: 'whom to call',
    routes: ['/bellen'],
    async open(stage) {
      await rejected(stage);
      await stage.desk('/bellen', 'consultant');
      await stage.unfold();
    },
  },
  { name: 'nobody to call', routes: ['/bellen'], open: (stage) => stage.desk('/bellen') },
  {
    name: 'a call that cannot be noted for that day',
    routes: ['/bellen/:path'],
    async open(stage) {
      await rejected(stage);
      await stage.desk('/bellen', 'consultant');
      await stage.unfold();
      await stage.page.locator(`#bel-${PATH}-nextOn`).fill('2030-01-01');
      await stage.send(`bel-${PATH}`);
    },
  },
  {
    name: 'the coming weeks',
    routes: ['/komende-weken'],
    async open(stage) {
      stage.harness.setTime('2031-06-05T09:00:00.000Z');
      await stage.desk('/komende-weken');
    },
  },
];
