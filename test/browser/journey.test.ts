/** One municipality from the first mail to its decision, in a browser without scripts, and what its coordinator sees. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultsOf, launchChromium, picture, startWorld, type World } from './world.ts';

const PHONE = { width: 390, height: 844 };
const SMALL = { width: 320, height: 640 };
const DESK = { width: 1280, height: 900 };
const WEMMEL = 'nis:23102';
/** Mails leave within seconds. */
const patience = { timeout: 20_000, interval: 200 };

let world: World;
let browser: Browser;
/** The coordinator's desk, and the phone of the municipality. */
let desk: Page;
let phone: Page;
let firstLink = '';

beforeAll(async () => {
  // A Tuesday, ten o'clock in Brussels: mails can leave at once, and colleges may be asked since the beginning of the month.
  [world, browser] = await Promise.all([startWorld('2031-02-11T09:00:00.000Z'), launchChromium()]);
  for (const step of ['support', 'existing-cooperation', 'area', 'agreements']) await world.finishTasks(step);
  const quiet = { locale: 'nl-BE', javaScriptEnabled: true };
  desk = await (await browser.newContext({ ...quiet, viewport: DESK })).newPage();
  phone = await (await browser.newContext({ ...quiet, viewport: PHONE })).newPage();
}, 120_000);

afterAll(async () => {
  await browser.close();
  await world.stop();
});

const askOf = async () => {
  const { asks } = await world.paths.state(world.path);
  return asks[`statement-of-commitment/${WEMMEL}` as keyof typeof asks];
};

async function check(page: Page, name: string): Promise<void> {
  await picture(page, name);
  expect(await faultsOf(page), name).toEqual([]);
}

/** Whether something can be scrolled sideways within its box: what does not fit is out of sight. */
const isCut = (page: Page, selector: string): Promise<boolean> =>
  page
    .locator(selector)
    .first()
    .evaluate((box: { scrollWidth: number; clientWidth: number }) => box.scrollWidth > box.clientWidth);

const subjectsTo = async (address: string): Promise<string[]> => {
  await desk.goto(`${world.url}/mailbox`);
  const rows = desk.locator('tbody tr').filter({ hasText: address });
  return rows.locator('td:last-child').allInnerTexts();
};

/** Opens the newest mail to an address once there are so many, and gives the address of its link. */
async function linkInMail(address: string, count: number): Promise<string> {
  await expect.poll(async () => (await subjectsTo(address)).length, patience).toBeGreaterThanOrEqual(count);
  await desk.locator('tbody tr').filter({ hasText: address }).first().getByRole('link').click();
  const href = await desk.locator('.mail-text a[href*="/m/"]').first().getAttribute('href');
  return href ?? '';
}

const contactOf = async (): Promise<string> => {
  const state = await world.paths.state(world.path);
  const id = state.parties[WEMMEL as keyof typeof state.parties]?.contact;
  return (await world.store.people.person(id!))!.email!;
};

