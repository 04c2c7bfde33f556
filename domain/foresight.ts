/**
 * How soon each decision can be asked: what comes before it is done as quickly as it can be, tasks in their duration, bodies at
 * their first session. It follows from what is known of the path alone, not from today: what is said on its first day stays said.
 */
import type { Decision, ItemKey } from './definition.ts';
import type { LocalDate, PartyId } from './ids.ts';
import { expectedCourse } from './law/expected.ts';
import { bodyOf, concerned, decisionsOf, findAsk } from './lookup.ts';
import { decisionDue } from './schedule.ts';
import { agendaCutoff, firstSession, holidaySessions } from './sessions.ts';
import type { PathState } from './state.ts';

type Asks = ReadonlyMap<ItemKey, LocalDate>;

/** From the first day of the path, so that it depends on the state alone. */
function earliestAsks(state: PathState): Asks {
  const { asked } = expectedCourse(state, state.startedAt);
  return new Map(
    decisionsOf(state).flatMap((decision) => {
      const day = asked(decision);
      return day === undefined ? [] : [[decision.key, day]];
    }),
  );
}

interface Foresight {
  asks: Asks;
  misses: Missed[];
}

// Most events of a path are mails, which change nothing here.
const basis = ['asks', 'tasks', 'parties', 'dates', 'moved', 'route', 'round', 'definition'] as const;
const remembered = new WeakMap<PathState['asks'], { state: PathState; foresight: Foresight }>();

function foresightOf(state: PathState): Foresight {
  const found = remembered.get(state.asks);
  if (found !== undefined && basis.every((part) => found.state[part] === state[part])) return found.foresight;
  const asks = earliestAsks(state);
  const foresight = { asks, misses: missesOf(state, asks) };
  remembered.set(state.asks, { state, foresight });
  return foresight;
}

/** The first day on which a decision can be asked; undefined when what it needs never comes. */
export const earliestAsk = (state: PathState, decision: ItemKey): LocalDate | undefined =>
  foresightOf(state).asks.get(decision);

/**
 * The bodies that will be asked in vain unless something moves: months ahead, an extra session, another date or another body
 * can still be arranged. Only what was not asked yet, and what has to be decided.
 */
export const foreseenMisses = (state: PathState): readonly Missed[] => foresightOf(state).misses;

/** A body that will have no session left for a decision once it can be asked. */
export interface Missed {
  decision: Decision;
  party: PartyId;
  dueOn: LocalDate;
  /** The first day on which it can be asked. */
  askOn: LocalDate;
  /** Its first session after that, which comes too late. */
  nextSession?: LocalDate;
  /** Nobody has confirmed when it meets then. */
  assumed: boolean;
  /** A holiday in between on which its rule puts a session: it may well meet on another day. */
  holiday?: LocalDate;
}

/** It cannot be asked before its deadline: then the deadline is too early, and no session would help. */
export const isDueTooEarly = ({ askOn, dueOn }: Missed): boolean => askOn > dueOn;

function missesOf(state: PathState, asks: Asks): Missed[] {
  return decisionsOf(state).flatMap((decision) => {
    const askOn = asks.get(decision.key);
    if (decision.optional === true || askOn === undefined) return [];
    return concerned(state, decision).flatMap((party): Missed[] => {
      if (findAsk(state, decision.key, party) !== undefined) return [];
      const { body, source } = bodyOf(state, decision, party);
      const next = firstSession(source, body, askOn);
      const dueOn = decisionDue(state, decision, party);
      if (next !== undefined && next.on <= dueOn) return [];
      const holiday = holidaySessions(source, askOn, dueOn).find((on) => agendaCutoff(on, body) >= askOn);
      return [
        {
          ...{ decision, party, dueOn, askOn, assumed: next?.source === 'assumed' },
          ...(next && { nextSession: next.on }),
          ...(holiday && { holiday }),
        },
      ];
    });
  });
}
