/** What is done, what is open, and since when. All of it is derived: nothing here is stored. */
import { latest, localDay } from './dates.ts';
import type { Decision, ItemKey, Task } from './definition.ts';
import type { LocalDate } from './ids.ts';
import {
  concerned,
  decisionsOf,
  findAsk,
  findDecision,
  findStep,
  findTask,
  isOnRoute,
  isRouted,
  needsOf,
  ruleDate,
  stepsOf,
  tasksOf,
} from './lookup.ts';
import { remembered } from './remembered.ts';
import type { Ask, PathState } from './state.ts';

export const isSettled = (ask: Ask | undefined): boolean => ask?.status === 'approved' || ask?.status === 'waived';
/** The party still owes an answer. */
export const isWaiting = (ask: Ask): boolean =>
  ask.status === 'requested' || ask.status === 'scheduled' || ask.status === 'adjourned';
/** The coordinator must choose how to go on. */
export const needsCall = (ask: Ask): boolean => ask.status === 'changed' || ask.status === 'rejected';

/** The session at which a body decided, for or against; undefined while it has not. */
export const decidedOn = ({ answer }: Ask): LocalDate | undefined =>
  answer === undefined || answer.kind === 'scheduled' || answer.kind === 'adjourned' ? undefined : answer.sessionOn;

export const startedOn = (state: PathState): LocalDate => localDay(state.startedAt);

/** The items of a step that hold it up. */
function requiredItems(state: PathState, step: ItemKey): ItemKey[] {
  const found = findStep(state, step);
  if (found === undefined) return [];
  return [...found.tasks, ...found.decisions]
    .filter((item) => item.optional !== true && isOnRoute(state, item.key))
    .map((item) => item.key);
}

/** True when a step, task or decision is done; what the route lacks counts as done. */
export const isDone = remembered((state, key: ItemKey): boolean => {
  if (!isOnRoute(state, key)) return true;
  if (findTask(state, key) !== undefined) return state.tasks[key] !== undefined;
  const decision = findDecision(state, key);
  if (decision !== undefined) {
    const parties = concerned(state, decision);
    return parties.length > 0 && parties.every((party) => isSettled(findAsk(state, key, party)));
  }
  return requiredItems(state, key).every((item) => isDone(state, item));
});

/** The days on which parties left that still owed a decision: until then it waited for them. */
const leftOwing = (state: PathState, decision: ItemKey): LocalDate[] =>
  Object.values(state.parties).flatMap((party) => {
    if (party?.leftOn === undefined) return [];
    const ask = findAsk(state, decision, party.id);
    return ask === undefined || isSettled(ask) ? [] : [party.leftOn];
  });

/** The day on which something became done; the path's first day for what was done before it. */
export function doneOn(state: PathState, key: ItemKey): LocalDate {
  const start = startedOn(state);
  const task = state.tasks[key];
  if (task !== undefined) return task.on > start ? task.on : start;
  const decision = findDecision(state, key);
  if (decision !== undefined) {
    const days = concerned(state, decision).map((party) => {
      const ask = findAsk(state, key, party);
      const at = ask?.settledAt ?? ask?.answer?.at;
      return at === undefined ? start : localDay(at);
    });
    return latest([start, ...days, ...leftOwing(state, key)]) ?? start;
  }
  return latest([start, ...requiredItems(state, key).map((item) => doneOn(state, item))]) ?? start;
}

/** What a step, task or decision still waits for. */
export const missingNeeds = (state: PathState, key: ItemKey): ItemKey[] =>
  needsOf(state, key).filter((need) => !isDone(state, need));

export const isOpen = (state: PathState, key: ItemKey): boolean => missingNeeds(state, key).length === 0;

/** The day on which the last thing that it needed was done, and the route was chosen on which it is. */
export const openedOn = remembered((state, key: ItemKey): LocalDate => {
  const start = startedOn(state);
  return (
    latest([
      start,
      ...(state.addedOn?.[key] === undefined ? [] : [state.addedOn[key]]),
      ...(state.routeChosenOn !== undefined && isRouted(state, key) ? [state.routeChosenOn] : []),
      ...needsOf(state, key)
        .filter((need) => isOnRoute(state, need))
        .map((need) => doneOn(state, need)),
    ]) ?? start
  );
});

export const openTasks = remembered((state): readonly Task[] =>
  tasksOf(state).filter((task) => !isDone(state, task.key) && isOpen(state, task.key)),
);

/** Decisions whose texts can be sent to parties that have not been asked yet, and from which day. */
export const readyDecisions = remembered((state): readonly { decision: Decision; readyOn: LocalDate }[] =>
  decisionsOf(state)
    .filter(
      (decision) =>
        isOpen(state, decision.key) &&
        concerned(state, decision).some((party) => findAsk(state, decision.key, party) === undefined),
    )
    .map((decision) => {
      const opened = openedOn(state, decision.key);
      const from = decision.askFrom === undefined ? undefined : ruleDate(state, decision.askFrom);
      return { decision, readyOn: from !== undefined && from > opened ? from : opened };
    }),
);

/** Everything that is not optional and not done. */
export function openItems(state: PathState): ItemKey[] {
  return stepsOf(state)
    .flatMap((step) => requiredItems(state, step.key))
    .filter((key) => !isDone(state, key));
}

export interface StepState {
  step: ItemKey;
  status: 'done' | 'open' | 'waiting';
  done: number;
  total: number;
}

/** One line for each step of the route: how much of what it requires is done. */
export function stepStates(state: PathState): StepState[] {
  return stepsOf(state).map((step) => {
    const items = requiredItems(state, step.key);
    const done = items.filter((item) => isDone(state, item)).length;
    const isBusy = done > 0 || items.some((item) => isOpen(state, item));
    return {
      step: step.key,
      status: done === items.length ? 'done' : isBusy ? 'open' : 'waiting',
      done,
      total: items.length,
    };
  });
}
