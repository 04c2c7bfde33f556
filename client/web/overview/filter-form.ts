/** The form above the overview: what can be chosen comes from the regions that the reader sees. */
import type { Account } from '../../../store/accounts.ts';
import { isAdministrator } from '../../access/viewer.ts';
import type { BoardRow } from '../../board/board.ts';
import { type Choice, type FieldSpec, fieldView } from '../forms/fields.ts';
import type { Session } from '../sign-in/session.ts';
import type { Web } from '../web.ts';
import type { FilterName, OverviewQuery } from './query.ts';

const byLabel = (a: Choice, b: Choice): number => a.label.localeCompare(b.label, 'nl');
const unique = (choices: readonly Choice[]): Choice[] => [
  ...new Map(choices.map((choice) => [choice.value, choice])).values(),
];

/** Who sees all regions may ask for those of a consultant. */
export const mayAskForConsultants = (session: Session): boolean =>
  isAdministrator(session) || session.role === 'consultant';

function choicesOf(web: Web, rows: readonly BoardRow[]): Record<'ronde' | 'regio' | 'stap', Choice[]> {
  const rounds = unique(
    rows.flatMap(({ definition, round }) =>
      round === undefined ? [] : [{ value: round.key, label: web.words(definition.key).round(round.key).title }],
    ),
  );
  const regions = [...new Set(rows.flatMap(({ referenceRegion }) => referenceRegion ?? []))];
  const definitions = new Map(rows.map((row) => [row.definition.key, row]));
  const steps = [...definitions.values()].flatMap(({ definition, standing }) =>
    standing.steps.map(({ step }) => ({ value: step, label: web.words(definition.key).step(step).short })),
  );
  return {
    ronde: rounds.sort(byLabel),
    regio: regions.map((region) => ({ value: region, label: region })).sort(byLabel),
    stap: unique(steps),
  };
}

/** @param consultants whose regions can be asked for; none when the reader may not */
export function filterForm(web: Web, query: OverviewQuery, rows: readonly BoardRow[], consultants: readonly Account[]) {
  const { texts } = web.pages;
  const offered = choicesOf(web, rows);
  const label = (name: FilterName | 'sinds'): string => texts.text(`overview.filter.${name}`);
  const body = Object.fromEntries(Object.entries(query.given).map(([name, value]) => [name, [value]]));
  const errors = query.wrong.includes('gemeente') ? { gemeente: texts.text('overview.filter.unknown') } : {};
  const view = (spec: FieldSpec) => fieldView('filter', spec, { form: 'filter', body, errors });
  const select = (name: 'ronde' | 'regio' | 'stap' | 'consulent', choices: Choice[]) =>
    // One that is not offered stays chosen: an address that was shared says what it says.
    choices.length < (name === 'consulent' ? 1 : 2) && query.given[name] === ''
      ? []
      : [
          view({
            ...{ name, label: label(name), kind: 'select' as const },
            choices: [{ value: '', label: texts.text('overview.filter.all') }, ...choices],
          }),
        ];
  const people = consultants.map(({ id, name }) => ({ value: id, label: name })).sort(byLabel);
  return {
    fields: [
      view({ name: 'zoek', label: label('zoek') }),
      ...select('ronde', offered.ronde),
      ...select('regio', offered.regio),
      ...select('stap', offered.stap),
      view({ name: 'gemeente', label: label('gemeente') }),
      ...select('consulent', people),
    ],
    isOpen: query.isFiltered || query.chosenSince !== undefined || query.wrong.length > 0,
  };
}
