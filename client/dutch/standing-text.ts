/** Where a path stands, in the few words and signs of a list: made from the data of domain/standing.ts. */
import { daysBetween } from '../../domain/dates.ts';
import type { LocalDate } from '../../domain/ids.ts';
import type { Concern, Sign, Standing, StepSign } from '../../domain/standing.ts';
import type { PageTexts } from '../../templates/pages/locale.ts';
import { fullDay, joined, nearDay } from './format.ts';
import type { PathWords } from './words.ts';

export interface Cell {
  symbol: string;
  tone: string;
  /** What the symbol means, for who cannot see it. */
  label: string;
}

export interface StandingWords {
  texts: PageTexts;
  words: PathWords;
  today: LocalDate;
}

const looks: Record<Sign, { symbol: string; tone: string }> = {
  off: { symbol: '–', tone: 'none' },
  left: { symbol: '–', tone: 'none' },
  done: { symbol: '✓', tone: 'good' },
  bad: { symbol: '!', tone: 'late' },
  tight: { symbol: '', tone: 'soon' },
  open: { symbol: '…', tone: 'info' },
  waiting: { symbol: '·', tone: 'none' },
};

/** A sign with its letter, so that no colour is needed; one for what is tight says how much is. */
export function cellOf({ sign, count }: StepSign, texts: PageTexts): Cell {
  const { symbol, tone } = looks[sign];
  return {
    tone,
    symbol: symbol === '' ? String(count) : symbol,
    label: texts.text(`overview.cell.${sign}`, { count }),
  };
}

/** What differs in their decision only is said in one sentence; a day that is too early is so whatever the decision. */
export const sameSaid = ({ code, party, due, session }: Concern): string =>
  code === 'early' ? code : [code, party, due, session].join(' ');

/** One concern in one sentence, without blame. */
export const concernText = (concern: Concern, named: StandingWords): string => concernsText([concern], named);

/** Concerns of which `sameSaid` is the same, in one sentence. */
export function concernsText(
  concerns: readonly [Concern, ...Concern[]],
  { texts, words, today }: StandingWords,
): string {
  const [{ code, party, task, due, session, count = 0, planned = 0 }] = concerns;
  const short = ({ decision }: Concern): string[] => (decision === undefined ? [] : [words.decision(decision).short]);
  if (code === 'early' && concerns.length > 1) {
    const dates = concerns.flatMap((each) =>
      short(each).map((name) => (each.due === undefined ? name : `${name} (${fullDay(each.due)})`)),
    );
    return texts.text('overview.counts.early-many', { dates: joined(dates) });
  }
  const decisions = concerns.flatMap(short);
  return texts.text(`overview.counts.${code}`, {
    ...{ count, planned },
    ...(party !== undefined && { party: words.party(party) }),
    ...(decisions.length > 0 && { decision: joined(decisions) }),
    ...(task !== undefined && { task: words.task(task).title }),
    // Of a date that may be over by now the year matters.
    ...(due !== undefined && { due: code === 'early' ? fullDay(due) : nearDay(due, today) }),
    ...(session !== undefined && { day: nearDay(session, today) }),
  });
}

/** What counts now, in one sentence. */
export function standingText(standing: Standing, named: StandingWords): string {
  const { texts } = named;
  if (standing.ending !== undefined) return texts.text(`overview.ended.${standing.ending}`);
  if (standing.paused !== undefined) return texts.text('overview.paused', { reason: standing.paused });
  const [first] = standing.concerns;
  return first === undefined ? texts.text('overview.counts.nothing') : concernText(first, named);
}

/** `sluit 1 april 2032 · nog 46 dagen` */
export function closingText(closes: LocalDate, { texts, today }: Omit<StandingWords, 'words'>): string {
  const left = daysBetween(today, closes);
  const key = left >= 0 ? 'overview.closes' : 'overview.closed';
  return texts.text(key, { day: fullDay(closes), count: Math.abs(left) });
}
