/** The course of the path itself: tasks, route, deadlines, pauses, submission, outcome, end. */
import type { CommandData } from '../commands.ts';
import { askKey } from '../ids.ts';
import { conditionDates, findDecision, findTask, isOnRoute, namedDates, tasksOf } from '../lookup.ts';
import { entryOf } from '../records.ts';
import { decisionDue, taskDue } from '../schedule.ts';
import { type Context, type Deciders, checkDate, checkText, decisionFor, isRefused, refuse } from './context.ts';

function taskOf({ state }: Context, key: string) {
  const task = findTask(state, key);
  if (task === undefined) return refuse('unknown-task', { task: key });
  return isOnRoute(state, key) ? task : refuse('not-on-route', { item: key });
}

/** The present value of the date that a command wants to move; `not-given` for one that only a condition counts from. */
function currentDeadline(context: Context, { item, party }: CommandData['move-deadline']) {
  const { state } = context;
  if (party !== undefined) {
    const decision = decisionFor(context, item, party);
    return isRefused(decision) ? decision : decisionDue(state, decision, party);
  }
  const dates = namedDates(state);
  const named = entryOf(dates, item);
  if (named !== undefined) return named;
  if (conditionDates(state.round).includes(item)) return 'not-given';
  const task = findTask(state, item);
  const decision = findDecision(state, item);
  if (task === undefined && decision === undefined) return refuse('unknown-item', { item });
  if (!isOnRoute(state, item)) return refuse('not-on-route', { item });
  if (task !== undefined) return taskDue(state, task);
  return decision === undefined ? refuse('unknown-item', { item }) : decisionDue(state, decision);
}

type CourseCommands =
  | 'complete-task'
  | 'reopen-task'
  | 'choose-route'
  | 'move-deadline'
  | 'pause'
  | 'resume'
  | 'record-submission'
  | 'record-decision'
  | 'stop'
  | 'reopen';

export const course: Deciders<CourseCommands> = {
  'complete-task'(context, data) {
    const task = taskOf(context, data.task);
    if (isRefused(task)) return task;
    if (task.kind !== undefined) return refuse('task-has-own-command', { task: task.key });
    if (context.state.tasks[task.key] !== undefined) return refuse('task-done', { task: task.key });
    return [{ type: 'task-completed', data: { task: task.key, on: context.today } }];
  },

  'reopen-task'(context, data) {
    const task = taskOf(context, data.task);
    if (isRefused(task)) return task;
    if (task.kind !== undefined) return refuse('task-has-own-command', { task: task.key });
    if (context.state.tasks[task.key] === undefined) return refuse('task-not-done', { task: task.key });
    return checkText(data.reason, true) ?? [{ type: 'task-reopened', data }];
  },

  /** The route can change until something that only the present one has was sent or done. */
  'choose-route'({ state }, data) {
    if (!state.definition.routes.some((route) => route.key === data.route)) {
      return refuse('unknown-route', { route: data.route });
    }
    if (state.route === data.route) return refuse('nothing-changed');
    const other = { ...state, route: data.route };
    const asked = Object.values(state.asks).flatMap((ask) => ask?.decision ?? []);
    const touched = [...asked, ...Object.keys(state.tasks)];
    const lost = touched.find((key) => isOnRoute(state, key) && !isOnRoute(other, key));
    if (lost !== undefined) return refuse('route-fixed', { item: lost });
    return [{ type: 'route-chosen', data }];
  },

  'move-deadline'(context, data) {
    const current = currentDeadline(context, data);
    if (typeof current !== 'string') return current;
    const wrong = checkDate(data.to) ?? checkText(data.reason, true);
    if (wrong) return wrong;
    const mayBePast = conditionDates(context.state.round).includes(data.item);
    if (data.to < context.today && !mayBePast) return refuse('invalid-date', { value: data.to });
    const key = data.party === undefined ? data.item : askKey(data.item, data.party);
    return current === data.to ? refuse('nothing-changed', { item: key }) : [{ type: 'deadline-moved', data }];
  },

  pause({ state }, data) {
    if (state.paused !== undefined) return refuse('path-paused');
    return checkText(data.reason, true) ?? [{ type: 'paused', data }];
  },

  resume({ state }) {
    return state.paused === undefined ? refuse('path-not-paused') : [{ type: 'resumed', data: {} }];
  },

  'record-submission'(context, data) {
    if (context.state.submission !== undefined) return refuse('already-submitted', { on: context.state.submission.on });
    if (!tasksOf(context.state).some((task) => task.kind === 'submission')) return refuse('not-on-route');
    const wrong = checkDate(data.on) ?? checkText(data.number, true);
    if (wrong) return wrong;
    if (data.on > context.today) return refuse('session-in-future', { on: data.on });
    return [{ type: 'submission-recorded', data }];
  },

  'record-decision'(context, data) {
    const { state } = context;
    const hasSubmission = tasksOf(state).some((task) => task.kind === 'submission');
    if (!tasksOf(state).some((task) => task.kind === 'outcome')) return refuse('not-on-route');
    if (hasSubmission && state.submission === undefined) return refuse('not-submitted');
    if (state.outcome !== undefined) return refuse('already-decided', { on: state.outcome.on });
    if (!['granted', 'refused'].includes(data.outcome)) return refuse('invalid-value', { field: 'outcome' });
    const wrong = checkDate(data.on) ?? checkText(data.reason, false);
    if (wrong) return wrong;
    if (data.on > context.today) return refuse('session-in-future', { on: data.on });
    if (data.amount !== undefined && !(Number.isFinite(data.amount) && data.amount >= 0)) {
      return refuse('invalid-value', { field: 'amount' });
    }
    return [{ type: 'decision-recorded', data }];
  },

  stop(_context, data) {
    return checkText(data.reason, true) ?? [{ type: 'stopped', data }];
  },

  /** Only an administrator opens an ended path again. */
  reopen({ state, actor }, data) {
    if (state.ending === undefined) return refuse('path-not-ended');
    if (actor.kind !== 'administrator') return refuse('not-allowed', { needs: 'administrator' });
    return checkText(data.reason, true) ?? [{ type: 'reopened', data }];
  },
};
