/** The page of one municipality: what is open, what was answered, what happened. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { findAsk } from '../../../domain/lookup.ts';
import { changesFormId, partyDrafts } from '../drafts/for-party.ts';
import { sentenceOf } from '../failures.ts';
import type { Problem } from '../forms/fields.ts';
import { first as firstOf } from '../forms/values.ts';
import { euro, fullDay, moment } from '../../dutch/format.ts';
import { concernsParty, historyOf } from '../history.ts';
import { sendPage, type Web } from '../web.ts';
import type { Visit } from './access.ts';
import { visitFrame } from './frame.ts';
import { notedView, type NotedView, type PartyAsks, partyAsks } from './asks.ts';
import { whoBefore } from './who.ts';
import type { WhoAnswers } from '../answers/form.ts';

/** How many lines of history a page shows; the coordinator sees all. */
const MOST_LINES = 30;

/** With a problem, the form it is about comes back as it was sent (422). */
export async function sendHome(
  web: Web,
  request: FastifyRequest,
  reply: FastifyReply,
  visit: Visit,
  problem?: Problem,
): Promise<FastifyReply> {
  const { dossier, party, formToken, home } = visit;
  const { state, texts, words } = dossier;
  const asks = partyAsks(dossier, party.id, {
    ...{ formToken, problem, action: `${home}/antwoord`, evidenceAction: `${home}/bewijs` },
    who: whoBefore(request) ?? ownName(visit),
  });
  const name = words.party(party.id);
  const events = await web.store.events.eventsOf(state.id);
  const noted = (request.query as Record<string, string | undefined>)['genoteerd'];
  const isEnded = state.ending !== undefined;
  const waiting = asks.open.filter((ask) => !ask.isSilent);
  const first = asks.open[0];
  const heading = isEnded
    ? texts.text(`municipality.ended.${state.ending?.outcome ?? 'completed'}`)
    : asks.open.length === 0
      ? texts.text('municipality.nothing-open')
      : undefined;
  const settled = isEnded
    ? asks.settled.map((each) => ({ ...each, correction: undefined, evidence: undefined }))
    : asks.settled;
  const shown = { open: isEnded ? [] : asks.open, settled };
  const withDrafts = <Asked extends { key: string }>(asked: Asked) => ({
    ...asked,
    drafts: partyDrafts(visit, asked.key, problem),
  });
  const lost = problem && !carries(shown, problem) ? lostView(visit, problem) : undefined;
  const view = {
    lost,
    party: name,
    partnership: dossier.partnership,
    home,
    heading,
    isEnded,
    endedOn: state.ending && moment(state.ending.at),
    isPaused: state.paused !== undefined,
    outcome: outcomeText(visit),
    open: shown.open.map(withDrafts),
    settled: shown.settled.map(withDrafts),
    count: waiting.length,
    hasSeveral: !isEnded && asks.open.length > 1,
    done: noted === undefined || problem !== undefined ? undefined : doneLines(visit, noted),
    contribution: party.contribution === undefined ? undefined : euro(party.contribution),
    history: historyOf(
      dossier,
      events.filter((event) => concernsParty(event, party.id)),
    ).slice(0, MOST_LINES),
  };
  const title = lost?.heading ?? heading ?? first?.question ?? name;
  return sendPage(web, reply, 'municipality', visitFrame(visit, title, problem), view);
}

/** Whether a form on the page shows what is wrong. */
const carries = ({ open, settled }: PartyAsks, { form }: Problem): boolean =>
  [...open, ...settled].some(({ key }) => changesFormId(key) === form) ||
  open.some((ask) => ask.form.id === form) ||
  settled.some(({ correction, evidence }) => correction?.id === form || evidence?.id === form);

/** What was noted, said back in full: the page below goes on with what is still open. */
function doneLines({ dossier, party }: Visit, decision: string): string[] {
  const ask = findAsk(dossier.state, decision, party.id);
  const thanks = dossier.texts.text('municipality.noted');
  const noted = ask && notedView(dossier, ask);
  if (noted === undefined) return [thanks];
  const { title } = dossier.words.decision(decision);
  return [thanks, dossier.texts.text('municipality.noted-what', { title, what: noted.what })];
}

/** Who the link belongs to, when that is somebody with a function: a shared mailbox is asked who answers. */
function ownName({ dossier, person }: Visit): WhoAnswers | undefined {
  const own = dossier.people.get(person);
  return own?.function === undefined ? undefined : { name: own.name, function: own.function };
}

interface LostView {
  heading: string;
  why: string;
  /** What stands there instead. */
  noted: NotedView | undefined;
}

/** For what was sent from a page that is out of date: why it was not noted, and what stands now. */
function lostView({ dossier, party }: Visit, { body, message, form }: Problem): LostView {
  const { state, texts } = dossier;
  const ask = findAsk(state, firstOf(body, 'decision'), party.id);
  const code =
    state.ending !== undefined ? 'path-ended' : ask?.answer === undefined ? 'not-requested' : 'already-answered';
  return {
    heading: texts.text(form.startsWith('bewijs-') ? 'lost.evidence' : 'lost.answer'),
    why: message ?? sentenceOf(code),
    noted: ask && notedView(dossier, ask),
  };
}

/** How the path as a whole ended or was decided, when it was. */
function outcomeText({ dossier: { state, texts } }: Visit): string | undefined {
  const { outcome } = state;
  if (outcome === undefined) return undefined;
  return texts.text(`municipality.outcome.${outcome.outcome}`, { day: fullDay(outcome.on) });
}
