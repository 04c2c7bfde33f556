/** One region: what to do now, where every municipality stands, and what happened last. */
import type { FastifyReply } from 'fastify';
import { stepStates } from '../../../domain/progress.ts';
import { type Standing, standingOf } from '../../../domain/standing.ts';
import { cellOf } from '../../dutch/standing-text.ts';
import { notesAbout } from '../../services/notes.ts';
import { timelineView } from '../../timeline/view.ts';
import type { Dossier } from '../dossier.ts';
import { isWrong, type Problem } from '../forms/fields.ts';
import { historyOf } from '../history.ts';
import { sendPage, type Web } from '../web.ts';
import { frameOf, type OpenPath, tabsOf } from './access.ts';
import { answerList } from './answer-list.ts';
import { checklistToDo } from '../dossier-pages/due.ts';
import { commandForms } from './command-form.ts';
import { conditionsCard } from './conditions.ts';
import { gridOf } from './grid.ts';
import { headOf } from './head.ts';
import { lawCards } from './laws.ts';
import { noteViews } from './notes-page.ts';
import { conditionsInBrief, numberCards } from './numbers.ts';
import { LEAVING_DAYS, leavingOf } from './post/leaving.ts';
import { postLine } from './post/to-do.ts';
import { callsOf, foreseenOf, milestonesOf, readyOf, tasksToDo, undeliveredOf, withoutContact } from './to-do.ts';

const LATEST = 5;
const NOTES = 3;

export async function sendPath(
  web: Web,
  reply: FastifyReply,
  open: OpenPath,
  options: { isDone: boolean; isStarted?: boolean; problem?: Problem },
): Promise<FastifyReply> {
  const { dossier, home, mayChange } = open;
  const { state } = dossier;
  const standing = standingOf(state, dossier.now);
  const forms = commandForms(open, home, options.problem);
  const isEnded = state.ending !== undefined;
  const isOpen = mayChange && !isEnded;
  const [latest, confirmed, entries, notes] = await Promise.all([
    web.store.events.latestSaid(state.id, LATEST),
    state.undelivered.length === 0 ? [] : web.store.events.eventsOfType(state.id, 'address-confirmed'),
    state.undelivered.length === 0 ? [] : web.store.ledger.entriesOf(state.id),
    notesAbout(web.store, open.session, state, { limit: NOTES }),
  ]);
  const view = {
    ...headOf(dossier),
    checklist: checklistToDo(dossier, await web.store.checklist.tickedOf(state.id)),
    tabs: tabsOf(open, 'path'),
    ...{ home, isEnded, isDone: options.isDone, isStarted: options.isStarted ?? false },
    numbers: numberCards(dossier, standing),
    inBrief: conditionsInBrief(dossier),
    timeline: timelineView(dossier, (party) => `${home}/gemeenten/${party}`),
    needsRoute: isOpen && state.definition.routes.length > 0 && state.route === undefined,
    calls: isEnded ? [] : callsOf(dossier),
    foreseen: isEnded ? { early: [], noSession: [] } : foreseenOf(dossier),
    ready: isEnded ? [] : readyOf(dossier, mayChange ? forms : undefined),
    tasks: isEnded ? [] : tasksToDo(dossier, mayChange ? forms : undefined),
    ...(isOpen ? milestonesOf(dossier, forms) : { submission: undefined, decision: undefined, closes: undefined }),
    withoutContact: isEnded || !mayChange ? undefined : withoutContact(dossier),
    undelivered: undeliveredOf(dossier, { events: confirmed, entries }),
    post: isEnded ? undefined : { ...postLine(dossier), ...leavingOf(dossier), days: LEAVING_DAYS },
    mayChange,
    steps: stepsOf(dossier, standing),
    conditions: conditionsCard(dossier),
    grid: gridOf(dossier),
    answers: answerList(dossier),
    laws: isEnded ? [] : lawCards(dossier),
    history: historyOf(dossier, latest),
    notes: noteViews(open, notes),
  };
  const summary = forms.summary();
  const { early, noSession } = view.foreseen;
  const warnings = view.post?.warnings ?? [];
  const toDo = [
    view.calls,
    early,
    noSession,
    view.undelivered,
    view.ready,
    view.tasks,
    warnings,
    view.checklist?.items ?? [],
  ];
  const hasNothing = toDo.every((list) => list.length === 0);
  const isQuiet = hasNothing && view.submission === undefined && view.decision === undefined;
  return sendPage(web, reply, 'path', frameOf(open, dossier.partnership, isWrong(options.problem)), {
    ...view,
    isQuiet,
    summary,
  });
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
