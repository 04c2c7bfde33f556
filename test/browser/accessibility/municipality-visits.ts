/** Every state of the pages behind the link in a mail. */
import { RefusedError, UnavailableError } from '../../../client/path-client.ts';
import { asLocalDate, asPersonId } from '../../../domain/ids.ts';
import type { AnswerKind } from '../../../domain/state.ts';
import { PATH, WEMMEL, ZAVENTEM } from '../../web/harness.ts';
import { ASKED, FORM, type Stage } from './stage.ts';
import type { Visit } from './visits.ts';

const HOME = '/m/p/:path/:nis';
const answers: AnswerKind[] = ['scheduled', 'approved', 'approved-with-changes', 'adjourned', 'rejected'];
const choose = ({ page }: Stage, answer: AnswerKind) => page.locator(`#${FORM}-answer-${answer}`).check();

/** What the contact of Wemmel answers, without the pages. */
const told = ({ harness }: Stage, answer: AnswerKind, on: string) =>
  harness.tell({
    type: 'answer',
    data: { party: WEMMEL, decision: ASKED, answer, on: asLocalDate(on), changes: 'Artikel 3 wordt korter.' },
  });

async function fill({ page }: Stage): Promise<void> {
  await page.getByLabel('Naam').first().fill('An Peeters');
  await page.getByLabel('Functie').first().fill('secretariaat');
}

