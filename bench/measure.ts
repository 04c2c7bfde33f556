/**
 * What the benches share: how long a page takes through the whole application, without the network. By the clock, and of the
 * processor, which a machine that does other things too lengthens less.
 */
import type { Browser } from '../test/web/harness.ts';
import { quantile } from './statistics.ts';

/** Every page stays within so many milliseconds, 95 times of 100. */
const MOST_MS = 50;

export interface Page {
  /** The route, with after a space what sets this row apart. */
  name: string;
  browser: Browser;
  /** Asked for in turns. */
  urls: readonly string[];
  /** Done before each request, and not counted. */
  before?: (url: string) => Promise<unknown>;
}

interface Row {
  name: string;
  /** Absent for a page that cannot be had here: then why. */
  figures?: { clock: number[]; busy: number[]; kilobytes: number };
  status: number;
}

async function measured({ name, browser, urls, before }: Page, rounds: number): Promise<Row> {
  const figures = { clock: new Array<number>(), busy: new Array<number>(), kilobytes: 0 };
  // The first round warms the compiler.
  for (let round = 0; round <= rounds; round += 1) {
    for (const url of urls) {
      await before?.(url);
      const [begin, used] = [performance.now(), process.cpuUsage()];
      await browser.get(url);
      const { user, system } = process.cpuUsage(used);
      if (browser.status !== 200) return { name, status: browser.status };
      if (round === 0) continue;
      figures.clock.push(performance.now() - begin);
      figures.busy.push((user + system) / 1_000);
      figures.kilobytes = Math.max(figures.kilobytes, browser.bytes.length / 1_024);
    }
  }
  return { name, status: 200, figures };
}

const columns = (cells: readonly string[]): string =>
  cells.map((cell, index) => (index === 0 ? cell.padEnd(62) : cell.padStart(9))).join('');

/** Measures one page after the other, prints a line for each, and at the end which are too slow. @param rounds over all addresses of a page */
export async function report(pages: readonly Page[], rounds: number): Promise<void> {
  console.log(columns(['ms', 'p50', 'p95', 'cpu p50', 'cpu p95', 'kB']));
  const slow = { clock: new Array<string>(), busy: new Array<string>() };
  for (const page of pages) {
    const { name, status, figures } = await measured(page, rounds);
    if (figures === undefined) {
      console.log(columns([name, `not measured: ${String(status)}`]));
      continue;
    }
    const { clock, busy, kilobytes } = figures;
    const times = [clock, busy].flatMap((each) =>
      [quantile(each, 0.5), quantile(each, 0.95)].map((time) => time.toFixed(1)),
    );
    console.log(columns([name, ...times, kilobytes.toFixed(0)]));
    for (const by of ['clock', 'busy'] as const) if (quantile(figures[by], 0.95) > MOST_MS) slow[by].push(name);
  }
  const named = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));
  console.log(`above ${String(MOST_MS)} ms at p95 by the clock: ${named(slow.clock)}`);
  console.log(`above ${String(MOST_MS)} ms at p95 of the processor: ${named(slow.busy)}`);
}
