/** What mayors and readers see of a region, and what they never see: nothing about people. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asLocalDate } from '../../domain/ids.ts';
import { ASSE, Browser, createHarness, type Harness, PATH, request, startPath, WEMMEL } from './harness.ts';

const ASKED = 'declaration-of-intent';
const REASON = 'De raad vindt de bijdrage te hoog.';
const REFERENCE = 'https://wemmel.example.org/besluiten/4711';
const NOTE = 'Mevrouw Peeters belt liever na zes uur.';

let harness: Harness;
let coordinator: Browser;

beforeAll(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths);
  await request(harness, ASKED);
  const on = asLocalDate('2031-02-11');
  const approved = { party: ASSE, decision: ASKED, answer: 'approved', on, reference: REFERENCE } as const;
  await harness.tell({ type: 'answer', data: approved });
  await harness.tell({ type: 'answer', data: { ...approved, party: WEMMEL, answer: 'rejected', reason: REASON } });
  await harness.tell({ type: 'pause', data: { reason: 'Fien is ziek.' } });
  coordinator = await harness.signIn('coordinator');
  await coordinator.get(`/paden/${PATH}/notities`);
  await coordinator.submit('notitie', { text: NOTE, gemeente: WEMMEL });
});
afterAll(() => harness.close());

const addressOn = (browser: Browser): string =>
  /value="[^"]*(\/lezen\/[\w.-]+)"/.exec(browser.html)?.[1] ?? 'no address';

/** Opens the page of the region for mayors, and gives its address. */
async function share(): Promise<string> {
  await coordinator.get(`/paden/${PATH}/delen`);
  if (coordinator.forms().some(({ id }) => id === 'delen-open')) await coordinator.submit('delen-open', {});
  return addressOn(coordinator);
}

async function reader(): Promise<Browser> {
  const browser = await harness.signIn('reader', 'lezer@example.org');
  const account = await harness.store.accounts.accountWith('lezer@example.org');
  await harness.store.accounts.setRegions(account!.id, [PATH]);
  return browser;
}

/** Everything that a page must not hold. */
async function personal(): Promise<string[]> {
  const people = await harness.store.people.peopleOf(PATH);
  const of = people.flatMap(({ name, email, phone }) => [name, email, phone]);
  const written = [REASON, REFERENCE, NOTE, 'Fien is ziek', 'example.org', 'mailto:', 'tel:', '/m/', `${PATH}.`];
  return [...of, ...written].filter((text) => text !== undefined);
}

describe('the page of a region for its mayors', () => {
  test('it says where the region stands, and holds nothing of anybody', async () => {
    const mayor = new Browser(harness.app);
    await mayor.get(await share());
    expect(mayor.status).toBe(200);
    expect(mayor.text).toContain('Cultuur Noordrand');
    expect(mayor.text).toContain('goedgekeurd op 11 februari');
    expect(mayor.text).toContain('afgekeurd');
    expect(mayor.text).toContain('Dit traject is gepauzeerd.');
    for (const text of await personal()) expect(mayor.html).not.toContain(text);
  });

  test('its address goes nowhere else: not to other sites, caches or search engines', async () => {
    const mayor = new Browser(harness.app);
    await mayor.get(await share());
    expect(mayor.headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
    expect(mayor.headers['x-robots-tag']).toContain('noindex');
    expect(mayor.html).not.toContain('<form');
  });

  test('a renewed address ends the old one, and a closed page every address: each says so', async () => {
    const old = await share();
    await coordinator.submit('delen-renew', {});
    const renewed = addressOn(coordinator);
    expect(renewed).not.toBe(old);
    const mayor = new Browser(harness.app);
    await mayor.get(old);
    expect([mayor.status, mayor.text]).toEqual([410, expect.stringContaining('kreeg een ander adres')]);
    await mayor.get(renewed);
    expect(mayor.status).toBe(200);
    await coordinator.submit('delen-close', {});
    await mayor.get(renewed);
    expect([mayor.status, mayor.text]).toEqual([410, expect.stringContaining('staat niet meer open')]);
    await share();
    await mayor.get(renewed);
    expect(mayor.status).toBe(410);
  });

  test('an address that nobody was given opens nothing', async () => {
    const mayor = new Browser(harness.app);
    await mayor.get('/lezen/abc.def.ghi');
    expect(mayor.status).toBe(404);
    const other = await harness.links.privateToken({ purpose: 'calendar', id: PATH, generation: 1 });
    await mayor.get(`/lezen/${other}`);
    expect(mayor.status).toBe(404);
  });

  test('a form from elsewhere opens no page, and a consultant is not offered one', async () => {
    await coordinator.post(`/paden/${PATH}/delen`, { change: 'close' });
    expect(coordinator.status).toBe(403);
    const consultant = await harness.signIn('consultant', 'consulent@example.org');
    await consultant.get(`/paden/${PATH}/delen`);
    expect(consultant.forms().filter(({ action }) => action.includes('/paden/'))).toEqual([]);
  });
});

describe('a reader of one region', () => {
  test('sees the same page, and no other of the path', async () => {
    const browser = await reader();
    await browser.get(`/regio/${PATH}`);
    expect(browser.status).toBe(200);
    const own = ['Fien De Smet', 'lezer@example.org', 'example.org'];
    for (const text of await personal()) if (!own.includes(text)) expect(browser.html).not.toContain(text);
    for (const page of ['', '/notities', '/delen', '/mails', '/logboek']) {
      await browser.get(`/paden/${PATH}${page}`);
      expect(browser.status, page).toBe(403);
    }
  });

  test('sees no other region', async () => {
    const stranger = await harness.signIn('reader', 'ander@example.org');
    await stranger.get(`/regio/${PATH}`);
    expect(stranger.status).toBe(403);
  });
});
