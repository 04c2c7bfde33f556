/** An overview that grows with all there is instead of with what it shows. Compared within one run: never in milliseconds. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ASSE, type Browser, createHarness, type Harness, startPath } from './harness.ts';
import { copyPaths } from './many-paths.ts';

const FEW = 50;
const MANY = 500;
let few: Harness;
let many: Harness;

async function regions(count: number): Promise<Harness> {
  const harness = await createHarness();
  await startPath(harness.store, harness.paths, { parties: [ASSE] });
  await copyPaths(harness.store, [harness.state()], count - 1);
  return harness;
}

beforeAll(async () => {
  few = await regions(FEW);
  many = await regions(MANY);
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

test(
  'ten times the regions cost far less than ten times the page, and a reader does not wait for what is known',
  { timeout: 300_000 },
  async () => {
    const [small, large] = [await few.signIn('administrator'), await many.signIn('administrator')];
    // Signing in ends on the overview: everything is worked out by then.
    for (const url of ['/', '/?zoek=noordrand', '/komende-weken']) {
      const times = { few: Infinity, many: Infinity };
      // In turns, and the best of each: what else the machine does hits both.
      for (let round = 0; round < 12; round += 1) {
        times.few = Math.min(times.few, await timed(small, url));
        times.many = Math.min(times.many, await timed(large, url));
      }
      expect(times.many / times.few, url).toBeLessThan(MANY / FEW / 2);
    }
  },
);

test('a page holds a hundred regions, whatever there is, and leads to the others', { timeout: 120_000 }, async () => {
  const large = await many.signIn('administrator');
  const rows = (): number => large.html.match(/rowheader/g)?.length ?? 0;
  expect(rows()).toBe(100);
  expect(large.text).toContain('Regio 1 tot 100 van 500');
  const size = large.html.length;
  await large.get('/?pagina=5');
  expect(rows()).toBe(100);
  expect(large.text).toContain('Regio 401 tot 500 van 500');
  expect(large.html.length / size).toBeLessThan(1.2);
  await large.get('/?pagina=99');
  expect(large.text).toContain('Regio 401 tot 500 van 500');
});
