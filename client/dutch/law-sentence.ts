/** How far a law of the route is, in one Dutch sentence. */
import type { PartyId } from '../../domain/ids.ts';
import type { LawState } from '../../domain/law.ts';
import { lawFacts } from '../report/law-facts.ts';
import { capital, fullDay } from './format.ts';
import { itemText, type Told } from './item-text.ts';

export function lawSentence(told: Told, found: LawState): string {
  const { words, texts } = told;
  const write = {
    day: fullDay,
    party: (id: PartyId) => words.party(id),
    item: (key: string) => itemText(told, key),
  };
  return capital(texts.text(`law.${found.kind}.${found.finding}`, lawFacts(found, write)));
}
