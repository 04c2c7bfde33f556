/** The timeline of a region as pages show it: a drawing, its legend, and the same facts in words. Names of municipalities only. */
import { capital, joined } from '../../templates/dutch.ts';
import type { PageTexts } from '../../templates/pages/locale.ts';
import type { Instant, LocalDate, PartyId } from '../../domain/ids.ts';
import type { PathState } from '../../domain/state.ts';
import { nearDay, shortDayOf, shortMonth } from '../dutch/format.ts';
import type { PathWords } from '../dutch/words.ts';
import { drawingOf, markShape, sessionShape } from './drawing.ts';
import { type Mark, markKinds, type Timeline, type TimelineRow, timelineOf } from './timeline.ts';

export interface TimelineTools {
  state: PathState;
  texts: PageTexts;
  words: PathWords;
  now: Instant;
  today: LocalDate;
  /** For who reads along: what councils decided and plan, not who has no session left. */
  isPublic?: boolean;
}

const markText = ({ texts, words, today }: TimelineTools, { kind, on, decisions }: Mark): string =>
  texts.text(`timeline.mark.${kind}`, {
    decision: joined(decisions.map((key) => words.decision(key).short)),
    day: nearDay(on, today),
  });

function shownOf({ state, now, isPublic = false }: TimelineTools): Timeline | undefined {
  const timeline = timelineOf(state, now);
  if (timeline === undefined || !isPublic) return timeline;
  const rows = timeline.rows.map((row) => ({ ...row, marks: row.marks.filter(({ kind }) => kind !== 'no-session') }));
  return { ...timeline, rows };
}

/** @param hrefOf where a reader finds more about a municipality, below the path prefix; left out where there is nothing more */
export function timelineView(tools: TimelineTools, hrefOf?: (party: PartyId) => string) {
  const { texts, words, today } = tools;
  const timeline = shownOf(tools);
  if (timeline === undefined || timeline.rows.length === 0) return undefined;
  const nameOf = ({ party }: TimelineRow): string => words.party(party);
  const drawing = drawingOf(timeline, {
    party: nameOf,
    mark: (row, mark) => `${nameOf(row)}: ${markText(tools, mark)}`,
    month: shortMonth,
    today: texts.text('timeline.today'),
    closing:
      timeline.closesOn === undefined ? '' : texts.text('timeline.closing', { day: nearDay(timeline.closesOn, today) }),
    deadline: ({ decisions }) => decisions.map((key) => words.decision(key).short).join(', '),
  });
  return {
    ...drawing,
    title: texts.text('timeline.title'),
    description: texts.text('timeline.description', { count: timeline.rows.length }),
    legend: legendOf(tools, timeline),
    table: timeline.rows.map((row) => ({
      name: nameOf(row),
      href: hrefOf?.(row.party),
      said: row.marks.map((mark) => capital(markText(tools, mark))),
      coming: row.sessions
        .filter(({ on }) => on >= today)
        .map(({ on, isEstimate }) => ({ text: shortDayOf(on, today), isEstimate })),
    })),
    dates: datesOf(tools, timeline),
  };
}

/** Only what is in the drawing. */
function legendOf({ texts, today }: TimelineTools, { rows }: Timeline) {
  const used = new Set(rows.flatMap(({ marks }) => marks.map(({ kind }) => kind)));
  const sessions = rows.flatMap((row) => row.sessions);
  const circles = [
    { kind: 'past', isUsed: sessions.some(({ on }) => on < today) },
    { kind: 'known', isUsed: sessions.some(({ on, isEstimate }) => on >= today && !isEstimate) },
    { kind: 'estimated', isUsed: sessions.some(({ on, isEstimate }) => on >= today && isEstimate) },
  ].filter(({ isUsed }) => isUsed);
  return [
    ...circles.map(({ kind }) => ({
      kind,
      path: sessionShape,
      inner: '',
      text: texts.text(`timeline.legend.${kind}`),
    })),
    ...markKinds
      .filter((kind) => used.has(kind))
      .map((kind) => ({ kind, ...markShape(kind), text: texts.text(`timeline.legend.${kind}`) })),
  ];
}

/** The lines of the drawing, in words. */
const datesOf = ({ texts, words, today }: TimelineTools, { closesOn, deadlines }: Timeline): string[] => [
  ...deadlines.map(({ on, decisions }) =>
    texts.text('timeline.deadline', {
      decisions: capital(joined(decisions.map((key) => words.decision(key).short))),
      day: nearDay(on, today),
    }),
  ),
  ...(closesOn === undefined ? [] : [texts.text('timeline.closes', { day: nearDay(closesOn, today) })]),
];
