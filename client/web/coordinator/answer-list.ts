/** Every answer with what proves it: on which version of the text, who gave it, where the proof is. */
import { currentAsks } from '../../../domain/lookup.ts';
import { capital, fullDay } from '../../dutch/format.ts';
import { answerActor, type Dossier } from '../dossier.ts';
import { answered, askAddress, proofOf } from './grid.ts';

/** By municipality, and of each in the order of the decisions. */
export function answerList(dossier: Dossier) {
  const { words, texts, today, state } = dossier;
  const given = currentAsks(state).flatMap(({ ask }) =>
    ask.answer === undefined ? [] : [{ ask, answer: ask.answer }],
  );
  return given
    .map(({ ask, answer }) => {
      const said = answered(ask, today);
      return {
        party: words.party(ask.party),
        decision: capital(words.decision(ask.decision).short),
        href: askAddress(dossier, ask.decision, ask.party),
        said: said === undefined ? '' : texts.text(`grid.${said.key}`, said.values),
        day: answer.sessionOn === undefined ? '' : fullDay(answer.sessionOn),
        version: ask.unasked === true ? '–' : String(ask.textVersion),
        who: answerActor(dossier, answer),
        proof: proofOf(dossier, ask),
      };
    })
    .sort((a, b) => a.party.localeCompare(b.party, 'nl'));
}
