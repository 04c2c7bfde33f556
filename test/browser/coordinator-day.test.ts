/** The day of a coordinator, in a real browser on the real application: look, decide, look again, and share what may be shared. */
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asInstant, askKey } from '../../domain/ids.ts';
import { ASSE, createHarness, type Harness, PATH, request, startPath, WEMMEL } from '../web/harness.ts';
import { faultsOf, launchChromium, lookRules, picture } from './page.ts';

const INTENT = 'declaration-of-intent';
const HOME = `/paden/${PATH}`;
const NOTE = 'De secretaris belt liever na vier uur.';
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

let harness: Harness;
let browser: Browser;
let page: Page;
let url: string;

/** Does something that leads to another page, and waits for it. */
async function leave(action: () => Promise<unknown>): Promise<void> {
  const loaded = page.waitForEvent('load');
  await action();
  await loaded;
}

const go = (path: string) => page.goto(url + path);
const main = (): Promise<string> => page.locator('main').innerText();
const press = (name: string | RegExp) => leave(() => page.getByRole('button', { name }).first().click());

/** At a desk and on a phone, light and dark. */
async function check(name: string): Promise<void> {
  await picture(page, `day-${name}-desk`);
  expect(await faultsOf(page), name).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize(PHONE);
  await picture(page, `day-${name}-phone-dark`);
  expect(await faultsOf(page, lookRules), `${name}, dark on a phone`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(DESK);
}

beforeAll(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths);
  await request(harness, INTENT);
  await harness.app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${String((harness.app.server.address() as AddressInfo).port)}`;
  browser = await launchChromium();
  page = await (await browser.newContext({ locale: 'nl-BE', bypassCSP: true, viewport: DESK })).newPage();
});
afterAll(async () => {
  await browser.close();
  await harness.close();
});

describe('the day of a coordinator', { timeout: 300_000 }, () => {
  test('begins with the region: what to do, what leaves, where everybody stands', async () => {
    const { accounts } = harness.store;
    const account = await accounts.ensureAccount({ role: 'coordinator', email: 'fien@example.org', name: 'Fien' });
    const expires = asInstant(Date.parse(harness.now()) + 3_600_000);
    await go(`/aanmelden/${await accounts.createSignInToken(account.id, expires)}`);
    await leave(() => page.locator('main button').click());
    await go(HOME);
    const text = await main();
    for (const part of ['Zittingen en antwoorden', 'Nu te doen', 'Wat er vertrekt', 'Beslissingen', 'Laatste notities'])
      expect(text).toContain(part);
    const drawing = page.getByRole('img', { name: 'Zittingen en antwoorden van elke gemeente, in de tijd' });
    expect(await drawing.count()).toBe(1);
    await page.locator('summary', { hasText: 'Hetzelfde in woorden' }).click();
    expect(await page.locator('section:has(#tijdlijn) tbody tr').count()).toBe(3);
    await check('region');
  });

  test('a mail that should wait is held, from the list of what leaves', async () => {
    await leave(() => page.getByRole('link', { name: 'Bekijk wat er nog vertrekt' }).click());
    await leave(() => page.locator('main a[href*="/post/"]').first().click());
    await press('Tegenhouden');
    expect(await main()).toContain('Tegengehouden');
    expect(harness.state().orders?.held).toHaveLength(1);
  });

  test('a text is asked after a look at whom it goes to, by keyboard alone', async () => {
    await go(HOME);
    const before = harness.state().seq;
    const look = page.locator('form[id^="request-"] button[name="_preview"]').first();
    await look.focus();
    await leave(() => page.keyboard.press('Enter'));
    expect(await main()).toContain('Er is nog niets veranderd.');
    await check('preview');
    await page.locator('#bevestigen button:not([name="_back"])').first().focus();
    await leave(() => page.keyboard.press('Enter'));
    expect(await main()).toContain('Genoteerd');
    expect(harness.state().seq).toBe(before + 1);
  });

  test('an answer by telephone is entered on behalf of the municipality, and stands in the drawing', async () => {
    await go(`${HOME}/beslissingen/${INTENT}/${WEMMEL}`);
    await page.locator(`#antwoord-${INTENT}-answer-approved`).check();
    await page.locator('[name="approved.session"]').selectOption('other');
    await page.locator('[name="approved.date"]').fill('2031-02-11');
    await press('Noteren');
    expect(harness.state().asks[askKey(INTENT, WEMMEL)]).toMatchObject({
      status: 'approved',
      answer: { by: { onBehalfOf: WEMMEL } },
    });
    await go(HOME);
    const titles = await page.locator('.plot .mark title').allTextContents();
    expect(titles.join()).toContain('Wemmel: intentieverklaring goedgekeurd op 11 februari');
  });

  test('a note is written for who comes after', async () => {
    await go(`${HOME}/notities`);
    await page.getByLabel('Notitie', { exact: true }).fill(NOTE);
    await page.getByLabel('Waarover gaat ze?').selectOption(ASSE);
    await press('Bewaren');
    await check('notes');
    await go(HOME);
    expect(await main()).toContain(NOTE);
  });

  test('a date moves after a look at what moves with it', async () => {
    await go(`${HOME}/beheer`);
    await page.locator('#move-deadline-item').selectOption(INTENT);
    await page.locator('#move-deadline-to').fill('2031-09-30');
    await page.locator('#move-deadline-reason').fill('De tekst is later klaar.');
    await leave(() => page.locator('#move-deadline button[name="_preview"]').click());
    expect(await main()).toContain('van 30 juni 2031 naar 30 september 2031');
    expect(harness.state().moved[INTENT]).toBeUndefined();
    await press('Bevestigen');
    expect(harness.state().moved[INTENT]).toMatchObject({ to: '2031-09-30' });
  });

  test('mayors get an address that shows where the region stands, and nothing of anybody', async () => {
    await go(`${HOME}/delen`);
    await press('Zet de pagina open');
    await check('share');
    const address = await page.getByRole('textbox', { name: 'Adres van de pagina' }).inputValue();
    const context = await browser.newContext({ locale: 'nl-BE', bypassCSP: true, viewport: PHONE });
    const mayor = await context.newPage();
    await mayor.goto(url + new URL(address).pathname);
    await picture(mayor, 'day-mayor-phone');
    expect(await faultsOf(mayor)).toEqual([]);
    expect(await mayor.locator('main').innerText()).toContain('Cultuur Noordrand');
    const source = await mayor.content();
    for (const hidden of ['Fien', 'Secretariaat', 'example.org', NOTE, 'De tekst is later klaar.'])
      expect(source).not.toContain(hidden);
    await context.close();
  });

  test('and ends: who signed out sees nothing more', async () => {
    await press('Afmelden');
    await go(HOME);
    expect(await main()).not.toContain('Zittingen en antwoorden');
    expect(await page.locator('h1').innerText()).toContain('Aanmelden');
  });
});
