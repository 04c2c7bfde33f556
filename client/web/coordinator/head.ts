/** What stands above every page of a path. */
import { fullDay, moment } from '../../dutch/format.ts';
import type { Dossier } from '../dossier.ts';

export function headOf(dossier: Dossier) {
  const { state, words, texts, partnership, referenceRegion } = dossier;
  const what = state.round === undefined ? words.title : words.round(state.round.key).title;
  const { ending, outcome, submission, paused } = state;
  return {
    partnership,
    overline: [referenceRegion, what, words.topic, routeText(dossier)].filter((text) => text !== undefined).join(' · '),
    ending: ending && texts.text(`overview.ended.${ending.outcome}`),
    endedOn: ending && moment(ending.at),
    endingReason: ending?.reason,
    paused: paused?.reason,
    submitted:
      submission && texts.text('event.submission-recorded', { number: submission.number, on: fullDay(submission.on) }),
    outcome: outcome && texts.text(`event.${outcome.outcome}`, { on: fullDay(outcome.on) }),
  };
}

/** The chosen route; undefined where there is none to choose. */
function routeText({ state, words, texts }: Dossier): string | undefined {
  if (state.route !== undefined) return words.route(state.route).short;
  return state.definition.routes.length === 0 ? undefined : texts.text('path.no-route');
}
