/** The call list and the form of each call. Only for who follows regions with their people: a reader gets no list. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asPathId, asPersonId, type PartyId } from '../../../domain/ids.ts';
import { callOutcomes } from '../../../store/calls.ts';
import { mayNote } from '../../access/viewer.ts';
import type { BoardRow } from '../../board/board.ts';
import { CALL_NOTE_LENGTH, logCall } from '../../services/calls.ts';
import { PageError, sentenceOf } from '../failures.ts';
import type { Problem } from '../forms/fields.ts';
import { FormReader } from '../forms/reader.ts';
import { bodyOf, first, type FormBody, queryOf } from '../forms/values.ts';
import { checkFormToken } from '../security.ts';
import { requireSession, type Session } from '../sign-in/session.ts';
import { sendTo, type Web } from '../web.ts';
import { sendCalls } from './page.ts';

type CallRequest = FastifyRequest<{ Params: { path: string } }>;

const MOST_CONCERNS = 100;

async function requireCaller(web: Web, request: FastifyRequest): Promise<Session> {
  const session = await requireSession(web, request);
  if (session.role === 'reader') throw new PageError('forbidden', homeAction(web));
  return session;
}

const homeAction = (web: Web) => ({ action: { href: '/', label: web.pages.texts.text('site.overview') } });

/** What a form names and a region does not have is left out. */
function aboutOf(
  body: FormBody,
  row: BoardRow,
): { party?: PartyId; person?: BoardRow['circle']['coordinator']; concerns: string[] } {
  const party = row.parties.find(({ id }) => id === first(body, 'party'))?.id;
  const person = asPersonId(first(body, 'person'));
  const isKnown = Object.values(row.speakers).includes(person) || row.circle.coordinator === person;
  const keys = first(body, 'concerns').split(' ').filter(Boolean).slice(0, MOST_CONCERNS);
  return {
    ...(party !== undefined && { party }),
    ...(isKnown && { person }),
    concerns: keys.filter((key) => row.standing.concerns.some((concern) => concern.key === key)),
  };
}

async function takeCall(web: Web, request: CallRequest, reply: FastifyReply): Promise<FastifyReply> {
  const session = await requireCaller(web, request);
  const body = bodyOf(request);
  checkFormToken(body, session.secret);
  const row = await web.board.region(session, asPathId(request.params.path));
  if (row === undefined || !mayNote(session, row.circle)) throw new PageError('forbidden', homeAction(web));
  const reader = new FormReader(body, web.pages.texts);
  const outcome = reader.choice('outcome', callOutcomes);
  const note = reader.text('note', { max: CALL_NOTE_LENGTH }) ?? '';
  const nextAction = reader.text('next', { max: CALL_NOTE_LENGTH }) ?? '';
  const nextOn = reader.day('nextOn');
  const id = reader.commandId();
  const problem = (): Problem => ({ form: first(body, '_id'), body, errors: reader.errors, commandId: id });
  if (outcome === undefined || !reader.isComplete) return sendCalls(web, reply, session, {}, problem());
  const about = aboutOf(body, row);
  const answer = await logCall(web, session, row.circle, {
    ...{ id, outcome, note, nextAction, via: 'web', ...about },
    ...(nextOn !== undefined && { nextOn }),
  });
  if (answer.ok) return sendTo(web, reply, '/bellen?gedaan=ja');
  if (answer.field === undefined) throw new PageError(answer.code, homeAction(web));
  reader.errors[answer.field === 'nextAction' ? 'next' : answer.field] = sentenceOf(answer.code, answer.detail);
  return sendCalls(web, reply, session, {}, problem());
}

export function registerCalls(app: FastifyInstance, web: Web): void {
  app.get('/bellen', async (request, reply) =>
    sendCalls(web, reply, await requireCaller(web, request), queryOf(request)),
  );
  app.post('/bellen/:path', (request: CallRequest, reply) => takeCall(web, request, reply));
}
