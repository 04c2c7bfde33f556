/** The first day of a coordinator: a region started from a spreadsheet, in a browser, and its contacts handed over after elections. */
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asInstant, asPathId } from '../../domain/ids.ts';
import { createHarness, type Harness } from '../web/harness.ts';
import { faultsOf, launchChromium, picture } from './page.ts';

const STARTED = asPathId('zennevallei-2033');
const names = ['Asse', 'Grimbergen', 'Kampenhout', 'Kapelle-op-den-Bos', 'Londerzeel', 'Machelen', 'Meise', 'Merchtem'];
const more = ['Opwijk', 'Steenokkerzeel', 'Vilvoorde', 'Wemmel', 'Zemst'];

let harness: Harness;
let browser: Browser;
let page: Page;
let url = '';

beforeAll(async () => {
  [harness, browser] = await Promise.all([createHarness(), launchChromium()]);
  harness.setTime('2031-01-07T09:00:00.000Z');
  await harness.app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${String((harness.app.server.address() as AddressInfo).port)}`;
  page = await (await browser.newContext({ locale: 'nl-BE', viewport: { width: 1280, height: 900 } })).newPage();
  const who = { role: 'coordinator', email: 'fien@example.org', name: 'Fien De Smet' } as const;
  const account = await harness.store.accounts.ensureAccount(who);
  const expires = asInstant(Date.parse(harness.now()) + 3_600_000);
  await page.goto(`${url}/aanmelden/${await harness.store.accounts.createSignInToken(account.id, expires)}`);
  await leave(() => page.locator('main button').click());
}, 120_000);
afterAll(async () => {
  await browser.close();
  await harness.close();
});

async function leave(action: () => Promise<unknown>): Promise<void> {
  await Promise.all([page.waitForEvent('load'), action()]);
}

async function check(name: string): Promise<void> {
  await picture(page, `start-day-${name}`);
  expect(await faultsOf(page), name).toEqual([]);
}

/** Thirteen rows, of which the fifth has no proper address and the seventh no proper name. */
function rows(): string {
  const all = [...names, ...more].map((name, index) => {
    const municipality = name === 'Meise' ? 'Meisse' : name;
    const mail = name === 'Londerzeel' ? 'wim@' : `contact${String(index)}@example.org`;
    return [municipality, `Contact ${String(index)}`, mail, '11.400,50', '"28 januari 2031\n25 februari 2031"'].join(
      '\t',
    );
  });
  return [['Gemeente', 'Naam', 'Mail', 'Bijdrage', 'Zittingen'].join('\t'), ...all].join('\n');
}

describe('the first day of a coordinator', { timeout: 120_000 }, () => {
  test('what the path is about, with keys alone', async () => {
    await leave(() => page.locator('main').getByRole('link', { name: 'Traject starten' }).click());
    await check('begin');
    await page
      .getByRole('button', { name: /^Hiermee beginnen/ })
      .first()
      .focus();
    await leave(() => page.keyboard.press('Enter'));
    await page.getByLabel('Naam van het samenwerkingsverband').focus();
    await page.keyboard.type('Cultuur Zennevallei');
    await check('what');
    await leave(() => page.keyboard.press('Enter'));
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Wie meedoet');
  });

  test('thirteen rows are pasted, and the two that are wrong corrected in place', async () => {
    await page.getByLabel('Plak hier').fill(rows());
    await leave(() => page.getByRole('button', { name: 'Rijen lezen' }).click());
    await check('wrong');
    expect(await page.getByRole('alert').innerText()).toContain('Rij 6, mailadres: Dit is geen volledig mailadres');
    expect(await page.getByRole('alert').innerText()).toContain(
      'Rij 8, gemeente: Deze gemeente kennen we niet. Bedoelt u Meise',
    );
    await page
      .getByRole('alert')
      .getByRole('link', { name: /^Rij 6/ })
      .focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate<string>('document.activeElement.name')).toBe('r.6.email');
    await page.locator('[name="r.6.email"]').fill('wim@example.org');
    await page.locator('[name="r.8.municipality"]').fill('Meise');
    await leave(() => page.keyboard.press('Enter'));
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await page.locator('#gemeenten').innerText()).toBe('13 gemeenten');
    await check('right');
  });

  test('the look ahead comes first, then the start, then the region', async () => {
    await leave(() => page.getByRole('link', { name: 'Verder naar de vooruitblik' }).click());
    expect(await page.locator('main').innerText()).toContain('Er is nog niets gestart en er is nog niets verstuurd.');
    await check('look');
    await leave(() => page.getByRole('button', { name: 'Traject starten' }).click());
    expect(harness.paths.states.size).toBe(0);
    await page.getByLabel('Ik heb gezien wat er vertrekt').focus();
    await page.keyboard.press('Space');
    await leave(() => page.keyboard.press('Enter'));
    expect(new URL(page.url()).pathname).toBe(`/paden/${STARTED}`);
    expect(await page.locator('main').innerText()).toContain('Het traject is gestart');
    await check('region');
  });

  test('contacts are handed over: seen first, then noted', async () => {
    await leave(() =>
      page.getByRole('navigation', { name: 'Hoofdmenu' }).getByRole('link', { name: 'Overdracht' }).click(),
    );
    await page
      .getByLabel('Plak hier')
      .fill('Gemeente\tNaam\tMail\nWemmel\tIlse Claes\tilse@example.org\nAsse\tJo Maes\tjo@example.org');
    await leave(() => page.getByRole('button', { name: 'Rijen lezen' }).click());
    await check('hand-over');
    expect(await page.locator('#wijzigingen').innerText()).toContain('Dit verandert er (2 wijzigingen)');
    await page.getByLabel('Ik heb gezien wat er verandert').check();
    await leave(() => page.getByRole('button', { name: '2 wijzigingen uitvoeren' }).click());
    expect(await page.getByRole('status').innerText()).toContain('2 wijzigingen zijn genoteerd.');
    await check('handed-over');
    await page.goto(`${url}/gemeenten/23102`);
    expect(await page.locator('main').innerText()).toContain('Ilse Claes');
  });
});
