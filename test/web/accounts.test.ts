/** Who gives somebody too much, locks everybody out, or cannot find who has an account. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asPathId } from '../../domain/ids.ts';
import { type Browser, createHarness, type Harness, PATH, startPath } from './harness.ts';

let harness: Harness;
let browser: Browser;
const ZUID = asPathId('zuidrand-2033');
const withEmail = (email: string) => harness.store.accounts.accountWith(email);

beforeEach(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths);
  await startPath(harness.store, harness.paths, { id: ZUID, partnership: 'Zuidrand', coordinator: 'els@example.org' });
  browser = await harness.signIn('administrator');
  await browser.get('/accounts');
});
afterEach(() => harness.close());

const reader = { name: 'Jo Smets', email: 'jo@example.org', role: 'reader', [`region.${PATH}`]: 'ja' };
const add = (change: Record<string, string> = {}) => browser.submit('account', { ...reader, ...change });

describe('accounts', () => {
  test('are made with their regions, and found by name, address, role and region', async () => {
    await add();
    expect(browser.text).toContain('Het account is gemaakt');
    const { id } = (await withEmail('jo@example.org'))!;
    expect(await harness.store.accounts.regionsOf(id)).toEqual([PATH]);
    for (const words of ['smets', 'JO@', 'lezer noordrand']) {
      await browser.get(`/accounts?q=${encodeURIComponent(words)}`);
      expect(browser.html, words).toContain(`/accounts/${id}`);
      expect(browser.text).toContain('1 account');
    }
    await browser.get('/accounts?q=zuidrand');
    expect(browser.text).toContain('Geen account gevonden');
  });

  test.each([
    [{ email: 'jo' }, 'geen volledig mailadres'],
    [{ name: ' ' }, 'Vul dit in'],
    [{ role: '' }, 'Maak een keuze'],
    [{ role: 'keizer' }, 'Maak een keuze'],
    [{ [`region.${PATH}`]: '' }, 'Duid er minstens één aan'],
    [{ email: ' ADMINISTRATOR@example.org ' }, 'Er is al een account met dit adres'],
  ] as [Record<string, string>, string][])(
    'with %j are not made, and what was typed is kept',
    async (change, message) => {
      const administrator = { role: 'consultant', email: 'administrator@example.org', name: 'An' } as const;
      await harness.store.accounts.ensureAccount(administrator);
      await add(change);
      expect(browser.status).toBe(422);
      expect(browser.text).toContain(message);
      expect(browser.html).toContain(change['name'] === undefined ? 'value="Jo Smets"' : 'value="jo@example.org"');
      expect(await withEmail('jo@example.org')).toBeUndefined();
    },
  );

  test('change their name, role and regions; of who coordinates none are kept', async () => {
    await add();
    await browser.submit('wijzigen', { name: 'Jo Smets-Maes', role: 'consultant', [`region.${ZUID}`]: 'ja' });
    expect(browser.text).toContain('Het account is gewijzigd');
    const { id, ...jo } = (await withEmail('jo@example.org'))!;
    expect(jo).toMatchObject({ name: 'Jo Smets-Maes', role: 'consultant' });
    expect(await harness.store.accounts.regionsOf(id)).toEqual([PATH, ZUID]);
    await browser.submit('wijzigen', { role: 'coordinator' });
    expect(await harness.store.accounts.regionsOf(id)).toEqual([]);
  });

  test('are removed after a confirmation, with their sessions', async () => {
    await add();
    const theirs = await harness.signIn('reader', 'jo@example.org');
    const home = `/accounts/${(await withEmail('jo@example.org'))!.id}`;
    await browser.get(home);
    await browser.submit('verwijderen', {});
    expect(browser.status).toBe(422);
    await browser.submit('verwijderen', { confirmed: 'ja' });
    expect(browser.text).toContain('Het account is verwijderd');
    await theirs.get('/account');
    expect(theirs.status).toBe(401);
    await browser.get(home);
    expect(browser.status).toBe(404);
    expect(browser.text).toContain('Dit account bestaat niet');
  });

  test('an administrator neither removes nor demotes oneself, and never the last one', async () => {
    const { id } = (await withEmail('administrator@localhost'))!;
    await browser.get(`/accounts/${id}`);
    expect(browser.forms().some((form) => form.id === 'verwijderen')).toBe(false);
    const form = browser.forms().find((each) => each.id === 'wijzigen')!;
    await browser.submit('wijzigen', { role: 'consultant' });
    expect(browser.status).toBe(422);
    expect(browser.text).toContain('Uw eigen rol');
    await browser.post(`/accounts/${id}/verwijderen`, { ...form.fields, confirmed: 'ja' });
    expect(browser.text).toContain('Vraag het aan een andere beheerder');
    expect(await withEmail('administrator@localhost')).toMatchObject({ role: 'administrator' });
    // Two who remove each other at the same moment: one of them stays.
    const other = await harness.store.accounts.ensureAccount({
      role: 'administrator',
      email: 'an@example.org',
      name: 'An',
    });
    const gone = await Promise.allSettled([id, other.id].map((each) => harness.store.accounts.removeAccount(each)));
    expect(gone.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('get a link by mail that asks for the address', async () => {
    await add();
    await browser.post(`/accounts/${(await withEmail('jo@example.org'))!.id}/link`, browser.forms()[1]!.fields);
    expect(browser.text).toContain('De aanmeldlink is verstuurd');
    const [sent] = harness.signIns;
    expect(sent!.account.email).toBe('jo@example.org');
    await browser.get(new URL(sent!.link).pathname);
    await browser.submit('bevestigen', {});
    expect(browser.status).toBe(422);
    await browser.submit('bevestigen', { email: 'jo@example.org' });
    await browser.get('/account');
    expect(browser.text).toContain('Jo Smets');
  });
});
