/**
 * An answer by the link of a mail, from the press of the button to the response, beside a bare Update that says the same on an equal path:
 * one by one, and by twenty people at a time. Every second contact answers by the page, the others bare, in turns.
 */
import { inParallel } from '../../activities/in-parallel.ts';
import { atTheForm, type Contact, contactsOf } from '../people.ts';
import { pathIds } from '../reached.ts';
import type { Part, Row } from '../row.ts';
import { running } from '../running.ts';
import { quantile } from '../statistics.ts';
import { update } from '../updates.ts';

const CLIENTS = 20;

/** Milliseconds of real time for all of the work, so many at a time. */
async function together(work: readonly (() => Promise<unknown>)[]): Promise<number> {
  const since = performance.now();
  await inParallel(work, CLIENTS, (each) => each());
  return performance.now() - since;
}

/** Neighbours in a path are apart: who answers bare and who by the page have equal paths. */
const everySecond = <Each>(all: readonly Each[], from: 0 | 1): Each[] =>
  all.filter((_each, index) => index % 2 === from);

const run: Part = async (size, say) => {
  const count = size === 'full' ? 50 : 8;
  // Half of the paths for one by one, the others for the crowd.
  const stage = await running(pathIds('answers', count * 2), say);
  try {
    const all = await contactsOf(stage.states, stage.links);
    const single = all.filter(({ state }) => stage.states.indexOf(state) < count);
    const crowd = all.filter((contact) => !single.includes(contact));
    say(`${String(single.length)} answers one by one`);
    const [byPage, bare] = [everySecond(single, 0), everySecond(single, 1)];
    const times = { page: new Array<number>(), bare: new Array<number>() };
    for (const [index, contact] of byPage.entries()) {
      const other = bare[index];
      const press = await atTheForm(stage.webUrl, contact);
      const turns = [
        async () => times.page.push(await press()),
        async () => other && times.bare.push((await update(stage.client, other)).took),
      ];
      for (const turn of index % 2 === 0 ? turns : turns.toReversed()) await turn();
    }
    say(`${String(crowd.length)} answers by ${String(CLIENTS)} at a time`);
    const rates = await crowded(stage.webUrl, crowd, (contact) => update(stage.client, contact));
    return rows(times, rates);
  } finally {
    await stage.close();
  }
};

/** In four rounds, so that what happens beside it meets both ways. */
async function crowded(webUrl: string, crowd: readonly Contact[], bareUpdate: (contact: Contact) => Promise<unknown>) {
  const took = { page: 0, bare: 0, answers: 0 };
  const ROUNDS = 4;
  const part = Math.floor(crowd.length / ROUNDS / 2);
  for (let round = 0; round < ROUNDS; round += 1) {
    const mine = crowd.slice(round * part * 2, (round + 1) * part * 2);
    const presses = await Promise.all(everySecond(mine, 0).map((contact) => atTheForm(webUrl, contact)));
    const bare = everySecond(mine, 1).map((contact) => () => bareUpdate(contact));
    took.page += await together(presses);
    took.bare += await together(bare);
    took.answers += part;
  }
  return { page: (took.answers * 1000) / took.page, bare: (took.answers * 1000) / took.bare };
}

function rows(times: { page: number[]; bare: number[] }, rates: { page: number; bare: number }): Row[] {
  const one = (share: number, name: string, atMost: number): Row => ({
    what: `answer by link, ${name}`,
    reference: 'bare Update on an equal path',
    ...{ ours: quantile(times.page, share), theirs: quantile(times.bare, share), unit: 'ms', goal: { atMost } },
  });
  return [
    one(0.5, 'p50', 1.3),
    one(0.99, 'p99', 2),
    {
      what: `answers per second, ${String(CLIENTS)} people at a time`,
      reference: 'bare Updates the same way',
      ...{ ours: rates.page, theirs: rates.bare, unit: '/s', goal: { atLeast: 0.7 } },
    },
  ];
}

export default run;
