/** What an administrator would lose: a newer round or definition that stops halfway, or that a path forgets in its next run. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyRenewal, definitionRenewal } from '../../client/renewal.ts';
import { localDay } from '../../domain/dates.ts';
import { decisionDue } from '../../domain/schedule.ts';
import { evolve } from '../../domain/evolve.ts';
import { asInstant, type PathId } from '../../domain/ids.ts';
import { findDecision } from '../../domain/lookup.ts';
import type { Command } from '../../domain/commands.ts';
import type { Definition, Round } from '../../domain/definition.ts';
import type { PathState } from '../../domain/state.ts';
import { administrator, day, roundOf, start } from '../core/world.ts';
import { Stack, coordinatorOf } from './stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start();
  await stack.startWorker();
});
afterAll(() => stack.stop());

const { definition } = start();
const round = roundOf(start() as never);
const newer: Round = { ...round, version: 2, dates: { ...round.dates, opensOn: day('2031-02-06') } };
/** Another first step: everything else as it was. */
const upgraded: Definition = {
  ...definition,
  version: definition.version + 1,
  steps: definition.steps.map((step, index) =>
    index === 0 ? { ...step, tasks: [...step.tasks, { key: 'extra', needs: [], days: 20, reminders: 'task' }] } : step,
  ),
};

const tick: Command = { type: 'complete-task', data: { task: 'own-time' } };
const untick: Command = { type: 'reopen-task', data: { task: 'own-time', reason: 'toch niet' } };
const tell = (path: PathId, id: string, command: Command, actor = coordinatorOf(path)) =>
  stack.paths.command(path, { id, actor, command }, 20_000);
const dueOf = (state: PathState): string => {
  const decision = findDecision(state, 'declaration-of-intent');
  return decision === undefined ? '' : decisionDue(state, decision);
};

describe('a path that runs', () => {
  it('goes on with a newer round and a newer definition, in later runs too', async () => {
    const path = await stack.startPath('renewed', { continueAfterEvents: 20 });
    const applied = await tell(path, 'round-2', { type: 'apply-round', data: { round: newer } }, administrator);
    await tell(path, 'definition-2', { type: 'apply-definition', data: { definition: upgraded } }, administrator);
    await tell(path, 'extra', { type: 'complete-task', data: { task: 'extra' } });
    // How much fits in a run depends on how fast it goes.
    for (let index = 0; index < 100 && (index < 20 || (await stack.runs(path)) <= 2); index += 1) {
      await tell(path, `tick-${String(index)}`, index % 2 === 0 ? tick : untick);
    }
    expect(await stack.runs(path)).toBeGreaterThan(2);
    const state = await stack.paths.state(path);
    expect(dueOf(state)).toBe('2031-07-31');
    expect(state.tasks['extra']).toBeDefined();
    expect(await tell(path, 'round-2', { type: 'apply-round', data: { round: newer } }, administrator)).toEqual(
      applied,
    );
    await expect(
      tell(path, 'again', { type: 'apply-round', data: { round: newer } }, administrator),
    ).rejects.toMatchObject({ refusal: { code: 'nothing-changed' } });
    await stack.recorded(path, state.seq);
    const events = await stack.store.events.eventsOf(path);
    expect(events.reduce<PathState | undefined>(evolve, undefined)).toEqual(state);
  });

  it('costs no more than its definition to upgrade', async () => {
    const path = await stack.startPath('costs');
    const now = asInstant(Date.now());
    const renewal = await definitionRenewal(stack, path, upgraded, now, 'nieuwe taak');
    expect(await applyRenewal(stack.paths, renewal)).toBe('applied');
    const { events } = await stack.client.workflow.getHandle(`path/${path}`).fetchHistory();
    const accepted = events?.find(({ workflowExecutionUpdateAcceptedEventAttributes: update }) => update);
    const payload =
      accepted?.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.args?.payloads?.[0];
    expect(payload?.data?.length).toBeLessThan(JSON.stringify(upgraded).length + 1000);
    expect(payload?.data?.length).toBeLessThan(50_000);
  });

  it('refuses a definition in which an answer would be lost, and stays as it is', async () => {
    const path = await stack.startPath('kept');
    const answer = {
      party: 'nis:23002',
      decision: 'declaration-of-intent',
      answer: 'approved',
      on: localDay(asInstant(Date.now())),
    };
    await tell(path, 'early', { type: 'answer', data: answer as never });
    const without = {
      ...upgraded,
      steps: upgraded.steps.map((step) => ({
        ...step,
        decisions: step.decisions.filter(({ key }) => key !== 'declaration-of-intent'),
      })),
    };
    const renewal = await definitionRenewal(stack, path, without, asInstant(Date.now()));
    expect(renewal.shown).toMatchObject({ code: 'answers-would-be-lost', detail: { party: 'nis:23002' } });
    expect(await applyRenewal(stack.paths, renewal)).toMatchObject({ code: 'answers-would-be-lost' });
    expect((await stack.paths.state(path)).definition.version).toBe(definition.version);
  });
});
