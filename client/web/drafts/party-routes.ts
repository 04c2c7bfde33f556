/** A municipality downloads its draft, and sends how its council changed the text. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { findAsk, hasDraft } from '../../../domain/lookup.ts';
import { sendDownload } from '../downloads.ts';
import { PageError } from '../failures.ts';
import { FormReader } from '../forms/reader.ts';
import { first } from '../forms/values.ts';
import { type ContactParams, openVisit } from '../municipality/access.ts';
import { type ContactRequest, openForm } from '../municipality/form.ts';
import { sendHome } from '../municipality/page.ts';
import { sendTo, type Web } from '../web.ts';
import { keepChanges, readWord } from './files.ts';
import { changesFormId } from './for-party.ts';

export function registerPartyDrafts(app: FastifyInstance, web: Web): void {
  app.get<{ Params: ContactParams & { decision: string; version: string } }>(
    '/m/p/:path/:nis/ontwerp/:decision/:version',
    async (request, reply) => {
      const { dossier, party } = await openVisit(web, request);
      const { decision, version } = request.params;
      const ask = findAsk(dossier.state, decision, party.id);
      const number = Number(version);
      const isPossible = Number.isInteger(number) && number >= 1 && number <= (ask?.textVersion ?? 0);
      // Looking for what cannot be there would read the whole record.
      if (!isPossible) throw new PageError('not-found');
      const draft = await web.drafts.sent(dossier.state.id, decision, party.id, number);
      if (draft === undefined) throw new PageError('not-found');
      return sendDownload(web, reply, draft);
    },
  );
  app.post<{ Params: ContactParams }>('/m/p/:path/:nis/gewijzigd', (request, reply) =>
    takeChanged(web, request, reply),
  );
}

async function takeChanged(web: Web, request: ContactRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { visit, body } = await openForm(web, request);
  const { dossier, party, home } = visit;
  const { state, texts } = dossier;
  const decision = first(body, 'decision');
  const ask = findAsk(state, decision, party.id);
  if (ask === undefined || !hasDraft(state, ask)) throw new PageError('not-requested');
  if (state.ending !== undefined) throw new PageError('path-ended');
  const reader = new FormReader(body, texts);
  const word = await readWord(dossier, reader, request);
  const kept = word && (await keepChanges(web, dossier, reader, ask, word, visit.person));
  if (kept === undefined) {
    return sendHome(web, request, reply, visit, { form: changesFormId(decision), body, errors: reader.errors });
  }
  return sendTo(web, reply, `${home}?genoteerd=${encodeURIComponent(decision)}`);
}
