/** What the law asks of a path's route, and how far it is: see law/ for each kind, and definition.ts for the data. */
import type { ItemKey, Law } from './definition.ts';
import type { Instant, LocalDate } from './ids.ts';
import { beforeLaw } from './law/before.ts';
import { type Expected, expectedDays } from './law/expected.ts';
import { type WindowMoves, windowMoves as movesOf } from './law/moves.ts';
import { apartLaw, doneLaw, lastsLaw, withinLaw } from './law/spans.ts';
import type { LawState } from './law/state.ts';
import { windowLaw } from './law/window.ts';
import { lawsOnRoute } from './lookup.ts';
import type { PathState } from './state.ts';

export type { Moved, WindowMoves } from './law/moves.ts';
export type { FindingOf, LawParty, LawState, LawStatus } from './law/state.ts';

function judge(state: PathState, law: Law, now: Instant, expected: Expected): LawState {
  switch (law.kind) {
    case 'window':
      return windowLaw(state, law, now);
    case 'before':
      return beforeLaw(state, law, now);
    case 'within':
      return withinLaw(state, law, now, expected);
    case 'apart':
      return apartLaw(state, law, now);
    case 'lasts':
      return lastsLaw(state, law, now, expected);
    case 'done':
      return doneLaw(state, law, now, expected);
  }
}

/** Every law of the route in the order of the definition, as it stands at a moment. */
export function lawsOf(state: PathState, now: Instant): LawState[] {
  const laws = lawsOnRoute(state);
  if (laws.length === 0) return [];
  const expected = expectedDays(state, now, expectedByWindow(state, laws, now));
  return laws.map((law) => judge(state, law, now, expected));
}

/** What a window decides on is expected by its end, not at the first session that could be reached. */
function expectedByWindow(state: PathState, laws: readonly Law[], now: Instant): Record<ItemKey, LocalDate> {
  const ends = laws.flatMap((law): [ItemKey, LocalDate][] => {
    const until = law.kind === 'window' ? windowLaw(state, law, now).until : undefined;
    return law.kind === 'window' && until !== undefined ? [[law.decision, until]] : [];
  });
  return Object.fromEntries(ends);
}

/** What moves when the window of a law comes so many months later; undefined for other laws, and for one that is settled. */
export function windowMoves(state: PathState, found: LawState, now: Instant, months?: number): WindowMoves | undefined {
  return found.kind === 'window' ? movesOf(state, lawsOnRoute(state), found, now, months) : undefined;
}
