/** Starting many paths of thirteen municipalities as a coordinator does, people and all, beside as many bare workflows; in turns. */
import { inParallel } from '../../activities/in-parallel.ts';
import { startRegion } from '../../client/services/start-path.ts';
import { bareBeside } from '../bare/bare.ts';
import { exampleRegion, regionWithId } from '../reached.ts';
import type { Part } from '../row.ts';
import { running } from '../running.ts';

const ROUNDS = 5;
const AT_ONCE = 20;

const run: Part = async (size, say) => {
  const count = size === 'full' ? 1_000 : 50;
  const stage = await running([], say);
  const bare = await bareBeside(stage.bareClient, stage.address, stage.folder);
  try {
    const example = exampleRegion();
    const numbers = Array.from({ length: count / ROUNDS }, (_each, index) => index);
    const took = { ours: 0, theirs: 0 };
    for (let round = 0; round < ROUNDS; round += 1) {
      const names = numbers.map((number) => `start-${String(round)}-${String(number)}`);
      const since = performance.now();
      await inParallel(names, AT_ONCE, async (name) => {
        const started = await startRegion(stage, regionWithId(example, name));
        if (!started.ok) throw new Error(`${name}: ${started.code}`);
      });
      const between = performance.now();
      await inParallel(names, AT_ONCE, (name) => bare.start(`bare-${name}`));
      took.ours += between - since;
      took.theirs += performance.now() - between;
      say(`${String((round + 1) * numbers.length)} started`);
    }
    const rate = (milliseconds: number): number => (count * 1_000) / milliseconds;
    return [
      {
        what: `start ${String(count)} paths`,
        reference: 'bare starts',
        ...{ ours: rate(took.ours), theirs: rate(took.theirs), unit: '/s', goal: { atLeast: 0.7 } },
      },
    ];
  } finally {
    await bare.close();
    await stage.close();
  }
};

export default run;
