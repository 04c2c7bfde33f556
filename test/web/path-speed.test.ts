/** Pages of a region that take longer with every mail and municipality, until nobody opens them any more. Compared within one run: never in milliseconds. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listMunicipalities } from '../../definitions/municipalities.ts';
import { municipalityParty } from '../../domain/ids.ts';
import { type Browser, createHarness, type Harness, PATH, request, startPath } from './harness.ts';

const FEW = 4;
const MANY = 40;
let few: Harness;
let many: Harness;

/** A region that waits for the answers of all its municipalities. */
async function region(count: number): Promise<Harness> {
  const harness = await createHarness();
  const parties = listMunicipalities()
    .slice(0, count)
    .map(({ nis }) => municipalityParty(nis));
  await startPath(harness.store, harness.paths, { parties });
  await request(harness, 'declaration-of-intent');
  return harness;
}

beforeAll(async () => {
  [few, many] = [await region(FEW), await region(MANY)];
}, 300_000);
afterAll(async () => {
  await few.close();
  await many.close();
});

async function timed(browser: Browser, url: string): Promise<number> {
  const start = performance.now();
  await browser.get(url);
  const took = performance.now() - start;
  expect(browser.status).toBe(200);
  return took;
}

test('ten times the municipalities cost no more than some ten times the page', { timeout: 300_000 }, async () => {
  const [small, large] = [await few.signIn('coordinator'), await many.signIn('coordinator')];
  for (const url of ['', '/post', '/muur'].map((part) => `/paden/${PATH}${part}`)) {
    const times = { few: Infinity, many: Infinity };
    // In turns, and the best of each: what else the machine does hits both.
    for (let round = 0; round < 6; round += 1) {
      times.few = Math.min(times.few, await timed(small, url));
      times.many = Math.min(times.many, await timed(large, url));
    }
    expect(times.many / times.few, url).toBeLessThan((MANY / FEW) * 3);
    expect(large.bytes.length / small.bytes.length, url).toBeLessThan((MANY / FEW) * 1.2);
  }
});
