/** A path as data for a program. Free words and people are left out for who may not see its people. */
import type { z } from 'zod';
import { conditionsOf, type ConditionState } from '../../domain/conditions.ts';
import type { Instant } from '../../domain/ids.ts';
import { nisOf } from '../../domain/ids.ts';
import { findAsk, namedDates, tasksOf } from '../../domain/lookup.ts';
import { stepStates } from '../../domain/progress.ts';
import { type AskSchedule, schedule } from '../../domain/schedule.ts';
import { type Concern, standingOf } from '../../domain/standing.ts';
import type { Party, PathState } from '../../domain/state.ts';
import type { PathWords } from '../dutch/words.ts';
import { conditionReports } from '../report/conditions.ts';
import type { OpenPath } from './open-path.ts';
import type { ask as askSchema, concern as concernSchema, pathDetail } from './schemas/path.ts';

type PathView = z.input<typeof pathDetail>;
type AskView = z.input<typeof askSchema>;

export const versionOf = ({ key, version }: { key: string; version: number }) => ({ key, version });

/** A concern names no person: it is shown as it is. */
export const concernView = (concern: Concern): z.input<typeof concernSchema> => concern;

export const roundOf = ({ round }: Pick<PathState, 'round'>) =>
  round && { key: round.key, version: round.version, status: round.status };

const statusOf = (state: PathState): PathView['status'] =>
  state.ending?.outcome ?? (state.paused === undefined ? 'running' : 'paused');

export function partyView(party: Party, words: PathWords, seesPeople: boolean): PathView['parties'][number] {
  const { id, joinedOn, leftOn, mergedInto, contribution, facts, contact, deputy } = party;
  return {
    ...{ id, joinedOn, name: words.party(id) },
    ...(leftOn !== undefined && { leftOn }),
    ...(mergedInto !== undefined && { mergedInto }),
    ...(contribution !== undefined && { contribution }),
    ...(facts.inhabitants !== undefined && { inhabitants: facts.inhabitants }),
    ...(seesPeople && contact !== undefined && { contact }),
    ...(seesPeople && deputy !== undefined && { deputy }),
  };
}

function tasksView(state: PathState, now: Instant): PathView['tasks'] {
  const optional = new Set(tasksOf(state).flatMap(({ key, optional: is }) => (is === true ? [key] : [])));
  return schedule(state, now).tasks.map(({ task, dueOn, status }) => {
    const doneOn = state.tasks[task]?.on;
    return { key: task, status, dueOn, ...(doneOn !== undefined && { doneOn }), isOptional: optional.has(task) };
  });
}

/** What became of it. Why is in the words of who did it. */
function endingView({ submission, outcome, paused, ending }: PathState, seesPeople: boolean) {
  const because = (reason: string | undefined) => (seesPeople && reason !== undefined ? { reason } : {});
  return {
    ...(submission && { submission }),
    ...(outcome && {
      outcome: {
        ...{ outcome: outcome.outcome, on: outcome.on },
        ...(outcome.amount !== undefined && { amount: outcome.amount }),
        ...because(outcome.reason),
      },
    }),
    ...(paused && { paused: { since: paused.since, ...because(paused.reason) } }),
    ...(ending && {
      ending: { outcome: ending.outcome, at: ending.at, open: ending.open, ...because(ending.reason) },
    }),
  };
}

export const conditionViews = (conditions: readonly ConditionState[], words: PathWords): PathView['conditions'] =>
  conditionReports(conditions, (id) => words.party(id)).map(({ key, kind, status, isDraft, message }) => ({
    ...{ key, kind, status, isDraft, message },
  }));

export function pathView(open: OpenPath, words: PathWords, now: Instant): PathView {
  const { state, partnership, referenceRegion, seesPeople, mayChange } = open;
  const { weight, approved, asked, concerns } = standingOf(state, now);
  const round = roundOf(state);
  const parties = Object.values(state.parties).flatMap((party) => party ?? []);
  return {
    ...{ id: state.id, partnership, status: statusOf(state), seq: state.seq, startedAt: state.startedAt, mayChange },
    definition: versionOf(state.definition),
    ...(referenceRegion !== undefined && { referenceRegion }),
    ...(round && { round }),
    ...(state.route !== undefined && { route: state.route }),
    ...(state.topic !== undefined && { topic: state.topic }),
    ...(seesPeople && { coordinator: state.coordinator }),
    ...(seesPeople && state.deputyCoordinator !== undefined && { deputyCoordinator: state.deputyCoordinator }),
    dates: namedDates(state),
    steps: stepStates(state).map(({ step, status, done, total }) => ({ key: step, status, done, total })),
    tasks: tasksView(state, now),
    parties: parties.filter(({ id }) => nisOf(id) !== undefined).map((party) => partyView(party, words, seesPeople)),
    conditions: conditionViews(conditionsOf(state), words),
    standing: { weight, approved, asked, concerns: concerns.map(concernView) },
    ...endingView(state, seesPeople),
  };
}

function answerView(state: PathState, { decision, party }: AskSchedule, seesPeople: boolean) {
  const answer = findAsk(state, decision, party)?.answer;
  if (answer === undefined) return {};
  const { kind, sessionOn, heldOn, at, by, answeredBy, changes, reason, reference } = answer;
  const words = {
    by,
    ...(answeredBy !== undefined && { answeredBy }),
    ...(changes !== undefined && { changes }),
    ...(reason !== undefined && { reason }),
    ...(reference !== undefined && { reference }),
  };
  return {
    answer: {
      ...{ kind, at },
      ...(sessionOn !== undefined && { sessionOn }),
      ...(heldOn !== undefined && { heldOn }),
      ...(seesPeople && words),
    },
  };
}

/** Every decision for every party it concerns, asked or not. */
export function asksView({ state, seesPeople }: OpenPath, now: Instant): AskView[] {
  return schedule(state, now).asks.map((each): AskView => {
    const { key, decision, party, body, status, risk, dueOn, sessionsLeft, assumed } = each;
    const asked = findAsk(state, decision, party);
    return {
      ...{ key, decision, party, body, status, risk, dueOn, sessionsLeft, isEstimate: assumed },
      ...(each.textsBy !== undefined && { textsBy: each.textsBy }),
      ...(each.lastSession !== undefined && { lastSession: each.lastSession }),
      ...(each.lastCutoff !== undefined && { lastCutoff: each.lastCutoff }),
      ...(each.nextSession !== undefined && { nextSession: each.nextSession }),
      ...(each.nextCutoff !== undefined && { nextCutoff: each.nextCutoff }),
      ...(asked && {
        ...{ attempt: asked.attempt, textVersion: asked.textVersion, requestedAt: asked.requestedAt },
        ...answerView(state, each, seesPeople),
      }),
    };
  });
}
