/** What the law asks of the route, how far it is, who it depends on and what moves with it: the card on a region's page. */
import { nisOf, type PartyId } from '../../../domain/ids.ts';
import { findDecision } from '../../../domain/lookup.ts';
import { type LawParty, type LawState, lawsOf, type LawStatus, type Moved, windowMoves } from '../../../domain/law.ts';
import { subjectOf } from '../../report/law-facts.ts';
import type { Dossier } from '../dossier.ts';
import { capital, fullDay } from '../../dutch/format.ts';
import { lawSentence } from '../../dutch/law-sentence.ts';
import { homeOfPath } from './access.ts';
import { askAddress } from './grid.ts';

const tones: Record<LawStatus, string> = { met: 'good', open: 'info', 'at-risk': 'soon', broken: 'late' };

export function lawCards(dossier: Dossier) {
  const { state, words, texts, now } = dossier;
  return lawsOf(state, now).map((found) => {
    const { law, status, blockers, parties } = found;
    const { title, explanation, otherwise } = words.law(law.key);
    const isAtStake = status === 'at-risk' || status === 'broken';
    const linesOf = (all: LawParty[]) => all.map((party) => partyLine(dossier, found, party));
    return {
      ...{ title, explanation, article: law.article },
      badge: { text: texts.text(`law.status.${status}`), tone: tones[status] },
      sentence: lawSentence(dossier, found),
      otherwise: isAtStake ? otherwise : undefined,
      blockers: linesOf(parties.filter(({ party }) => blockers.includes(party))),
      others: linesOf(parties.filter(({ party, decidedOn }) => decidedOn === undefined && !blockers.includes(party))),
      moves: (windowMoves(state, found, now)?.moved ?? []).map((moved) => moveText(dossier, moved)),
    };
  });
}

const pageOf = (dossier: Dossier, { law }: LawState, party: PartyId): string =>
  nisOf(party) === undefined
    ? askAddress(dossier, subjectOf(law), party)
    : `${homeOfPath(dossier.state.id)}/gemeenten/${party}`;

/** A party that has not decided, with the session that matters. */
function partyLine(dossier: Dossier, found: LawState, party: LawParty) {
  const { words, texts } = dossier;
  const { decidedOn, plannedOn, lastSession, isRejected, sessionsLeft } = party;
  const said = (key: string, day: string): string => texts.text(`law.party.${key}`, { day, count: sessionsLeft });
  const note = (): string => {
    if (decidedOn !== undefined) return said('decided', fullDay(decidedOn));
    if (plannedOn !== undefined) return said('planned', fullDay(plannedOn));
    if (isRejected) return texts.text('law.party.rejected');
    return lastSession === undefined ? texts.text('law.party.none') : said('last', fullDay(lastSession));
  };
  return {
    name: capital(words.party(party.party)),
    href: pageOf(dossier, found, party.party),
    note: note(),
    isEstimate: party.isEstimate,
  };
}

function moveText({ state, words, texts }: Dossier, { kind, key, on, laterOn, dueOn, becomesLate }: Moved): string {
  const decision = findDecision(state, key);
  const what =
    kind === 'ends' ? words.law(key).title : decision === undefined ? words.task(key).title : words.decision(key).title;
  const values = {
    what,
    on: on === undefined ? '-' : fullDay(on),
    later: laterOn === undefined ? '-' : fullDay(laterOn),
  };
  if (kind === 'ends') return texts.text('law.moves.ends', values);
  if (laterOn === undefined) return texts.text('law.moves.never', values);
  return becomesLate && dueOn !== undefined
    ? texts.text('law.moves.late', { ...values, due: fullDay(dueOn) })
    : texts.text('law.moves.moved', values);
}
