/** How the worries about a law become its status. */
import type { LawKind } from '../definition.ts';
import type { PartyId } from '../ids.ts';
import type { FindingOf, LawStatus } from './state.ts';

export interface Verdict<Kind extends LawKind> {
  status: LawStatus;
  finding: FindingOf[Kind];
  blockers: PartyId[];
}

type Worry<Kind extends LawKind> = [status: LawStatus, finding: FindingOf[Kind], blockers: PartyId[]];

/** The first of some worries, worst first, that somebody has; undefined when nobody has any. */
export function worst<Kind extends LawKind>(worries: Worry<Kind>[]): Verdict<Kind> | undefined {
  const found = worries.find(([, , blockers]) => blockers.length > 0);
  return found && { status: found[0], finding: found[1], blockers: found[2] };
}
