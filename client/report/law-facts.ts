/** What the sentence about a law speaks of, whatever the language: who has decided, who stands in the way, and when. */
import type { ItemKey, Law } from '../../domain/definition.ts';
import type { LocalDate, PartyId } from '../../domain/ids.ts';
import type { LawState } from '../../domain/law.ts';

export interface LawWriter {
  day: (day: LocalDate) => string;
  party: (party: PartyId) => string;
  /** A task or decision, as it stands in a sentence. */
  item: (item: ItemKey) => string;
}

/** The item that a law is about in the end. */
export function subjectOf(law: Law): ItemKey {
  switch (law.kind) {
    case 'window':
    case 'before':
      return law.decision;
    case 'within':
    case 'apart':
      return law.to;
    case 'lasts':
      return law.from;
    case 'done':
      return law.item;
  }
}

const startOf = (law: Law): ItemKey => ('from' in law ? law.from : subjectOf(law));

/** The values that every sentence may use. A day that is not known is a dash: no sentence that needs one is said without it. */
export function lawFacts(found: LawState, write: LawWriter): Record<string, string | number> {
  const { law, parties, blockers, from, until, on } = found;
  const day = (value: LocalDate | undefined): string => (value === undefined ? '-' : write.day(value));
  return {
    done: parties.filter(({ decidedOn }) => decidedOn !== undefined).length,
    of: parties.length,
    item: write.item(subjectOf(law)),
    start: write.item(startOf(law)),
    from: day(from),
    until: day(until),
    on: day(on),
    blockers: blockers.map(write.party).join(', '),
    count: blockers.length,
  };
}
