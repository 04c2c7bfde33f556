/** Where a coordinator sees how a council changed the text, and adds a changed text that came another way. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { findAsk, hasDraft } from '../../../domain/lookup.ts';
import { openPath } from '../coordinator/access.ts';
import { findOpenAsk } from '../coordinator/ask-page.ts';
import { openForm } from '../coordinator/take.ts';
import { PageError } from '../failures.ts';
import { FormReader } from '../forms/reader.ts';
import { sendTo, type Web } from '../web.ts';
import { CHANGES_FORM, sendChanges } from './changes-page.ts';
import { keepChanges, readWord } from './files.ts';
import { changesAddress } from './links.ts';
import { senderOf } from './sender.ts';

type AskRequest = FastifyRequest<{ Params: { path: string; decision: string; party: string } }>;

const CHANGES = '/paden/:path/beslissingen/:decision/:party/wijzigingen';

export function registerChanges(app: FastifyInstance, web: Web): void {
  app.get(CHANGES, async (request: AskRequest, reply) => {
    const open = await openPath(web, request);
    const isDone = 'gedaan' in (request.query as object);
    return sendChanges(web, reply, open, findOpenAsk(open, request.params), { isDone });
  });
  app.post(CHANGES, (request: AskRequest, reply) => takeChanges(web, request, reply));
}

async function takeChanges(web: Web, request: AskRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { open, body } = await openForm(web, request);
  const { dossier } = open;
  const { state } = dossier;
  const asked = findOpenAsk(open, request.params);
  const { party } = asked;
  const decision = asked.decision.key;
  const ask = findAsk(state, decision, party);
  if (ask === undefined || !hasDraft(state, ask)) throw new PageError('not-requested');
  const createdBy = await senderOf(web, open);
  const reader = new FormReader(body, dossier.texts);
  const word = await readWord(dossier, reader, request);
  const kept = word && (await keepChanges(web, dossier, reader, ask, word, createdBy));
  if (kept === undefined) {
    const problem = { form: CHANGES_FORM, body, errors: reader.errors };
    return sendChanges(web, reply, open, asked, { isDone: false, problem });
  }
  return sendTo(web, reply, `${changesAddress(open, decision, party)}?gedaan`);
}
