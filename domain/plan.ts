/** The core, run over the expected course without a server: what would happen, and which mails would go out. */
import { type Cursor, type Script, nextMove, startOfScript } from './course.ts';
import { decide, numbered } from './decide.ts';
import { attempted, clockActor, closed, starterOf } from './clockwork.ts';
import { nextDue } from './due.ts';
import type { PathEvent, PathStart } from './events.ts';
import { evolve } from './evolve.ts';
import type { Instant } from './ids.ts';
import type { Message } from './message.ts';
import { type Refusal, isRefusal } from './refusals.ts';
import type { PathState } from './state.ts';

export interface SentMessage {
  at: Instant;
  message: Message;
}

/** A command of the script that the path did not accept. */
export interface RefusedMove {
  at: Instant;
  command: string;
  refusal: Refusal;
}

export interface CourseRun {
  events: PathEvent[];
  mails: SentMessage[];
  refused: RefusedMove[];
  state: PathState;
}

/** Called with the state after each event; lets a caller look at the path as it was then. */
export type Watch = (state: PathState, event: PathEvent) => void;

/** More turns than any path can need: a definition that never comes to rest is a fault, said at once. */
const MAX_TURNS = 50_000;

/** The first event of a path. */
function startEvent(start: PathStart, from: Instant): PathEvent {
  const [event] = numbered(undefined, [{ type: 'path-started', data: start }], starterOf(start), from);
  if (event === undefined) throw new Error('a path has no first event');
  return event;
}

/** A path as it is when it starts. */
export const startedState = (start: PathStart, from: Instant): PathState => evolve(undefined, startEvent(start, from));

/**
 * Runs a path from a moment until it ends or the horizon passes. Every mail is taken by the mail server.
 * Throws when the course does not come to rest within MAX_TURNS turns.
 */
export function runCourse(start: PathStart, from: Instant, until: Instant, script: Script, watch?: Watch): CourseRun {
  const event = startEvent(start, from);
  const state = evolve(undefined, event);
  watch?.(state, event);
  const run = continueCourse(state, from, until, script, watch);
  return { ...run, events: [event, ...run.events] };
}

/** The same from a state that a path has reached. In silence nobody says anything: only what is due happens. */
export function continueCourse(
  reached: PathState,
  from: Instant,
  until: Instant,
  script: Script | 'silence',
  watch?: Watch,
): CourseRun {
  const run: CourseRun = { events: [], mails: [], refused: [], state: reached };
  let now = from;
  let cursor: Cursor = startOfScript;
  const apply = (events: PathEvent[]): void => {
    for (const event of events) {
      run.state = evolve(run.state, event);
      run.events.push(event);
      watch?.(run.state, event);
    }
  };
  for (let turn = 0; turn < MAX_TURNS; turn += 1) {
    const due = nextDue(run.state, now);
    const move = script === 'silence' ? undefined : nextMove(run.state, script, cursor, now);
    const isDueFirst = due !== undefined && (move === undefined || due.at <= move.at);
    const at = isDueFirst ? due.at : move?.at;
    if (at === undefined || at > until) return run;
    now = at;
    if (isDueFirst) {
      run.mails.push(...due.messages.map((message) => ({ at, message })));
      const draft =
        due.messages.length > 0 ? attempted(due.messages, () => ({ outcome: 'accepted' }), at) : closed(run.state);
      apply(numbered(run.state, [draft], clockActor, at));
    } else if (move !== undefined) {
      cursor = move.cursor;
      const outcome = decide(run.state, move.command, move.actor, now);
      if (isRefusal(outcome)) run.refused.push({ at, command: move.command.type, refusal: outcome });
      else apply(outcome);
    }
  }
  throw new Error(`the course of ${reached.id} did not come to rest`);
}
