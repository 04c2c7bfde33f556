/** Paths without a round and without a subsidy, beside the one that has both: the pages show what each of them has. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { introduceRegion } from '../../client/introduce.ts';
import { readRegion } from '../../definitions/region.ts';
import { asPathId, municipalityParty, type PathId } from '../../domain/ids.ts';
import { type Browser, createHarness, type Harness, request, startPath } from './harness.ts';

const ONE = asPathId('statutenwijziging-brabantse-rand');
const JOIN = asPathId('aansluiting-durmeland');
const WEMMEL = municipalityParty('23102');

let harness: Harness;
let browser: Browser;

/** Starts the path of an example as `regiopad start` does. */
async function startExample(name: string): Promise<void> {
  const read = readRegion(`examples/${name}.yaml`);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  await harness.paths.start(await introduceRegion(harness.store, read.value));
}

beforeEach(async () => {
  harness = await createHarness();
  harness.setTime('2027-03-01T09:00:00.000Z');
  await startPath(harness.store, harness.paths);
  await startExample('een-beslissing');
  await startExample('aansluiting-fictief');
  browser = await harness.signIn('administrator');
});
afterEach(() => harness.close());

/** The page without its foot, which says what the whole site is for. */
const shown = (): string => plain(browser.html.split('<footer')[0] ?? '');
const plain = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const tableOf = (heading: string): string => {
  const parts = browser.html.split('<section>').map((part) => part.split('</section>')[0] ?? '');
  return plain(parts.find((part) => part.includes(heading)) ?? '');
};
const homeOf = (path: PathId): string => `/paden/${path}`;

describe('the overview with paths of three kinds', () => {
  test('has a table for each kind, with its own steps, and a closing date only where there is one', () => {
    expect(browser.text).toContain("3 regio's");
    const [subsidy, one, join] = ['Beleidsperiode 2033-2038', 'Eén beslissing', 'Aansluiten bij een bestaand'].map(
      tableOf,
    );
    expect(subsidy).toContain('sluit 1 april 2032');
    expect(subsidy).toContain('draagvlak');
    expect(one).toContain('Cultuur Brabantse Rand (fictief) Statutenwijziging · Halle-Vilvoorde');
    expect(one).toContain('1 voorbereiding 2 raden 3 uitvoering');
    expect(join).toContain('Cultuur Durmeland (fictief) Waasland');
    expect(join).toContain('5 deelname');
    for (const table of [one, join]) expect(table).not.toMatch(/\bsluit\b|draagvlak|subsidie/);
  });
});

describe('one decision of all councils', () => {
  test('is called what the region file says, on every page that speaks of it', async () => {
    await request(harness, 'council-decision', ONE);
    await browser.get(homeOf(ONE));
    expect(browser.text).toContain('Halle-Vilvoorde · Eén beslissing in alle gemeenteraden · Statutenwijziging');
    expect(shown()).not.toMatch(/route|subsidie|indienen/i);
    await browser.get(`${homeOf(ONE)}/beslissingen/council-decision/${WEMMEL}`);
    expect(browser.text).toContain('De gemeenteraad keurt de statutenwijziging goed.');
    await browser.get(`/m/${await harness.token(WEMMEL, { path: ONE })}`);
    expect(browser.text).toContain('Staat de statutenwijziging op de agenda van 25 maart?');
  });

  test('lists its own dates for whoever manages it, one of which can be moved, and offers no route', async () => {
    await browser.get(`${homeOf(ONE)}/beheer`);
    expect(browser.text).toContain('alle raden hebben beslist');
    expect(browser.text).not.toContain('Route kiezen');
    expect(browser.forms().map(({ id }) => id)).not.toContain('choose-route');
    await browser.submit('move-deadline', { item: 'decideBy', to: '2027-09-30', reason: 'Na de zomer' });
    expect(harness.state(ONE).dates).toMatchObject({ decideBy: '2027-09-30' });
  });
});

describe('joining a partnership', () => {
  test('shows its route, and nothing of a subsidy', async () => {
    await browser.get(homeOf(JOIN));
    expect(browser.text).toContain(
      'Waasland · Aansluiten bij een bestaand samenwerkingsverband · dienstverlenende vereniging',
    );
    expect(browser.text).toContain('Traject gestart met 2 gemeenten');
    expect(browser.text).toContain('Praten met de coördinator van het samenwerkingsverband');
    expect(shown()).not.toMatch(/dagen tot|subsidie|indienen/i);
  });
});
