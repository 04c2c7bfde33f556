import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Browser, Harness } from './harness.ts';
import { createHarness, PATH, request, startPath, WEMMEL } from './harness.ts';

let harness: Harness;
let browser: Browser;
const home = `/paden/${PATH}`;
const INTENT = 'declaration-of-intent';
const mine = () => harness.state().parties[WEMMEL]!.contact!;

beforeEach(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths);
  harness.setTime('2031-03-03T11:00:00.000Z');
  await request(harness, INTENT);
  browser = await harness.signIn('coordinator');
});
afterEach(() => harness.close());

/** The page of a mail to the contact of Wemmel, by what stands on the list about it. */
async function openMail(reason: string): Promise<void> {
  await browser.get(`${home}/post?gemeente=${encodeURIComponent(WEMMEL)}`);
  const item = [...browser.html.matchAll(/<li class="card">([\s\S]*?)<\/li>\s*(?=<li class="card">|<\/ul>)/g)]
    .map(([, inner = '']) => inner)
    .find((inner) => inner.includes(reason));
  const href = /href="([^"]*)"/.exec(item ?? '')?.[1];
  if (href === undefined) throw new Error(`no mail with “${reason}” on ${browser.text.slice(0, 2000)}`);
  await browser.get(href);
}

describe('what is still to leave', () => {
  test('is listed by week and day with reader, subject and reason in plain Dutch', async () => {
    await browser.get(`${home}/post`);
    expect(browser.status).toBe(200);
    expect(browser.text).toContain('Deze week');
    expect(browser.text).toContain('dinsdag 4 maart 2031');
    expect(browser.text).toContain('Secretariaat 23102, aanspreekpunt van Wemmel');
    expect(browser.text).toContain('Vraag: intentieverklaring van Wemmel, nodig tegen');
    expect(browser.text).toContain('schatting');
    expect(browser.html).not.toContain('/m/');
  });

  test('is filtered by municipality', async () => {
    await browser.get(`${home}/post?gemeente=${encodeURIComponent(WEMMEL)}`);
    expect(browser.text).toContain('aanspreekpunt van Wemmel');
    expect(browser.text).not.toContain('aanspreekpunt van Asse');
  });

  test('is linked from the page of the path, with the moment of the next mail', async () => {
    await browser.get(home);
    expect(browser.text).toContain('De volgende mail vertrekt op 4 maart 2031');
    expect(browser.html).toContain(`href="${home}/post"`);
  });

  test('is for who coordinates only', async () => {
    const stranger = await harness.signIn('coordinator', 'iemand@example.org');
    await stranger.get(`${home}/post`);
    expect(stranger.status).toBe(403);
  });
});

