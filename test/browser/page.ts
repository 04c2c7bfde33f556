/** A page in Chromium, and what is wrong with it for who cannot see it, has little room, or enlarges it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';

export function launchChromium(): Promise<Browser> {
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: [...flags, ...quiet] });
}

/** WCAG 2.2 A and AA, and what axe finds good practice. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Whether the page as a whole can be scrolled sideways. */
export async function scrollsSideways(page: Page): Promise<string[]> {
  const [content, window] = await page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, window.innerWidth]',
  );
  return content > window ? [`scrolls sideways at ${String(window)} px`] : [];
}

/** What differs between light and dark, and between a desk and a phone. */
export const lookRules = ['color-contrast', 'target-size', 'scrollable-region-focusable', 'link-in-text-block'];

/**
 * Violations that axe finds, and whether the page can be scrolled sideways: both should be nothing.
 * @param only some of the rules, for a page that was seen already with all
 */
export async function faultsOf(page: Page, only?: string[]): Promise<string[]> {
  // In the frame of a mail nothing may run, and axe would wait for it.
  await page.locator('iframe').evaluateAll((frames: { remove(): void }[]) => {
    for (const frame of frames) frame.remove();
  });
  const { violations } = await new AxeBuilder({ page })
    .options(
      only === undefined
        ? { runOnly: { type: 'tag', values: tags }, rules: { 'target-size': { enabled: true } } }
        : { runOnly: { type: 'rule', values: only } },
    )
    .analyze();
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
    ...(await scrollsSideways(page)),
  ];
}

/** Keeps a picture of a page when REGIOPAD_SCREENSHOTS names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['REGIOPAD_SCREENSHOTS'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
