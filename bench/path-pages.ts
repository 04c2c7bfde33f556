/**
 * How long every page takes, with many paths in mid-course: `node bench/path-pages.ts [PATHS] [ROUNDS] [PART]`. With a part of a
 * route only the pages whose name holds it. At the end the pages that take too long, and the routes that were not asked for.
 */
import { endpointsOf } from '../test/browser/accessibility/routes.ts';
import { busyWorld } from './busy-world.ts';
import { everyPage } from './every-page.ts';
import { report } from './measure.ts';

const [count, rounds, part] = [Number(process.argv[2] ?? 60), Number(process.argv[3] ?? 4), process.argv[4] ?? ''];
/** Pages about all regions have one address: asked as often as the others. */
const often = (urls: readonly string[]): string[] =>
  urls.length > 1 ? [...urls] : Array.from({ length: count }, () => urls[0] ?? '/');

const world = await busyWorld(count);
const sizes = await Promise.all(world.paths.map((path) => world.store.events.lastSeq(path)));
console.log(`${String(count)} paths, ${String(Math.min(...sizes))} to ${String(Math.max(...sizes))} events each`);
const all = await everyPage(world);
const pages = all.filter(({ name }) => name.includes(part)).map((page) => ({ ...page, urls: often(page.urls) }));
await report(pages, rounds);
const asked = new Set(all.map(({ name }) => `GET ${name.split(' ')[0] ?? ''}`));
const isAsked = (endpoint: string): boolean =>
  asked.has(endpoint) || (endpoint === 'GET /uitvoer/:table.:format' && asked.has('GET /uitvoer/regios.csv'));
const left = endpointsOf(world.app).filter(
  (each) => each.startsWith('GET ') && !isAsked(each) && !each.includes('/api/'),
);
console.log(`not asked for: ${left.map((each) => each.slice(4)).join(', ')}`);
await world.close();
