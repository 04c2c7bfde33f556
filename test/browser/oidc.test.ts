/** Signing in with ACM/IDM in a real browser: where the policy of our pages, or its cookies, would stop it. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../worker/processes.ts';
import { createHarness, type Harness, startPath } from '../web/harness.ts';
import { CLIENT, type IdentityProvider, startProvider } from '../web/identity-provider.ts';
import { launchChromium } from './page.ts';

let harness: Harness;
let provider: IdentityProvider;
let browser: Browser;
let url: string;

beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  provider = await startProvider(`${url}/aanmelden/oidc/terug`);
  harness = await createHarness({ config: { publicUrl: url }, oidc: { issuer: provider.issuer, ...CLIENT } });
  await startPath(harness.store, harness.paths);
  await harness.store.accounts.ensureAccount({ role: 'consultant', email: 'els@example.org', name: 'Els Maes' });
  await harness.app.listen({ host: '127.0.0.1', port });
  browser = await launchChromium();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await harness.close();
  await provider.close();
});

test('somebody comes back from the provider and is signed in', { timeout: 180_000 }, async () => {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(`${url}/aanmelden`);
  await page.getByRole('link', { name: 'Aanmelden met ACM/IDM' }).click();
  await page.locator('input[name=login]').fill('els');
  await page.locator('input[name=password]').fill('any');
  await page.locator('form button').click();
  await page.locator('form input[name=prompt][value=consent]').waitFor({ state: 'attached' });
  await page.locator('form button').click();
  await page.waitForURL(`${url}/`);
  expect(await page.locator('a.account').innerText()).toBe('Els Maes');
});
