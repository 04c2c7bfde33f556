/**
 * How the pages about all regions grow with them: `node bench/pages.ts [requests] [regions...]`, at 60 and 1,000 regions unless
 * others are named. One process, no network, a store on disk, fifteen municipalities in every other region, everything worked
 * out beforehand.
 */
import { asLocalDate, asPathId, municipalityParty } from '../domain/ids.ts';
import { ASSE, createHarness, type Harness, PATH, request, startPath } from '../test/web/harness.ts';
import { copyPaths } from '../test/web/many-paths.ts';
import { report } from './measure.ts';

const requests = Number(process.argv[2] ?? 100);
const counts = process.argv.length > 3 ? process.argv.slice(3).map(Number) : [60, 1_000];
const pages = ['/', '/?pagina=2', '/?zoek=wemmel', '/bellen', '/komende-weken', '/gemeenten', '/gemeenten/23102'];
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

for (const count of counts) {
  const harness = await regions(count);
  const start = performance.now();
  // Signing in ends on the overview, which works everything out.
  const browser = await harness.signIn('administrator');
  console.log(`${String(count)} regions; worked out in ${((performance.now() - start) / 1_000).toFixed(1)} s`);
  await report(
    pages.map((name) => ({ name, browser, urls: [name] })),
    requests,
  );
  await harness.close();
}
