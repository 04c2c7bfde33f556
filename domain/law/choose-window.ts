/**
 * Finding a window: of all spans that begin with a session, the one that takes in most parties; of those, one in which every
 * party that has to choose a session has a second one if its first is adjourned; of those, the latest. Late, because what is
 * decided on has to be written first; with a second session, because a window that leaves none breaks at the first adjournment.
 * Sessions that are planned already pin it, since they are the only day of their party.
 */
import type { Span } from '../definition.ts';
import type { LocalDate, PartyId } from '../ids.ts';
import { termEnd } from '../terms.ts';

export interface Candidate {
  party: PartyId;
  days: LocalDate[];
  /** The day is planned: there is no other one to fall back on, and none is needed. */
  isPinned: boolean;
}

export interface ChosenWindow {
  from: LocalDate;
  until: LocalDate;
  /** Parties without a session in it. */
  missing: PartyId[];
  /** Parties with a single session in it that is not planned yet. */
  tight: PartyId[];
}

function windowFrom(from: LocalDate, span: Span, last: LocalDate, candidates: readonly Candidate[]): ChosenWindow {
  const end = termEnd(from, span);
  const until = end < last ? end : last;
  const missing: PartyId[] = [];
  const tight: PartyId[] = [];
  for (const { party, days, isPinned } of candidates) {
    const count = days.filter((day) => day >= from && day <= until).length;
    if (count === 0) missing.push(party);
    else if (count === 1 && !isPinned) tight.push(party);
  }
  return { from, until, missing, tight };
}

/** Negative when `a` is the better window. */
const compare = (a: ChosenWindow, b: ChosenWindow): number =>
  a.missing.length - b.missing.length ||
  Math.sign(a.tight.length) - Math.sign(b.tight.length) ||
  (a.from > b.from ? -1 : 1);

/** @param last the last day on which a decision is of use; undefined is returned when nobody has a session until then */
export function chooseWindow(candidates: readonly Candidate[], span: Span, last: LocalDate): ChosenWindow | undefined {
  const starts = [...new Set(candidates.flatMap(({ days }) => days))];
  const windows = starts.map((from) => windowFrom(from, span, last, candidates));
  return windows.sort(compare)[0];
}
