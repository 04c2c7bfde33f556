/** Calls among what happened to a region. Nothing of them reaches the path: they stand beside its events, for who may see people. */
import type { Call } from '../../store/calls.ts';
import { moment } from '../dutch/format.ts';
import { nextStepText } from './calls/words.ts';
import { type Dossier, personText } from './dossier.ts';
import { type HistoryLine, viaText } from './history.ts';

export function callLine(dossier: Dossier, call: Call): HistoryLine {
  const { texts, words, state, today } = dossier;
  const { person = call.party === undefined ? state.coordinator : undefined, party } = call;
  const who = [
    ...(person === undefined ? [] : [personText(dossier, person)]),
    ...(party === undefined ? [] : [words.party(party)]),
  ];
  return {
    at: call.at,
    when: moment(call.at),
    who: `${call.author}${viaText(texts, call.via)}`,
    what: texts.text('event.called', { who: who.join(', '), outcome: texts.text(`calls.outcome.${call.outcome}`) }),
    more: [call.note, nextStepText(texts, call, today)].filter((text) => text !== ''),
  };
}

/** Newest first, as both of them are. */
export const withCalls = (dossier: Dossier, lines: readonly HistoryLine[], calls: readonly Call[]): HistoryLine[] =>
  [...lines, ...calls.map((call) => callLine(dossier, call))].sort((a, b) =>
    a.at === b.at ? 0 : a.at < b.at ? 1 : -1,
  );
