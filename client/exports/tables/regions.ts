/** Where each region stands, a row for each. */
import { currentAsks, municipalities, namedDate } from '../../../domain/lookup.ts';
import { isWaiting, stepStates } from '../../../domain/progress.ts';
import { columnsOf } from '../columns.ts';
import { define, place } from './source.ts';

export const regions = define({
  columns: columnsOf(
    'partnership',
    'path',
    'referenceRegion',
    'definition',
    'round',
    'route',
    'pathStatus',
    'municipalities',
    'inhabitants',
    'stepsDone',
    'steps',
    'asked',
    'approved',
    'waiting',
    'rejected',
    'closesOn',
    'submittedOn',
    'submissionNumber',
    'outcome',
    'amount',
    'coordinator',
  ),
  rowsOf(dossier) {
    const { state, words, texts, referenceRegion } = dossier;
    const asks = currentAsks(state).filter(({ ask }) => ask.status !== 'waived');
    const count = (isCounted: (each: (typeof asks)[number]) => boolean): number => asks.filter(isCounted).length;
    const parties = municipalities(state);
    const known = parties.flatMap(({ facts }) => facts.inhabitants ?? []);
    const steps = stepStates(state);
    const status = state.ending?.outcome ?? (state.paused === undefined ? 'running' : 'paused');
    return [
      {
        ...place(dossier),
        referenceRegion: referenceRegion ?? null,
        definition: [words.title, words.topic].filter(Boolean).join(': '),
        round: state.round === undefined ? null : words.round(state.round.key).title,
        route: state.route === undefined ? null : words.route(state.route).short,
        pathStatus: texts.text(`export.path-status.${status}`),
        municipalities: parties.length,
        // A sum of some of them would be read as that of all.
        inhabitants: known.length === parties.length ? known.reduce((sum, each) => sum + each, 0) : null,
        stepsDone: steps.filter((step) => step.status === 'done').length,
        steps: steps.length,
        asked: asks.length,
        approved: count(({ ask }) => ask.status === 'approved'),
        waiting: count(({ ask }) => isWaiting(ask)),
        rejected: count(({ ask }) => ask.status === 'rejected'),
        closesOn: namedDate(state, 'closesOn') ?? null,
        submittedOn: state.submission?.on ?? null,
        submissionNumber: state.submission?.number ?? null,
        outcome: state.outcome === undefined ? null : texts.text(`export.path-status.${state.outcome.outcome}`),
        amount: state.outcome?.amount ?? null,
        coordinator: dossier.people.get(state.coordinator)?.name ?? null,
      },
    ];
  },
});
