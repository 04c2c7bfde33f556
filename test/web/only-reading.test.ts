/** Who may look at a region and change nothing of it, a consultant, is offered nothing that would be refused. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asLocalDate } from '../../domain/ids.ts';
import {
  ASSE,
  type Browser,
  createHarness,
  type Harness,
  PATH,
  request,
  startPath,
  WEMMEL,
  ZAVENTEM,
} from './harness.ts';

const ASKED = 'declaration-of-intent';
const home = `/paden/${PATH}`;
/** What everybody who sees a region may do: sign out, ask "what if", choose what a list shows, write a note. */
const open = [/\/afmelden$/, /\/notities(\/weg)?$/];

let harness: Harness;
let consultant: Browser;
let coordinator: Browser;

beforeAll(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths);
  await request(harness, ASKED);
  const on = asLocalDate('2031-02-11');
  await harness.tell({ type: 'answer', data: { party: ASSE, decision: ASKED, answer: 'rejected', on } });
  const changes = 'Artikel 3 wordt korter.';
  const changed = { party: WEMMEL, decision: ASKED, answer: 'approved-with-changes', on, changes } as const;
  await harness.tell({ type: 'answer', data: changed });
  consultant = await harness.signIn('consultant', 'consulent@example.org');
  coordinator = await harness.signIn('coordinator');
});
afterAll(() => harness.close());

const refused = (browser: Browser): string[] =>
  [...browser.html.matchAll(/<form[^>]*method="post"[^>]*action="([^"]*)"/g)]
    .map(([, action = '']) => action)
    .filter((action) => !open.some((each) => each.test(action)));

async function pages(): Promise<string[]> {
  await coordinator.get(`${home}/post`);
  const mail = /href="([^"]*\/post\/[0-9a-f]{16})"/.exec(coordinator.html)?.[1];
  const asks = [ASSE, WEMMEL, ZAVENTEM].map((party) => `${home}/beslissingen/${ASKED}/${party}`);
  return [
    ...[
      '',
      '/voorwaarden',
      '/beheer',
      '/teksten',
      `/teksten/${ASKED}`,
      '/post',
      '/mails',
      '/logboek',
      '/notities',
      '/delen',
    ].map((page) => home + page),
    ...[mail!, ...asks, `${asks[1]!}/wijzigingen`, `${home}/gemeenten/${WEMMEL}`],
  ];
}

test('a consultant reads every page of a path, with one line that says so and no form that would be refused', async () => {
  for (const page of await pages()) {
    await consultant.get(page);
    expect(consultant.status, page).toBe(200);
    expect(refused(consultant), page).toEqual([]);
    expect(consultant.text, page).toContain('U kunt deze regio bekijken, bellen en notities schrijven.');
    expect(consultant.html, page).not.toContain(`href="${home}/beheer"`);
  }
});

test('the coordinator has the forms, and no such line', async () => {
  for (const page of [
    home,
    `${home}/beheer`,
    `${home}/gemeenten/${WEMMEL}`,
    `${home}/beslissingen/${ASKED}/${WEMMEL}`,
  ]) {
    await coordinator.get(page);
    expect(refused(coordinator).length, page).toBeGreaterThan(0);
    expect(coordinator.text, page).not.toContain('U kunt deze regio bekijken');
  }
});

test('a form that a consultant sends all the same changes nothing', async () => {
  await consultant.get(`${home}/notities`);
  const token = consultant.forms().find(({ id }) => id === 'notitie')!.fields['_form']!;
  const commands = harness.paths.commands;
  for (const page of [home, `${home}/beheer`, `${home}/post`, `${home}/delen`]) {
    await consultant.post(page, { _form: token, command: 'stop', reason: 'Zomaar', change: 'open', confirmed: 'ja' });
    expect(consultant.status, page).toBe(403);
  }
  expect(harness.paths.commands).toBe(commands);
});
