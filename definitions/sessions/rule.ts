/** Meeting days as town halls write them: "vierde woensdag van de maand, niet in juli en augustus". */
import type { CalendarPeriod, SessionRule } from '../../domain/definition.ts';
import { readProblem, type ReadProblem } from './problem.ts';
import { type Token, tokensOf, written } from './tokens.ts';

export type ReadRule = { ok: true; rule: SessionRule } | { ok: false; problems: ReadProblem[] };

/** What belongs there, for whoever wrote something else. */
export const ruleExpected = 'a rule like "vierde woensdag, niet in juli en augustus" or "elke maandag"';

const every = new Set(['elke', 'iedere', 'wekelijks']);
const except = new Set(['niet', 'behalve', 'uitgezonderd', 'geen', 'zonder', 'buiten']);
const silent = new Set(
  (
    'de het op in van per maand maandelijks week telkens maar raad gemeenteraad college vergadert vergadering ' +
    'vergaderingen zitting zittingen tijdens uur om'
  ).split(' '),
);
const periods: Record<string, CalendarPeriod> = {
  schoolvakantie: 'school-holidays',
  schoolvakanties: 'school-holidays',
};
const SUMMER = [7, 8];
const summer = new Set(['zomervakantie', 'zomermaanden', 'zomerreces']);

const isRuleWord = (token: Token): boolean =>
  token.kind === 'ordinal' || (token.kind === 'word' && every.has(token.text.toLowerCase()));

/** Whether somebody meant a rule: "vierde …", "elke …", and no days beside it unless the rule comes first. */
export function looksLikeRule(line: string): boolean {
  const tokens = tokensOf(line).filter(({ kind }) => kind !== 'nothing');
  const hasDays = tokens.some(({ kind }) => kind === 'date' || kind === 'number');
  return tokens.some((token, index) => isRuleWord(token) && (!hasDays || tokens[index + 1]?.kind === 'weekday'));
}

/** Reads a rule. In the months and periods that it leaves out there is no session. Every part that is no part of a rule is named. */
export function readSessionRule(text: string): ReadRule {
  const whole = text.trim();
  const reading = readWords(tokensOf(whole));
  const { weekday, nth, isEvery, exceptMonths } = reading;
  const problems = reading.unknown.map((run) => readProblem('unknown', written(whole, run)));
  if (weekday === undefined && problems.length === 0) problems.push(readProblem('no-weekday', whole));
  if (weekday !== undefined && nth === undefined && !isEvery) problems.push(readProblem('no-nth', weekday.text));
  if (exceptMonths.length === 12) problems.push(readProblem('no-month', whole));
  if (weekday === undefined || problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    rule: {
      every: nth === undefined ? 'week' : 'month',
      weekday: weekday.number,
      ...(nth !== undefined && { nth }),
      exceptMonths,
      ...(reading.exceptPeriods.length > 0 && { exceptPeriods: reading.exceptPeriods }),
    },
  };
}

interface Words {
  weekday?: { number: number; text: string };
  nth?: number;
  isEvery: boolean;
  exceptMonths: number[];
  exceptPeriods: CalendarPeriod[];
  /** Runs of parts that are no part of a rule. */
  unknown: Token[][];
}

function readWords(tokens: Token[]): Words {
  const said: Pick<Words, 'weekday' | 'nth'> & { isEvery: boolean } = { isEvery: false };
  const left = new Set<number>();
  const found = new Set<CalendarPeriod>();
  const unknown: Token[][] = [];
  let isExcept = false;
  let isKnown = true;
  const parts = tokens.filter(({ kind }) => kind !== 'nothing');
  for (let at = 0; at < parts.length; at += 1) {
    const token = parts[at];
    if (token === undefined) break;
    const range = monthRange(parts, at);
    const word = token.text.toLowerCase().replace(/\.$/, '');
    const wasKnown = isKnown;
    isKnown = true;
    if (range !== undefined) {
      for (let month = 1; month <= 12; month += 1) if (range.months.includes(month) === isExcept) left.add(month);
      at += range.length - 1;
    } else if (token.kind === 'month' && isExcept) left.add(token.month);
    else if (token.kind === 'ordinal' && said.nth === undefined && !isExcept) said.nth = token.nth;
    else if (token.kind === 'weekday' && said.weekday === undefined) {
      said.weekday = { number: token.weekday, text: token.text };
    } else if (every.has(word)) said.isEvery = true;
    else if (except.has(word)) isExcept = true;
    else if (isExcept && periods[word] !== undefined) found.add(periods[word]);
    else if (isExcept && summer.has(word)) for (const month of SUMMER) left.add(month);
    else if (token.kind !== 'separator' && !silent.has(word)) {
      isKnown = false;
      if (wasKnown) unknown.push([]);
      unknown.at(-1)?.push(token);
    }
  }
  return {
    ...said,
    exceptMonths: [...left].sort((a, b) => a - b),
    exceptPeriods: [...found],
    unknown,
  };
}

/** `september tot juni`, `juli t/m augustus`: the months of it, both ends included, and how many parts it takes. */
function monthRange(parts: Token[], at: number): { months: number[]; length: number } | undefined {
  const from = parts[at];
  if (from?.kind !== 'month') return undefined;
  const words = parts.slice(at + 1, at + 5).map(({ text }) => text.toLowerCase());
  const through = ['tot', 'en', 'met'].every((word, index) => words[index] === word);
  const skipped = through ? 3 : words[0] === 'tot' || words[0] === 't/m' ? 1 : 0;
  const to = parts[at + 1 + skipped];
  if (skipped === 0 || to?.kind !== 'month') return undefined;
  const length = ((to.month - from.month + 12) % 12) + 1;
  const months = Array.from({ length }, (_, index) => ((from.month - 1 + index) % 12) + 1);
  return { months, length: skipped + 2 };
}
