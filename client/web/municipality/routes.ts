/** The pages behind the link in a mail. A GET or HEAD changes nothing; every change is a POST that a person filled in. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { findDecision } from '../../../domain/lookup.ts';
import { submitAnswer } from '../answers/submit.ts';
import { sendRetry } from '../answers/retry.ts';
import { sendDownload } from '../downloads.ts';
import { mayHaveText } from '../drafts/for-party.ts';
import { registerPartyDrafts } from '../drafts/party-routes.ts';
import { mayHave } from '../evidence.ts';
import { readEvidence } from '../evidence-form.ts';
import { PageError } from '../failures.ts';
import type { Problem } from '../forms/fields.ts';
import { FormReader } from '../forms/reader.ts';
import { refusedProblem } from '../forms/refused.ts';
import { first, type FormBody } from '../forms/values.ts';
import { tell } from '../tell.ts';
import { tidyToken } from '../security.ts';
import { sendTo, type Web } from '../web.ts';
import {
  CONTACT_COOKIE,
  contactCookie,
  type ContactParams,
  homeOf,
  openVisit,
  readToken,
  type Visit,
} from './access.ts';
import { registerCode } from './code.ts';
import { type ContactRequest, openForm, retryOf } from './form.ts';
import { actorOf, personFor } from './person.ts';
import { sendHome } from './page.ts';
import { createLimit } from '../limits.ts';
import { registerLimits } from './limits.ts';
import { registerDetails } from './details.ts';
import { registerPassingOn } from './passing-on.ts';
import { registerSessions } from './session-dates.ts';
import { rememberWho } from './who.ts';

/** Each new address is written to at once: a link is no way to fill somebody's mailbox. */
const DETAILS_AN_HOUR = 10;

export function registerMunicipality(app: FastifyInstance, web: Web): void {
  registerLimits(app, web);
  const detailsLimit = createLimit(app, web, {
    max: DETAILS_AN_HOUR,
    timeWindow: '1 hour',
    of: (request) => request.cookies[CONTACT_COOKIE]?.slice(-43) ?? '',
  });

  app.get<{ Params: { token: string } }>('/m/:token', async (request, reply) => {
    const token = tidyToken(request.params.token);
    const claims = await readToken(web, token);
    void reply.header('Referrer-Policy', 'no-referrer');
    reply.setCookie(CONTACT_COOKIE, token, contactCookie(web, claims));
    return sendTo(web, reply, homeOf(claims.path, claims.party), 302);
  });

  app.get<{ Params: ContactParams }>('/m/p/:path/:nis', async (request, reply) => {
    return sendHome(web, request, reply, await openVisit(web, request));
  });

  app.post<{ Params: ContactParams }>('/m/p/:path/:nis/antwoord', (request, reply) => takeAnswer(web, request, reply));
  app.post<{ Params: ContactParams }>('/m/p/:path/:nis/bewijs', (request, reply) => takeEvidence(web, request, reply));
  app.get<{ Params: ContactParams & { id: string } }>('/m/p/:path/:nis/bestanden/:id', async (request, reply) => {
    const { dossier, party } = await openVisit(web, request);
    const file = dossier.documents.get(request.params.id);
    if (file === undefined || !(mayHave(dossier, party.id, file) || mayHaveText(dossier, party.id, file)))
      throw new PageError('not-found');
    return sendDownload(web, reply, file);
  });
  registerCode(app, web);
  registerPartyDrafts(app, web);
  registerPassingOn(app, web);
  registerSessions(app, web);
  registerDetails(app, web, { preHandler: detailsLimit });
}

function decisionIn(visit: Visit, body: FormBody) {
  const decision = findDecision(visit.dossier.state, first(body, 'decision'));
  if (decision === undefined) throw new PageError('unknown-decision');
  return decision;
}

async function takeAnswer(web: Web, request: ContactRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { visit, body } = await openForm(web, request);
  const { dossier, party } = visit;
  const decision = decisionIn(visit, body);
  const submitted = await submitAnswer(web, {
    ...{ dossier, decision, body },
    party: party.id,
    actor: actorOf(visit),
    needsName: true,
    person: (name, role) => personFor(web, visit, name, role),
  });
  if (submitted.ok) {
    rememberWho(web, reply, visit, body);
    return sendTo(web, reply, `${visit.home}?genoteerd=${encodeURIComponent(decision.key)}`);
  }
  if ('unavailable' in submitted) return sendRetry(web, reply, retryOf(visit, 'antwoord', body, submitted.commandId));
  // Somebody else may have answered since the page was read.
  return sendHome(web, request, reply, await openVisit(web, request), submitted.problem);
}

async function takeEvidence(web: Web, request: ContactRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { visit, body, upload } = await openForm(web, request);
  const decision = decisionIn(visit, body);
  const reader = new FormReader(body, visit.dossier.texts);
  const commandId = reader.commandId();
  const subject = { party: visit.party.id, decision: decision.key };
  const sent = { reader, by: visit.person, ...(upload && { upload }) };
  const reference = await readEvidence(web, visit.dossier, subject, sent);
  const problem: Problem = { form: `bewijs-${decision.key}`, body, errors: reader.errors, commandId };
  if (reference === undefined) return sendHome(web, request, reply, visit, problem);
  const told = await tell(web, visit.dossier.state.id, commandId, actorOf(visit), {
    type: 'add-evidence',
    data: { ...subject, reference },
  });
  if (told.ok) return sendTo(web, reply, `${visit.home}?genoteerd=${encodeURIComponent(decision.key)}`);
  if (told.code === 'unavailable') return sendRetry(web, reply, retryOf(visit, 'bewijs', body, commandId));
  return sendHome(web, request, reply, await openVisit(web, request), refusedProblem(problem, told));
}