export const municipalityVisits: Visit[] = [
  { name: 'a question', routes: [HOME, '/m/:token'], open: (stage) => stage.follow() },
  ...answers.map((answer): Visit => ({
    name: `the fields of "${answer}"`,
    routes: [HOME],
    async open(stage) {
      await stage.follow();
      await choose(stage, answer);
    },
  })),
  {
    name: 'another date',
    routes: [HOME],
    async open(stage) {
      await stage.follow();
      await choose(stage, 'scheduled');
      await stage.page.locator(`#${FORM}-scheduled-session`).selectOption('other');
    },
  },
  {
    name: 'what is missing in an answer',
    routes: [`${HOME}/antwoord`],
    async open(stage) {
      await stage.follow();
      await choose(stage, 'approved-with-changes');
      await stage.send(FORM);
    },
  },
  {
    name: 'a noted answer, and silence',
    routes: [HOME],
    async open(stage) {
      await stage.follow();
      await choose(stage, 'scheduled');
      await stage.page.locator(`#${FORM}-scheduled-session`).selectOption('2031-03-18');
      await fill(stage);
      await stage.send(FORM);
      await stage.page.getByText('Is er iets veranderd').click();
    },
  },
  {
    name: 'an answer that nobody takes now',
    routes: [`${HOME}/antwoord`],
    async open(stage) {
      await stage.follow();
      await choose(stage, 'scheduled');
      await stage.page.locator(`#${FORM}-scheduled-session`).selectOption('2031-03-18');
      await fill(stage);
      stage.harness.paths.failure = new UnavailableError('away');
      await stage.send(FORM);
    },
  },
  {
    name: 'an answer that came too late',
    routes: [`${HOME}/antwoord`],
    async open(stage) {
      await stage.follow();
      await choose(stage, 'rejected');
      await told(stage, 'approved', '2031-02-11');
      await stage.send(FORM);
    },
  },
  {
    name: 'what a session decided',
    routes: [HOME],
    async open(stage) {
      await told(stage, 'scheduled', '2031-03-18');
      stage.harness.setTime('2031-03-19T09:00:00.000Z');
      await stage.follow();
      await choose(stage, 'approved');
    },
  },
  {
    name: 'no session left',
    routes: [HOME],
    async open(stage) {
      stage.harness.setTime('2031-06-10T09:00:00.000Z');
      await stage.follow();
    },
  },
  {
    name: 'a date that is over, on a path that stands still',
    routes: [HOME],
    async open(stage) {
      stage.harness.setTime('2031-07-10T09:00:00.000Z');
      await stage.harness.tell({ type: 'pause', data: { reason: 'Verkiezingen' } });
      await stage.follow();
    },
  },
  ...(['approved', 'approved-with-changes', 'rejected', 'adjourned'] as const).map((answer): Visit => ({
    name: `"${answer}", with everything that folds open`,
    routes: [HOME],
    async open(stage) {
      await told(stage, answer, '2031-02-11');
      await stage.follow();
      await stage.unfold();
    },
  })),
  {
    name: 'a published decision that is no web address',
    routes: [`${HOME}/bewijs`],
    async open(stage) {
      await told(stage, 'approved', '2031-02-11');
      await stage.follow();
      await stage.page.locator('summary', { hasText: 'gepubliceerde besluit' }).click();
      await stage.page.locator(`#bewijs-${ASKED}-reference`).fill('besluit 12');
      await stage.send(`bewijs-${ASKED}`);
    },
  },
  {
    name: 'a changed text without a file',
    routes: [`${HOME}/gewijzigd`],
    async open(stage) {
      await told(stage, 'approved-with-changes', '2031-02-11');
      await stage.follow();
      await stage.unfold();
      await stage.send(`gewijzigd-${ASKED}`);
    },
  },
  {
    name: 'a path that ended',
    routes: [HOME],
    async open(stage) {
      await told(stage, 'approved', '2031-02-11');
      await stage.harness.tell({ type: 'stop', data: { reason: 'Te weinig draagvlak' } });
      await stage.follow();
    },
  },
  { name: 'passing on', routes: [`${HOME}/collega`], open: (stage) => stage.follow('collega') },
  {
    name: 'passing on to nobody',
    routes: [`${HOME}/collega`],
    async open(stage) {
      await stage.follow('collega');
      await stage.send('collega');
    },
  },
  { name: 'passed on', routes: ['/m/doorgegeven'], open: (stage) => stage.go('/m/doorgegeven') },
  { name: 'session days', routes: [`${HOME}/zittingen`], open: (stage) => stage.follow('zittingen') },
  {
    name: 'session days that nobody understands, and one by one',
    routes: [`${HOME}/zittingen`],
    async open(stage) {
      await stage.follow('zittingen');
      await stage.unfold();
      await stage.page.getByLabel('Plak hier').fill('morgen, 31 februari en de tweede');
      await stage.send('zittingen-council');
    },
  },
  {
    name: 'session days that were noted',
    routes: [`${HOME}/zittingen`],
    async open(stage) {
      await stage.follow('zittingen');
      await stage.page.getByLabel('Plak hier').fill('11 juli 2031, 27 maart 2031, 27 maart 2031');
      await stage.send('zittingen-council');
    },
  },
  {
    name: 'own details and a deputy',
    routes: [`${HOME}/gegevens`],
    async open(stage) {
      const { store } = stage.harness;
      const jan = { role: 'deputy', name: 'Jan Smets', email: 'jan@example.org', phone: '02 123 45 67' } as const;
      const person = await store.people.ensurePerson({ path: PATH, party: WEMMEL, ...jan });
      await stage.harness.tell({ type: 'replace-deputy', data: { party: WEMMEL, person } });
      await stage.follow('gegevens');
      await stage.unfold();
    },
  },
  {
    name: 'own details that cannot be right',
    routes: [`${HOME}/gegevens`],
    async open(stage) {
      await stage.follow('gegevens');
      await stage.page.locator('#gegevens-phone').fill('12');
      await stage.page.locator('#gegevens-email').fill('an');
      await stage.send('gegevens');
    },
  },
  {
    name: 'another address, noted',
    routes: [`${HOME}/gegevens`],
    async open(stage) {
      await stage.follow('gegevens');
      await stage.page.locator('#gegevens-email').fill('an@example.org');
      await stage.send('gegevens');
    },
  },
  {
    name: 'a deputy without a name',
    routes: [`${HOME}/plaatsvervanger`],
    async open(stage) {
      await stage.follow('gegevens');
      await stage.unfold();
      await stage.send('plaatsvervanger');
    },
  },
  {
    name: 'a link that is forged',
    routes: ['/m/:token'],
    open: async (stage) => stage.go(`/m/${(await stage.harness.token(WEMMEL)).slice(0, -4)}`),
  },
  {
    name: 'a link that expired',
    routes: ['/m/:token'],
    open: async (stage) => stage.go(`/m/${await stage.harness.token(WEMMEL, { expires: '2020-01-01' })}`),
  },
  {
    name: 'a link of somebody who was replaced',
    routes: [HOME],
    async open(stage) {
      const token = await stage.harness.token(WEMMEL);
      await stage.harness.tell({ type: 'replace-contact', data: { party: WEMMEL, person: asPersonId(`${PATH}.9`) } });
      await stage.go(`/m/${token}`);
    },
  },
  {
    name: 'a municipality that left',
    routes: [HOME],
    async open(stage) {
      const token = await stage.harness.token(ZAVENTEM);
      await stage.harness.tell({ type: 'remove-party', data: { party: ZAVENTEM, reason: 'Andere regio' } });
      await stage.go(`/m/${token}`);
    },
  },
  { name: 'a code to type', routes: ['/m/code'], open: (stage) => stage.go('/m/code') },
  {
    name: 'a code that is none',
    routes: ['/m/code'],
    async open(stage) {
      await stage.go('/m/code');
      await stage.page.locator('main input[name=code]').fill('ABCD');
      await stage.leave(() => stage.page.locator('main button').click());
    },
  },
  { name: 'a page without its link', routes: [HOME], open: (stage) => stage.go(`/m/p/${PATH}/23102`) },
  {
    name: 'a refusal of the path',
    routes: [`${HOME}/zittingen`],
    async open(stage) {
      await stage.follow('zittingen');
      await stage.page.getByLabel('Plak hier').fill('27 maart 2031');
      stage.harness.paths.failure = new RefusedError({ code: 'path-ended' });
      await stage.send('zittingen-council');
    },
  },
];
