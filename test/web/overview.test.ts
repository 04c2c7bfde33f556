/** A consultant who has to look for own regions, shares an address that shows something else, or is not told what changed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountRole } from '../../store/accounts.ts';
import { asInstant, asLocalDate, asPathId, municipalityParty } from '../../domain/ids.ts';
import { ASSE, Browser, createHarness, type Harness, PATH, request, startPath, WEMMEL, ZAVENTEM } from './harness.ts';

const INTENT = 'declaration-of-intent';
const ZUIDRAND = asPathId('zuidrand-2033');
const COMEET = asPathId('comeet-2033');
const KONTICH = municipalityParty('11024');
const LINT = municipalityParty('11025');
let harness: Harness;

/** Somebody who has signed in, in any role, with regions. */
async function signedIn(role: AccountRole, regions: string[], email = `${role}@example.org`): Promise<Browser> {
  const { accounts } = harness.store;
  const account = await accounts.ensureAccount({ role, email, name: `Sofie ${role}` });
  await accounts.setRegions(account.id, regions.map(asPathId));
  const browser = new Browser(harness.app);
  const expires = asInstant(Date.parse(harness.now()) + 3_600_000);
  await browser.get(`/aanmelden/${await accounts.createSignInToken(account.id, expires)}`);
  await browser.submit(0, {});
  return browser;
}

