/** "Onze zittingsdagen": a municipality says when its bodies meet, and every estimate gives way to it. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { sendRetry } from '../answers/retry.ts';
import { formView, type Problem } from '../forms/fields.ts';
import { FormReader } from '../forms/reader.ts';
import { refusedProblem } from '../forms/refused.ts';
import { first } from '../forms/values.ts';
import { readSessions, sessionField, sessionForms } from '../sessions/form.ts';
import { notesFrom, notesQuery } from '../sessions/notes.ts';
import { tell } from '../tell.ts';
import { sendPage, sendTo, type Web } from '../web.ts';
import { type ContactParams, openVisit, type Visit } from './access.ts';
import { type ContactRequest, openForm, retryOf } from './form.ts';
import { visitFrame } from './frame.ts';
import { actorOf } from './person.ts';

export function registerSessions(app: FastifyInstance, web: Web): void {
  app.get<{ Params: ContactParams }>('/m/p/:path/:nis/zittingen', async (request, reply) => {
    const query = request.query as object;
    const done = 'genoteerd' in query ? 'noted' : 'ongewijzigd' in query ? 'unchanged' : undefined;
    const notes = notesFrom(query, web.pages.texts);
    return sendSessions(web, reply, await openVisit(web, request), { done, notes });
  });
  app.post<{ Params: ContactParams }>('/m/p/:path/:nis/zittingen', (request, reply) =>
    takeSessions(web, request, reply),
  );
}

function sendSessions(
  web: Web,
  reply: FastifyReply,
  visit: Visit,
  { done, notes = [], problem }: { done?: 'noted' | 'unchanged' | undefined; notes?: string[]; problem?: Problem },
): FastifyReply {
  const { dossier, party, home, formToken } = visit;
  const name = dossier.words.party(party.id);
  const forms = sessionForms(dossier, party, `${home}/zittingen`).map((spec) => ({
    ...spec,
    form: formView(spec, formToken, problem),
  }));
  const heading = dossier.texts.text('sessions.heading', { party: name });
  return sendPage(web, reply, 'sessions', visitFrame(visit, heading, problem), {
    ...{ heading, forms, home, notes },
    done: done && web.pages.texts.text(`sessions.${done}`),
  });
}

async function takeSessions(web: Web, request: ContactRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { visit, body, upload } = await openForm(web, request);
  const { dossier, party, home } = visit;
  const reader = new FormReader(body, dossier.texts);
  const commandId = reader.commandId();
  const data = readSessions(reader, dossier, party, upload);
  const problem: Problem = { form: first(body, '_id'), body, errors: reader.errors, commandId };
  if (data === undefined) return sendSessions(web, reply, visit, { problem });
  if (data.sessions === undefined) return sendTo(web, reply, `${home}/zittingen?ongewijzigd`);
  const told = await tell(web, dossier.state.id, commandId, actorOf(visit), { type: 'change-party', data });
  if (told.ok) return sendTo(web, reply, `${home}/zittingen?genoteerd${notesQuery(reader)}`);
  if (told.code === 'unavailable') return sendRetry(web, reply, retryOf(visit, 'zittingen', body, commandId));
  return sendSessions(web, reply, visit, { problem: refusedProblem(problem, told, sessionField(body, told)) });
}
