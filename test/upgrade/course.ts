/** What a coordinator and the contacts say to a path until it is granted, as fast as its rules allow. */
import type { PathClient } from '../../client/path-client.ts';
import type { Command } from '../../domain/commands.ts';
import type { Instant, LocalDate, PathId, PersonId } from '../../domain/ids.ts';
import { currentAsks, tasksOf } from '../../domain/lookup.ts';
import { comingTo } from '../../domain/mail-now.ts';
import { keyOf } from '../../domain/mail-orders.ts';
import { isWaiting, openTasks, readyDecisions } from '../../domain/progress.ts';
import type { PathState } from '../../domain/state.ts';

export type Tell = (command: Command) => Promise<PathState>;

/** Says things as who coordinates, each once, and gives the state after it. */
export function coordinatorOf(paths: PathClient, path: PathId): Tell {
  return async (command) => {
    const { coordinator } = await paths.state(path, 30_000);
    const actor = { kind: 'coordinator', via: 'cli', personId: coordinator } as const;
    await paths.command(path, { id: JSON.stringify(command), actor, command }, 30_000);
    return paths.state(path, 30_000);
  };
}

/** Ticks whatever task is open, again and again. */
export async function tickAll(tell: Tell, state: PathState): Promise<PathState> {
  let now = state;
  for (const { key } of tasksOf(state).filter((task) => task.kind === undefined && state.tasks[task.key] === undefined))
    now = await tell({ type: 'complete-task', data: { task: key } });
  return now;
}

/** The mail that asks somebody for a decision, at once instead of on its morning. */
export async function askNow(tell: Tell, state: PathState, to: PersonId, now: Instant): Promise<PathState> {
  const what = comingTo(state, to, now).map(({ firing }) => keyOf(firing));
  return tell({ type: 'send-mail-now', data: { to, what } });
}

/** Everybody approves everything on one day, and it is handed in and granted. */
export async function grant(tell: Tell, begun: PathState, on: LocalDate): Promise<PathState> {
  let state = begun;
  while (state.outcome?.outcome !== 'granted') {
    const before = state.seq;
    state = await tickAll(tell, state);
    for (const { decision } of readyDecisions(state))
      state = await tell({ type: 'request', data: { decision: decision.key } });
    for (const { ask } of currentAsks(state).filter((each) => isWaiting(each.ask)))
      state = await tell({
        type: 'answer',
        data: { party: ask.party, decision: ask.decision, answer: 'approved', on },
      });
    for (const { kind } of openTasks(state)) {
      if (kind === 'submission') state = await tell({ type: 'record-submission', data: { number: 'K-1', on } });
      if (kind === 'outcome') state = await tell({ type: 'record-decision', data: { outcome: 'granted', on } });
    }
    if (state.seq === before) throw new Error('nothing can be said any more, and it is not granted');
  }
  return state;
}
