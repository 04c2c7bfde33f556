/**
 * What follows from the decisions, tasks, parties and dates of a path, worked out once for as long as these are the same. Most
 * events of a path are mails, which change none of it, and one page asks for the same dates many times. A state is never changed
 * in place, so the same parts are the same objects; what is remembered goes when the asks it came from are gone.
 */
import type { PathState } from './state.ts';

/** Everything that remembered work may look at. */
const basis = [
  ...(['asks', 'tasks', 'parties', 'dates', 'moved', 'redated', 'addedOn', 'route', 'routeChosenOn'] as const),
  ...(['round', 'definition', 'startedAt'] as const),
];

const isSame = (one: PathState, other: PathState): boolean =>
  one === other || basis.every((part) => one[part] === other[part]);

/** A path that lies still is looked at on many days: what has grown to so many values is forgotten. */
const MOST_VALUES = 1_000;

interface Memory<Value> {
  /** The last state for which these values hold. */
  state: PathState;
  values: Map<string, { value: Value }>;
}

/**
 * The same work, done once for each of its arguments. Its outcome is shared by all who ask: nobody may change it.
 * @param work looks at nothing of the state but its basis, and at nothing outside its arguments
 */
export function remembered<Rest extends readonly string[], Value>(
  work: (state: PathState, ...rest: Rest) => Value,
): (state: PathState, ...rest: Rest) => Value {
  const memories = new WeakMap<PathState['asks'], Memory<Value>>();
  return (state, ...rest) => {
    const known = memories.get(state.asks);
    const memory: Memory<Value> =
      known !== undefined && isSame(known.state, state) ? known : { state, values: new Map() };
    // The next one who asks most often has this very state.
    memory.state = state;
    if (memory !== known || memory.values.size >= MOST_VALUES) {
      memory.values.clear();
      memories.set(state.asks, memory);
    }
    const key = rest.join(' ');
    const found = memory.values.get(key) ?? { value: work(state, ...rest) };
    memory.values.set(key, found);
    return found.value;
  };
}
