/** One region: what to do now, where every municipality stands, and what happened last. */
import type { FastifyReply } from 'fastify';
import { addDays, daysBetween } from '../../../domain/dates.ts';
import { municipalities, namedDate } from '../../../domain/lookup.ts';
import { stepStates } from '../../../domain/progress.ts';
import { sessions } from '../../../domain/sessions.ts';
import { type Standing, standingOf } from '../../../domain/standing.ts';
import { withArticle } from '../../../templates/dutch.ts';
import type { Dossier } from '../dossier.ts';
import { isWrong, type Problem } from '../forms/fields.ts';
import { fullDay, moment, shortDayOf } from '../../dutch/format.ts';
import { cellOf } from '../../dutch/standing-text.ts';
import { historyOf } from '../history.ts';
import { sendPage, type Web } from '../web.ts';
import { frameOf, type OpenPath, tabsOf } from './access.ts';
import { commandForms } from './command-form.ts';
import { conditionsCard } from './conditions.ts';
import { gridOf } from './grid.ts';
import { lawCards } from './laws.ts';
import { postLine } from './post/to-do.ts';
import { callsOf, foreseenOf, milestonesOf, readyOf, tasksToDo, undeliveredOf } from './to-do.ts';

const LATEST = 5;
const SESSIONS_SHOWN = 4;

export async function sendPath(
  web: Web,
  reply: FastifyReply,
  open: OpenPath,
  options: { isDone: boolean; problem?: Problem },
): Promise<FastifyReply> {
  const { dossier, home } = open;
  const { state } = dossier;
  const standing = standingOf(state, dossier.now);
  const forms = commandForms(open, home, options.problem);
  const isEnded = state.ending !== undefined;
  const [events, entries] = await Promise.all([
    web.store.events.eventsOf(state.id),
    state.undelivered.length === 0 ? [] : web.store.ledger.entriesOf(state.id),
  ]);
  const view = {
    ...headOf(dossier),
    tabs: tabsOf(open, 'path'),
    ...{ home, isEnded, isDone: options.isDone },
    numbers: numbersOf(dossier, standing),
    needsRoute: state.definition.routes.length > 0 && state.route === undefined && !isEnded,
    calls: isEnded ? [] : callsOf(dossier),
    foreseen: isEnded ? { early: [], noSession: [] } : foreseenOf(dossier),
    ready: isEnded ? [] : readyOf(dossier, forms),
    tasks: isEnded ? [] : tasksToDo(dossier, forms),
    ...(isEnded ? { submission: undefined, decision: undefined, closes: undefined } : milestonesOf(dossier, forms)),
    undelivered: undeliveredOf(dossier, { events, entries }),
    post: isEnded ? undefined : postLine(dossier),
    steps: stepsOf(dossier, standing),
    conditions: conditionsCard(dossier),
    grid: gridOf(dossier),
    laws: isEnded ? [] : lawCards(dossier),
    sessions: sessionsOf(dossier),
    history: historyOf(dossier, events).slice(0, LATEST),
  };
  const summary = forms.summary();
  const { early, noSession } = view.foreseen;
  const warnings = view.post?.warnings ?? [];
  const toDo = [view.calls, early, noSession, view.undelivered, view.ready, view.tasks, warnings];
  const hasNothing = toDo.every((list) => list.length === 0);
  const isQuiet = hasNothing && view.submission === undefined && view.decision === undefined;
  return sendPage(web, reply, 'path', frameOf(open, dossier.partnership, isWrong(options.problem)), {
    ...view,
    isQuiet,
    summary,
  });
}

/** The head of every page of a path. */
export function headOf(dossier: Dossier) {
  const { state, words, texts, partnership, referenceRegion } = dossier;
  const what = state.round === undefined ? words.title : words.round(state.round.key).title;
  const { ending, outcome, submission, paused } = state;
  return {
    partnership,
    overline: [referenceRegion, what, words.topic, routeText(dossier)].filter((text) => text !== undefined).join(' · '),
    ending: ending && texts.text(`overview.ended.${ending.outcome}`),
    endedOn: ending && moment(ending.at),
    endingReason: ending?.reason,
    paused: paused?.reason,
    submitted:
      submission && texts.text('event.submission-recorded', { number: submission.number, on: fullDay(submission.on) }),
    outcome: outcome && texts.text(`event.${outcome.outcome}`, { on: fullDay(outcome.on) }),
  };
}

/** The chosen route; undefined where there is none to choose. */
function routeText({ state, words, texts }: Dossier): string | undefined {
  if (state.route !== undefined) return words.route(state.route).short;
  return state.definition.routes.length === 0 ? undefined : texts.text('path.no-route');
}

function numbersOf(dossier: Dossier, standing: Standing) {
  const { state, texts, today } = dossier;
  const closes = namedDate(state, 'closesOn');
  const { onCourse } = standing;
  const steps = stepStates(state);
  const left = closes === undefined ? undefined : daysBetween(today, closes);
  const number = (key: string, values: Record<string, string | number>) => ({
    value: texts.text(`path.number.${key}`, values),
    label: texts.text(`path.number.${key}-label`, values),
  });
  return [
    ...(closes === undefined || left === undefined || left < 0 || state.submission !== undefined
      ? []
      : [number('days', { count: left, day: fullDay(closes) })]),
    number('course', { good: onCourse.good, all: onCourse.all }),
    number(standing.asked === 0 ? 'none-asked' : 'answers', { approved: standing.approved, asked: standing.asked }),
    number('steps', { done: steps.filter((step) => step.status === 'done').length, all: steps.length }),
  ];
}

function stepsOf({ state, words, texts }: Dossier, standing: Standing) {
  const states = new Map(stepStates(state).map((step) => [step.step, step]));
  return state.definition.steps.map((step, index) => {
    const found = states.get(step.key);
    return {
      number: index + 1,
      title: words.step(step.key).title,
      cell: cellOf(standing.steps[index] ?? { step: step.key, sign: 'off', count: 0 }, texts),
      progress: found === undefined ? '' : `${String(found.done)}/${String(found.total)}`,
    };
  });
}

/** The coming sessions of the body that decides most. */
function sessionsOf(dossier: Dossier) {
  const { state, words, today } = dossier;
  const body = Object.keys(state.definition.bodies).find((key) => {
    const each = state.definition.bodies[key];
    return each?.per === 'municipality' && each.assumed.every === 'month';
  });
  const definition = body === undefined ? undefined : state.definition.bodies[body];
  if (body === undefined || definition === undefined) return undefined;
  return {
    title: withArticle(words.body(body).title, words.body(body).article),
    rows: municipalities(state).map((party) => {
      const coming = sessions(party.sessions[body], definition, today, addDays(today, 400)).slice(0, SESSIONS_SHOWN);
      return {
        name: words.party(party.id),
        href: `/paden/${encodeURIComponent(state.id)}/gemeenten/${party.id}`,
        isEstimate: coming.every(({ source }) => source === 'assumed'),
        days: coming.map(({ on, source }) => ({
          text: shortDayOf(on, today),
          isEstimate: source === 'assumed',
        })),
      };
    }),
  };
}
