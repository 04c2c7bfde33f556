/** The day since which changes are told: a field of the form above the overview. */
import type { PageTexts } from '../../../templates/pages/locale.ts';
import { fieldView } from '../forms/fields.ts';
import type { OverviewQuery } from './query.ts';

export function dateField(texts: PageTexts, query: OverviewQuery) {
  const errors = query.wrong.includes('sinds') ? { sinds: texts.text('overview.filter.since-wrong') } : {};
  const spec = { name: 'sinds', label: texts.text('overview.filter.sinds'), kind: 'date' as const };
  return fieldView('filter', spec, { form: 'filter', body: { sinds: [query.chosenSince ?? ''] }, errors });
}
