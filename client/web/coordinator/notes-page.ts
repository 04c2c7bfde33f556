/** The notes about a region: what was written, and a form for the next one. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { asPartyId, type PartyId } from '../../../domain/ids.ts';
import { municipalities } from '../../../domain/lookup.ts';
import type { Note } from '../../../store/notes.ts';
import { moment } from '../../dutch/format.ts';
import { addNote, NOTE_LENGTH, notesAbout, removeNote } from '../../services/notes.ts';
import { PageError } from '../failures.ts';
import { formView, isWrong, type Problem } from '../forms/fields.ts';
import { FormReader } from '../forms/reader.ts';
import { refusedProblem } from '../forms/refused.ts';
import { sentForm } from '../forms/sent.ts';
import { first, queryOf } from '../forms/values.ts';
import { checkFormToken } from '../security.ts';
import { sendPage, sendTo, type Web } from '../web.ts';
import { frameOf, type OpenPath, openPath, type PathRequest, tabsOf } from './access.ts';
import { headOf } from './head.ts';

const FORM = 'notitie';
/** In the address and in the form: which municipality a note is about. */
const PARTY = 'gemeente';

export const notesAddress = ({ home }: Pick<OpenPath, 'home'>, party?: PartyId): string =>
  `${home}/notities${party === undefined ? '' : `?${PARTY}=${encodeURIComponent(party)}`}`;

/** Notes as a list shows them; on the page of its municipality none needs to name it. */
export function noteViews({ dossier, session, home }: OpenPath, notes: readonly Note[]) {
  const { texts, words } = dossier;
  return notes.map((note) => ({
    id: note.id,
    text: note.removedAt === undefined ? note.text : undefined,
    about: note.party && { name: words.party(note.party), href: `${home}/gemeenten/${note.party}` },
    by: texts.text('notes.by', { author: note.author, when: moment(note.createdAt) }),
    isMine: note.removedAt === undefined && note.account === session.account.id,
  }));
}

export async function sendNotes(
  web: Web,
  reply: FastifyReply,
  open: OpenPath,
  options: { party: string; isDone: boolean; problem?: Problem },
): Promise<FastifyReply> {
  const { dossier, session } = open;
  const { state, texts, words } = dossier;
  const title = texts.text('notes.heading');
  const parties = municipalities(state).map(({ id }) => ({ value: id, label: words.party(id) }));
  const form = formView(
    {
      ...{ id: FORM, action: notesAddress(open), submit: texts.text('notes.submit') },
      fields: [
        {
          ...{ name: 'text', kind: 'textarea', label: texts.text('notes.text'), required: true, rows: 4 },
          hint: texts.text('notes.hint', { max: NOTE_LENGTH }),
        },
        {
          ...{ name: PARTY, kind: 'select', label: texts.text('notes.about'), value: options.party },
          choices: [{ value: '', label: texts.text('notes.whole') }, ...parties],
        },
      ],
    },
    session.formToken,
    options.problem,
  );
  const notes = await notesAbout(web.store, session, state);
  return sendPage(web, reply, 'notes', frameOf(open, title, isWrong(options.problem)), {
    ...headOf(dossier),
    tabs: tabsOf(open, 'none'),
    ...{ title, home: open.home, isDone: options.isDone, summary: form.summary, removal: `${notesAddress(open)}/weg` },
    ...{ form: { ...form, summary: undefined }, notes: noteViews(open, notes), formToken: session.formToken },
  });
}

/** Who may write notes may read the path: consultants too, though they change nothing of it. */
async function openNotes(web: Web, request: PathRequest) {
  const open = await openPath(web, request);
  const { body } = await sentForm(request);
  checkFormToken(body, open.session.secret);
  return { open, body };
}

async function takeNote(web: Web, request: PathRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { open, body } = await openNotes(web, request);
  const { dossier, session } = open;
  const reader = new FormReader(body, dossier.texts);
  const commandId = reader.commandId();
  const text = reader.required('text', NOTE_LENGTH);
  const party = first(body, PARTY);
  const again = (problem: Problem) => sendNotes(web, reply, open, { party, isDone: false, problem });
  const problem: Problem = { form: FORM, body, errors: reader.errors, commandId };
  if (!reader.isComplete) return again(problem);
  const about = party === '' ? {} : { party: asPartyId(party) };
  const outcome = await addNote(web.store, session, dossier.state, {
    ...{ id: commandId, text, via: 'web' },
    ...about,
  });
  if (!outcome.ok) return again(refusedProblem(problem, outcome));
  return sendTo(web, reply, `${notesAddress(open)}?gedaan`);
}

export function registerNotes(app: FastifyInstance, web: Web): void {
  app.get('/paden/:path/notities', async (request: PathRequest, reply) => {
    const query = queryOf(request);
    return sendNotes(web, reply, await openPath(web, request), {
      ...{ party: first(query, PARTY), isDone: 'gedaan' in query },
    });
  });
  app.post('/paden/:path/notities', (request: PathRequest, reply) => takeNote(web, request, reply));
  app.post('/paden/:path/notities/weg', async (request: PathRequest, reply) => {
    const { open, body } = await openNotes(web, request);
    const outcome = await removeNote(web.store, open.session, open.dossier.state, first(body, 'note'));
    if (!outcome.ok) throw new PageError(outcome.code);
    return sendTo(web, reply, `${notesAddress(open)}?gedaan`);
  });
}
