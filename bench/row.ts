/** What a measurement gives: ours beside its reference, both measured in the same run, and how far apart they may be. */
export interface Row {
  what: string;
  /** What it is held against. Absent: the goal is about the figure itself. */
  reference?: string;
  ours: number;
  theirs?: number;
  unit: string;
  goal: { atMost: number } | { atLeast: number };
  /** What else was seen, by a name with its unit. */
  seen?: Record<string, number>;
}

/** `short` is for every change: small, and only to notice what is far outside. */
export type Size = 'full' | 'short';

/** Measures; what it says on the way is for who waits. */
export type Part = (size: Size, say: (line: string) => void) => Promise<Row[]>;

/** The figure that the goal is about: how many times the reference, or the measure itself. */
export const figureOf = ({ ours, theirs }: Row): number => (theirs === undefined ? ours : ours / theirs);

export function isMet(row: Row): boolean {
  const figure = figureOf(row);
  return 'atMost' in row.goal ? figure <= row.goal.atMost : figure >= row.goal.atLeast;
}

/** A ratio so far outside that no noise of a machine explains it. A measure without a reference depends on the machine. */
const FAR = 4;

export function isFarOutside(row: Row): boolean {
  if (row.theirs === undefined) return false;
  const figure = figureOf(row);
  return 'atMost' in row.goal ? figure > row.goal.atMost * FAR : figure < row.goal.atLeast / FAR;
}
