/**
 * Where a region stands, for who reads along: mayors, readers. Made of the path's state only, without its people: no names,
 * addresses, notes, reasons in free text, mails or files can slip in. What councils decided is public; what is late is not said.
 */
import { conditionsOf } from '../../../domain/conditions.ts';
import { daysBetween, localDay } from '../../../domain/dates.ts';
import type { Decision } from '../../../domain/definition.ts';
import type { Instant, LocalDate, PartyId, PathId } from '../../../domain/ids.ts';
import { concerned, decisionsOf, findAsk, isMunicipal, municipalities, namedDate } from '../../../domain/lookup.ts';
import { stepStates } from '../../../domain/progress.ts';
import type { PathState } from '../../../domain/state.ts';
import type { PageTexts } from '../../../templates/pages/locale.ts';
import { capital, fullDay } from '../../dutch/format.ts';
import type { PathWords } from '../../dutch/words.ts';
import { timelineView } from '../../timeline/view.ts';
import { statusView } from '../coordinator/conditions.ts';
import { answered, type Said } from '../coordinator/grid.ts';
import type { Web } from '../web.ts';

export interface Region {
  state: PathState;
  partnership: string;
  referenceRegion?: string;
  words: PathWords;
  texts: PageTexts;
  now: Instant;
  today: LocalDate;
}

/** Undefined when nothing of such a path was ever recorded. */
export async function readRegion(web: Web, path: PathId): Promise<Region | undefined> {
  const [state, facts] = await Promise.all([web.store.snapshots.snapshot(path), web.store.paths.path(path)]);
  if (state === undefined) return undefined;
  const now = web.clock();
  return {
    ...{ state, now, partnership: facts?.partnership ?? path, today: localDay(now), texts: web.pages.texts },
    ...(facts?.referenceRegion !== undefined && { referenceRegion: facts.referenceRegion }),
    words: web.words(state.definition.key, state.topic),
  };
}

export function regionView(region: Region) {
  const { state, texts, words, partnership, referenceRegion } = region;
  const what = state.round === undefined ? words.title : words.round(state.round.key).title;
  const route = state.route && words.route(state.route).short;
  const conditions = conditionsOf(state);
  return {
    ...{ partnership, overline: [referenceRegion, what, words.topic, route].filter(Boolean).join(' · ') },
    asOf: texts.text('region.as-of', { day: fullDay(region.today) }),
    sentences: sentencesOf(region),
    steps: stepsOf(region),
    timeline: timelineView({ ...region, isPublic: true }),
    ...gridOf(region),
    conditions: conditions.map((condition) => ({
      title: texts.text(`conditions.${condition.kind}.title`),
      status: statusView(region, condition),
    })),
  };
}

/** How it ended, or when it closes. */
function sentencesOf({ state, texts, today }: Region): string[] {
  const { ending, submission, outcome, paused } = state;
  const closes = namedDate(state, 'closesOn');
  const left = closes === undefined ? -1 : daysBetween(today, closes);
  const isOpen = ending === undefined && submission === undefined;
  return [
    ...(ending === undefined ? [] : [texts.text(`overview.ended.${ending.outcome}`)]),
    ...(paused === undefined ? [] : [texts.text('region.paused')]),
    ...(submission === undefined ? [] : [texts.text('region.submitted', { day: fullDay(submission.on) })]),
    ...(outcome === undefined ? [] : [texts.text(`event.${outcome.outcome}`, { on: fullDay(outcome.on) })]),
    ...(isOpen && closes !== undefined && left >= 0
      ? [texts.text('region.closes', { day: fullDay(closes), count: left })]
      : []),
  ];
}

const signs = { done: ['✓', 'good'], open: ['…', 'info'], waiting: ['·', 'none'], off: ['–', 'none'] } as const;

function stepsOf({ state, texts, words }: Region) {
  const states = new Map(stepStates(state).map(({ step, status }) => [step, status]));
  return state.definition.steps.map(({ key }, index) => {
    const status = states.get(key) ?? 'off';
    const [symbol, tone] = signs[status];
    const label = texts.text(`overview.cell.${status}`);
    return { number: index + 1, title: words.step(key).title, cell: { symbol, tone, label } };
  });
}

/** What a decision came to; nothing about who is late. */
function saidOf({ state, today }: Region, decision: Decision, party: PartyId): Said {
  const ask = findAsk(state, decision.key, party);
  if (ask === undefined) return { key: 'not-open', tone: 'none' };
  return answered(ask, today) ?? { key: 'asked', tone: 'calm' };
}

function gridOf(region: Region) {
  const { state, texts, words } = region;
  const cell = (decision: Decision, party: PartyId) => {
    const { key, tone, values } = saidOf(region, decision, party);
    return { tone, text: texts.text(`grid.${key}`, values) };
  };
  const all = decisionsOf(state);
  const municipal = all.filter((decision) => isMunicipal(state, decision));
  return {
    columns: municipal.map(({ key }) => words.decision(key).short),
    rows: municipalities(state).map(({ id }) => ({
      name: words.party(id),
      cells: municipal.map((decision) => cell(decision, id)),
    })),
    once: all
      .filter((decision) => !isMunicipal(state, decision))
      .flatMap((decision) =>
        concerned(state, decision).map((party) => ({
          ...{ decision: capital(words.decision(decision.key).short), body: words.party(party) },
          cell: cell(decision, party),
        })),
      ),
  };
}
