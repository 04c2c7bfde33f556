/** The day of a consultant, in a real browser on the real application: what a screen, a keyboard and a shared address do. */
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asInstant, asLocalDate, asPathId, municipalityParty } from '../../domain/ids.ts';
import type { AccountRole } from '../../store/accounts.ts';
import { ASSE, createHarness, type Harness, PATH, request, startPath, WEMMEL } from '../web/harness.ts';
import { faultsOf, launchChromium, picture } from './page.ts';

const INTENT = 'declaration-of-intent';
const ZUIDRAND = asPathId('zuidrand-2033');
const NETELAND = asPathId('neteland-2033');
let harness: Harness;
let browser: Browser;
let page: Page;
let url: string;

/** Does something that leads to another page, and waits for it. */
async function leave(on: Page, action: () => Promise<unknown>): Promise<void> {
  const loaded = on.waitForEvent('load');
  await action();
  await loaded;
}

async function signIn(on: Page, role: AccountRole, name: string, regions: string[]): Promise<void> {
  const { accounts } = harness.store;
  const account = await accounts.ensureAccount({ role, email: `${role}@example.org`, name });
  await accounts.setRegions(account.id, regions.map(asPathId));
  const expires = asInstant(Date.parse(harness.now()) + 3_600_000);
  await on.goto(`${url}/aanmelden/${await accounts.createSignInToken(account.id, expires)}`);
  await leave(on, () => on.locator('main button').click());
}

const heading = (on: Page): Promise<string> => on.locator('h1').innerText();
const regionsOn = (on: Page): Promise<string[]> => on.locator('tbody th a').allInnerTexts();
const newPage = async (): Promise<Page> => (await browser.newContext({ locale: 'nl-BE', bypassCSP: true })).newPage();

beforeAll(async () => {
  harness = await createHarness();
  const { store, paths } = harness;
  await startPath(store, paths);
  const zuidrand = ['11013', '11024', '11025'].map(municipalityParty);
  await startPath(store, paths, {
    id: ZUIDRAND,
    partnership: 'Zuidrand',
    parties: zuidrand,
    coordinator: 'jo@example.org',
  });
  const neteland = ['13011', '13012'].map(municipalityParty);
  await startPath(store, paths, {
    id: NETELAND,
    partnership: 'Neteland',
    parties: neteland,
    coordinator: 'bo@example.org',
  });
  await request(harness, INTENT);
  await request(harness, INTENT, ZUIDRAND);
  harness.setTime('2031-06-04T09:00:00.000Z');
  const data = { decision: INTENT, on: asLocalDate('2031-06-03') };
  await harness.tell({ type: 'answer', data: { ...data, party: ASSE, answer: 'approved' } });
  await harness.tell({ type: 'answer', data: { ...data, party: WEMMEL, answer: 'rejected' } });
  await harness.app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${String((harness.app.server.address() as AddressInfo).port)}`;
  browser = await launchChromium();
  page = await newPage();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await harness.close();
});

describe('the day of a consultant', { timeout: 180_000 }, () => {
  test('begins with own regions, who needs a call first', async () => {
    await signIn(page, 'consultant', 'Sofie Consulent', [PATH, ZUIDRAND]);
    expect(await heading(page)).toBe("Mijn 2 regio's: 2 telefoontjes nodig");
    expect(await regionsOn(page)).toEqual(['Cultuur Noordrand', 'Zuidrand', 'Neteland']);
    const cell = page.locator('tr', { hasText: 'Cultuur Noordrand' }).locator('td.step').nth(6);
    // A letter for who sees no colour, a sentence for who sees nothing.
    expect(await cell.innerText()).toContain('!');
    expect(await cell.locator('.sr').last().textContent()).toContain('antwoord komt zo niet goed');
    await picture(page, 'consultant-overview');
    expect(await faultsOf(page)).toEqual([]);
  });

  test('tells what changed since Monday', async () => {
    await page.getByText('Bekijk per regio').click();
    const changes = page.getByRole('region', { name: 'Wat veranderde' });
    expect(await changes.innerText()).toContain('Sinds maandag 2 juni 2031: 1 goedkeuring en 1 afkeuring.');
    expect(await changes.getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringMatching(/^Cultuur Noordrand: .*Wemmel keurde af: intentieverklaring/),
    ]);
  });

  test('goes on by keyboard: a filter is found, filled in and sent, and its address shows somebody else the same', async () => {
    await page.locator('.filters > summary').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('zuidrand');
    await leave(page, () => page.keyboard.press('Enter'));
    expect(await regionsOn(page)).toEqual(['Zuidrand']);
    expect(await page.locator('#filter-zoek').inputValue()).toBe('zuidrand');
    const colleague = await newPage();
    await signIn(colleague, 'administrator', 'Ann Beheerder', []);
    await colleague.goto(page.url());
    expect(await regionsOn(colleague)).toEqual(['Zuidrand']);
    await colleague.context().close();
    await leave(page, () => page.getByRole('link', { name: 'Wis filters' }).click());
    expect(await regionsOn(page)).toHaveLength(3);
  });

  test('has a call list that says whom, why and what, where a call is noted by keyboard with what comes next', async () => {
    await leave(page, () => page.getByRole('link', { name: 'Bekijk de 2 telefoontjes' }).click());
    expect(await heading(page)).toBe('Bel vandaag 2 personen');
    const call = page.locator('article', { hasText: 'Cultuur Noordrand' });
    expect(await call.innerText()).toContain('“Wemmel keurde de intentieverklaring af.');
    await call.locator('summary').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Fien spreekt de burgemeester aan.');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Horen wat hij zegt');
    await picture(page, 'consultant-calls');
    expect(await faultsOf(page)).toEqual([]);
    await page.locator(`#bel-${PATH}-nextOn`).fill('2031-06-10');
    await page.locator(`#bel-${PATH} > button`).focus();
    await leave(page, () => page.keyboard.press('Enter'));
    expect(await page.getByRole('status').innerText()).toContain('Het gesprek is genoteerd.');
    expect(await heading(page)).toBe('Bel vandaag 1 persoon');
    expect(await harness.store.calls.callsOf(PATH)).toMatchObject([
      {
        outcome: 'spoken',
        note: 'Fien spreekt de burgemeester aan.',
        nextAction: 'Horen wat hij zegt',
        nextOn: '2031-06-10',
      },
    ]);
  });

  test('looks into a region, which has left the list of calls', async () => {
    await leave(page, () => page.getByRole('link', { name: 'Overzicht' }).click());
    expect(await heading(page)).toBe("Mijn 2 regio's: 1 telefoontje nodig");
    await leave(page, () => page.locator('tbody th a', { hasText: 'Cultuur Noordrand' }).click());
    expect(await heading(page)).toBe('Cultuur Noordrand');
    expect(new URL(page.url()).pathname).toBe(`/paden/${PATH}`);
  });

  test('ends with the coming weeks', async () => {
    await leave(page, () => page.getByRole('link', { name: 'Komende weken' }).click());
    const sections = await page.locator('main section h2').allInnerTexts();
    expect(sections[0]).toContain('Vrijdag 6 juni 2031');
    expect(await page.locator('main').innerText()).toContain('Nodig van Edegem, Kontich en Lint: intentieverklaring');
    await picture(page, 'consultant-weeks');
    expect(await faultsOf(page)).toEqual([]);
  });
});
