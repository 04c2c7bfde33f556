/** Notes about a path: what was written, and a new one. */
import { z } from 'zod';
import type { Note } from '../../../store/notes.ts';
import { addNote, notesAbout } from '../../services/notes.ts';
import { pageIn, pageOf, pageQuery } from '../cursor.ts';
import { type Operation, pathOperation } from '../operation.ts';
import { ApiProblem } from '../problem.ts';
import { municipality } from '../schemas/common.ts';
import { note, saidNote } from '../schemas/desk.ts';

const noteView = ({ id, party, author, via, text, createdAt, removedAt }: Note): z.input<typeof note> => ({
  ...{ id, author, via, createdAt },
  ...(party !== undefined && { party }),
  ...(removedAt === undefined ? { text } : { removedAt }),
});

const noteKey = ({ createdAt, id }: Note): string => `${createdAt} ${id}`;

export const noteOperations: Operation[] = [
  pathOperation(
    {
      ...{ id: 'listNotes', method: 'GET', path: '/paths/{path}/notes', tag: 'paths', status: 200, needs: 'see' },
      summary: 'What was noted about a path, oldest first',
      description: 'Of a note that was removed only who wrote it and when.',
    },
    { query: z.strictObject({ municipality: municipality.exactOptional(), ...pageQuery }), answer: pageOf(note) },
    async ({ web, viewer, open: { state }, query: { municipality: party, ...page } }) => {
      const notes = await notesAbout(web.store, viewer, state, party === undefined ? {} : { party });
      const sorted = notes.toSorted((a, b) => (noteKey(a) < noteKey(b) ? -1 : 1));
      const { items, next } = pageIn(sorted, page, noteKey);
      return { items: items.map(noteView), ...(next !== undefined && { next }) };
    },
  ),

  pathOperation(
    {
      ...{ id: 'addNote', method: 'POST', path: '/paths/{path}/notes', tag: 'paths', status: 200, isChange: true },
      ...{ summary: 'Note something about a path', needs: 'see' },
      description: 'For who follows it: municipalities and readers never see a note. It changes nothing of the path.',
      example: { body: { text: 'Belde met de voorzitter: de statuten liggen klaar.', party: 'Wemmel' } },
      problems: ['unknown-party', 'command-id-reused'],
    },
    { body: saidNote, answer: note },
    async ({ web, viewer, open: { state }, body, requestId }) => {
      const added = await addNote(web.store, viewer, state, { id: requestId, via: 'api', ...body });
      if (!added.ok) throw new ApiProblem(added.code, added.detail && { detail: added.detail });
      return noteView(added.note);
    },
  ),
];
