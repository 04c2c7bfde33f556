/**
 * Mails that are due at one instant: of each path one to each of its thirteen municipalities, made, sent and noted in the ledger, beside
 * nodemailer alone with a pool of the same size that sends one of them as often to the same mail server.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import { instantOf } from '../../domain/dates.ts';
import { offsetHoursFor } from '../../scripts/chaos/clock.ts';
import { startPaths } from '../../scripts/chaos/regions.ts';
import { openStage, type Stage } from '../../scripts/chaos/stage.ts';
import { MAILED_ON, pathIds, reachedRegions } from '../reached.ts';
import type { Part } from '../row.ts';
import { settled } from '../settled.ts';

const MUNICIPALITIES = 13;
/** As the worker's transport has. */
const POOL = { pool: true, maxConnections: 5, maxMessages: Infinity } as const;
const NINE = 9 * 60;
/** An hour in a second: all minutes of the morning, from half past eight to half past nine, come within one. */
const TIMES = 3_600;
const AHEAD_MS = 15_000;

const run: Part = async (size, say) => {
  const count = size === 'full' ? 60 : 8;
  const expected = count * MUNICIPALITIES;
  const stage = await openStage({ embedded: true, workers: 1, keep: false }, offsetHoursFor(MAILED_ON), say);
  try {
    const states = await reachedRegions(stage.store, pathIds('mails', count));
    const since = Date.now() + AHEAD_MS;
    const offsetMs = Date.parse(instantOf(MAILED_ON, NINE)) - since;
    await startPaths(stage.client, states, { offsetMs, granularityMs: 1, faster: { since, times: TIMES } });
    say(`${String(expected)} mails are due in ${((since - Date.now()) / 1_000).toFixed(0)} s`);
    const arrivals = (): number[] => arrivedAt(stage.mailFolder).toSorted((a, b) => a - b);
    await settled(() => arrivedAt(stage.mailFolder).length >= expected);
    const ours = arrivals().slice(0, expected);
    const begun = since - 500;
    const took = (ours.at(-1) ?? 0) - begun;
    // What the worker does after the last mail is over.
    await delay(3_000);
    const theirs = await alone(stage, expected);
    const rate = (milliseconds: number): number => (expected * 1_000) / milliseconds;
    return [
      {
        what: `${String(expected)} mails due at one instant`,
        reference: 'nodemailer alone, pooled, same mail server',
        ...{ ours: rate(took), theirs: rate(theirs), unit: '/s', goal: { atLeast: 0.5 } },
        seen: { 's until the first': ((ours[0] ?? 0) - begun) / 1_000, 's until the last': took / 1_000 },
      },
    ];
  } finally {
    await stage.close();
  }
};

const filesOf = (folder: string): string[] => readdirSync(folder).map((name) => join(folder, name));
const arrivedAt = (folder: string): number[] => filesOf(folder).map((file) => statSync(file).mtimeMs);

/** Milliseconds for as many copies of one of the mails. */
async function alone({ mailFolder, smtpUrl }: Stage, count: number): Promise<number> {
  const [model] = filesOf(mailFolder);
  if (model === undefined) throw new Error('no mail has arrived');
  const raw = readFileSync(model);
  const transport = createTransport({ url: smtpUrl, ...POOL });
  const envelope = { from: 'regiopad@example.org', to: 'contact@example.org' };
  const since = performance.now();
  await Promise.all(Array.from({ length: count }, () => transport.sendMail({ envelope, raw })));
  const took = performance.now() - since;
  transport.close();
  return took;
}

export default run;
