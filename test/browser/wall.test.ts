/** One A4 page, whatever the region: a second sheet with three lines on it does not hang on a wall. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listMunicipalities } from '../../definitions/municipalities.ts';
import { example, root, run } from '../cli/run.ts';

let browser: Browser;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'regiopad-wall-'));
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  });
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The region of an example with as many municipalities as one likes. */
function regionOf(count: number): string {
  const head =
    readFileSync(join(root, 'examples', 'leievallei-fictief.yaml'), 'utf8').split('municipalities:')[0] ?? '';
  const some = listMunicipalities().slice(0, count);
  const file = join(folder, `${String(count)}.yaml`);
  writeFileSync(file, `${head}municipalities:\n${some.map(({ nis }) => `  - municipality: ${nis}\n`).join('')}`);
  return file;
}

async function printed(file: string) {
  const { code, stdout } = await run(['plan', file, '--format', 'html']);
  expect(code).toBe(0);
  const page = await (await browser.newContext()).newPage();
  await page.setContent(stdout);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length;
  return { page, pages };
}

describe('plan --format html', () => {
  test.each([
    ['thirteen municipalities', () => example('cultuur-noordrand.yaml')] as const,
    ...[4, 10, 11, 22, 30].map((count) => [`${String(count)} municipalities`, () => regionOf(count)] as const),
  ])('prints %s on one page', async (_what, file) => {
    const { page, pages } = await printed(file());
    expect(pages).toBe(1);
    await page.context().close();
  });

  test('can be read by who hears it, and nothing in it is cut', async () => {
    const { page } = await printed(example('cultuur-noordrand.yaml'));
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    const cut = await page
      .locator('th, td')
      .evaluateAll(
        (cells: { scrollWidth: number; clientWidth: number }[]) =>
          cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).length,
      );
    expect(cut).toBe(0);
    await page.context().close();
  });
});
