/**
 * How long each page of a path takes, with many paths in mid-course: `node bench/path-pages.ts [PATHS] [ROUNDS]`.
 * A request goes through the whole application, without the network. Milliseconds of the processor, which a busy machine does
 * not lengthen, and by the clock in brackets.
 */
import { asPathId, type PathId } from '../domain/ids.ts';
import { type BusyWorld, busyWorld } from './busy-world.ts';

const PARTY = 'nis:23102';
const [count, rounds] = [Number(process.argv[2] ?? 60), Number(process.argv[3] ?? 4)];

/** Below the address of a path. */
const pages = [
  ...['', '/voorwaarden', '/beheer', '/teksten', '/post', '/mails', '/logboek', '/muur', '/notities', '/delen'],
  ...[`/gemeenten/${PARTY}`, `/beslissingen/declaration-of-intent/${PARTY}`, '/teksten/declaration-of-intent'],
];

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

interface Taken {
  busy: number;
  clock: number;
  bytes: number;
}

async function timeOf({ app, cookie }: BusyWorld, url: string): Promise<Taken> {
  const [begin, used] = [performance.now(), process.cpuUsage()];
  const answer = await app.inject({ url, headers: { cookie } });
  const { user, system } = process.cpuUsage(used);
  if (answer.statusCode !== 200) throw new Error(`${url}: ${String(answer.statusCode)}`);
  return { busy: (user + system) / 1000, clock: performance.now() - begin, bytes: answer.rawPayload.length };
}

async function measure(world: BusyWorld, addressOf: (path: PathId) => string): Promise<string[]> {
  const taken: Taken[] = [];
  // The first round warms up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const path of world.paths) {
      const one = await timeOf(world, addressOf(path));
      if (round > 0) taken.push(one);
    }
  }
  const sorted = (key: keyof Taken): number[] => taken.map((each) => each[key]).sort((a, b) => a - b);
  const [busy, clock] = [sorted('busy'), sorted('clock')];
  const times = [0.5, 0.95, 1].map((share) => `${at(busy, share).toFixed(1)} (${at(clock, share).toFixed(1)})`);
  return [...times, `${String(Math.round(at(sorted('bytes'), 1) / 1024))} kB`];
}

const world = await busyWorld(count);
const sizes = await Promise.all(world.paths.map((path) => world.store.events.lastSeq(path)));
console.log(`${String(count)} paths, ${String(Math.min(...sizes))} to ${String(Math.max(...sizes))} events each`);
console.log(['page'.padEnd(48), 'p50', 'p95', 'max', 'largest'].join('\t'));
for (const page of pages) {
  const addressOf = (path: PathId): string => `/paden/${asPathId(path)}${page}`;
  const { statusCode } = await world.app.inject({
    url: addressOf(world.paths[0] ?? asPathId('')),
    headers: { cookie: world.cookie },
  });
  if (statusCode === 404) continue;
  console.log([`/paden/:path${page}`.padEnd(48), ...(await measure(world, addressOf))].join('\t'));
}
await world.close();
