/**
 * Every change of the workflows that runs from before it go without, by its id: the only file that may call `patched` and
 * `deprecatePatch` (eslint holds it). When a change needs one, how it is named and when it may go: docs/releases.md.
 */
import { deprecatePatch, patched } from '@temporalio/workflow';

interface Patch {
  /** The first release that has it, and the day on which that came out. */
  release: string;
  since: string;
  /** What is different with it, in one line. */
  what: string;
}

/** By an id as `0.2.0/record-in-pairs`. A line leaves with the code that it was for. */
export const patches = {} as const satisfies Record<string, Patch>;

/** Whether this run has a change. Asked once for each place and kept in a const; never in a validator or a query. */
export const has = (patch: keyof typeof patches): boolean => patched(patch);

/** In place of `has` once no open run goes the old way: for one release, while runs that carry the patch's marker are still open. */
export const retire = (patch: keyof typeof patches): void => {
  deprecatePatch(patch);
};
