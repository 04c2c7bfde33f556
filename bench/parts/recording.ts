/**
 * How far the store lags behind: from the word of a path that it has accepted an answer until its record holds it, beside the round trip of
 * an activity that does nothing: what a bare Update takes that awaits it, less what one takes that does not. In turns.
 */
import { bareBeside } from '../bare/bare.ts';
import { contactsOf } from '../people.ts';
import { pathIds } from '../reached.ts';
import type { Part } from '../row.ts';
import { running } from '../running.ts';
import { settled } from '../settled.ts';
import { quantile } from '../statistics.ts';
import { update } from '../updates.ts';

const LOOK_MS = 1;

const run: Part = async (size, say) => {
  const stage = await running(pathIds('recording', size === 'full' ? 24 : 3), say);
  const bare = await bareBeside(stage.bareClient, stage.address, stage.folder);
  try {
    const workflow = 'bare-recording';
    await bare.start(workflow);
    const contacts = await contactsOf(stage.states, stage.links);
    const tells: number[] = [];
    const lags = { ours: new Array<number>(), theirs: new Array<number>() };
    // One of each path in turn, so that none waits for the mails of its last answer.
    const inTurn = contacts.toSorted((a, b) => (a.party < b.party ? -1 : a.party > b.party ? 1 : 0));
    for (const contact of inTurn) {
      const { id: path } = contact.state;
      const { seq } = await update(stage.client, contact);
      lags.ours.push(await timed(() => settled(async () => (await stage.store.events.lastSeq(path)) >= seq, LOOK_MS)));
      tells.push(await timed(() => bare.tell(workflow)));
      lags.theirs.push(await timed(() => bare.do(workflow)));
    }
    const tell = quantile(tells, 0.5);
    const row = (share: number, name: string, atMost: number) => ({
      what: `the store lags behind a path, ${name}`,
      reference: "a bare activity's round trip",
      ...{
        ours: quantile(lags.ours, share),
        theirs: quantile(lags.theirs, share) - tell,
        unit: 'ms',
        goal: { atMost },
      },
    });
    return [row(0.5, 'p50', 2), row(0.99, 'p99', 2)];
  } finally {
    await bare.close();
    await stage.close();
  }
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}

export default run;
