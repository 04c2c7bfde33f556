/** Where a path stands, in the few words and signs of a row in the overview. */
import { daysBetween } from '../../../domain/dates.ts';
import { foreseenMisses, isDueTooEarly } from '../../../domain/foresight.ts';
import type { Instant, LocalDate } from '../../../domain/ids.ts';
import { findDecision, isOnRoute, municipalities, namedDate } from '../../../domain/lookup.ts';
import { openTasks, readyDecisions, stepStates } from '../../../domain/progress.ts';
import { correspondents } from '../../../domain/reach.ts';
import { type AskSchedule, schedule, taskDue } from '../../../domain/schedule.ts';
import type { PathState } from '../../../domain/state.ts';
import type { PageTexts } from '../../../templates/pages/locale.ts';
import { fullDay, nearDay } from '../../dutch/format.ts';
import type { PathWords } from '../../dutch/words.ts';

export interface Cell {
  symbol: string;
  tone: string;
  /** What the symbol means, for who cannot see it. */
  label: string;
}

export interface Standing {
  cells: Cell[];
  /** The one thing that matters most now. */
  counts: string;
  /** 0 nothing is wrong, 1 somebody should look, 2 something is lost unless somebody acts. */
  weight: 0 | 1 | 2;
  approved: number;
  asked: number;
}

type Named = { texts: PageTexts; words: PathWords; now: Instant; today: LocalDate };

const isBad = (ask: AskSchedule): boolean => ['no-session-left', 'overdue', 'call'].includes(ask.risk);
const wasSent = (ask: AskSchedule): boolean => ask.status !== 'not-open' && ask.status !== 'ready';

function cellsOf(state: PathState, asks: AskSchedule[], { texts }: Named): Cell[] {
  const states = new Map(stepStates(state).map((step) => [step.step, step]));
  const cell = (symbol: string, tone: string, key: string, count = 0): Cell => ({
    symbol,
    tone,
    label: texts.text(`overview.cell.${key}`, { count }),
  });
  return state.definition.steps.map((step) => {
    const found = states.get(step.key);
    if (found === undefined) return cell('–', 'none', 'off');
    const mine = asks.filter((ask) => step.decisions.some((decision) => decision.key === ask.decision));
    const bad = mine.filter((ask) => wasSent(ask) && isBad(ask)).length;
    const tight = mine.filter((ask) => wasSent(ask) && ask.risk === 'tight').length;
    if (found.status === 'done') return cell('✓', 'good', 'done');
    if (bad > 0) return cell('!', 'late', 'bad', bad);
    if (tight > 0) return cell(String(tight), 'soon', 'tight', tight);
    return found.status === 'open' ? cell('…', 'info', 'open') : cell('·', 'none', 'waiting');
  });
}

function endingText(state: PathState, { texts }: Named): string | undefined {
  if (state.ending !== undefined) return texts.text(`overview.ended.${state.ending.outcome}`);
  return state.paused === undefined ? undefined : texts.text('overview.paused', { reason: state.paused.reason });
}

/** Sentences, the weightiest first. */
function concerns(state: PathState, asks: AskSchedule[], named: Named): { text: string; weight: 0 | 1 | 2 }[] {
  const { texts, words, today } = named;
  const list: { text: string; weight: 0 | 1 | 2 }[] = [];
  const say = (weight: 0 | 1 | 2, key: string, values: Record<string, string | number>): void => {
    list.push({ weight, text: texts.text(`overview.counts.${key}`, values) });
  };
  const about = (ask: AskSchedule) => ({
    party: words.party(ask.party),
    decision: words.decision(ask.decision).short,
    due: nearDay(ask.dueOn, today),
  });
  for (const ask of asks.filter(wasSent)) {
    if (ask.risk === 'call') say(2, ask.status === 'rejected' ? 'rejected' : 'changed', about(ask));
  }
  for (const ask of asks.filter((each) => wasSent(each) && each.risk === 'no-session-left'))
    say(2, 'no-session', about(ask));
  for (const ask of asks.filter((each) => wasSent(each) && each.risk === 'overdue')) say(2, 'overdue', about(ask));
  const everybody = correspondents(state);
  const count = state.undelivered.filter(({ to }) => everybody.has(to)).length;
  if (count > 0) say(1, 'undelivered', { count });
  for (const ask of asks.filter((each) => wasSent(each) && each.risk === 'tight')) {
    const { lastSession } = ask;
    if (lastSession !== undefined) say(1, 'tight', { ...about(ask), day: nearDay(lastSession, today) });
  }
  for (const missed of foreseenMisses(state)) {
    const { decision, party, dueOn, assumed, holiday } = missed;
    const values = {
      party: words.party(party),
      decision: words.decision(decision.key).short,
      due: nearDay(dueOn, today),
    };
    if (isDueTooEarly(missed)) say(dueOn < today ? 2 : 1, 'early', { ...values, due: fullDay(dueOn) });
    else say(assumed || holiday !== undefined ? 1 : 2, 'foreseen', values);
  }
  for (const { decision, readyOn } of readyDecisions(state)) {
    if (readyOn <= today) say(1, 'ready', { decision: words.decision(decision.key).short });
  }
  const late = openTasks(state).filter((task) => taskDue(state, task) < today && task.optional !== true);
  if (late[0] !== undefined) say(1, 'late-task', { task: words.task(late[0].key).title });
  const waiting = asks.filter((ask) => ['requested', 'scheduled', 'adjourned'].includes(ask.status));
  const planned = waiting.filter((ask) => ask.status === 'scheduled').length;
  if (waiting.length > 0)
    say(0, planned === waiting.length ? 'all-planned' : 'waiting', { count: waiting.length, planned });
  const tasks = openTasks(state).filter((task) => task.optional !== true);
  if (tasks[0] !== undefined) say(0, 'tasks', { count: tasks.length, task: words.task(tasks[0].key).title });
  return list;
}

export function standingOf(state: PathState, named: Named): Standing {
  const { asks } = schedule(state, named.now);
  const sent = asks.filter((ask) => wasSent(ask) && ask.status !== 'waived');
  const cells = cellsOf(state, asks, named);
  const ending = endingText(state, named);
  const [first] = ending === undefined ? concerns(state, asks, named) : [];
  return {
    cells,
    counts: ending ?? first?.text ?? named.texts.text('overview.counts.nothing'),
    weight: first?.weight ?? 0,
    approved: sent.filter((ask) => ask.status === 'approved').length,
    asked: sent.length,
  };
}

/** `sluit 1 april 2032 · nog 46 dagen` */
export function closingText(state: PathState, { texts, today }: Pick<Named, 'texts' | 'today'>): string | undefined {
  const closes = namedDate(state, 'closesOn');
  if (closes === undefined) return undefined;
  const left = daysBetween(today, closes);
  const key = left >= 0 ? 'overview.closes' : 'overview.closed';
  return texts.text(key, { day: fullDay(closes), count: Math.abs(left) });
}

/** How many municipalities are in time with everything that was asked of them, and will be with what comes. */
export function onCourse(state: PathState, now: Instant): { good: number; all: number } {
  const { asks } = schedule(state, now);
  const parties = municipalities(state);
  const missed = new Set<string>(foreseenMisses(state).map(({ party }) => party));
  const isGood = (id: string): boolean =>
    !missed.has(id) && !asks.some((ask) => ask.party === id && wasSent(ask) && isBad(ask));
  return { good: parties.filter((party) => isGood(party.id)).length, all: parties.length };
}

export const isKnownDecision = (state: PathState, key: string): boolean =>
  findDecision(state, key) !== undefined && isOnRoute(state, key);
