/** Where the texts of one decision of one party are, for who coordinates. */
import type { Decision } from '../../../domain/definition.ts';
import type { PartyId } from '../../../domain/ids.ts';
import { findAsk, hasDraft } from '../../../domain/lookup.ts';
import type { OpenPath } from '../coordinator/access.ts';
import { askAddress } from '../coordinator/grid.ts';

export const textsAddress = ({ home }: Pick<OpenPath, 'home'>): string => `${home}/teksten`;
export const textAddress = (open: Pick<OpenPath, 'home'>, decision: string): string =>
  `${textsAddress(open)}/${encodeURIComponent(decision)}`;
export const changesAddress = ({ dossier }: OpenPath, decision: string, party: PartyId): string =>
  `${askAddress(dossier, decision, party)}/wijzigingen`;

export function textLinks(open: OpenPath, { key }: Decision, party: PartyId) {
  const { state } = open.dossier;
  const ask = findAsk(state, key, party);
  const isSent = ask !== undefined && hasDraft(state, ask);
  const page = textAddress(open, key);
  return {
    page,
    draft: isSent ? `${page}/ontwerp/${party}/${String(ask.textVersion)}` : undefined,
    changes: isSent ? changesAddress(open, key, party) : undefined,
  };
}
