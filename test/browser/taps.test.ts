/** How much an answer costs on a phone: what is touched and what is typed from the link to "Genoteerd". More is a loss for every town hall. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PATH, WEMMEL } from '../web/harness.ts';
import { ASKED, createStage, FORM, type Stage } from './accessibility/stage.ts';
import { launchChromium } from './page.ts';

let browser: Browser;
let page: Page;
let stage: Stage;
let cost: { taps: number; typed: number };

beforeAll(async () => {
  browser = await launchChromium();
  page = await (await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true })).newPage();
});
afterAll(() => browser.close());
beforeEach(async () => {
  stage = await createStage(page);
  cost = { taps: 0, typed: 0 };
});
afterEach(() => stage.close());

async function tap(what: Locator): Promise<void> {
  cost.taps += 1;
  await what.tap();
}
/** A list takes two: one to open it, one to choose. */
async function pick(name: string, day: string): Promise<void> {
  cost.taps += 2;
  await page.locator(`#${FORM}-${name}-session`).selectOption(day);
}
async function type(what: Locator, text: string): Promise<void> {
  await tap(what);
  cost.typed += 1;
  await what.fill(text);
}

/** The contact is somebody with a function, as in most region files. */
async function known(): Promise<void> {
  const { people } = stage.harness.store;
  const person = await people.ensurePerson({
    ...{ path: PATH, party: WEMMEL, role: 'contact', name: 'An Peeters', function: 'secretariaat' },
    email: 'an@example.org',
  });
  await stage.harness.tell({ type: 'replace-contact', data: { party: WEMMEL, person } });
}

const typeWho = async (): Promise<void> => {
  await type(page.getByLabel('Naam'), 'An Peeters');
  await type(page.getByLabel('Functie'), 'secretariaat');
};

const held = '2031-01-21';
const answers: [string, string, () => Promise<void>, { taps: number; typed: number }][] = [
  ['scheduled', 'scheduled', () => pick('scheduled', '2031-03-18'), { taps: 4, typed: 0 }],
  ['approved', 'approved', () => pick('approved', held), { taps: 4, typed: 0 }],
  [
    'approved-with-changes',
    'changed',
    async () => {
      await pick('changed', held);
      await type(page.locator(`#${FORM}-changed-changes`), 'Artikel 3');
    },
    { taps: 5, typed: 1 },
  ],
  ['adjourned', 'adjourned', () => pick('adjourned', held), { taps: 4, typed: 0 }],
  ['rejected', 'rejected', () => pick('rejected', held), { taps: 4, typed: 0 }],
];

describe('from the link to "Genoteerd"', { timeout: 30_000 }, () => {
  test.each(answers)('"%s" takes no more than it must', async (answer, status, fill, expected) => {
    await known();
    await stage.follow();
    await tap(page.locator(`#${FORM}-answer-${answer}`));
    await fill();
    await tap(page.getByRole('button', { name: 'Noteren' }));
    await page.getByText('Genoteerd. Dank u wel.').waitFor();
    expect(stage.harness.state().asks[`${ASKED}/${WEMMEL}` as never]?.['status']).toBe(status);
    expect(cost).toEqual(expected);
  });

  test('a shared mailbox says once who answers, and is not asked again months later', async () => {
    await stage.follow();
    await tap(page.locator(`#${FORM}-answer-scheduled`));
    await pick('scheduled', '2031-03-18');
    await typeWho();
    await tap(page.getByRole('button', { name: 'Noteren' }));
    await page.getByText('Genoteerd. Dank u wel.').waitFor();
    expect(cost).toEqual({ taps: 6, typed: 2 });
    const [who] = (await page.context().cookies()).filter(({ name }) => name === 'regiopad_who');
    expect((who!.expires - Date.now() / 1000) / 86_400).toBeGreaterThan(170);
    stage.harness.setTime('2031-03-19T09:00:00.000Z');
    cost = { taps: 0, typed: 0 };
    await stage.follow();
    await tap(page.locator(`#${FORM}-answer-approved`));
    await pick('approved', '2031-03-18');
    await tap(page.getByRole('button', { name: 'Noteren' }));
    await page.getByText('Genoteerd. Dank u wel.').waitFor();
    expect(cost).toEqual({ taps: 4, typed: 0 });
  });

  test('no session is chosen beforehand, whatever the page knows', async () => {
    await known();
    await stage.follow();
    const chosen = await page
      .locator('select[name$=".session"]')
      .evaluateAll((lists: { value: string }[]) => lists.map(({ value }) => value));
    expect(chosen.filter((value) => value !== '' && value !== 'unknown')).toEqual([]);
    expect(await page.locator('input[type=radio]:checked').count()).toBe(0);
  });
});
