/** Every state of the pages for who has signed in. */
import { UnavailableError } from '../../../client/path-client.ts';
import { asLocalDate } from '../../../domain/ids.ts';
import { PATH, WEMMEL } from '../../web/harness.ts';
import { ASKED, FORM } from './stage.ts';
import type { Visit } from './visits.ts';

const HOME = '/paden/:path';
const PARTY = `${HOME}/gemeenten/:party`;
const ASK = `${HOME}/beslissingen/:decision/:party`;
const TEXT = `${HOME}/teksten/:decision`;
const home = `/paden/${PATH}`;
const ask = `${home}/beslissingen/${ASKED}/${WEMMEL}`;
const party = `${home}/gemeenten/${WEMMEL}`;
const said = { party: WEMMEL, decision: ASKED, on: asLocalDate('2031-02-11'), changes: 'Artikel 3 wordt korter.' };

export const coordinatorVisits: Visit[] = [
  { name: 'the overview', routes: ['/'], open: (stage) => stage.desk('/') },
  {
    name: 'an overview of nothing',
    routes: ['/'],
    async open(stage) {
      await stage.desk('/');
      await stage.harness.tell({ type: 'stop', data: { reason: 'Te weinig draagvlak' } });
      await stage.go('/');
    },
  },
  { name: 'the page of a path', routes: [HOME], open: (stage) => stage.desk(home) },
  {
    name: 'the page of a path on which somebody has to choose',
    routes: [HOME],
    async open(stage) {
      await stage.harness.tell({ type: 'answer', data: { ...said, answer: 'approved-with-changes' } });
      stage.harness.setTime('2031-06-10T09:00:00.000Z');
      await stage.desk(home);
      await stage.unfold();
    },
  },
  {
    name: 'a task that was ticked',
    routes: [HOME],
    async open(stage) {
      await stage.harness.tell({ type: 'reopen-task', data: { task: 'intent-draft', reason: 'Te vroeg' } });
      await stage.desk(home);
      await stage.leave(() => stage.page.getByRole('button', { name: 'Klaar' }).first().click());
    },
  },
  {
    name: 'an ended path',
    routes: [HOME],
    async open(stage) {
      await stage.harness.tell({ type: 'stop', data: { reason: 'Te weinig draagvlak' } });
      await stage.desk(home);
    },
  },
  { name: 'the conditions', routes: [`${HOME}/voorwaarden`], open: (stage) => stage.desk(`${home}/voorwaarden`) },
  {
    name: 'what if',
    routes: [`${HOME}/voorwaarden`],
    async open(stage) {
      await stage.desk(`${home}/voorwaarden?zonder=${WEMMEL}&met=Gent&inwoners=10000`);
      await stage.unfold();
    },
  },
  {
    name: 'what if, with a municipality that is none',
    routes: [`${HOME}/voorwaarden`],
    open: (stage) => stage.desk(`${home}/voorwaarden?met=Nergens`),
  },
  { name: 'managing', routes: [`${HOME}/beheer`], open: (stage) => stage.desk(`${home}/beheer`) },
  {
    name: 'managing, with a date that is missing',
    routes: [`${HOME}/beheer`],
    async open(stage) {
      await stage.desk(`${home}/beheer`);
      await stage.send('move-deadline');
    },
  },
  {
    name: 'what a change would do',
    routes: [`${HOME}/beheer`],
    async open(stage) {
      await stage.desk(`${home}/beheer`);
      await stage.page.locator('#move-deadline-item').selectOption(ASKED);
      await stage.page.locator('#move-deadline-to').fill('2031-09-30');
      await stage.page.locator('#move-deadline-reason').fill('De tekst is later klaar.');
      await stage.leave(() => stage.page.locator('#move-deadline button[name=_preview]').click());
      await stage.unfold();
    },
  },
  {
    name: 'a municipality',
    routes: [PARTY],
    async open(stage) {
      await stage.desk(party);
      await stage.unfold();
    },
  },
  {
    name: 'a municipality, with a name that is missing',
    routes: [PARTY],
    async open(stage) {
      await stage.desk(party);
      await stage.unfold();
      await stage.send('replace-contact');
    },
  },
  { name: 'a decision', routes: [ASK], open: (stage) => stage.desk(ask) },
  {
    name: 'a decision that is noted and can be corrected',
    routes: [ASK],
    async open(stage) {
      await stage.harness.tell({ type: 'answer', data: { ...said, answer: 'rejected' } });
      await stage.desk(ask);
      await stage.unfold();
    },
  },
  {
    name: 'an answer on behalf of somebody, without a session',
    routes: [`${ASK}/antwoord`],
    async open(stage) {
      await stage.desk(ask);
      await stage.page.locator(`#${FORM}-answer-approved`).check();
      await stage.send(FORM);
    },
  },
  {
    name: 'a choice that nobody takes now',
    routes: [ASK],
    async open(stage) {
      await stage.desk(ask);
      await stage.page.locator('#move-deadline-to').fill('2031-09-30');
      await stage.page.locator('#move-deadline-reason').fill('De tekst is later klaar.');
      stage.harness.paths.failure = new UnavailableError('away');
      await stage.send('move-deadline');
    },
  },
  { name: 'the texts', routes: [`${HOME}/teksten`], open: (stage) => stage.desk(`${home}/teksten`) },
  { name: 'the text of a decision', routes: [TEXT], open: (stage) => stage.desk(`${home}/teksten/${ASKED}`) },
  ...(['sjabloon', 'bijlage'] as const).map((form): Visit => ({
    name: `a text without a file (${form})`,
    routes: [form === 'sjabloon' ? `${TEXT}/sjabloon` : `${TEXT}/bijlagen`],
    async open(stage) {
      await stage.desk(`${home}/teksten/${ASKED}`);
      await stage.unfold();
      await stage.send(form);
    },
  })),
  {
    name: 'a text that a council changed',
    routes: [`${ASK}/wijzigingen`],
    async open(stage) {
      await stage.harness.tell({ type: 'answer', data: { ...said, answer: 'approved-with-changes' } });
      await stage.desk(`${ask}/wijzigingen`);
    },
  },
  { name: 'the mails to come', routes: [`${HOME}/post`], open: (stage) => stage.desk(`${home}/post`) },
  {
    name: 'one mail to come',
    routes: [`${HOME}/post/:mail`],
    async open(stage) {
      await stage.desk(`${home}/post`);
      await stage.leave(() => stage.page.locator('main a[href*="/post/"]').first().click());
      await stage.unfold();
    },
  },
  { name: 'the mails of a path', routes: [`${HOME}/mails`], open: (stage) => stage.desk(`${home}/mails`) },
  { name: 'the record', routes: [`${HOME}/logboek`], open: (stage) => stage.desk(`${home}/logboek`) },
  { name: 'the dossier', routes: [`${HOME}/dossier`], open: (stage) => stage.desk(`${home}/dossier`) },
  {
    name: 'the dossier, with a receipt that is missing',
    routes: [`${HOME}/dossier/ontvangst`],
    async open(stage) {
      const on = asLocalDate('2031-02-11');
      await stage.harness.tell({ type: 'record-submission', data: { number: 'KIOSK-123', on } });
      await stage.desk(`${home}/dossier`);
      await stage.unfold();
      await stage.send('ontvangst');
    },
  },
  {
    name: 'notes',
    routes: [`${HOME}/notities`],
    async open(stage) {
      await stage.desk(`${home}/notities`);
      await stage.page.locator('#notitie-text').fill('Bel na zes uur.');
      await stage.page.locator('#notitie-gemeente').selectOption(WEMMEL);
      await stage.send('notitie');
    },
  },
  {
    name: 'a note without a word',
    routes: [`${HOME}/notities`],
    async open(stage) {
      await stage.desk(`${home}/notities`);
      await stage.send('notitie');
    },
  },
  {
    name: 'sharing the page of a region',
    routes: [`${HOME}/delen`],
    async open(stage) {
      await stage.desk(`${home}/delen`);
      await stage.send('delen-open');
    },
  },
  { name: 'a region without personal data', routes: ['/regio/:path'], open: (stage) => stage.desk(`/regio/${PATH}`) },
  {
    name: 'a region for its mayors',
    routes: ['/lezen/:token'],
    async open(stage) {
      await stage.harness.store.regionShares.open(PATH, 'fien');
      const of = { purpose: 'region', id: PATH, generation: 1 } as const;
      await stage.go(`/lezen/${await stage.harness.links.privateToken(of)}`);
      await stage.unfold();
    },
  },
  {
    name: 'a region whose page was closed',
    routes: ['/lezen/:token'],
    async open(stage) {
      const of = { purpose: 'region', id: PATH, generation: 1 } as const;
      await stage.go(`/lezen/${await stage.harness.links.privateToken(of)}`);
    },
  },
  { name: 'the page for the wall', routes: [`${HOME}/muur`], open: (stage) => stage.desk(`${home}/muur`) },
  {
    name: 'a path of somebody else',
    routes: [HOME],
    async open(stage) {
      await stage.harness.store.accounts.ensureAccount({ role: 'coordinator', email: 'jo@example.org', name: 'Jo' });
      await stage.desk('/paden/nergens');
    },
  },
];
