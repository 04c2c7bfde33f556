import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Browser } from './harness.ts';
import { createHarness, type Harness, PATH, request, startPath, WEMMEL } from './harness.ts';

const ASKED = 'declaration-of-intent';
const HOME = `/m/p/${PATH}/23102`;
const an = {
  name: 'An Peeters',
  function: 'secretariaat',
  email: 'secretariaat-23102@example.org',
  phone: '02 123 45 67',
};
let harness: Harness;
let browser: Browser;

beforeEach(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths);
  await request(harness, ASKED);
  browser = await harness.visit(WEMMEL);
  await browser.get(`${HOME}/gegevens`);
});
afterEach(() => harness.close());

const party = () => harness.state().parties[WEMMEL]!;
const contact = () => harness.store.people.person(party().contact!);
const details = () =>
  Object.values(harness.state().outbox).flatMap((each) =>
    each!.message.items.some(({ type }) => type === 'details') ? [each!.message] : [],
  );

describe('the contact of a municipality', () => {
  test('sees the own details, and leaves them as they are by the button alone', async () => {
    const before = harness.state().seq;
    expect(browser.forms()[0]!.fields).toMatchObject({ name: 'Secretariaat 23102', email: an.email });
    await browser.submit('gegevens', {});
    expect(browser.text).toContain('Goed, dan blijft het zoals het was');
    expect(harness.state().seq).toBe(before);
  });

  test('corrects name, function and number: the same links, no new mails, and the coordinator sees it', async () => {
    const link = await harness.token(WEMMEL);
    const former = party().contact;
    await browser.submit('gegevens', an);
    expect(browser.text).toContain('Genoteerd. De coördinator ziet wat er veranderde');
    expect(await contact()).toMatchObject(an);
    expect(party().contact).not.toBe(former);
    expect(details()).toEqual([]);
    await browser.get(`/m/${link}`);
    expect(browser.status).toBe(200);
    await browser.get(`${HOME}/gegevens`);
    expect(browser.forms()[0]!.fields).toMatchObject(an);
    const desk = await harness.signIn('coordinator');
    await desk.get(`/paden/${PATH}/gemeenten/${WEMMEL}`);
    expect(desk.html).toContain('href="tel:021234567"');
    expect(desk.text).toContain('Wemmel: gegevens gewijzigd');
    expect(desk.text).toContain('Vroeger: Secretariaat 23102, secretariaat-23102@example.org');
    expect(desk.text).toContain('Voortaan: An Peeters (secretariaat), 02 123 45 67, secretariaat-23102@example.org');
  });

  test('gives another address: both addresses and the coordinator are told, and whoever holds the old link keeps the page', async () => {
    const link = await harness.token(WEMMEL);
    const { contact: former, linkGeneration } = party();
    await browser.submit('gegevens', { ...an, email: 'an@example.org' });
    expect(browser.text).toContain('Mails komen voortaan op het nieuwe adres');
    expect(party().linkGeneration).toBe(linkGeneration);
    expect(details().map(({ to }) => to)).toEqual([former, party().contact, harness.state().coordinator]);
    await browser.get(`/m/${link}`);
    expect(browser.status).toBe(200);
    await harness.tell({ type: 'replace-contact', data: { party: WEMMEL, person: former! } });
    await browser.get(`/m/${link}`);
    expect(browser.status).toBe(410);
  });

  test('is told at the field what cannot be right, and keeps what was typed', async () => {
    await browser.submit('gegevens', { ...an, phone: '12', email: 'an', name: '' });
    expect(browser.status).toBe(422);
    expect(browser.text).toContain('Telefoon: Dit is geen telefoonnummer');
    expect(browser.text).toContain('Mailadres: Dit is geen volledig mailadres');
    expect(browser.text).toContain('Naam: Vul dit in');
    expect(browser.forms()[0]!.fields).toMatchObject({ phone: '12', email: 'an', function: 'secretariaat' });
  });

  test('what was answered under the earlier name still says that name', async () => {
    await browser.get(HOME);
    const answer = { answer: 'approved', 'approved.session': 'other', 'approved.date': '2031-02-11' };
    await browser.submit(`antwoord-${ASKED}`, { ...answer, name: 'Secretariaat 23102', function: 'secretariaat' });
    await browser.get(`${HOME}/gegevens`);
    await browser.submit('gegevens', an);
    await browser.get(HOME);
    expect(browser.text).toContain('uur door Secretariaat 23102 (secretariaat)');
  });

  test('names a deputy, another one, and nobody, which takes more than a button', async () => {
    const jan = { name: 'Jan Smets', email: 'jan@example.org', function: '', phone: '' };
    await browser.submit('plaatsvervanger', jan);
    expect(browser.text).toContain('Genoteerd');
    expect(browser.text).toContain('Jan Smets');
    await browser.submit('geen-plaatsvervanger', {});
    expect(browser.status).toBe(422);
    expect(party().deputy).toBeDefined();
    await browser.submit('plaatsvervanger', { ...jan, name: 'Mia Smets' });
    expect(await harness.store.people.person(party().deputy!)).toMatchObject({ name: 'Mia Smets' });
    await browser.submit('geen-plaatsvervanger', { confirmed: 'ja' });
    expect(party().deputy).toBeUndefined();
    expect(browser.text).toContain('U hebt nog geen plaatsvervanger');
  });
});

describe('a deputy', () => {
  test('corrects the own details and not who the deputy is', async () => {
    const person = await harness.store.people.ensurePerson({
      ...{ path: PATH, party: WEMMEL, role: 'deputy', name: 'Jan Smets', email: 'jan@example.org' },
    });
    await harness.tell({ type: 'replace-deputy', data: { party: WEMMEL, person } });
    const token = await harness.token(WEMMEL, { person });
    await browser.get(`/m/${token}`);
    await browser.get(`${HOME}/gegevens`);
    expect(browser.text).toContain('U bent de plaatsvervanger');
    expect(browser.forms().map(({ id }) => id)).toEqual(['gegevens']);
    await browser.submit('gegevens', { name: 'Jan Smet' });
    expect(await harness.store.people.person(party().deputy!)).toMatchObject({ name: 'Jan Smet' });
    await browser.get(`/m/${token}`);
    expect(browser.status).toBe(200);
  });
});

test('a coordinator corrects the details of a contact without stopping the links', async () => {
  const link = await harness.token(WEMMEL);
  const desk = await harness.signIn('coordinator');
  await desk.get(`/paden/${PATH}/gemeenten/${WEMMEL}`);
  await desk.submit('change-details-contact', { phone: '+32 471 12 34 56' });
  expect(desk.text).toContain('Genoteerd');
  expect(await contact()).toMatchObject({ name: 'Secretariaat 23102', phone: '+32 471 12 34 56' });
  await browser.get(`/m/${link}`);
  expect(browser.status).toBe(200);
});
