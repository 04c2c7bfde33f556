/** Notes about a region, for who follows it: coordinators, consultants, administrators. Municipalities and mayors never see one. */
import type { PartyId } from '../../domain/ids.ts';
import type { PathState } from '../../domain/state.ts';
import type { Note } from '../../store/notes.ts';
import type { Store } from '../../store/store.ts';
import type { WrittenVia } from '../../store/written.ts';
import { mayNote, type Viewer } from '../access/viewer.ts';
import type { ErrorCode } from '../errors.ts';

/** In characters. */
export const NOTE_LENGTH = 2_000;

export interface NoteInput {
  /** The same id again changes nothing. */
  id: string;
  /** Absent when it is about the whole region. */
  party?: PartyId;
  text: string;
  via: WrittenVia;
}

export type NoteRefusal = { ok: false; code: ErrorCode; detail?: Record<string, string | number> };

type Tools = Pick<Store, 'notes'>;
const refused = (code: ErrorCode, detail?: Record<string, string | number>): NoteRefusal => ({
  ...{ ok: false, code },
  ...(detail && { detail }),
});

/** Newest first; of a removed one only who wrote it and when. Nobody else than who may write them gets any. */
export async function notesAbout(
  { notes }: Tools,
  viewer: Viewer,
  state: PathState,
  options: { party?: PartyId; limit?: number } = {},
): Promise<Note[]> {
  return mayNote(viewer, state) ? notes.notesOf(state.id, options) : [];
}

/**
 * Refused with `forbidden`, `unknown-party`, `form-incomplete` (without text), `text-too-long`, or `command-id-reused` when
 * another note has that id: what was typed anew must not be taken for what is kept.
 */
export async function addNote(
  { notes }: Tools,
  viewer: Viewer,
  state: PathState,
  { id, party, text, via }: NoteInput,
): Promise<{ ok: true; note: Note } | NoteRefusal> {
  if (!mayNote(viewer, state)) return refused('forbidden');
  if (party !== undefined && state.parties[party] === undefined) return refused('unknown-party');
  const tidy = text.trim();
  if (tidy === '') return refused('form-incomplete');
  if (tidy.length > NOTE_LENGTH) return refused('text-too-long', { max: NOTE_LENGTH });
  const { id: account, name: author } = viewer.account;
  const note = await notes.add({ id, path: state.id, ...(party && { party }), account, author, via, text: tidy });
  const isOther =
    note.path !== state.id || note.party !== party || (note.text !== tidy && note.removedAt === undefined);
  return isOther ? refused('command-id-reused') : { ok: true, note };
}

/** Everybody removes what they wrote themselves. Refused with `not-found` or `not-your-note`; removing twice is fine. */
export async function removeNote(
  { notes }: Tools,
  viewer: Viewer,
  state: PathState,
  id: string,
): Promise<{ ok: true } | NoteRefusal> {
  if (!mayNote(viewer, state)) return refused('forbidden');
  const note = await notes.note(id);
  if (note?.path !== state.id) return refused('not-found');
  if (note.account !== viewer.account.id) return refused('not-your-note');
  await notes.remove(id);
  return { ok: true };
}
