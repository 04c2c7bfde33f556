/** Where everything of a timeline stands in its drawing, in user units of the SVG: numbers and paths, no words but those it is given. */
import { daysBetween, monthStarts } from '../../domain/dates.ts';
import type { LocalDate } from '../../domain/ids.ts';
import type { Mark, MarkKind, Timeline, TimelineRow } from './timeline.ts';

export const ROW_HEIGHT = 24;
export const NAMES_WIDTH = 150;
/** At most, and for a day: a short time is not stretched. */
const MOST_WIDTH = 940;
const MOST_PER_DAY = 6;
const LEAST_WIDTH = 420;
const MONTHS_HEIGHT = 20;
const LABEL_HEIGHT = 17;
const FOOT = 8;
/** The width of a letter of a label, on the safe side. */
const LETTER = 7.2;
const SESSION = 4;
const MARK = 6.5;
/** Marks of one day stand beside each other. */
const BESIDE = 9;

export interface DrawnMark {
  kind: MarkKind;
  path: string;
  /** What is drawn in it. */
  inner: string;
  title: string;
}

export interface DrawnRow {
  name: string;
  /** Of the name, below the top of the row. */
  baseline: number;
  y: number;
  /** Circles as one path each: of what was, of what is known, of what is estimated. */
  past: string;
  known: string;
  estimated: string;
  marks: DrawnMark[];
}

export interface DrawnLine {
  kind: 'today' | 'closing' | 'deadline';
  x: number;
  label: string;
  labelX: number;
  labelY: number;
  anchor: 'start' | 'end';
}

export interface Drawing {
  width: number;
  height: number;
  namesWidth: number;
  rows: DrawnRow[];
  lines: DrawnLine[];
  /** Where lines begin and end. */
  top: number;
  bottom: number;
  months: { x: number; label: string }[];
  monthsY: number;
}

/** The words that stand in it. */
export interface DrawingWords {
  party: (row: TimelineRow) => string;
  mark: (row: TimelineRow, mark: Mark) => string;
  month: (first: LocalDate) => string;
  today: string;
  closing: string;
  deadline: (deadline: Timeline['deadlines'][number]) => string;
}

const round = (value: number): number => Math.round(value * 10) / 10;

const circle = (x: number, y: number, radius: number): string => {
  const [left, width] = [round(x - radius), radius * 2];
  return `M${left} ${y}a${radius} ${radius} 0 1 0 ${width} 0a${radius} ${radius} 0 1 0 -${width} 0`;
};

/** Each kind has a shape of its own, so that nobody needs its colour. */
const shapes: Record<MarkKind, (x: number, y: number) => { path: string; inner: string }> = {
  approved: (x, y) => ({ path: circle(x, y, MARK), inner: `M${x - 3} ${y}l2 2.5l4 -5` }),
  scheduled: (x, y) => ({ path: `M${x} ${y - 7}l7 7l-7 7l-7 -7z`, inner: '' }),
  adjourned: (x, y) => ({ path: circle(x, y, MARK), inner: `M${x - 3} ${y}h6` }),
  changed: (x, y) => ({ path: `M${x} ${y - 7}l7 13h-14z`, inner: '' }),
  rejected: (x, y) => ({ path: circle(x, y, MARK), inner: `M${x - 3} ${y - 3}l6 6m0 -6l-6 6` }),
  'no-session': (x, y) => ({ path: `M${x - 6} ${y - 6}h12v12h-12z`, inner: `M${x} ${y - 4}v4.5m0 2v1.5` }),
};

/** One of a kind by itself, for the legend: 18 units wide and high. */
export const markShape = (kind: MarkKind): { path: string; inner: string } => shapes[kind](9, 9);
export const sessionShape = circle(9, 9, SESSION);

export function drawingOf(timeline: Timeline, words: DrawingWords): Drawing {
  const { from, to, today } = timeline;
  const days = Math.max(1, daysBetween(from, to));
  const width = Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, Math.round(days * MOST_PER_DAY)));
  const perDay = width / days;
  const xOf = (day: LocalDate): number => round(daysBetween(from, day) * perDay);
  const lines = placed(linesOf(timeline, words, { width, xOf }));
  const labels = lines.reduce((most, { level }) => Math.max(most, level + 1), 0) * LABEL_HEIGHT;
  const top = labels + MONTHS_HEIGHT;
  const rows = timeline.rows.map((row, index) =>
    drawnRow(row, top + (index + 0.5) * ROW_HEIGHT, { today, words, xOf }),
  );
  const bottom = top + rows.length * ROW_HEIGHT;
  return {
    ...{ width, namesWidth: NAMES_WIDTH, height: bottom + FOOT, rows, bottom },
    top: labels,
    lines: lines.map(({ level, ...line }) => ({ ...line, labelY: (level + 1) * LABEL_HEIGHT - 5 })),
    months: monthStarts(from, to).map((first) => ({ x: xOf(first), label: words.month(first) })),
    monthsY: labels + MONTHS_HEIGHT - 7,
  };
}

interface Scale {
  today: LocalDate;
  words: DrawingWords;
  xOf: (day: LocalDate) => number;
}

function drawnRow(row: TimelineRow, y: number, { today, words, xOf }: Scale): DrawnRow {
  const circles = (those: TimelineRow['sessions']): string =>
    those.map(({ on }) => circle(xOf(on), y, SESSION)).join('');
  const coming = row.sessions.filter(({ on }) => on >= today);
  const before = new Map<LocalDate, number>();
  return {
    ...{ name: words.party(row), y, baseline: y + 4 },
    past: circles(row.sessions.filter(({ on }) => on < today)),
    known: circles(coming.filter(({ isEstimate }) => !isEstimate)),
    estimated: circles(coming.filter(({ isEstimate }) => isEstimate)),
    marks: row.marks.map((mark) => {
      const beside = before.get(mark.on) ?? 0;
      before.set(mark.on, beside + 1);
      return { kind: mark.kind, title: words.mark(row, mark), ...shapes[mark.kind](xOf(mark.on) + beside * BESIDE, y) };
    }),
  };
}

type Line = Omit<DrawnLine, 'labelY'>;

function linesOf(
  { today, closesOn, deadlines, from, to }: Timeline,
  words: DrawingWords,
  { width, xOf }: { width: number; xOf: Scale['xOf'] },
): Line[] {
  const line = (kind: DrawnLine['kind'], on: LocalDate, label: string): Line => {
    const x = xOf(on);
    const isLate = x + 5 + label.length * LETTER > width;
    return { kind, x, label, labelX: isLate ? x - 5 : x + 5, anchor: isLate ? 'end' : 'start' };
  };
  const isWithin = (day: LocalDate): boolean => day >= from && day <= to;
  return [
    line('today', today, words.today),
    ...(closesOn !== undefined && isWithin(closesOn) ? [line('closing', closesOn, words.closing)] : []),
    ...deadlines.map((deadline) => line('deadline', deadline.on, words.deadline(deadline))),
  ];
}

/** Each label on the first level from above on which it meets no other. */
function placed(lines: readonly Line[]): (Line & { level: number })[] {
  const taken: { from: number; to: number }[][] = [];
  return lines.map((line) => {
    const length = line.label.length * LETTER + 10;
    const from = line.anchor === 'start' ? line.labelX : line.labelX - length;
    const to = from + length;
    const isFree = (level: number): boolean => (taken[level] ?? []).every((each) => each.to < from || each.from > to);
    let level = 0;
    while (!isFree(level)) level += 1;
    taken[level] = [...(taken[level] ?? []), { from, to }];
    return { ...line, level };
  });
}
