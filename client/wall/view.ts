/**
 * One page of a region for the wall: every municipality by every decision, with the last session that is in time and the day on
 * which its agenda closes. Made of a path's state, so that it is the same before a path starts and while it runs.
 */
import { localDay, weekday } from '../../domain/dates.ts';
import type { Decision } from '../../domain/definition.ts';
import { foreseenMiss, isDueTooEarly } from '../../domain/foresight.ts';
import type { Instant, LocalDate, PartyId } from '../../domain/ids.ts';
import { lawsOf } from '../../domain/law.ts';
import {
  concerned,
  decisionsOf,
  findAsk,
  isMunicipal,
  lawsOnRoute,
  municipalities,
  namedDates,
} from '../../domain/lookup.ts';
import { decidedOn, isSettled } from '../../domain/progress.ts';
import { type AskSchedule, askSchedule, decisionDue, textsNeededBy } from '../../domain/schedule.ts';
import type { PathState } from '../../domain/state.ts';
import type { PageTexts } from '../../templates/pages/locale.ts';
import { capital, fullDay, nearDay, shortDay } from '../dutch/format.ts';
import { lawSentence } from '../dutch/law-sentence.ts';
import type { PathWords } from '../dutch/words.ts';

export interface WallSubject {
  state: PathState;
  partnership: string;
  words: PathWords;
  texts: PageTexts;
  now: Instant;
}

/** What one cell says: in large letters, in small ones, and whether it needs an eye. */
export interface WallCell {
  main: string;
  sub: string | undefined;
  tone: 'done' | 'plain' | 'tight' | 'lost' | 'off';
  isEstimate: boolean;
}

/** So many rows fit with two lines each, those of the law counted too. */
const ROOMY_ROWS = 14;

const isDense = (state: PathState): boolean => municipalities(state).length + lawsOnRoute(state).length > ROOMY_ROWS;

export function wallView(subject: WallSubject) {
  const { state, partnership, words, texts, now } = subject;
  const today = localDay(now);
  const all = decisionsOf(state).toSorted((a, b) => (decisionDue(state, a) < decisionDue(state, b) ? -1 : 1));
  const columns = all.filter((decision) => isMunicipal(state, decision));
  const parties = municipalities(state);
  const what = state.round === undefined ? words.title : words.round(state.round.key).title;
  const route = state.route === undefined ? undefined : words.route(state.route).short;
  return {
    partnership,
    overline: [what, words.topic, route].filter((text) => text !== undefined).join(' · '),
    asOf: texts.text('wall.as-of', { day: fullDay(today) }),
    density: isDense(state) ? 'dense' : 'roomy',
    dates: datesOf(subject, today),
    columns: columns.map((decision) => ({
      title: capital(words.decision(decision.key).short),
      due: texts.text('wall.due', { day: fullDay(decisionDue(state, decision)) }),
      texts: texts.text('wall.texts-by', {
        day: nearDay(textsNeededBy(state, decision), decisionDue(state, decision)),
      }),
    })),
    rows: parties.map(({ id }) => ({
      name: words.party(id),
      cells: columns.map((decision) => cellOf(subject, decision, id)),
    })),
    others: all
      .filter((decision) => !isMunicipal(state, decision))
      .flatMap((decision) =>
        concerned(state, decision).map((party) => ({
          title: `${words.decision(decision.key).title}:`,
          cell: cellOf(subject, decision, party),
          due: texts.text('wall.due', { day: fullDay(decisionDue(state, decision)) }),
        })),
      ),
    laws: lawsOf(state, now).map((found) => ({
      title: words.law(found.law.key).title,
      sentence: lawSentence(subject, found),
      article: found.law.article,
    })),
    notes: notesOf(subject, columns),
  };
}

/** The dates that still come, in order. */
function datesOf({ state, words }: WallSubject, today: LocalDate) {
  return Object.entries(namedDates(state))
    .filter(([, day]) => day >= today)
    .map(([name, day]) => ({ day, title: words.date(name) }))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))
    .map(({ day, title }) => ({ day: fullDay(day), title }));
}

/** `di 24 jun` */
const dayWithWeekday = (texts: PageTexts, day: LocalDate): string =>
  `${texts.text(`weekday.${String(weekday(day))}`).slice(0, 2)} ${shortDay(day)}`;

function cellOf({ state, texts, now }: WallSubject, decision: Decision, party: PartyId): WallCell {
  const ask = findAsk(state, decision.key, party);
  const held = ask && decidedOn(ask);
  const seen = askSchedule(state, decision, party, now);
  const cell = (main: string, tone: WallCell['tone'], sub?: string, isEstimate = false): WallCell => ({
    ...{ main, tone, isEstimate },
    sub,
  });
  if (ask?.status === 'waived') return cell(texts.text('wall.waived'), 'off');
  if (isSettled(ask)) return cell(texts.text('wall.approved', { day: shortDay(held ?? localDay(now)) }), 'done');
  if (ask?.status === 'rejected') return cell(texts.text('wall.rejected'), 'lost');
  if (ask?.status === 'changed') return cell(texts.text('wall.changed'), 'tight');
  const planned = ask?.answer?.sessionOn;
  if (planned !== undefined) {
    const tone = planned > seen.dueOn ? 'lost' : 'plain';
    return cell(dayWithWeekday(texts, planned), tone, texts.text('wall.planned'));
  }
  const missed = foreseenMiss(state, decision.key, party);
  if (missed !== undefined && isDueTooEarly(missed)) return cell(texts.text('wall.early'), 'tight');
  const isMissed = missed !== undefined;
  return waitingCell(texts, isDense(state), isMissed ? { ...seen, sessionsLeft: 0 } : seen, cell);
}

function waitingCell(
  texts: PageTexts,
  isDense: boolean,
  seen: AskSchedule,
  cell: (main: string, tone: WallCell['tone'], sub?: string, isEstimate?: boolean) => WallCell,
): WallCell {
  const { lastSession, lastCutoff, sessionsLeft, isLastAssumed } = seen;
  if (sessionsLeft === 0 || lastSession === undefined || lastCutoff === undefined) {
    return cell(texts.text('wall.none-left'), 'lost', isDense ? undefined : texts.text('wall.none-left-call'));
  }
  const key = sessionsLeft === 1 ? 'wall.closes-only' : 'wall.closes';
  const sub = texts.text(isDense ? `${key}-short` : key, { day: shortDay(lastCutoff) });
  return cell(dayWithWeekday(texts, lastSession), sessionsLeft === 1 ? 'tight' : 'plain', sub, isLastAssumed);
}

/** What the marks mean, and by which articles the days were counted. */
function notesOf({ state, texts, words }: WallSubject, columns: Decision[]): string[] {
  const notices = columns.flatMap((decision) => {
    const notice = decision.notice ?? state.definition.bodies[decision.body]?.notice;
    if (notice?.article === undefined) return [];
    const what = decision.notice === undefined ? words.body(decision.body).title : words.decision(decision.key).short;
    return [texts.text('wall.notice', { what, days: notice.days, article: notice.article })];
  });
  return [
    texts.text('wall.note-cell'),
    texts.text('wall.note-estimate'),
    ...(notices.length === 0 ? [] : [texts.text('wall.note-law', { notices: [...new Set(notices)].join('; ') })]),
  ];
}
