/** What somebody would lose who hears a page, enlarges it, has a small screen, or sees it dark: every page in every state. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { faultsOf, launchChromium, lookRules, picture, scrollsSideways } from '../page.ts';
import { accountVisits } from './account-visits.ts';
import { coordinatorVisits } from './coordinator-visits.ts';
import { municipalityVisits } from './municipality-visits.ts';
import { overviewVisits } from './overview-visits.ts';
import { plainVisits } from './plain-visits.ts';
import { routesOf } from './routes.ts';
import { handOverVisits } from './hand-over-visits.ts';
import { startVisits } from './start-visits.ts';
import { createStage, type Stage } from './stage.ts';

const visits = [
  ...municipalityVisits,
  ...coordinatorVisits,
  ...startVisits,
  ...handOverVisits,
  ...overviewVisits,
  ...plainVisits,
  ...accountVisits,
];
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 320, height: 640 };

/** WCAG 1.4.12: what a reader may ask of the distances in a text. */
const SPACING =
  '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }';

/** Texts that stick out of their box: what a reader would not see. */
const CUT = `[...document.querySelectorAll(':is(main, header, footer) *:not(input, select, textarea)')].filter((box) => {
  const { overflowX, overflowY, position } = getComputedStyle(box);
  const hides = [overflowX, overflowY].some((overflow) => overflow === 'hidden' || overflow === 'clip');
  return hides && position !== 'absolute' && (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1);
}).map((box) => 'cut: ' + box.outerHTML.slice(0, 100))`;

let browser: Browser;
let page: Page;
let stage: Stage;
/** By title, which route has it. */
const titles = new Map<string, Set<string>>();

beforeAll(async () => {
  browser = await launchChromium();
  page = await (await browser.newContext({ locale: 'nl-BE', bypassCSP: true })).newPage();
});
afterAll(() => browser.close());
beforeEach(async () => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(DESK);
  stage = await createStage(page);
});
afterEach(() => stage.close());

describe('every page in every state', { timeout: 120_000 }, () => {
  test.each(visits)(
    '$name: nothing that axe finds, at a desk and dark on a small phone, and nothing cut',
    async (visit) => {
      await visit.open(stage);
      const title = await page.title();
      // What is being prepared has another id in each visit.
      const place = new URL(page.url()).pathname.replace(/[\da-f]{8}(?:-[\da-f]+){4}/, ':draft');
      // What is wrong is said on the page that the form stands on, at the address to which it was sent.
      if (!title.startsWith('Fout: ')) titles.set(title, (titles.get(title) ?? new Set()).add(place));
      await picture(page, `${visit.name}-desk`);
      expect(await faultsOf(page), 'at a desk').toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.setViewportSize(PHONE);
      await picture(page, `${visit.name}-phone`);
      expect(await faultsOf(page, lookRules), 'on a phone').toEqual([]);
      await page.addStyleTag({ content: SPACING });
      expect([...(await scrollsSideways(page)), ...(await page.evaluate<string[]>(CUT))], 'with more space').toEqual(
        [],
      );
    },
  );
});

test('no page has been forgotten: each route of the application is visited', () => {
  const visited = new Set(visits.flatMap(({ routes }) => routes));
  const routes = routesOf(stage.harness.app);
  expect(routes.filter((route) => !visited.has(route))).toEqual([]);
  expect([...visited].filter((route) => !routes.includes(route))).toEqual([]);
  expect(new Set(visits.map(({ name }) => name)).size).toBe(visits.length);
});

test('each page has a title of its own', () => {
  expect([...titles].filter(([, places]) => places.size > 1).map(([title, places]) => [title, ...places])).toEqual([]);
});
