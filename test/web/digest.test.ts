/** A digest that cannot be stopped, or that a mail scanner stops. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Account } from '../../store/accounts.ts';
import { Browser, createHarness, type Harness } from './harness.ts';

let harness: Harness;
let mia: Account;
let address: string;
beforeAll(async () => {
  harness = await createHarness();
  mia = await harness.store.accounts.ensureAccount({
    role: 'consultant',
    email: 'mia@example.org',
    name: 'Mia Wouters',
  });
  address = (await harness.links.digestUrl(mia.id)).replace('http://localhost:3000', '');
});
afterAll(() => harness.close());
beforeEach(() => harness.store.settings.change(mia, { digestWeekday: 4 }));

const weekdayNow = async () => (await harness.store.settings.settingsOf(mia)).digestWeekday;

test('opening the address, however often and by whatever, changes nothing and says what will stop', async () => {
  const browser = new Browser(harness.app);
  for (const method of ['GET', 'HEAD', 'GET'] as const) await browser.request({ method, url: address });
  expect(browser.text).toContain('Mia Wouters, u krijgt nu een weekoverzicht op donderdag, op mia@example.org.');
  expect(browser.text).toContain('Andere mails');
  expect(browser.headers['referrer-policy']).toBe('strict-origin');
  expect(await weekdayNow()).toBe(4);
});

test('the button stops it and says how it comes again; opened once more it says that it is off', async () => {
  const browser = new Browser(harness.app);
  await browser.get(address);
  await browser.submit(0, {});
  expect([browser.status, await weekdayNow()]).toEqual([200, 0]);
  expect(browser.text).toContain('U krijgt geen weekoverzicht meer op mia@example.org.');
  expect(browser.html).toContain('href="/account"');
  await browser.get(address);
  expect(browser.text).toContain('Het weekoverzicht is uitgeschakeld');
});

test.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
  'a mail program stops it with one POST of %s, without cookies and without being sent on',
  async (type) => {
    const isForm = type.startsWith('application');
    const field = 'content-disposition: form-data; name="List-Unsubscribe"';
    const { statusCode, headers } = await harness.app.inject({
      ...{ method: 'POST', url: address, headers: { 'content-type': type, host: 'localhost:3000' } },
      payload: isForm ? 'List-Unsubscribe=One-Click' : `--x\r\n${field}\r\n\r\nOne-Click\r\n--x--\r\n`,
    });
    expect([statusCode, headers.location, await weekdayNow()]).toEqual([200, undefined, 0]);
  },
);

test('another site cannot stop it from the browser of its reader, and no other token can', async () => {
  const browser = new Browser(harness.app);
  await browser.request({ method: 'POST', url: address, headers: { origin: 'https://elsewhere.example.org' } });
  expect(browser.status).toBe(403);
  const calendar = await harness.links.privateToken({ purpose: 'calendar', id: mia.id, generation: 0 });
  const renewed = await harness.links.privateToken({ purpose: 'digest', id: mia.id, generation: 1 });
  const gone = await harness.links.privateToken({ purpose: 'digest', id: 'nobody', generation: 0 });
  for (const token of [calendar, renewed, gone, 'abc', `${address.slice('/digest/'.length)}x`]) {
    await browser.request({ method: 'POST', url: `/digest/${token}` });
    expect([token, browser.status]).toEqual([token, 404]);
    expect(browser.text).toContain('Op uw eigen pagina kiest u');
  }
  expect(await weekdayNow()).toBe(4);
});

test('what a mail program adds to the end of an address does no harm', async () => {
  const browser = new Browser(harness.app);
  await browser.get(`${address}>`);
  expect(browser.status).toBe(200);
});

test('on one’s own page the day is chosen, or none; a reader is offered none', async () => {
  const browser = await harness.signIn('consultant', 'mia@example.org');
  await browser.get('/account');
  const form = () => browser.forms().find(({ id }) => id === 'weekoverzicht');
  expect(form()?.fields['weekday']).toBe('4');
  await browser.submit('weekoverzicht', { weekday: '2' });
  expect([await weekdayNow(), form()?.fields['weekday']]).toEqual([2, '2']);
  expect(browser.text).toContain('Uw keuze voor het weekoverzicht is bewaard.');
  await browser.submit('weekoverzicht', { weekday: '0' });
  expect(await weekdayNow()).toBe(0);
  for (const weekday of ['9', '-1', '']) await browser.submit('weekoverzicht', { weekday });
  expect(await weekdayNow()).toBe(0);
  await browser.post('/account/weekoverzicht', { weekday: '2', _form: 'x' });
  expect([browser.status, await weekdayNow()]).toEqual([403, 0]);
  const reader = await harness.signIn('reader', 'mayor@example.org');
  await reader.get('/account');
  expect(reader.html).not.toContain('weekoverzicht');
});
