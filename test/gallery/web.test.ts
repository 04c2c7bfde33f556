/** The gallery would be open to others than administrators, or a sample would run in somebody's session. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHarness, type Harness } from '../web/harness.ts';

let harness: Harness;
let made = 0;
beforeAll(async () => {
  const files = new Map([
    ['index.html', '<p>de galerij</p>'],
    ['assets/regiopad.css', 'p {}'],
  ]);
  harness = await createHarness({ gallery: () => Promise.resolve(((made += 1), files)) });
});
afterAll(() => harness.close());

it('shows the gallery to an administrator, and makes it once', async () => {
  const browser = await harness.signIn('administrator');
  await browser.get('/galerij');
  expect(browser.html).toBe('<p>de galerij</p>');
  expect(browser.headers['content-security-policy']).toMatch(/default-src 'none'.*form-action 'none'/);
  await browser.get('/galerij/assets/regiopad.css');
  expect(browser.headers['content-type']).toContain('text/css');
  expect(made).toBe(1);
});

it('shows it to nobody else, and nothing that is not in it', async () => {
  const coordinator = await harness.signIn('coordinator');
  await coordinator.get('/galerij/index.html');
  expect(coordinator.status).toBe(403);
  const administrator = await harness.signIn('administrator');
  await administrator.get('/galerij/../package.json');
  expect(administrator.status).toBe(404);
  await administrator.get('/galerij/%2e%2e/package.json');
  expect(administrator.status).toBe(404);
});