describe('a mail to come', () => {
  test('is shown as it will be read, shut off in a frame, and with no link that works for the contact', async () => {
    await openMail('Vraag: intentieverklaring');
    expect(browser.text).toContain('Dag Secretariaat 23102,');
    const frame = /<iframe[^>]*src="([^"]*)"[^>]*sandbox=/.exec(browser.html)?.[1];
    const token = await harness.token(WEMMEL);
    expect(browser.html).not.toContain(token.slice(0, 30));
    await browser.get(frame!);
    expect(browser.status).toBe(200);
    expect(browser.headers['content-security-policy']).toContain("default-src 'none'");
    expect(browser.headers['content-security-policy']).toContain('sandbox');
    expect(browser.html).toContain(`http://localhost:3000${home}`);
    expect(browser.html).not.toContain('/m/');
  });

  test('is held and released, and the history says so', async () => {
    await openMail('Vraag: intentieverklaring');
    await browser.submit('hold-mail', {});
    expect(browser.text).toContain('Genoteerd.');
    expect(harness.state().orders?.held).toMatchObject([{ to: mine(), rule: 'request' }]);
    expect(browser.text).toContain('Tegengehouden');
    await openMail('Vraag: intentieverklaring');
    await browser.submit('release-mail', {});
    expect(harness.state()).not.toHaveProperty('orders');
    await browser.get(`${home}/logboek`);
    expect(browser.text).toContain('Mail aan Secretariaat 23102 tegengehouden: intentieverklaring van Wemmel');
    expect(browser.text).toContain('Mail aan Secretariaat 23102 vrijgegeven: intentieverklaring van Wemmel');
  });

  test('is held until a day, and stands on the list on that day', async () => {
    await openMail('Vraag: intentieverklaring');
    await browser.submit('hold-mail', { until: '2031-03-12' });
    await browser.get(`${home}/post?gemeente=${encodeURIComponent(WEMMEL)}`);
    expect(browser.text).toContain('woensdag 12 maart 2031');
    expect(browser.text).toContain('tegengehouden tot 12 maart');
  });

  test('a day that is past is said at its field', async () => {
    await openMail('Vraag: intentieverklaring');
    await browser.submit('hold-mail', { until: '2031-03-01' });
    expect(browser.status).toBe(422);
    expect(browser.text).toContain('Vertrekt vanzelf vanaf: Die datum is al voorbij. Kies een dag na vandaag.');
  });

  test('is skipped, with a reason for the record', async () => {
    await openMail('Vraag: intentieverklaring');
    await browser.submit('skip-mail', { reason: 'Telefonisch gevraagd' });
    await browser.get(`${home}/post?gemeente=${encodeURIComponent(WEMMEL)}`);
    expect(browser.text).not.toContain('Vraag: intentieverklaring');
    await browser.get(`${home}/logboek`);
    expect(browser.text).toContain('Telefonisch gevraagd');
  });

  test('is sent now', async () => {
    await openMail('Vraag: intentieverklaring');
    await browser.submit('send-mail-now', {});
    expect(harness.state().retries[mine()]?.message).toMatchObject({ kind: 'request', atOnce: true });
    expect(browser.text).toContain('vertrekt nu');
  });

  test('has a line of the coordinator by name, which can be taken back', async () => {
    await openMail('Vraag: intentieverklaring');
    await browser.submit('add-line', { text: 'Bel gerust <b>Jan</b>.' });
    await openMail('Vraag: intentieverklaring');
    expect(browser.text).toContain('Fien De Smet schrijft u hierbij: > Bel gerust <b>Jan</b>.');
    await browser.submit('remove-line', {});
    expect(harness.state()).not.toHaveProperty('orders');
  });

  test('an order about a mail that has gone meanwhile is refused in words, on the list', async () => {
    await openMail('Vraag: intentieverklaring');
    await harness.tell({
      type: 'answer',
      data: { party: WEMMEL, decision: INTENT, answer: 'approved', on: '2031-03-03' as never },
    });
    await browser.submit('hold-mail', {});
    expect(browser.status).toBe(422);
    expect(browser.text).toContain('Deze mail is intussen vertrokken, veranderd of niet meer nodig.');
  });

  test('whose page is old says that it does not leave any more', async () => {
    await browser.get(`${home}/post/0123456789abcdef`);
    expect(browser.status).toBe(409);
    expect(browser.text).toContain('Deze mail vertrekt niet meer');
  });

  test('is tried out by a test to the coordinator, marked as such and without a link that works for the contact', async () => {
    await openMail('Vraag: intentieverklaring');
    await browser.submit('test-mail', {});
    expect(browser.text).toContain('De testmail is verstuurd naar fien@example.org.');
    const [sent] = harness.tests;
    expect(sent?.account.email).toBe('fien@example.org');
    expect(sent?.mail.subject).toMatch(/^\[Test\] Wemmel: intentieverklaring/);
    expect(sent?.mail.text).toContain('De echte mail is voor Secretariaat 23102 (Wemmel).');
    expect(sent?.mail.text).toContain(`http://localhost:3000${home}`);
    expect(sent?.mail.text).not.toContain('/m/');
    expect(harness.state().seq).toBe(await harness.store.events.lastSeq(PATH));
  });
});

test('a mail that is held while its session closes is a warning on the page of the path', async () => {
  await openMail('Vraag: intentieverklaring');
  await browser.submit('hold-mail', {});
  expect(browser.text).not.toMatch(/wordt tegengehouden, en op .* is het te laat/);
  harness.setTime('2031-06-05T11:00:00.000Z');
  browser = await harness.signIn('coordinator');
  await browser.get(home);
  expect(browser.text).toMatch(/De mail aan Secretariaat 23102 over intentieverklaring van Wemmel wordt tegengehouden/);
});
