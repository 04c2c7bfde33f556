/**
 * The first answer after a worker was killed: the page is asked half a second later, and again until it has noted the answer. Beside it a
 * bare workflow whose worker has default settings: its next task waits ten seconds for the worker that is gone. (Who presses while the
 * server has not noticed the death yet waits for ten seconds in both: the task was given to the dead worker, and may take that long.)
 */
import { setTimeout as delay } from 'node:timers/promises';
import { bareBeside } from '../bare/bare.ts';
import { atTheForm, contactsOf } from '../people.ts';
import { pathIds } from '../reached.ts';
import type { Part } from '../row.ts';
import { running } from '../running.ts';
import { quantile } from '../statistics.ts';

const AGAIN_MS = 100;
/** The receipt of the first answer is away, and no task of the path is under way. */
const QUIET_MS = 4_000;
const NOTICED_MS = 500;

const run: Part = async (size, say) => {
  const rounds = size === 'full' ? 8 : 2;
  const stage = await running(pathIds('restart', rounds), say);
  const bare = await bareBeside(stage.bareClient, stage.address, stage.folder);
  try {
    const contacts = await contactsOf(stage.states, stage.links);
    const times = { page: new Array<number>(), bare: new Array<number>() };
    for (const state of stage.states) {
      const [first, second] = contacts.filter((contact) => contact.state === state);
      if (first === undefined || second === undefined) throw new Error('two contacts of a path are needed');
      // The worker has the path in its memory, and dies with it.
      await (
        await atTheForm(stage.webUrl, first)
      )();
      await delay(QUIET_MS);
      const press = await atTheForm(stage.webUrl, second);
      const worker = stage.parts.find(({ name }) => name === 'worker');
      const lives = worker?.lives();
      const [pid] = worker?.pids() ?? [];
      if (pid === undefined) throw new Error('there is no worker');
      const killed = performance.now();
      process.kill(pid, 'SIGKILL');
      await delay(NOTICED_MS);
      times.page.push(await insist(press, killed));
      while (worker?.lives() === lives) await delay(AGAIN_MS);

      const id = `bare-${state.id}`;
      await bare.start(id);
      // The second time by its worker's own queue.
      await bare.tell(id);
      await bare.tell(id);
      await delay(QUIET_MS);
      const since = performance.now();
      const replaced = bare.replaceWorker();
      await delay(NOTICED_MS);
      await bare.tell(id);
      times.bare.push(performance.now() - since);
      await replaced;
      say(`${times.page.at(-1)?.toFixed(0) ?? ''} ms, bare ${times.bare.at(-1)?.toFixed(0) ?? ''} ms`);
    }
    return [
      {
        what: 'first answer after the worker was killed',
        reference: 'bare workflow, default settings',
        ...{ ours: quantile(times.page, 0.5), theirs: quantile(times.bare, 0.5), unit: 'ms', goal: { atMost: 0.4 } },
        seen: { 'ms at most': quantile(times.page, 1), 'ms at most, bare': quantile(times.bare, 1) },
      },
    ];
  } finally {
    await bare.close();
    await stage.close();
  }
};

/** Presses the button as often as the page says that nobody is there. Gives the milliseconds since a moment. */
async function insist(press: () => Promise<number>, since: number): Promise<number> {
  for (;;) {
    try {
      await press();
      return performance.now() - since;
    } catch (error) {
      if (!String(error).includes('(503)')) throw error;
      await delay(AGAIN_MS);
    }
  }
}

export default run;
