import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asPathId } from '../../domain/ids.ts';
import { ASSE, Browser, createHarness, type Harness, PATH, startPath } from './harness.ts';

let harness: Harness;
let browser: Browser;

beforeEach(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths);
  browser = new Browser(harness.app);
});
afterEach(() => harness.close());

async function ask(email: string): Promise<void> {
  await browser.get('/aanmelden');
  await browser.submit('aanmelden', { email });
  await new Promise((resolve) => setImmediate(resolve));
}

const linkPath = (link: string): string => new URL(link).pathname;

describe('signing in', () => {
  test('says the same to who is known and who is not, and mails only the first', async () => {
    await ask('onbekend@example.org');
    const unknown = browser.text;
    expect(unknown).toContain('Kennen we dit adres');
    await ask('Fien@Example.org');
    expect(browser.text).toBe(unknown);
    await expect.poll(() => harness.signIns.length).toBe(1);
    expect(harness.signIns[0]!.account).toMatchObject({ role: 'coordinator', email: 'fien@example.org' });
  });

  test('by a link that shows a button only, works once, and not after an hour', async () => {
    await ask('fien@example.org');
    await expect.poll(() => harness.signIns.length).toBe(1);
    const path = linkPath(harness.signIns[0]!.link);
    // What a mail scanner does.
    for (const method of ['HEAD', 'GET', 'GET'] as const) await browser.request({ method, url: path });
    const scanner = new Browser(harness.app);
    await scanner.post(browser.url, {});
    expect(scanner.status).toBe(403);
    await browser.get(`${path}%3E`);
    await browser.submit(0, {});
    expect(browser.status).toBe(200);
    expect(browser.text).toContain('Cultuur Noordrand');
    const second = new Browser(harness.app);
    await second.get(path);
    expect(second.status).toBe(410);
    expect(second.text).toContain('al gebruikt');

    await browser.submit(0, {});
    await ask('fien@example.org');
    await expect.poll(() => harness.signIns.length).toBe(2);
    await second.get(linkPath(harness.signIns[1]!.link));
    harness.setTime('2031-02-12T10:00:01.000Z');
    await second.submit(0, {});
    expect(second.status).toBe(410);
    expect(second.text).toContain('verlopen');
  });

  test('in another browser than the one that asked, only for who types the address that the mail went to', async () => {
    await ask('fien@example.org');
    await expect.poll(() => harness.signIns.length).toBe(1);
    const path = linkPath(harness.signIns[0]!.link);
    // A scanner that keeps cookies and presses every button, and one that types something.
    const scanner = new Browser(harness.app);
    await scanner.get(path);
    for (const email of ['', 'a@example.org', 'secretariaat-23102@example.org']) {
      await scanner.submit('bevestigen', { email });
      expect(scanner.status).toBe(422);
      expect(scanner.html).not.toContain('fien@example.org');
    }
    expect(scanner.text).toContain('De link ging naar een ander adres');
    await scanner.get('/');
    expect(scanner.url).toBe('/aanmelden');

    const phone = new Browser(harness.app);
    await phone.get(path);
    expect(phone.text).toContain('niet in deze browser gevraagd');
    await phone.submit('bevestigen', { email: ' Fien@Example.org ' });
    expect(phone.text).toContain('Cultuur Noordrand');
  });

  test('is not a way to fill a mailbox', async () => {
    await harness.close();
    harness = await createHarness({ patience: 0.4 });
    await startPath(harness.store, harness.paths);
    browser = new Browser(harness.app);
    for (let count = 0; count < 3; count += 1) await ask('fien@example.org');
    expect(browser.status).toBe(429);
    await ask('els@example.org');
    expect(browser.status).toBe(200);
    // The page does not wait for the mail: how long it takes must not tell whether there is an account.
    await expect.poll(() => harness.signIns).toHaveLength(2);
  });

  test('lasts twelve hours, or until one signs out', async () => {
    browser = await harness.signIn('coordinator');
    harness.setTime('2031-02-12T20:59:00.000Z');
    await browser.get('/');
    expect(browser.text).toContain('Cultuur Noordrand');
    harness.setTime('2031-02-12T21:01:00.000Z');
    await browser.get('/');
    expect(browser.url).toBe('/aanmelden');
    browser = await harness.signIn('coordinator');
    await browser.submit(0, {});
    expect(browser.url).toBe('/aanmelden');
    await browser.get(`/paden/${PATH}`);
    expect(browser.status).toBe(401);
  });

  test('a coordinator sees the own paths only, an administrator all of them', async () => {
    const other = asPathId('zuidrand-2033');
    const options = { id: other, partnership: 'Zuidrand', parties: [ASSE], coordinator: 'els@example.org' };
    await startPath(harness.store, harness.paths, options);
    browser = await harness.signIn('coordinator');
    expect(browser.text).toContain('Cultuur Noordrand');
    expect(browser.text).not.toContain('Zuidrand');
    for (const page of ['', '/beheer', '/mails', '/logboek', `/gemeenten/${ASSE}`]) {
      await browser.get(`/paden/${other}${page}`);
      expect(browser.status).toBe(403);
    }
    browser = await harness.signIn('administrator');
    expect(browser.text).toContain('Zuidrand');
    await browser.get(`/paden/${other}`);
    expect(browser.status).toBe(200);
  });

  test('who handed the coordination over no longer sees the path', async () => {
    browser = await harness.signIn('coordinator');
    await browser.get(`/paden/${PATH}/beheer`);
    await browser.submit('replace-coordinator', { name: 'Els Maes', email: 'els@example.org' });
    expect(browser.status).toBe(403);
    const next = await harness.signIn('coordinator', 'els@example.org');
    expect(next.text).toContain('Cultuur Noordrand');
  });
});
