/** What a whole path of thirteen municipalities leaves in Temporal when everybody answers, and how long it takes to try it out. */
import { regiopad } from '../programs.ts';
import type { Part } from '../row.ts';

interface Report {
  history: { runs: number; events: number; bytes: number };
  events: { type: string }[];
  mails: unknown[];
}

const EXAMPLE = 'examples/cultuur-noordrand.yaml';
const TOGETHER = 19;

const run: Part = async (size, say) => {
  const simulate = () => regiopad('simulate', EXAMPLE, '--format', 'json');
  const { took, output } = await simulate();
  const { history, events, mails } = JSON.parse(output) as Report;
  const answers = events.filter(({ type }) => type === 'answered').length;
  const seen = { runs: history.runs, answers, mails: mails.length, events: events.length };
  const megabytes = history.bytes / 2 ** 20;
  const rows = [
    { what: 'history of a whole path', ours: history.events, unit: 'events', goal: { atMost: 2_000 }, seen },
    { what: 'history of a whole path', ours: megabytes, unit: 'MB', goal: { atMost: 1 } },
    { what: 'simulate one region', ours: took / 1_000, unit: 's', goal: { atMost: 15 } },
  ];
  if (size === 'short') return rows;
  say(`${String(TOGETHER)} at once`);
  const since = performance.now();
  await Promise.all(Array.from({ length: TOGETHER }, simulate));
  const together = (performance.now() - since) / 1_000;
  return [...rows, { what: 'simulate nineteen regions at once', ours: together, unit: 's', goal: { atMost: 90 } }];
};

export default run;
