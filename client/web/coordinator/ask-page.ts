/** One decision for one party: what was said, the answer on its behalf, and what the coordinator chooses. */
import type { FastifyReply } from 'fastify';
import type { Decision } from '../../../domain/definition.ts';
import { asPartyId, type PartyId } from '../../../domain/ids.ts';
import { concerned, findAsk, findDecision, isOnRoute, isMunicipality } from '../../../domain/lookup.ts';
import { decidedOn, isWaiting } from '../../../domain/progress.ts';
import { askSchedule } from '../../../domain/schedule.ts';
import type { Ask } from '../../../domain/state.ts';

import { answerForm } from '../answers/form.ts';
import { keptFile, referenceValue } from '../evidence.ts';
import { evidenceFields } from '../evidence-form.ts';
import { textLinks } from '../drafts/links.ts';
import { PageError, sentenceOf } from '../failures.ts';
import {
  confirmation,
  type ErrorSummary,
  type FieldSpec,
  type FormView,
  type Problem,
  isWrong,
} from '../forms/fields.ts';
import { fullDay } from '../../dutch/format.ts';
import { concernsParty, historyOf } from '../history.ts';
import { bodyOfParty, notedView } from '../municipality/asks.ts';
import { sendPage, type Web } from '../web.ts';
import { frameOf, type OpenPath, tabsOf } from './access.ts';
import { aftermathView, datesView } from './ask-dates.ts';
import { type CommandForms, approvalFields, commandForms } from './command-form.ts';
import { withoutAddress } from './conditions.ts';
import { askAddress, gridCell } from './grid.ts';
import { headOf } from './head.ts';
import { type ChoiceView, choiceView, settlingChoices } from './settling.ts';

export interface OpenAsk {
  decision: Decision;
  party: PartyId;
  /** The address of the page, below the path prefix. */
  page: string;
}

/** Throws when no such decision is asked of such a party. */
export function findOpenAsk({ dossier }: OpenPath, params: { decision: string; party: string }): OpenAsk {
  const { state } = dossier;
  const party = asPartyId(params.party);
  const decision = findDecision(state, params.decision);
  if (decision === undefined || !isOnRoute(state, decision.key)) throw new PageError('unknown-decision');
  if (!concerned(state, decision).includes(party)) throw new PageError('not-concerned');
  return { decision, party, page: askAddress(dossier, decision.key, party) };
}

export async function sendAsk(
  web: Web,
  reply: FastifyReply,
  open: OpenPath,
  { decision, party, page }: OpenAsk,
  options: { isDone: boolean; problem?: Problem },
): Promise<FastifyReply> {
  const { dossier, session } = open;
  const { state, words } = dossier;
  const ask = findAsk(state, decision.key, party);
  const dates = askSchedule(state, decision, party, dossier.now);
  const forms = commandForms(open, page, options.problem);
  const isEnded = state.ending !== undefined;
  const isAwaited = !isEnded && (ask === undefined || isWaiting(ask));
  const isOpen = !isEnded && open.mayChange;
  const answerOptions = {
    ...{ action: `${page}/antwoord`, formToken: session.formToken, problem: options.problem },
    isOnBehalf: true,
  };
  const events = await web.store.events.saidEventsOf(state.id);
  const mine = events.filter(
    (event) => concernsParty(event, party) && 'decision' in event.data && event.data.decision === decision.key,
  );
  const name = words.party(party);
  const title = `${name}: ${words.decision(decision.key).short}`;
  const answer = isAwaited && isOpen ? answerForm(dossier, decision, party, answerOptions) : undefined;
  const correction =
    !isOpen || ask?.answer === undefined
      ? undefined
      : answerForm(dossier, decision, party, { ...answerOptions, corrects: ask.answer });
  const view = {
    ...headOf(dossier),
    tabs: tabsOf(open, 'none'),
    ...{ title, home: open.home, isDone: options.isDone },
    body: isMunicipalityId(dossier, party) ? bodyOfParty(dossier, dates.body, party) : name,
    ask: words.decision(decision.key).ask,
    cell: gridCell(dossier, decision, party),
    due: fullDay(dates.dueOn),
    dates: isAwaited ? datesView(dossier, dates) : undefined,
    aftermath: isMunicipalityId(dossier, party) ? aftermathView(dossier, ask) : undefined,
    isEstimate: isAwaited && dates.assumed,
    version: ask?.textVersion,
    texts: isMunicipalityId(dossier, party) ? textLinks(open, decision, party) : undefined,
    noted: ask && notedView(dossier, ask),
    ...{ answer, correction },
    isCorrecting: options.problem?.form.startsWith('verbetering-') ?? false,
    choices: isOpen ? choicesOf(open, decision, party, forms) : [],
    history: historyOf(dossier, mine),
  };
  const inForm = [answer, correction].some((form) => form?.summary !== undefined);
  return sendPage(web, reply, 'ask', frameOf(open, title, isWrong(options.problem)), {
    ...view,
    summary: inForm ? undefined : (lostAnswer(dossier, options.problem) ?? forms.summary()),
  });
}

