/** Whether somebody still has to look at an address that a mail did not reach. */
import type { PathEvent } from '../../../domain/events.ts';
import type { Instant, PersonId } from '../../../domain/ids.ts';
import type { LedgerEntry } from '../../../store/ledger.ts';

/** True once the coordinator said that the address is right, or a server took a later mail for that person. */
export const isSettledSince = (
  person: PersonId,
  at: Instant,
  { events, entries }: { events: readonly PathEvent[]; entries: readonly LedgerEntry[] },
): boolean =>
  events.some((event) => event.type === 'address-confirmed' && event.data.person === person && event.at > at) ||
  entries.some((entry) => entry.person === person && (entry.acceptedAt ?? '') > at);
