/**
 * The expected course of a path: each step opens when what it needs is done, tasks are ticked at the end of their
 * duration, texts are sent as soon as they can be, each body decides at its first possible session, and a script changes
 * what somebody wants to try out. `plan` runs it through the core, `simulate` through the real workflow.
 */
import { type AnswerData, type Command, administrative } from './commands.ts';
import { workingDayOnOrAfter } from './calendar.ts';
import { addDays, instantOf, latest, localDay } from './dates.ts';
import type { Decision, Task } from './definition.ts';
import type { Instant, LocalDate } from './ids.ts';
import { bodyOf, currentAsks, isMunicipality, ruleDate } from './lookup.ts';
import { isWaiting, openTasks, openedOn, readyDecisions } from './progress.ts';
import { firstSession } from './sessions.ts';
import type { Actor, Ask, PathState } from './state.ts';

/** What differs from the expected course. */
export interface Script {
  /** `none`: no body answers, except as scripted. */
  default: 'expected' | 'none';
  outcome: { outcome: 'granted' | 'refused'; amount?: number; reason?: string };
  answers: AnswerData[];
  commands: { on: LocalDate; command: Command }[];
}

export const expectedScript: Script = {
  default: 'expected',
  outcome: { outcome: 'granted' },
  answers: [],
  commands: [],
};

/** Which lines of a script have been played. */
export interface Cursor {
  answers: number[];
  commands: number[];
}

export const startOfScript: Cursor = { answers: [], commands: [] };

export interface Move {
  at: Instant;
  actor: Actor;
  command: Command;
  cursor: Cursor;
}

/** Times of day, in minutes past midnight in Brussels, after the morning mails and apart from each other. */
const AT = { scripted: 13 * 60, task: 14 * 60, request: 15 * 60, milestone: 16 * 60, answer: 21 * 60 };

const atTime = (day: LocalDate, minutes: number, now: Instant): Instant => {
  const at = instantOf(day, minutes);
  return at > now ? at : now;
};

const coordinatorOf = (state: PathState): Actor => ({
  kind: 'coordinator',
  personId: state.coordinator,
  via: 'simulation',
});

function taskMove(state: PathState, task: Task, script: Script, cursor: Cursor, now: Instant): Move {
  const actor = coordinatorOf(state);
  const fixed = task.expected === undefined ? undefined : ruleDate(state, task.expected);
  const opened = openedOn(state, task.key);
  const day = latest([opened, fixed ?? workingDayOnOrAfter(addDays(opened, task.days))]) ?? opened;
  if (task.kind === 'submission') {
    const data = { number: `SIM-${day.slice(0, 4)}`, on: day };
    return { at: atTime(day, AT.milestone, now), actor, command: { type: 'record-submission', data }, cursor };
  }
  if (task.kind === 'outcome') {
    const data = { ...script.outcome, on: day };
    return { at: atTime(day, AT.milestone, now), actor, command: { type: 'record-decision', data }, cursor };
  }
  const command: Command = { type: 'complete-task', data: { task: task.key } };
  return { at: atTime(day, AT.task, now), actor, command, cursor };
}

function answerActor(state: PathState, ask: Ask): Actor {
  const party = state.parties[ask.party];
  if (party !== undefined && isMunicipality(party) && party.contact !== undefined) {
    return { kind: 'contact', personId: party.contact, via: 'simulation' };
  }
  return { ...coordinatorOf(state), onBehalfOf: ask.party };
}

/** The session at which a body decides when all goes as expected. */
function expectedSession(state: PathState, decision: Decision, ask: Ask): LocalDate | undefined {
  if (ask.answer !== undefined && ask.status !== 'requested' && ask.answer.sessionOn !== undefined) {
    return ask.answer.sessionOn;
  }
  const { body, source } = bodyOf(state, decision, ask.party);
  const from = ask.answer?.heldOn ?? localDay(ask.requestedAt);
  return firstSession(source, body, from)?.on;
}

/** The day on which a scripted answer is given: scheduling is news of today, the others come after the session. */
const givenOn = (answer: AnswerData, ask: Ask): LocalDate => {
  const requested = localDay(ask.requestedAt);
  if (answer.answer === 'scheduled') return addDays(requested, 2);
  return answer.on > requested ? answer.on : requested;
};

function answerMove(
  state: PathState,
  ask: Ask,
  decision: Decision,
  script: Script,
  cursor: Cursor,
  now: Instant,
): Move | undefined {
  const actor = answerActor(state, ask);
  const index = script.answers.findIndex(
    (answer, at) => answer.decision === ask.decision && answer.party === ask.party && !cursor.answers.includes(at),
  );
  const scripted = script.answers[index];
  if (scripted !== undefined) {
    const at = atTime(givenOn(scripted, ask), AT.answer, now);
    const next = { ...cursor, answers: [...cursor.answers, index] };
    return { at, actor, command: { type: 'answer', data: scripted }, cursor: next };
  }
  if (script.default === 'none') return undefined;
  const on = expectedSession(state, decision, ask);
  if (on === undefined) return undefined;
  const data: AnswerData = { party: ask.party, decision: ask.decision, answer: 'approved', on };
  return { at: atTime(on, AT.answer, now), actor, command: { type: 'answer', data }, cursor };
}

function askMove(
  state: PathState,
  ask: Ask,
  decision: Decision,
  script: Script,
  cursor: Cursor,
  now: Instant,
): Move | undefined {
  if (isWaiting(ask)) return answerMove(state, ask, decision, script, cursor, now);
  if (ask.status !== 'changed' || ask.answer === undefined) return undefined;
  // Unless the script says otherwise within a month, the coordinator accepts what a council changed.
  const day = workingDayOnOrAfter(addDays(localDay(ask.answer.at), 28));
  const data = { party: ask.party, decision: ask.decision };
  return {
    at: atTime(day, AT.task, now),
    actor: coordinatorOf(state),
    command: { type: 'accept-changes', data },
    cursor,
  };
}

function scriptedMoves(state: PathState, script: Script, cursor: Cursor, now: Instant): Move[] {
  return script.commands.flatMap(({ on, command }, index) => {
    if (cursor.commands.includes(index)) return [];
    const isOffice = administrative.includes(command.type);
    const actor: Actor = isOffice ? { kind: 'administrator', via: 'simulation' } : coordinatorOf(state);
    const next = { ...cursor, commands: [...cursor.commands, index] };
    return [{ at: atTime(on, AT.scripted, now), actor, command, cursor: next }];
  });
}

/** What is said next, at or after `now`, when all goes as scripted; undefined when nobody has anything more to say. */
export function nextMove(state: PathState, script: Script, cursor: Cursor, now: Instant): Move | undefined {
  const moves = scriptedMoves(state, script, cursor, now);
  if (state.ending === undefined) {
    for (const { ask, decision } of currentAsks(state)) {
      const move = askMove(state, ask, decision, script, cursor, now);
      if (move !== undefined) moves.push(move);
    }
    for (const { decision, readyOn } of readyDecisions(state)) {
      const at = atTime(workingDayOnOrAfter(readyOn), AT.request, now);
      const command: Command = { type: 'request', data: { decision: decision.key } };
      moves.push({ at, actor: coordinatorOf(state), command, cursor });
    }
    for (const task of openTasks(state)) moves.push(taskMove(state, task, script, cursor, now));
  }
  // The first of the earliest: moves of one moment keep the order of the definition.
  return moves.reduce<Move | undefined>(
    (first, move) => (first === undefined || move.at < first.at ? move : first),
    undefined,
  );
}
