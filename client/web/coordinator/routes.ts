/** The pages for who has signed in: the overview, and one region with everything that can be done there. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PersonId } from '../../../domain/ids.ts';
import { sendRetry } from '../answers/retry.ts';
import { submitAnswer } from '../answers/submit.ts';
import { sendDownload } from '../downloads.ts';
import { PageError } from '../failures.ts';
import { registerTexts } from '../drafts/texts-routes.ts';
import { registerChanges } from '../drafts/changes-routes.ts';
import { notesFrom } from '../sessions/notes.ts';
import { sendTo, type Web } from '../web.ts';
import { actorFor, type OpenPath, openPath, type PathRequest } from './access.ts';
import { findOpenAsk, type OpenAsk, sendAsk } from './ask-page.ts';
import { conditionsAddress } from './conditions.ts';
import { sendConditions } from './conditions-page.ts';
import { manageAddress, sendManage } from './manage-page.ts';
import { findParty, partyAddress, sendParty } from './party-page.ts';
import { sendPath } from './path-page.ts';
import { sendLog, sendMails } from './record-pages.ts';
import { openForm, takeCommand } from './take.ts';
import { sendWall } from './wall-page.ts';
import { queryOf } from '../forms/values.ts';

type AskRequest = FastifyRequest<{ Params: { path: string; decision: string; party: string } }>;
type FileRequest = FastifyRequest<{ Params: { path: string; id: string } }>;
type PartyRequest = FastifyRequest<{ Params: { path: string; party: string } }>;

const isStarted = (request: FastifyRequest): boolean => 'gestart' in (request.query as object);
const isDone = (request: FastifyRequest): boolean => 'gedaan' in (request.query as object);
const ASK = '/paden/:path/beslissingen/:decision/:party';

export function registerCoordinator(app: FastifyInstance, web: Web): void {
  app.get('/paden/:path', async (request: PathRequest, reply) =>
    sendPath(web, reply, await openPath(web, request), { isDone: isDone(request), isStarted: isStarted(request) }),
  );
  app.post('/paden/:path', async (request: PathRequest, reply) => {
    const form = await openForm(web, request);
    return takeCommand(web, reply, form, form.open.home, (problem) =>
      sendPath(web, reply, form.open, { isDone: false, problem }),
    );
  });

  app.get('/paden/:path/voorwaarden', async (request: PathRequest, reply) =>
    sendConditions(web, reply, await openPath(web, request), queryOf(request)),
  );

  app.post('/paden/:path/voorwaarden', async (request: PathRequest, reply) => {
    const form = await openForm(web, request);
    return takeCommand(web, reply, form, conditionsAddress(form.open.dossier.state.id), (problem) =>
      sendConditions(web, reply, form.open, {}, problem),
    );
  });

  app.get('/paden/:path/beheer', async (request: PathRequest, reply) =>
    sendManage(web, reply, await openPath(web, request), { isDone: isDone(request) }),
  );
  app.post('/paden/:path/beheer', async (request: PathRequest, reply) => {
    const form = await openForm(web, request);
    return takeCommand(web, reply, form, manageAddress(form.open), (problem) =>
      sendManage(web, reply, form.open, { isDone: false, problem }),
    );
  });

  app.get('/paden/:path/gemeenten/:party', async (request: PartyRequest, reply) => {
    const open = await openPath(web, request);
    const notes = notesFrom(request.query, web.pages.texts);
    return sendParty(web, reply, open, findParty(open, request.params.party), { isDone: isDone(request), notes });
  });
  app.post('/paden/:path/gemeenten/:party', async (request: PartyRequest, reply) => {
    const form = await openForm(web, request);
    const party = findParty(form.open, request.params.party);
    return takeCommand(web, reply, form, partyAddress(form.open, party.id), (problem) =>
      sendParty(web, reply, form.open, party, { isDone: false, problem }),
    );
  });

  app.get(ASK, async (request: AskRequest, reply) => {
    const open = await openPath(web, request);
    return sendAsk(web, reply, open, findOpenAsk(open, request.params), { isDone: isDone(request) });
  });
  app.post(ASK, async (request: AskRequest, reply) => {
    const form = await openForm(web, request);
    const ask = findOpenAsk(form.open, request.params);
    return takeCommand(web, reply, form, ask.page, (problem) =>
      sendAsk(web, reply, form.open, ask, { isDone: false, problem }),
    );
  });
  app.post(`${ASK}/antwoord`, (request: AskRequest, reply) => takeAnswerFor(web, request, reply));

  app.get('/paden/:path/bestanden/:id', async (request: FileRequest, reply) => {
    const { dossier } = await openPath(web, request);
    const file = dossier.documents.get(request.params.id);
    if (file === undefined) throw new PageError('not-found');
    return sendDownload(web, reply, file);
  });

  registerTexts(app, web);
  registerChanges(app, web);

  app.get('/paden/:path/muur', async (request: PathRequest, reply) =>
    sendWall(web, reply, await openPath(web, request)),
  );
  app.get('/paden/:path/mails', async (request: PathRequest, reply) =>
    sendMails(web, reply, await openPath(web, request)),
  );
  app.get('/paden/:path/logboek', async (request: PathRequest, reply) =>
    sendLog(web, reply, await openPath(web, request)),
  );
}

/** An answer that a coordinator enters for somebody: marked as such wherever it is shown. */
async function takeAnswerFor(web: Web, request: AskRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { open, body } = await openForm(web, request);
  const ask = findOpenAsk(open, request.params);
  const { decision, party, page } = ask;
  const submitted = await submitAnswer(web, {
    ...{ dossier: open.dossier, decision, party, body },
    actor: await actorFor(web, open, 'answer', party),
    needsName: false,
    person: (name, role) => personFor(web, open, ask, name, role),
  });
  if (submitted.ok) return sendTo(web, reply, `${page}?gedaan`);
  if (!('unavailable' in submitted))
    return sendAsk(web, reply, open, ask, { isDone: false, problem: submitted.problem });
  return sendRetry(web, reply, {
    ...{ action: `${page}/antwoord`, back: page, about: open.dossier.partnership, body },
    ...{ formToken: open.session.formToken, commandId: submitted.commandId },
  });
}

async function personFor(
  web: Web,
  { dossier }: OpenPath,
  { party }: OpenAsk,
  name: string | undefined,
  role: string | undefined,
): Promise<PersonId | undefined> {
  if (name === undefined) return undefined;
  return web.store.people.ensurePerson({
    ...{ path: dossier.state.id, party, role: 'colleague', name },
    ...(role !== undefined && { function: role }),
  });
}
