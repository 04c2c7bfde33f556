/**
 * How long the pages about all regions take, at 60 and at 1,000 regions: `node bench/pages.ts [requests]`. One process, no
 * network, a store on disk, fifteen municipalities in every other region, everything worked out beforehand. On a machine that
 * does other things too, the processor's time says more than the clock.
 */
import { asLocalDate, asPathId, municipalityParty } from '../domain/ids.ts';
import { ASSE, createHarness, type Harness, PATH, request, startPath } from '../test/web/harness.ts';
import { copyPaths } from '../test/web/many-paths.ts';

const requests = Number(process.argv[2] ?? 100);
const pages = ['/', '/?pagina=2', '/?zoek=wemmel', '/bellen', '/komende-weken'];
const INTENT = 'declaration-of-intent';
const codes = ['23002', '23025', '23027', '23038', '23039', '23044', '23045', '23047', '23050', '23060'];
const parties = [...codes, '23077', '23086', '23088', '23094', '23102'].map(municipalityParty);
const ZUIDRAND = asPathId('zuidrand');

async function regions(count: number): Promise<Harness> {
  const harness = await createHarness();
  const { store, paths } = harness;
  await startPath(store, paths, { parties });
  await startPath(store, paths, { id: ZUIDRAND, partnership: 'Zuidrand', parties: parties.slice(0, 6) });
  for (const path of [PATH, ZUIDRAND]) await request(harness, INTENT, path);
  const on = asLocalDate('2031-02-11');
  await harness.tell({ type: 'answer', data: { party: ASSE, decision: INTENT, answer: 'approved', on } });
  harness.setTime('2031-06-04T09:00:00.000Z');
  await copyPaths(store, [harness.state(), harness.state(ZUIDRAND)], count - 2);
  return harness;
}

const at = (times: readonly number[], share: number): string =>
  (times.toSorted((a, b) => a - b)[Math.ceil(times.length * share) - 1] ?? 0).toFixed(1);

for (const count of [60, 1_000]) {
  const harness = await regions(count);
  const start = performance.now();
  // Signing in ends on the overview, which works everything out.
  const browser = await harness.signIn('administrator');
  console.log(`${String(count)} regions; worked out in ${((performance.now() - start) / 1_000).toFixed(1)} s`);
  for (const page of pages) {
    const times: number[] = [];
    const used = process.cpuUsage();
    for (let index = 0; index < requests + 10; index += 1) {
      const before = performance.now();
      await browser.get(page);
      // The first ones warm the compiler.
      if (index >= 10) times.push(performance.now() - before);
    }
    const { user, system } = process.cpuUsage(used);
    const processor = ((user + system) / 1_000 / (requests + 10)).toFixed(1);
    const size = (browser.html.length / 1_024).toFixed(0);
    console.log(
      `  ${page.padEnd(16)} p50 ${at(times, 0.5)} ms  p95 ${at(times, 0.95)} ms  processor ${processor} ms  ${size} kB`,
    );
  }
  await harness.close();
}
