/** Every party before a named day, on which something ends otherwise. The day itself is too late. */
import { addDays, localDay } from '../dates.ts';
import type { LawOf } from '../definition.ts';
import type { Instant } from '../ids.ts';
import { concerned, findDecision, namedDate } from '../lookup.ts';
import type { PathState } from '../state.ts';
import { isFree, isUndecided, isUnreported, lawParty, standings, those } from './standing.ts';
import type { StateOf } from './state.ts';
import { worst } from './verdict.ts';

export function beforeLaw(state: PathState, law: LawOf<'before'>, now: Instant): StateOf<'before'> {
  const decision = findDecision(state, law.decision);
  if (decision === undefined) throw new Error(`law ${law.key}: no decision ${law.decision}`);
  const anchor = namedDate(state, law.anchor);
  const base = { kind: law.kind, law, isExpected: false };
  if (anchor === undefined) {
    const waiting = [...concerned(state, decision)];
    return { ...base, status: 'at-risk', finding: 'no-date', parties: [], blockers: waiting };
  }
  const until = addDays(anchor, -1);
  const all = standings(state, decision, () => until, now);
  const undecided = all.filter(isUndecided);
  const free = undecided.filter(isFree);
  const isOver = localDay(now) > until;
  const verdict = worst<'before'>([
    ['broken', 'too-late', those(all, ({ decidedOn }) => decidedOn !== undefined && decidedOn > until)],
    ['broken', 'passed', isOver ? those(undecided, (one) => !isUnreported(one, until)) : []],
    ['at-risk', 'unreported', isOver ? those(undecided, (one) => isUnreported(one, until)) : []],
    ['at-risk', 'rejected', those(undecided, ({ isRejected }) => isRejected)],
    ['at-risk', 'planned-late', those(undecided, ({ plannedOn }) => plannedOn !== undefined && plannedOn > until)],
    ['at-risk', 'no-session', those(free, ({ possible }) => possible.length === 0)],
    ['at-risk', 'tight', those(free, ({ possible }) => possible.length === 1)],
  ]);
  return {
    ...base,
    ...(verdict ?? {
      status: undecided.length === 0 ? 'met' : 'open',
      finding: undecided.length === 0 ? 'met' : 'running',
      blockers: [],
    }),
    until,
    on: anchor,
    parties: all.map((one) => lawParty(one, undefined, until)),
  };
}