/** An answer whose form is no longer on the page: somebody answered before. */
function lostAnswer({ texts, state }: OpenPath['dossier'], problem: Problem | undefined): ErrorSummary | undefined {
  if (problem === undefined || !/^(?:antwoord|verbetering)-/.test(problem.form)) return undefined;
  const why = problem.message ?? sentenceOf(state.ending === undefined ? 'already-answered' : 'path-ended');
  return { id: 'niet-genoteerd', message: `${texts.text('lost.coordinator')} ${why}`, errors: [] };
}

const isMunicipalityId = ({ state }: OpenPath['dossier'], id: PartyId): boolean => {
  const party = state.parties[id];
  return party !== undefined && isMunicipality(party);
};

/** What a coordinator can decide about it, the likely ones first. */
function choicesOf(open: OpenPath, decision: Decision, party: PartyId, forms: CommandForms): ChoiceView[] {
  const { dossier } = open;
  const { texts, state } = dossier;
  const ask = findAsk(state, decision.key, party);
  const hidden = { decision: decision.key, party };
  const reason: FieldSpec = { name: 'reason', label: texts.text('answer.reason'), kind: 'textarea', required: true };
  const choice = (key: string, form: FormView, look?: string): ChoiceView => choiceView(dossier, key, form, look);
  const submit = (key: string): string => texts.text(`ask.${key}.submit`);
  const choices = settlingChoices(open, decision, party, forms);
  // What is not obligatory is let go of, not the municipality.
  if (ask?.status === 'rejected' && decision.optional !== true && isMunicipalityId(dossier, party)) {
    choices.push(
      choice(
        'without',
        forms.form({
          command: 'remove-party',
          submit: submit('without'),
          hidden: { party },
          fields: [
            reason,
            ...approvalFields(open),
            confirmation(texts.text('ask.without.confirm', { party: dossier.words.party(party) })),
          ],
          isQuiet: true,
        }),
        state.round?.conditions && withoutAddress(state.id, party),
      ),
    );
  }
  if (ask?.answer !== undefined) {
    choices.push(choice('evidence', evidenceForm(open, ask, forms)));
  }
  if (ask !== undefined && decidedOn(ask) !== undefined && isMunicipalityId(dossier, party)) {
    const on = { label: texts.text('ask.complaint.on'), hint: texts.text('form.date-hint'), required: true };
    choices.push(
      choice(
        'complaint',
        forms.form({
          ...{ command: 'record-complaint', submit: submit('complaint'), hidden, isQuiet: true },
          fields: [{ name: 'on', kind: 'date', ...on }],
        }),
      ),
    );
  }
  if (decision.optional === true && ask?.status !== 'waived') {
    choices.push(
      choice(
        'waive',
        forms.form({ command: 'waive', submit: submit('waive'), hidden, fields: [reason], isQuiet: true }),
      ),
    );
  }
  if (ask === undefined || isWaiting(ask)) {
    choices.push(choice('move', moveForm(open, decision, party, forms, reason)));
    if (isMunicipalityId(dossier, party)) choices.push(choice('body', bodyForm(open, decision, party, forms, reason)));
  }
  return choices;
}

function evidenceForm({ dossier }: OpenPath, { party, decision, answer }: Ask, forms: CommandForms): FormView {
  const { texts } = dossier;
  const kept = keptFile(dossier, { party, decision }, undefined, forms.sent('add-evidence'));
  const value = referenceValue(dossier, answer?.reference);
  return forms.form({
    ...{ command: 'add-evidence', submit: texts.text('ask.evidence.submit'), isQuiet: true },
    hidden: { decision, party, ...kept.hidden },
    fields: evidenceFields(dossier, { label: texts.text('ask.evidence.reference'), value }, kept.hint),
  });
}

function moveForm(
  { dossier }: OpenPath,
  decision: Decision,
  party: PartyId,
  forms: CommandForms,
  reason: FieldSpec,
): FormView {
  const { texts } = dossier;
  const to: FieldSpec = {
    name: 'to',
    label: texts.text('manage.to'),
    kind: 'date',
    hint: texts.text('form.date-hint'),
    required: true,
  };
  return forms.form({
    ...{ command: 'move-deadline', submit: texts.text('ask.move.submit'), isQuiet: true },
    hidden: { item: decision.key, party },
    fields: [to, reason],
  });
}

function bodyForm(
  { dossier }: OpenPath,
  decision: Decision,
  party: PartyId,
  forms: CommandForms,
  reason: FieldSpec,
): FormView {
  const { texts, state, words } = dossier;
  const current = state.parties[party]?.bodies[decision.key] ?? decision.body;
  const bodies = Object.keys(state.definition.bodies).filter(
    (key) => state.definition.bodies[key]?.per === 'municipality',
  );
  return forms.form({
    ...{ command: 'change-body', submit: texts.text('ask.body.submit'), isQuiet: true },
    hidden: { decision: decision.key, party },
    fields: [
      {
        ...{ name: 'body', label: texts.text('ask.body.body'), kind: 'select', value: current, required: true },
        choices: bodies.map((value) => ({ value, label: words.body(value).title })),
      },
      reason,
    ],
  });
}
