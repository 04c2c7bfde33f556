/**
 * Where names, addresses and what people write must never turn up: in addresses of pages, in the log at its most talkative, in what
 * machines ask. Who reads a log or a browser's history is not who may read a dossier.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { galleryMails } from '../../client/gallery/mails.ts';
import { jsonLogger } from '../../worker/logging.ts';
import { workerLogger } from '../../worker/worker-logging.ts';
import { ASSE, Browser, createHarness, type Harness, PATH, request, startPath, WEMMEL } from './harness.ts';

const ASKED = 'declaration-of-intent';
const HOME = `/m/p/${PATH}/23102`;
const secrets = {
  name: 'Quirine Zwartewever',
  address: 'quirine.zwartewever@zeldzaam.example.org',
  phone: '0477 88 99 66',
  text: 'De schepen twijfelt aan de kostprijs',
};

/** Every way in which these may be written. */
const forms = Object.values(secrets)
  .flatMap((secret) => [secret, encodeURIComponent(secret), new URLSearchParams({ a: secret }).toString().slice(2)])
  // A part of the number would be met in durations too.
  .concat('zwartewever', 'quirine', '477889966', '477 88 99 66', 'kostprijs')
  .map((form) => form.toLowerCase());
const leaksIn = (text: string): string[] => forms.filter((form) => text.toLowerCase().includes(form));

let harness: Harness;
const log: string[] = [];
const visited = new Set<string>();

/** The addresses of a page: where it leads, and where its forms go. Addresses to write to and numbers to call are for who reads it. */
const addressesIn = (html: string): string[] =>
  [...html.matchAll(/(?:href|src|action)="([^"]*)"/g)]
    .map(([, address = '']) => address)
    .filter((address) => !/^(?:mailto|tel):/.test(address));

function look(browser: Browser): void {
  expect(browser.status).toBeLessThan(500);
  for (const address of [browser.url, ...addressesIn(browser.html)]) visited.add(address);
}

beforeAll(async () => {
  const logger = jsonLogger('trace', { write: (line) => void log.push(line) });
  harness = await createHarness({
    logger,
    // As a mail server refuses somebody, and as the library of mail says so.
    sendSignIn: () => {
      const refusal = new Error(`550 5.1.1 <${secrets.address}>: no such user ${secrets.address}`);
      return Promise.reject(Object.assign(refusal, { rejected: [secrets.address], to: secrets.name }));
    },
  });
  await startPath(harness.store, harness.paths);
  await request(harness, ASKED);
}, 60_000);
afterAll(() => harness.close());

test(
  'no page leads to an address with a name, a number or what somebody wrote in it',
  { timeout: 120_000 },
  async () => {
    const contact = await harness.visit(WEMMEL);
    await contact.get(`${HOME}/gegevens`);
    await contact.submit('gegevens', {
      ...{ name: secrets.name, email: 'secretariaat-23102@example.org', phone: secrets.phone, function: 'secretaris' },
    });
    look(contact);
    await contact.get(HOME);
    const form = `antwoord-${ASKED}`;
    await contact.submit(form, {
      ...{ answer: 'rejected', 'rejected.session': 'other', 'rejected.date': '2031-02-11' },
      ...{ 'rejected.reason': secrets.text, name: secrets.name, function: 'secretaris' },
    });
    expect(contact.text).toContain('Genoteerd');
    look(contact);
    const coordinator = await harness.signIn('coordinator');
    await coordinator.get(`/paden/${PATH}/notities`);
    await coordinator.submit('notitie', { text: `${secrets.text} (${secrets.name}, ${secrets.address})` });
    look(coordinator);
    const pages = ['', '/logboek', '/mails', '/post', '/teksten', '/beheer', `/gemeenten/${WEMMEL}`];
    for (const page of pages) {
      await coordinator.get(`/paden/${PATH}${page}`);
      expect(coordinator.status, page).toBe(200);
      look(coordinator);
    }
    for (const page of ['/', '/gemeenten', '/bellen', '/account']) {
      await coordinator.get(page);
      look(coordinator);
    }
    // What is looked for was really there.
    await coordinator.get(`/paden/${PATH}/notities`);
    expect(coordinator.text).toContain(secrets.text);
    expect(visited.size).toBeGreaterThan(50);
    expect([...visited].filter((address) => leaksIn(address).length > 0)).toEqual([]);
  },
);

test('no log holds them, also when what goes wrong quotes them', { timeout: 60_000 }, async () => {
  const account = { role: 'consultant' as const, email: secrets.address, name: secrets.name };
  await harness.store.accounts.ensureAccount(account);
  const browser = new Browser(harness.app);
  await browser.get('/aanmelden');
  await browser.submit('aanmelden', { email: secrets.address });
  await expect.poll(() => log.some((line) => line.includes('a sign-in mail could not be sent'))).toBe(true);
  harness.paths.failure = Object.assign(new Error(`UNIQUE: ${secrets.address}`), { values: [secrets.name] });
  const contact = await harness.visit(ASSE);
  await contact.submit(`antwoord-${ASKED}`, {
    ...{ answer: 'scheduled', 'scheduled.session': '2031-03-18', name: secrets.name, function: 'secretaris' },
  });
  harness.paths.failure = undefined;
  expect(contact.status).toBe(500);
  expect(log.some((line) => line.includes('a request failed'))).toBe(true);
  expect(log.filter((line) => leaksIn(line).length > 0)).toEqual([]);

  const lines: string[] = [];
  const logger = workerLogger('trace', (line) => lines.push(line));
  const cause = Object.assign(new Error(`to ${secrets.address}`), { rejected: [secrets.address] });
  logger.warn('Activity failed', { workflowId: `path/${PATH}`, error: new Error('refused', { cause }) });
  expect(lines.join('')).toContain(`path/${PATH}`);
  expect(lines.filter((line) => leaksIn(line).length > 0)).toEqual([]);
});

test('what machines ask about this process says nothing of anybody', async () => {
  for (const url of ['/healthz', '/readyz', '/metrics']) {
    const { body } = await harness.app.inject({ url });
    expect(leaksIn(body), url).toEqual([]);
    expect(body, url).not.toMatch(/@example\.org/);
  }
});

test('no link in a mail holds a name or an address', () => {
  const links = galleryMails().flatMap(({ html, text }) => [
    ...addressesIn(html),
    ...(text.match(/https?:\/\/\S+/g) ?? []),
  ]);
  expect(links.length).toBeGreaterThan(20);
  expect(links.filter((link) => /@|%40/.test(link))).toEqual([]);
});
