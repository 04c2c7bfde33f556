import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asInstant } from '../../domain/ids.ts';
import { Browser, createHarness, type Harness } from './harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'regiopad-mailbox-'));
const id = '1900000000000-0123456789ab';
const mail = [
  'Message-ID: <1@example.org>',
  'From: Regiopad <regiopad@example.org>',
  'To: An <an@example.org>',
  'Subject: Wemmel: <b>intentieverklaring</b>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/alternative; boundary=x',
  '',
  '--x',
  'Content-Type: text/plain',
  '',
  'Open http://localhost:3000/m/abc.def en antwoord.',
  '--x',
  'Content-Type: text/html',
  '',
  '<html><head><title>x</title></head><body><a href="http://localhost:3000/m/abc.def">Open</a><script>alert(1)</script></body></html>',
  '--x--',
].join('\r\n');

let harness: Harness;
let isDown = false;
beforeAll(async () => {
  writeFileSync(join(folder, `${id}.eml`), mail);
  harness = await createHarness({
    mailbox: { folder },
    pingTemporal: () => (isDown ? Promise.reject(new Error('away')) : Promise.resolve()),
  });
});
afterAll(async () => {
  await harness.close();
  rmSync(folder, { recursive: true });
});

describe('/mailbox', () => {
  test('lists mails, and shows one with clickable links', async () => {
    const browser = new Browser(harness.app);
    await browser.get('/mailbox');
    expect(browser.text).toContain('1 mail');
    expect(browser.html).toContain('&lt;b&gt;intentieverklaring');
    await browser.get(`/mailbox/${id}`);
    expect(browser.html).toContain('<a href="http://localhost:3000/m/abc.def" rel="noreferrer">');
    expect(browser.html).toMatch(/<iframe[^>]*sandbox="[^"]*"/);
    expect(browser.html).not.toContain('<script');
    expect(browser.text).toContain('Message-ID: <1@example.org>');
  });

  test('shows the HTML where it can run nothing', async () => {
    const { headers } = await harness.app.inject({ url: `/mailbox/${id}/html`, headers: { host: 'localhost' } });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain('sandbox');
    expect(policy).not.toMatch(/allow-scripts|script-src/);
  });

  test.each([
    ['through a proxy', { 'x-forwarded-for': '203.0.113.9' }, '127.0.0.1'],
    ['by a name that somebody points here', { host: 'evil.example' }, '127.0.0.1'],
    ['from another machine', {}, '203.0.113.9'],
  ])('is not there %s', async (_how, headers, remoteAddress) => {
    for (const url of ['/mailbox', `/mailbox/${id}`, `/mailbox/${id}/html`]) {
      const response = await harness.app.inject({ url, headers: { host: 'localhost', ...headers }, remoteAddress });
      expect(response.statusCode).toBe(404);
      expect(response.body).not.toContain('intentieverklaring');
    }
  });

  test('knows no mail outside its folder', async () => {
    for (const other of ['1900000000000-000000000000', '..%2F..%2Fetc', 'x']) {
      expect((await harness.app.inject({ url: `/mailbox/${other}`, headers: { host: 'localhost' } })).statusCode).toBe(
        404,
      );
    }
  });

  test('does not exist without the embedded mailbox', async () => {
    const other = await createHarness();
    expect((await other.app.inject({ url: '/mailbox', headers: { host: 'localhost' } })).statusCode).toBe(404);
    await other.close();
  });
});

describe('health', () => {
  test('/healthz answers as long as the process does', async () => {
    expect((await harness.app.inject({ url: '/healthz' })).json()).toEqual({ ok: true });
  });

  test('/readyz says what is away, and 503 as long as something is', async () => {
    const ready = async () => harness.app.inject({ url: '/readyz' });
    expect((await ready()).statusCode).toBe(200);
    isDown = true;
    expect((await ready()).statusCode).toBe(503);
    expect((await ready()).json()).toMatchObject({ ok: false, temporal: { ok: false }, store: { ok: true } });
    isDown = false;
    await harness.store.health.note('mail', { ok: false, code: 'EAUTH', detail: '535', at: asInstant(0) });
    expect((await ready()).json()).toMatchObject({
      temporal: { ok: true },
      mail: {
        ok: false,
        detail: 'EAUTH: the mail server does not take the user and password of SMTP_URL',
        since: asInstant(0),
      },
    });
    expect((await ready()).body).not.toContain('535');
  });
});
