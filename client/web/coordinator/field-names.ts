/** The names of fields that one file writes into a form and another reads from it. */
import { nisOf, type PartyId } from '../../../domain/ids.ts';

/** What becomes of approvals, by decision. */
export const approvalsField = (decision: string): string => `approvals.${decision}`;

/** The box of a municipality that is to merge. */
export const mergesField = (party: PartyId): string => `merges.${nisOf(party) ?? party}`;

/** The field by which the form for what is known of a municipality is told from the others that change a party. */
export const FACTS_FIELD = 'inhabitants';
