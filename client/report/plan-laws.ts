/** What `plan` says of the law: how each law stands on the first day, and how it ends when all goes as expected. */
import type { LawKind } from '../../domain/definition.ts';
import { evolve } from '../../domain/evolve.ts';
import type { Forecast } from '../../domain/forecast.ts';
import type { Instant, PartyId } from '../../domain/ids.ts';
import { type LawState, lawsOf, windowMoves } from '../../domain/law.ts';
import type { PathState } from '../../domain/state.ts';
import { lawFacts, type LawWriter } from './law-facts.ts';
import { lawTexts } from './law-texts.ts';

/** One law at a moment, in a sentence. */
export interface LawBrief {
  key: string;
  article: string;
  status: string;
  from: string | null;
  until: string | null;
  message: string;
}

export interface LawReport extends LawBrief {
  parties: {
    party: string;
    name: string;
    decidedOn: string | null;
    lastSession: string | null;
    sessionsLeft: number;
    assumed: boolean;
    blocks: boolean;
  }[];
  /** What moves when the window comes a month later. */
  moves: { key: string; on: string | null; laterOn: string | null; dueOn: string | null; becomesLate: boolean }[];
  /** At the end of the expected course, answers of a file included. */
  expected: { status: string; message: string };
}

export interface LawWarning {
  code: string;
  message: string;
}

function sentence(found: LawState, write: LawWriter): string {
  const texts: Record<string, string> = lawTexts[found.kind];
  const facts = lawFacts(found, write);
  return (texts[found.finding] ?? found.finding).replace(/\{(\w+)\}/g, (_all, name: string) => String(facts[name]));
}

const codes: Record<LawKind, { 'at-risk': string; broken: string }> = {
  window: { 'at-risk': 'window-at-risk', broken: 'window-broken' },
  before: { 'at-risk': 'decision-missing', broken: 'dissolves' },
  within: { 'at-risk': 'term-late', broken: 'term-broken' },
  apart: { 'at-risk': 'term-late', broken: 'term-broken' },
  lasts: { 'at-risk': 'ends-early', broken: 'ends-early' },
  done: { 'at-risk': 'decision-missing', broken: 'law-broken' },
};

function codeOf({ kind, status, finding }: LawState): string | undefined {
  if (finding === 'election-year' || finding === 'ends-early') return finding;
  if (kind === 'window' && finding === 'tight') return 'window-tight';
  return status === 'at-risk' || status === 'broken' ? codes[kind][status] : undefined;
}

interface Seen {
  state: PathState;
  now: Instant;
  laws: LawState[];
}

function seenBy(state: PathState, now: Instant): Seen {
  return { state, now, laws: lawsOf(state, now) };
}

/** The path on its first day, and at the end of its expected course. */
function bothEnds({ run }: Forecast): { first: Seen; end: Seen } {
  const [event] = run.events;
  const last = run.events.at(-1)?.at;
  if (event === undefined || last === undefined) throw new Error('a path has no first event');
  return { first: seenBy(evolve(undefined, event), event.at), end: seenBy(run.state, last) };
}

/** Days as they are, items by their keys. */
export const keyWriter = (party: (id: PartyId) => string): LawWriter => ({
  day: (day) => day,
  party,
  item: (item) => item,
});

/** For `status`, too. */
export const lawBrief = (found: LawState, write: LawWriter): LawBrief => ({
  key: found.law.key,
  article: found.law.article,
  status: found.status,
  from: found.from ?? null,
  until: found.until ?? null,
  message: sentence(found, write),
});

function lawReport(first: Seen, found: LawState, end: LawState | undefined, write: LawWriter): LawReport {
  const { parties, blockers } = found;
  const moves = windowMoves(first.state, found, first.now)?.moved ?? [];
  const expected = end ?? found;
  return {
    ...lawBrief(found, write),
    parties: parties.map((each) => ({
      party: each.party,
      name: write.party(each.party),
      decidedOn: each.decidedOn ?? null,
      lastSession: each.lastSession ?? null,
      sessionsLeft: each.sessionsLeft,
      assumed: each.isEstimate,
      blocks: blockers.includes(each.party),
    })),
    moves: moves.map(({ key, on, laterOn, dueOn, becomesLate }) => ({
      key,
      on: on ?? null,
      laterOn: laterOn ?? null,
      dueOn: dueOn ?? null,
      becomesLate,
    })),
    expected: { status: expected.status, message: sentence(expected, write) },
  };
}

export function planLaws(
  forecast: Forecast,
  party: (id: string) => string,
): { laws: LawReport[]; warnings: LawWarning[] } {
  const { first, end } = bothEnds(forecast);
  const write = keyWriter(party);
  const laws = first.laws.map((found) =>
    lawReport(
      first,
      found,
      end.laws.find(({ law }) => law.key === found.law.key),
      write,
    ),
  );
  // How long what is founded lasts is known once it is expected to be founded; before that its day is a guess.
  const onFirstDay = first.laws.filter(({ kind }) => kind !== 'lasts');
  const warnings = [...onFirstDay, ...end.laws].flatMap((found): LawWarning[] => {
    const code = codeOf(found);
    return code === undefined
      ? []
      : [{ code, message: `${found.law.key}, ${found.law.article}: ${sentence(found, write)}` }];
  });
  const isNew = ({ message }: LawWarning, index: number): boolean =>
    warnings.findIndex((other) => other.message === message) === index;
  return { laws, warnings: warnings.filter(isNew) };
}