describe('the journey', () => {
  test('the administrator signs in by the one-time link, and its button', async () => {
    await desk.goto(await world.signInLink());
    await check(desk, 'sign-in');
    await desk.getByRole('button', { name: 'Aanmelden' }).click();
    await expect.poll(() => desk.getByRole('heading', { level: 1 }).innerText()).toContain('1 regio');
    await check(desk, 'overview-start');
  });

  test('a coordinator sends the request, and its mail arrives in the mailbox', async () => {
    await desk.getByRole('link', { name: 'Cultuur Noordrand' }).click();
    await check(desk, 'region-start');
    await desk.getByRole('button', { name: 'Vraag nu: engagementsverklaring' }).click();
    await expect.poll(() => desk.getByRole('status').innerText()).toContain('Genoteerd');
    firstLink = await linkInMail(await contactOf(), 1);
    await check(desk, 'mail');
    expect(firstLink).toMatch(new RegExp(`^${world.url}/m/`));
    await desk.goto(`${world.url}/mailbox`);
    await check(desk, 'mailbox');
  });

  test('the link opens the page on a phone; opening it, and opening it again, changes nothing', async () => {
    const before = (await world.paths.state(world.path)).seq;
    for (let times = 0; times < 3; times += 1) await phone.goto(firstLink);
    expect(phone.url()).toBe(`${world.url}/m/p/${world.path}/23102`);
    await expect
      .poll(() => phone.getByRole('heading', { level: 1 }).innerText())
      .toMatch(/^Staat de engagementsverklaring op de agenda van/);
    await check(phone, 'question-phone');
    await phone.setViewportSize(SMALL);
    await check(phone, 'question-small');
    await phone.setViewportSize(DESK);
    await check(phone, 'question-desk');
    await phone.setViewportSize(PHONE);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await world.paths.state(world.path)).seq).toBe(before);
  });

  test('only the fields of the chosen answer show, and what is missing is said at its field', async () => {
    await expect.poll(() => phone.getByLabel('Wat is er gewijzigd?').isVisible()).toBe(false);
    await phone.getByLabel('Goedgekeurd met wijzigingen').check();
    expect(await phone.getByLabel('Wat is er gewijzigd?').isVisible()).toBe(true);
    await phone.getByRole('button', { name: 'Noteren' }).click();
    await expect.poll(() => phone.getByRole('alert').innerText()).toContain('Wat is er gewijzigd?: Vul dit in.');
    await check(phone, 'errors-phone');
    await phone.getByRole('alert').getByRole('link', { name: 'Wat is er gewijzigd?' }).click();
    expect(await phone.evaluate<string>('document.activeElement.name')).toBe('changed.changes');
  });

  test('"geagendeerd" is noted, with keys alone', async () => {
    await phone.getByLabel('Geagendeerd', { exact: true }).focus();
    await phone.keyboard.press('Space');
    await phone.keyboard.press('Tab');
    await phone.keyboard.type('maandag 24 ma');
    expect(await phone.locator('.who > summary').innerText()).toContain(
      'U antwoordt als Luc Hermans (algemeen directeur)',
    );
    await phone.locator('.who > summary').focus();
    await phone.keyboard.press('Enter');
    await phone.getByLabel('Naam').focus();
    await phone.keyboard.press('Control+A');
    await phone.keyboard.type('An Peeters');
    await phone.keyboard.press('Tab');
    await phone.keyboard.type('secretariaat');
    await phone.keyboard.press('Enter');
    await expect.poll(() => phone.getByRole('status').innerText()).toContain('Genoteerd');
    await expect.poll(() => phone.locator('main').innerText()).toContain('U hoort ons pas na de zitting');
    await check(phone, 'scheduled-phone');
    expect(await askOf()).toMatchObject({ status: 'scheduled', answer: { sessionOn: '2031-03-24' } });
  });

  test('it silences: others are reminded before the session, this one is not', async () => {
    const mine = await contactOf();
    await expect.poll(async () => (await subjectsTo(mine)).length, patience).toBe(2);
    await world.skipTo('2031-03-21T12:00:00.000Z');
    await desk.goto(await world.signInLink());
    await desk.getByRole('button', { name: 'Aanmelden' }).click();
    await expect
      .poll(async () => (await subjectsTo('griet.moortgat@asse.example.org')).length, patience)
      .toBeGreaterThanOrEqual(2);
    expect(await subjectsTo(mine)).toHaveLength(2);
  });

  test('after the session its outcome is asked, and approval is one click and a date away', async () => {
    await world.skipTo('2031-03-25T12:00:00.000Z');
    await desk.goto(await world.signInLink());
    await desk.getByRole('button', { name: 'Aanmelden' }).click();
    await phone.goto(await linkInMail(await contactOf(), 3));
    await expect
      .poll(() => phone.getByRole('heading', { level: 1 }).innerText())
      .toBe('Wat besliste het college op 24 maart over de engagementsverklaring?');
    await check(phone, 'outcome-phone');
    await phone.getByLabel('Goedgekeurd', { exact: true }).check();
    await phone.getByLabel('Zitting waarop dat beslist is').first().selectOption('2031-03-24');
    expect(await phone.locator('.who > summary').innerText()).toContain('U antwoordt als An Peeters (secretariaat)');
    await phone.getByRole('button', { name: 'Noteren' }).click();
    await expect.poll(() => phone.getByRole('heading', { level: 1 }).innerText()).toBe('Alles is beantwoord');
    await check(phone, 'answered-phone');
  });

  test('approval shows in the overview and on the page of the region', async () => {
    await desk.goto(world.url);
    await expect.poll(() => desk.locator('.overview tbody tr').innerText()).toMatch(/1\/1\d/);
    await check(desk, 'overview');
    for (const [size, name] of [
      [PHONE, 'phone'],
      [SMALL, 'small'],
    ] as const) {
      await desk.setViewportSize(size);
      await check(desk, `overview-${name}`);
      expect(await isCut(desk, '.scroll')).toBe(false);
    }
    await desk.setViewportSize(DESK);
    await desk.getByRole('link', { name: 'Cultuur Noordrand' }).click();
    await expect
      .poll(() => desk.getByRole('link', { name: /Wemmel, engagementsverklaring/ }).innerText())
      .toContain('✓');
    await check(desk, 'region');
    expect(await isCut(desk, '.scroll:has(.matrix)')).toBe(false);
    await desk.setViewportSize(PHONE);
    await check(desk, 'region-phone');
    await desk.setViewportSize(SMALL);
    await check(desk, 'region-small');
    await desk.setViewportSize(DESK);
  });

  test('the other pages of the region are clean too', async () => {
    for (const page of [
      'voorwaarden',
      `voorwaarden?zonder=${WEMMEL}&met=Gent&inwoners=10000`,
      'beheer',
      'mails',
      'logboek',
      `gemeenten/${WEMMEL}`,
      `beslissingen/statement-of-commitment/${WEMMEL}`,
    ]) {
      await desk.goto(`${world.url}/paden/${world.path}/${page}`);
      await check(desk, `region-${page.replaceAll(/[/:?&=]/g, '-')}`);
    }
  });

  test('a second visit, by the first mail, says who said what and when', async () => {
    await phone.goto(firstLink);
    const text = await phone.locator('main').innerText();
    expect(text).toContain('Goedgekeurd op 24 maart');
    expect(text).toMatch(/Genoteerd op 25 maart 2031 om 1\d\.\d\d uur door An Peeters \(secretariaat\)/);
    await phone.getByText('Wat gebeurde er tot nu').click();
    await check(phone, 'second-visit');
    for (const page of ['collega', 'zittingen']) {
      await phone.goto(`${phone.url().replace(/\/(collega|zittingen)?$/, '')}/${page}`);
      await check(phone, page);
      await phone.goto(firstLink);
    }
  });

  test('dead ends and plain pages are clean too', async () => {
    await phone.goto(`${world.url}/m/${firstLink.split('/m/')[1]!.slice(0, -3)}`);
    await check(phone, 'forged');
    for (const page of ['nergens', 'aanmelden', 'aanmelden/verstuurd', 'toegankelijkheid', 'm/doorgegeven']) {
      await phone.goto(`${world.url}/${page}`);
      await check(phone, page.replaceAll('/', '-'));
    }
  });
});
