/** What falls within some weeks on a path: named days, sessions that count, agendas that close, decisions that are due. */
import { namedDates } from './lookup.ts';
import type { Anchor, ItemKey } from './definition.ts';
import type { LocalDate, PartyId } from './ids.ts';
import type { AskSchedule } from './schedule.ts';
import type { PathState } from './state.ts';

/**
 * date: a named date of the path or its round; session: a decision is on the agenda of that day; cutoff: the last day to
 * reach the last agenda in time; last-session: the last session in time; due: a decision has to be taken by then.
 */
export type AgendaKind = 'date' | 'session' | 'cutoff' | 'last-session' | 'due';

export interface AgendaEntry {
  on: LocalDate;
  kind: AgendaKind;
  /** For `date`. */
  anchor?: Anchor;
  /** For all others: the decision, and the parties that still owe it. */
  decision?: ItemKey;
  parties: PartyId[];
  /** A day that follows from a pattern which nobody confirmed. */
  isEstimate: boolean;
}

const open: readonly AskSchedule['status'][] = ['requested', 'scheduled', 'adjourned'];

/** The days of one ask that somebody still owes. Who is on an agenda needs no other session. */
function daysOf(
  state: PathState,
  ask: AskSchedule,
): { on: LocalDate | undefined; kind: AgendaKind; isGuess: boolean }[] {
  const planned = state.asks[ask.key]?.answer?.sessionOn;
  if (planned !== undefined) {
    return [
      { on: planned, kind: 'session', isGuess: false },
      { on: ask.dueOn, kind: 'due', isGuess: false },
    ];
  }
  return [
    { on: ask.lastCutoff, kind: 'cutoff', isGuess: ask.isLastAssumed },
    { on: ask.lastSession, kind: 'last-session', isGuess: ask.isLastAssumed },
    { on: ask.dueOn, kind: 'due', isGuess: false },
  ];
}

/** In the order of the days, both ends included; parties with the same day for the same decision share an entry. */
export function agendaOf(
  state: PathState,
  asks: readonly AskSchedule[],
  from: LocalDate,
  until: LocalDate,
): AgendaEntry[] {
  if (state.ending !== undefined) return [];
  const isWithin = (on: LocalDate): boolean => on >= from && on <= until;
  const entries = new Map<string, AgendaEntry>();
  for (const [anchor, on] of Object.entries(namedDates(state))) {
    if (isWithin(on)) entries.set(anchor, { on, kind: 'date', anchor, parties: [], isEstimate: false });
  }
  for (const ask of asks.filter(({ status }) => open.includes(status))) {
    for (const { on, kind, isGuess } of daysOf(state, ask)) {
      if (on === undefined || !isWithin(on)) continue;
      const key = `${on} ${kind} ${ask.decision}`;
      const known = entries.get(key) ?? { on, kind, decision: ask.decision, parties: [], isEstimate: false };
      entries.set(key, {
        ...known,
        parties: [...known.parties, ask.party],
        isEstimate: known.isEstimate || isGuess,
      });
    }
  }
  return [...entries.values()].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}