const names = (browser: Browser): string[] =>
  [...browser.html.matchAll(/rowheader"><a href="[^"]*">([^<]*)</g)].map(([, name = '']) => name);

beforeAll(async () => {
  harness = await createHarness();
  const { store, paths } = harness;
  await startPath(store, paths);
  harness.setTime('2031-02-13T09:00:00.000Z');
  await startPath(store, paths, {
    id: ZUIDRAND,
    partnership: 'Zuidrand',
    parties: [KONTICH, LINT],
    coordinator: 'jo@example.org',
  });
  await startPath(store, paths, { id: COMEET, partnership: 'Comeet', parties: [municipalityParty('44043')] });
  await request(harness, INTENT);
  await request(harness, INTENT, ZUIDRAND);
  harness.setTime('2031-06-04T09:00:00.000Z');
  const on = asLocalDate('2031-06-03');
  const data = { decision: INTENT, on };
  await harness.tell({ type: 'answer', data: { ...data, party: ASSE, answer: 'approved' } });
  await harness.tell({ type: 'answer', data: { ...data, party: ZAVENTEM, answer: 'approved' } });
  await harness.tell({ type: 'answer', data: { ...data, party: WEMMEL, answer: 'rejected' } });
  await harness.tell(
    { type: 'answer', data: { ...data, party: KONTICH, answer: 'adjourned', to: asLocalDate('2031-06-24') } },
    ZUIDRAND,
  );
});
afterAll(() => harness.close());

describe('the overview of a consultant', () => {
  test('has own regions first, and says how many telephone calls they need', async () => {
    const browser = await signedIn('consultant', [ZUIDRAND]);
    expect(browser.text).toContain('Mijn regio: 1 telefoontje nodig');
    expect(names(browser)[0]).toBe('Zuidrand');
    expect(browser.text.indexOf("Mijn regio's")).toBeLessThan(browser.text.indexOf("Alle andere regio's"));
    expect(names(browser)).toHaveLength(3);
  });

  test('without own regions shows all, what weighs most first', async () => {
    const browser = await signedIn('consultant', []);
    expect(browser.text).toContain("3 regio's: 2 telefoontjes nodig");
    expect(names(browser)[0]).toBe('Cultuur Noordrand');
  });

  test('names whom to call first, with the sentence to say', async () => {
    const browser = await signedIn('consultant', [PATH]);
    expect(browser.text).toContain('Fien De Smet , Cultuur Noordrand');
    expect(browser.text).toContain('“Wemmel keurde de intentieverklaring af.');
  });

  test('draws the answers of own regions, or of those that were filtered, beside their plan', async () => {
    const browser = await signedIn('consultant', [PATH]);
    expect(browser.text).toContain('2 goedkeuringen binnen');
    expect(browser.text).toContain('1 minder dan het plan tot vandaag vraagt.');
    const all = Number(/(\d+) nodig in totaal/.exec(browser.text)?.[1]);
    // From nothing, and both on one day.
    expect(/class="given" d="M0 100(?:H[\d.]+V[\d.]+){2}H[\d.]+"/.test(browser.html)).toBe(true);
    await browser.get('/?gemeente=wemmel');
    expect(Number(/(\d+) nodig in totaal/.exec(browser.text)?.[1])).toBe(all);
    await browser.get('/?zoek=zuidrand');
    expect(Number(/(\d+) nodig in totaal/.exec(browser.text)?.[1])).toBeLessThan(all);
  });

  test('says where one no sinks a file', async () => {
    const browser = await signedIn('consultant', [PATH]);
    expect(browser.text).toContain('één nee volstaat: verlenging');
  });
});

describe('what changed', () => {
  test('counts from the last Monday, and from the day that somebody chose', async () => {
    const browser = await signedIn('consultant', [PATH, ZUIDRAND]);
    expect(browser.text).toContain('Sinds maandag 2 juni 2031: 2 goedkeuringen, 1 uitstel en 1 afkeuring.');
    expect(browser.text).toContain('Asse en Zaventem keurden goed: intentieverklaring');
    expect(browser.text).toContain('Kontich stelde uit tot 24 juni: intentieverklaring');
    await browser.get('/?sinds=2031-06-04');
    expect(browser.text).toContain('Sinds 4 juni 2031: 2 goedkeuringen');
    await browser.get('/?sinds=2031-02-01');
    expect(browser.text).toContain('2 trajecten gestart');
    await browser.get('/?sinds=2099-01-01');
    expect(browser.text).toContain('Kies een dag tot en met vandaag.');
  });

  test('on a Monday it is the week before', async () => {
    harness.setTime('2031-06-09T07:00:00.000Z');
    const browser = await signedIn('consultant', [PATH]);
    expect(browser.text).toContain('Sinds maandag 2 juni 2031: 2 goedkeuringen');
    harness.setTime('2031-06-04T09:00:00.000Z');
  });
});

describe('filters stand in the address', () => {
  test.each([
    ['/?zoek=zuid', ['Zuidrand']],
    ['/?zoek=KONTICH', ['Zuidrand']],
    ['/?gemeente=Wemmel', ['Cultuur Noordrand']],
    ['/?gemeente=11025', ['Zuidrand']],
    ['/?stap=support', ['Comeet']],
    ['/?ronde=igs-cultuur-2033&zoek=comeet', ['Comeet']],
    ['/?ronde=igs-cultuur-2027', []],
    ['/?regio=Halle-Vilvoorde&stap=legal-structure', ['Cultuur Noordrand', 'Zuidrand']],
  ])('%s', async (url, expected) => {
    const browser = await signedIn('administrator', []);
    await browser.get(url);
    expect(names(browser).sort()).toEqual([...expected].sort());
    if (expected.length === 0) expect(browser.text).toContain('Geen regio past bij wat u koos');
    else
      expect(browser.text).toContain(
        expected.length === 1 ? '1 regio gevonden' : `${String(expected.length)} regio's gevonden`,
      );
  });

  test('those of a consultant are asked for by account, and the form keeps what was chosen', async () => {
    await signedIn('consultant', [COMEET]);
    const browser = await signedIn('administrator', []);
    const { id } = (await harness.store.accounts.accountWith('consultant@example.org'))!;
    await browser.get(`/?consulent=${id}&zoek=comeet`);
    expect(names(browser)).toEqual(['Comeet']);
    expect(browser.forms().find((form) => form.id === 'filter')?.fields).toMatchObject({
      zoek: 'comeet',
      consulent: id,
    });
    expect(browser.html).toContain('href="/">Wis filters');
  });

  test('a municipality that does not exist is said at its field', async () => {
    const browser = await signedIn('administrator', []);
    await browser.get('/?gemeente=Nergens');
    expect(browser.text).toContain('Deze gemeente kennen we niet');
    expect(browser.html).toContain('value="Nergens"');
  });
});

describe('everybody else', () => {
  test('a coordinator sees own regions only', async () => {
    const browser = await signedIn('coordinator', [], 'jo@example.org');
    expect(names(browser)).toEqual(['Zuidrand']);
    await browser.get('/?zoek=noordrand');
    expect(names(browser)).toEqual([]);
  });

  test('a reader sees where the region stands, without people and without a call list', async () => {
    const browser = await signedIn('reader', [PATH]);
    expect(browser.text).not.toMatch(/Mijn regio:/);
    expect(names(browser)).toEqual(['Cultuur Noordrand']);
    expect(browser.html).toContain(`href="/regio/${PATH}"`);
    expect(browser.text).not.toContain('Fien De Smet');
    await browser.get('/bellen');
    expect(browser.status).toBe(403);
  });

  test('without regions one is told how to start, or whom to ask', async () => {
    const coordinator = await signedIn('coordinator', [], 'nieuw@example.org');
    expect(coordinator.html).toContain('href="/starten"');
    expect((await signedIn('reader', [], 'leeg@example.org')).text).toContain('De beheerder bepaalt welke regio');
  });
});

describe('the coming weeks', () => {
  test('are told day by day, for own regions unless all are asked for', async () => {
    const browser = await signedIn('consultant', [ZUIDRAND]);
    await browser.get('/komende-weken');
    expect(browser.text).toMatch(/Vrijdag 6 juni 2031 Zuidrand Agenda sluit in Lint: intentieverklaring \(schatting\)/);
    expect(browser.text).toContain('Kontich beslist over: intentieverklaring');
    expect(browser.text).toContain('Nodig van Kontich en Lint: intentieverklaring');
    expect(browser.text).not.toContain('Cultuur Noordrand');
    await browser.get('/komende-weken?alle=ja');
    expect(browser.text).toContain('Cultuur Noordrand');
  });
});
