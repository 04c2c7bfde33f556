/** Which municipalities hang together. Two adjoin when either says so: what the one knows, the other need not repeat. */
import type { PartyId } from './ids.ts';
import type { Party } from './state.ts';

export interface Adjoining {
  /** How many of them lie in the largest group that hangs together, by what is known. */
  largest: number;
  /** All hang together: `true`, `false`, or not known yet. */
  isOne: boolean | undefined;
  /** Who has not said which municipalities they border on. */
  silent: PartyId[];
}

type Link = (a: Party, b: Party) => boolean;

const says = (a: Party, b: Party): boolean => a.facts.adjoining?.includes(b.id) === true;
const isKnown: Link = (a, b) => says(a, b) || says(b, a);
/** Who has said nothing may border on anybody; a list that was given is taken to be whole. */
const isPossible: Link = (a, b) => isKnown(a, b) || a.facts.adjoining === undefined || b.facts.adjoining === undefined;

/** The size of the largest group in which everybody is reached from everybody. */
function largestGroup(parties: readonly Party[], link: Link): number {
  const left = new Set(parties);
  let largest = 0;
  for (const start of parties) {
    if (!left.delete(start)) continue;
    const group = [start];
    for (const member of group) {
      for (const other of left) {
        if (link(member, other)) {
          left.delete(other);
          group.push(other);
        }
      }
    }
    largest = Math.max(largest, group.length);
  }
  return largest;
}

/** How far municipalities hang together. Nothing is guessed: what is not known may be either way. */
export function adjoiningOf(parties: readonly Party[]): Adjoining {
  const largest = largestGroup(parties, isKnown);
  const isOne =
    largest === parties.length || (largestGroup(parties, isPossible) === parties.length ? undefined : false);
  return { largest, isOne, silent: parties.flatMap(({ id, facts }) => (facts.adjoining === undefined ? [id] : [])) };
}
