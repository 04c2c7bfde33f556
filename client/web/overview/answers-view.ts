/**
 * "Antwoorden tegenover plan": two curves in one SVG. The curves fill the width that there is (a nested viewBox without a fixed
 * ratio); labels stand at a share of that width, so that their letters keep their size on a phone.
 */
import { daysBetween, monthStarts } from '../../../domain/dates.ts';
import type { LocalDate } from '../../../domain/ids.ts';
import { type AnswerCurve, answerCurve, type CurvePoint } from '../../board/answer-curve.ts';
import type { BoardRow } from '../../board/board.ts';
import { fullDay, shortMonth } from '../../dutch/format.ts';
import type { Web } from '../web.ts';

/** Units of the nested viewBox. */
const WIDTH = 1000;
const HEIGHT = 100;
/** Months that are named; of a longer time every second, third… one, and of some years each January, by its year. */
const MOST_MONTHS = 6;
const YEARS_FROM = 24;

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** A round number of answers of which one to four lines fit below the most. */
function stepOf(most: number): number {
  const size = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  return [size / 5, size / 2, size, size * 2, size * 5].find((step) => step >= 1 && most / step <= 4) ?? size;
}

export function answersView(web: Web, rows: readonly BoardRow[], today: LocalDate) {
  const curve = answerCurve(rows, today);
  if (curve === undefined) return undefined;
  const { texts } = web.pages;
  const { from, to, wantedNow, givenNow, total } = curve;
  const given = texts.text('overview.plan.given', { count: givenNow });
  const wanted = texts.text('overview.plan.wanted', { count: wantedNow });
  const all = texts.text('overview.plan.all', { count: total });
  const more = givenNow - wantedNow;
  const kind = more === 0 ? 'even' : more > 0 ? 'ahead' : 'behind';
  return {
    ...drawn(curve, today),
    ...{ given, wanted, all },
    sentence: texts.text(`overview.plan.${kind}`, { count: Math.abs(more) }),
    description: texts.text('overview.plan.describe', { from: fullDay(from), to: fullDay(to), given, wanted, all }),
  };
}

function drawn({ from, to, wanted, given, total, givenNow }: AnswerCurve, today: LocalDate) {
  const days = Math.max(1, daysBetween(from, to));
  const most = Math.max(total, givenNow);
  const share = (day: LocalDate): number => Math.min(1, Math.max(0, daysBetween(from, day) / days));
  const x = (day: LocalDate): number => tenth(share(day) * WIDTH);
  const y = (count: number): number => tenth(HEIGHT * (1 - count / most));
  /** In steps: an answer is there on its day, not a little of it each day before. */
  const stairs = (points: readonly CurvePoint[], until: LocalDate): string =>
    `M0 ${HEIGHT}${points.map(({ on, count }) => `H${x(on)}V${y(count)}`).join('')}H${x(until)}`;
  const all = monthStarts(from, to);
  const months = all.length > YEARS_FROM ? all.filter((first) => first.slice(5, 7) === '01') : all;
  const every = Math.ceil(months.length / MOST_MONTHS);
  const step = stepOf(most);
  return {
    ...{ width: WIDTH, height: HEIGHT },
    ...{ wantedPath: stairs(wanted, to), givenPath: stairs(given, today) },
    today: { x: x(today), at: percent(share(today)), anchor: share(today) > 0.8 ? 'end' : 'start' },
    lines: Array.from({ length: Math.floor(most / step) }, (_, index) => {
      const count = (index + 1) * step;
      return { y: y(count), at: percent(1 - count / most), label: String(count) };
    }),
    months: months
      .filter((_, index) => index % every === 0)
      .map((first) => ({ x: x(first), at: percent(share(first)), label: shortMonth(first) })),
  };
}

const percent = (share: number): string => `${String(tenth(share * 100))}%`;
