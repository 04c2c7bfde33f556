/**
 * What follows from the decisions, tasks, parties and dates of a path, worked out once for as long as these are the same. Most
 * events of a path are mails, which change none of it, and one page asks for the same dates many times. A state is never changed
 * in place, so the same parts are the same objects; what is remembered goes when the asks it came from are gone.
 */
import type { PathState } from './state.ts';

type Part = keyof PathState;

/** Everything that remembered work may look at, but the tasks: they change most often of these. */
const basisWithoutTasks: readonly Part[] = [
  ...(['asks', 'parties', 'dates', 'moved', 'redated', 'addedOn', 'route', 'routeChosenOn'] as const),
  ...(['round', 'definition', 'startedAt'] as const),
];
const wholeBasis: readonly Part[] = [...basisWithoutTasks, 'tasks'];

const isSame = (basis: readonly Part[], one: PathState, other: PathState): boolean =>
  one === other || basis.every((part) => one[part] === other[part]);

/** A path that lies still is looked at on many days: what has grown to so many values is forgotten. */
const MOST_VALUES = 1_000;

interface Memory<Value> {
  /** The last state for which these values hold. */
  state: PathState;
  values: Map<string, { value: Value }>;
}

type Work<Rest extends readonly string[], Value> = (state: PathState, ...rest: Rest) => Value;

/**
 * The same work, done once for each of its arguments. Its outcome is shared by all who ask: nobody may change it.
 * @param work looks at nothing of the state but its basis, and at nothing outside its arguments
 */
export const remembered = <Rest extends readonly string[], Value>(work: Work<Rest, Value>): Work<Rest, Value> =>
  rememberedBy(wholeBasis, work);

/** The same of work that looks at no task either, itself or through others: it holds while tasks are ticked. */
export const rememberedOverTasks = <Rest extends readonly string[], Value>(
  work: Work<Rest, Value>,
): Work<Rest, Value> => rememberedBy(basisWithoutTasks, work);

function rememberedBy<Rest extends readonly string[], Value>(
  basis: readonly Part[],
  work: Work<Rest, Value>,
): Work<Rest, Value> {
  const memories = new WeakMap<PathState['asks'], Memory<Value>>();
  return (state, ...rest) => {
    const known = memories.get(state.asks);
    const memory: Memory<Value> =
      known !== undefined && isSame(basis, known.state, state) ? known : { state, values: new Map() };
    // The next one who asks most often has this very state.
    memory.state = state;
    if (memory !== known || memory.values.size >= MOST_VALUES) {
      memory.values.clear();
      memories.set(state.asks, memory);
    }
    const [only = ''] = rest;
    const key = rest.length < 2 ? only : rest.join(' ');
    const found = memory.values.get(key);
    if (found !== undefined) return found.value;
    const value = work(state, ...rest);
    memory.values.set(key, { value });
    return value;
  };
}
