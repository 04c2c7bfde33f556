/** After elections: a municipality whose old contact goes on answering, a change made twice, or one that nobody saw. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UnavailableError } from '../../client/path-client.ts';
import { asPathId } from '../../domain/ids.ts';
import {
  ASSE,
  type Browser,
  createHarness,
  type Harness,
  PATH,
  request,
  startPath,
  WEMMEL,
  ZAVENTEM,
} from './harness.ts';

const OTHER = asPathId('zuidrand-2033');
let harness: Harness;
let browser: Browser;

beforeEach(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths);
  await startPath(harness.store, harness.paths, {
    id: OTHER,
    partnership: 'Cultuur Zuidrand',
    parties: [WEMMEL],
    coordinator: 'jan@example.org',
  });
  await request(harness, 'declaration-of-intent');
  browser = await harness.signIn('coordinator');
});
afterEach(() => harness.close());

const paste = async (rows: string, who = browser): Promise<void> => {
  await who.get('/overdracht');
  await who.submit('plak', { rows });
};
const apply = (who = browser): Promise<void> => who.submit('uitvoeren', { confirmed: 'ja' });
const contactOf = async (party = WEMMEL, path = PATH) =>
  (await harness.store.people.person(harness.state(path).parties[party]!.contact!))?.email;

describe('a hand-over', () => {
  test('shows who follows whom and what leaves, changes nothing before it is pressed, and then all of it', async () => {
    await paste(
      'Gemeente;Naam;Mail;Rol\nWemmel;Ilse Claes;ilse@example.org;\nAsse;Secretariaat 23002;nieuw@example.org;\nWemmel;Piet;piet@example.org;plaatsvervanger',
    );
    expect(browser.text).toContain('Dit verandert er (3 wijzigingen)');
    expect(browser.text).toContain('De link van Secretariaat 23102 werkt dan niet meer.');
    expect(browser.text).toContain('Het mailadres van Secretariaat 23002 wijzigt.');
    expect(browser.text).toMatch(/vandaag: Bevestiging → Secretariaat 23002, nieuw@example\.org, Asse/);
    expect(browser.text).toMatch(/Vraag: Intentieverklaring.* → Ilse Claes, ilse@example\.org, Wemmel/);
    const before = harness.state().seq;
    await browser.submit('uitvoeren', {});
    expect([browser.status, harness.state().seq]).toEqual([422, before]);
    await apply();
    expect(browser.text).toContain('3 wijzigingen zijn genoteerd.');
    expect([await contactOf(), await contactOf(ASSE), await contactOf(ZAVENTEM)]).toEqual([
      'ilse@example.org',
      'nieuw@example.org',
      'secretariaat-23094@example.org',
    ]);
    expect(harness.state().parties[WEMMEL]).toMatchObject({ linkGeneration: 2 });
    // Another coordinator's path is left alone.
    expect(await contactOf(WEMMEL, OTHER)).toBe('secretariaat-23102@example.org');
  });

  test('pressed again it changes nothing twice', async () => {
    await paste('Wemmel\tIlse Claes\tilse@example.org');
    const form = browser.forms().find(({ id }) => id === 'uitvoeren')!;
    await apply();
    const { seq } = harness.state();
    await browser.post(form.action, { ...form.fields, confirmed: 'ja' });
    expect(browser.status).toBe(200);
    expect(harness.state().seq).toBe(seq);
    await paste('Wemmel\tIlse Claes\tilse@example.org');
    expect(browser.text).toContain('Alles was al zo. Er is niets te wijzigen.');
  });

  test('a server that is away: each change is kept, and goes through the next time', async () => {
    await paste('Wemmel\tIlse Claes\tilse@example.org\nAsse\tAn\tan@example.org');
    harness.paths.failure = new UnavailableError('away');
    await apply();
    expect(browser.text).toContain('2 wijzigingen lukten niet.');
    harness.paths.failure = undefined;
    await apply();
    expect(browser.text).toContain('2 wijzigingen zijn genoteerd.');
    expect([await contactOf(), await contactOf(ASSE)]).toEqual(['ilse@example.org', 'an@example.org']);
  });

  test('what is wrong is said at its row and corrected there; the good rows need not wait', async () => {
    await paste(
      'Wemmel\tIlse\tilse@example.org\nAssee\tAn\tan@\nGent\tBo\tbo@example.org\nZaventem\tJo\tjo@example.org\nZaventem\tPol\tpol@example.org\nAsse\t<b>x</b>\tx@example.org\t\t\trolmops\tniets',
    );
    for (const sentence of [
      'Bedoelt u Asse?',
      'Dit is geen volledig mailadres',
      'Deze gemeente neemt niet deel aan een traject dat u mag wijzigen.',
      'dezelfde rol',
      'Schrijf “aanspreekpunt” of “plaatsvervanger”.',
      "Zo'n traject is er niet",
    ])
      expect(browser.text).toContain(sentence);
    expect(browser.html).not.toContain('<b>x');
    await apply();
    expect(await contactOf()).toBe('ilse@example.org');
    expect(browser.text).toContain('5 rijen kloppen nog niet');
    await browser.submit('verbeter', {
      'r.2.municipality': 'Asse',
      'r.2.email': 'an@example.org',
      'r.3.weg': 'ja',
      'r.4.weg': 'ja',
      'r.6.weg': 'ja',
    });
    expect(browser.text).not.toContain('Kijk dit nog even na');
    await apply();
    expect([await contactOf(ASSE), await contactOf(ZAVENTEM)]).toEqual(['an@example.org', 'pol@example.org']);
  });
});

describe('the list to send around', () => {
  test('has the present contacts, runs nothing in a spreadsheet, and is taken back as it is', async () => {
    const plus = await harness.store.people.ensurePerson({
      path: PATH,
      party: WEMMEL,
      role: 'contact',
      name: '=cmd()',
      email: 'ilse@example.org',
      phone: '+32 2 123 45 67',
    });
    await harness.tell({ type: 'replace-contact', data: { party: WEMMEL, person: plus } });
    await browser.get('/overdracht/aanspreekpunten.csv');
    expect(browser.html).toContain("Wemmel,'=cmd(),ilse@example.org,,'+32 2 123 45 67,aanspreekpunt,noordrand-2033");
    expect(browser.html).not.toContain('zuidrand');
    await paste(browser.html.replace('secretariaat-23002@example.org', 'an@example.org'));
    expect(browser.text).toContain('Dit verandert er');
    expect(browser.text).toContain('2 keer was het al zo');
  });
});

describe('municipalities over all paths', () => {
  test('a coordinator sees her own only, an administrator all, with people for who may see them', async () => {
    await browser.get('/gemeenten?zoek=wem');
    expect(browser.text).toContain('Wemmel Cultuur Noordrand');
    await browser.get('/gemeenten/23102');
    expect(browser.text).toContain('Neemt deel aan 1 traject dat u volgt.');
    expect(browser.text).toContain('secretariaat-23102@example.org');
    expect(browser.text).not.toContain('Zuidrand');
    const administrator = await harness.signIn('administrator');
    await administrator.get('/gemeenten/23102');
    expect(administrator.text).toContain('Neemt deel aan 2 trajecten die u volgt.');
    expect(administrator.text).toContain('Eerstvolgende zitting');
    await administrator.get('/gemeenten/23023');
    expect(administrator.text).toContain('Galmaarden bestaat niet meer sinds 1 januari 2025.');
    const jan = await harness.signIn('coordinator', 'jan@example.org');
    await jan.get('/gemeenten/23002');
    expect(jan.status).toBe(404);
  });

  test('contacts that were left for later are asked for, municipality by municipality', async () => {
    await harness.tell({ type: 'add-party', data: { party: 'nis:23050' as typeof WEMMEL } });
    await browser.get(`/paden/${PATH}`);
    expect(browser.text).toContain('1 gemeente heeft nog geen aanspreekpunt.');
    await browser.get(`/overdracht?traject=${PATH}`);
    expect(browser.text).not.toContain('Kijk dit nog even na');
    await browser.submit('verbeter', { 'r.1.name': 'Bart', 'r.1.email': 'bart@example.org' });
    await apply();
    expect(await contactOf('nis:23050' as typeof WEMMEL)).toBe('bart@example.org');
    await browser.get(`/overdracht?traject=${OTHER}`);
    expect(browser.status).toBe(404);
  });
});
