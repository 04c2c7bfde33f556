/** How the worries about a law become its status. */
import type { PartyId } from '../ids.ts';
import type { Finding, LawStatus } from './state.ts';

export interface Verdict {
  status: LawStatus;
  finding: Finding;
  blockers: PartyId[];
}

/** The first of some worries, worst first, that somebody has; undefined when nobody has any. */
export function worst(worries: [status: LawStatus, finding: Finding, blockers: PartyId[]][]): Verdict | undefined {
  const found = worries.find(([, , blockers]) => blockers.length > 0);
  return found && { status: found[0], finding: found[1], blockers: found[2] };
}
