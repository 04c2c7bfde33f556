/** One row of the table of municipalities: what was understood of it, and what is not known yet. */
import { presentMunicipality } from '../../../definitions/municipalities.ts';
import { readSessionText } from '../../../definitions/sessions/text.ts';
import { parseAmount } from '../../dutch/amount.ts';
import { euro, fullDay } from '../../dutch/format.ts';
import type { DraftRow } from '../../start/draft.ts';
import { ruleText } from '../sessions/known.ts';
import type { Wording } from './sentences.ts';

const DAYS_SHOWN = 3;

const withFunction = (name: string, job: string): string => (job === '' ? name : `${name} (${job})`);

export interface RowView {
  number: number;
  /** The name as the register has it, else as it was typed. */
  name: string;
  contact: string[];
  deputy: string[];
  contribution: string | undefined;
  sessions: string | undefined;
  hasContact: boolean;
  isWrong: boolean;
}

export function rowView(wording: Wording, { number, values }: DraftRow, isWrong: boolean): RowView {
  const found = presentMunicipality(values.municipality);
  const amount = parseAmount(values.contribution);
  return {
    ...{ number, isWrong },
    name: (found?.name ?? values.municipality) || wording.texts.text('start.row.nameless'),
    contact: [withFunction(values.name, values.function), values.email, values.phone].filter(Boolean),
    deputy: [withFunction(values.deputyName, values.deputyFunction), values.deputyEmail, values.deputyPhone].filter(
      Boolean,
    ),
    contribution: amount === undefined ? undefined : euro(amount),
    sessions: sessionsText(wording, values.sessions),
    hasContact: values.name !== '' || values.email !== '',
  };
}

/** `8 dagen: 27 jan 2031, 24 feb, …` or the rule as it was read; undefined for what cannot be read. */
function sessionsText({ texts, around }: Wording, text: string): string | undefined {
  const read = text === '' ? undefined : readSessionText(text, around === undefined ? {} : { around });
  if (read?.ok !== true) return undefined;
  const { dates, rule } = read;
  const [first] = dates;
  const shown = dates.slice(0, DAYS_SHOWN).map(fullDay);
  const more = dates.length > DAYS_SHOWN ? ', …' : '';
  const days =
    first === undefined
      ? []
      : [texts.text('start.row.days', { count: dates.length, days: `${shown.join(', ')}${more}` })];
  return [...days, ...(rule === undefined ? [] : [ruleText({ texts }, rule)])].join('; ');
}

/** The reference regions of rows that are known, each with the names of its municipalities. */
export function regionsOf(rows: readonly DraftRow[]): { region: string; names: string[] }[] {
  const regions = new Map<string, string[]>();
  for (const { values } of rows) {
    const found = presentMunicipality(values.municipality);
    if (found !== undefined) regions.set(found.region, [...(regions.get(found.region) ?? []), found.name]);
  }
  return [...regions].map(([region, names]) => ({ region, names })).sort((a, b) => b.names.length - a.names.length);
}
