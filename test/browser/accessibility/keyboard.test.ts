/** What somebody would lose who has no mouse: an answer given with keys alone, and a focus that can be seen at each stop. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ASSE, PATH, WEMMEL } from '../../web/harness.ts';
import { launchChromium, scrollsSideways } from '../page.ts';
import { stopOf, stopsOf, tabTo } from './focus.ts';
import { ASKED, createStage, FORM, type Stage } from './stage.ts';

let browser: Browser;
let page: Page;
let stage: Stage;

beforeAll(async () => {
  browser = await launchChromium();
  page = await (await browser.newContext({ locale: 'nl-BE' })).newPage();
});
afterAll(() => browser.close());
beforeEach(async () => {
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
  await page.setViewportSize({ width: 390, height: 844 });
  stage = await createStage(page);
});
afterEach(() => stage.close());

const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
const focused = async (): Promise<string> => (await stopOf(page))?.what ?? '';
const status = (): string | undefined => stage.harness.state().asks[`${ASKED}/${WEMMEL}` as never]?.['status'];

describe('with keys alone', { timeout: 60_000 }, () => {
  test('the first stop leads past the head of the page', async () => {
    await stage.follow();
    await press('Tab');
    expect(await focused()).toBe('a Naar de inhoud');
    await press('Enter', 'Tab');
    expect(await focused()).toContain('Geef uw zittingsdagen door');
  });

  test('an answer: what is missing takes the focus and leads to its field, and what is noted takes it too', async () => {
    await stage.follow();
    await tabTo(page, 'input Geagendeerd');
    await press('Space', 'ArrowDown', 'ArrowUp');
    expect(await focused()).toBe('input Geagendeerd');
    await tabTo(page, 'button Noteren');
    await stage.leave(() => press('Enter'));
    expect(await focused()).toMatch(/^div Kijk dit nog even na/);
    expect(await stopOf(page)).toMatchObject({ faults: [] });
    await tabTo(page, 'a Zitting: Kies een zitting');
    await press('Enter');
    expect(await focused()).toBe('select Zitting');
    await page.keyboard.type('dinsdag 18 ma');
    await tabTo(page, 'input Naam');
    await page.keyboard.type('An Peeters');
    await press('Tab');
    await page.keyboard.type('secretariaat');
    await press('Tab');
    await stage.leave(() => press('Enter'));
    expect(await focused()).toMatch(/^div Genoteerd\. Dank u wel\.\s?Intentieverklaring: Geagendeerd op 18/);
    expect(status()).toBe('scheduled');
    await tabTo(page, 'summary Is er iets veranderd');
    await press('Enter');
    await tabTo(page, 'summary U antwoordt als An Peeters (secretariaat)');
    await press('Shift+Tab');
    expect(await focused()).toBe('input Geagendeerd');
  });

  test('another name for who answers is a fold away, and the summary of errors opens it', async () => {
    await stage.follow();
    await stage.harness.store.people.changedPerson({
      ...{ path: PATH, party: WEMMEL, role: 'contact', name: 'An Peeters', function: 'secretariaat' },
    });
    await stage.go(`/m/p/${PATH}/23102/gegevens`);
    await tabTo(page, 'input Functie');
    await page.keyboard.type('secretariaat');
    await stage.leave(() => press('Enter'));
    await stage.go(`/m/p/${PATH}/23102`);
    await tabTo(page, 'summary U antwoordt als');
    await press('Enter', 'Tab');
    expect(await focused()).toBe('input Naam');
    await press('Control+A', 'Delete');
    await tabTo(page, 'button Noteren');
    await stage.leave(() => press('Enter'));
    expect(await page.getByLabel('Naam').isVisible()).toBe(true);
  });

  test.each([
    ['the question', () => stage.follow()],
    ['session days', () => stage.follow('zittingen')],
    ['own details', () => stage.follow('gegevens')],
    ['passing on', () => stage.follow('collega')],
    ['the overview', () => stage.desk('/')],
    ['the page of a path', () => stage.desk(`/paden/${PATH}`)],
    ['managing', () => stage.desk(`/paden/${PATH}/beheer`)],
    ['a municipality', () => stage.desk(`/paden/${PATH}/gemeenten/${ASSE}`)],
    ['a decision', () => stage.desk(`/paden/${PATH}/beslissingen/${ASKED}/${ASSE}`)],
    ['signing in', () => stage.go('/aanmelden')],
  ])('%s: every stop can be seen, light and dark, nothing hides it, and there is a way out', async (_name, open) => {
    await open();
    await stage.unfold();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const stops = await stopsOf(page);
      expect(stops.filter(({ faults }) => faults.length > 0)).toEqual([]);
      expect(stops.length).toBeGreaterThan(3);
    }
  });

  test('what the system paints in colours of its own keeps its edges and its focus', async () => {
    await stage.follow();
    await page.emulateMedia({ forcedColors: 'active' });
    const stops = await stopsOf(page);
    expect(stops.filter(({ faults }) => faults.includes('the focus cannot be seen'))).toEqual([]);
    const edges = await page.evaluate<string[]>(
      "[...document.querySelectorAll('main button, main input:not([type=hidden]):not([type=radio]), .option')].map((box) => getComputedStyle(box).borderTopStyle)",
    );
    expect(new Set(edges)).toEqual(new Set(['solid']));
  });

  test('nothing moves by itself, for anybody', async () => {
    await stage.follow();
    const moving = await page.evaluate<number>(
      "[...document.querySelectorAll('*')].filter((box) => { const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(box); return animationName !== 'none' || transitionDuration !== '0s' || scrollBehavior !== 'auto'; }).length",
    );
    expect(moving).toBe(0);
  });

  test.each([
    ['200 %', 640],
    ['400 %', 320],
  ])('enlarged to %s nothing needs to be scrolled sideways, and every answer can be given', async (_zoom, width) => {
    await page.setViewportSize({ width, height: 450 });
    await stage.follow();
    await page.getByLabel('Goedgekeurd met wijzigingen').check();
    expect(await scrollsSideways(page)).toEqual([]);
    await page.getByLabel('Wat is er gewijzigd?').fill('Artikel 3');
    await page.getByLabel('Zitting waarop dat beslist is').nth(1).selectOption('2031-01-21');
    await page.getByLabel('Naam').fill('An Peeters');
    await page.getByLabel('Functie').fill('secretariaat');
    await stage.send(FORM);
    expect(status()).toBe('changed');
  });
});
