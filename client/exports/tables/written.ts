/** What people wrote beside the record: the calls that were logged, and notes; newest first. */
import type { Dossier } from '../../web/dossier.ts';
import { itemTitle } from '../../web/history.ts';
import { columnsOf } from '../columns.ts';
import { about, define, place } from './source.ts';

export const calls = define({
  isPersonal: true,
  columns: columnsOf(
    'partnership',
    'path',
    'calledAt',
    'author',
    'party',
    'nis',
    'callee',
    'about',
    'callOutcome',
    'said',
    'nextAction',
    'nextOn',
    'via',
  ),
  rowsOf: async (dossier, written) =>
    (await written.calls.callsOf(dossier.state.id)).map((call) => ({
      ...place(dossier),
      ...about(dossier, call.party),
      ...{ calledAt: call.at, author: call.author },
      callee: call.person === undefined ? null : (dossier.people.get(call.person)?.name ?? null),
      about: concernItems(dossier, call.concerns).join(', ') || null,
      callOutcome: dossier.texts.text(`calls.outcome.${call.outcome}`),
      said: call.note || null,
      nextAction: call.nextAction || null,
      nextOn: call.nextOn ?? null,
      via: dossier.texts.text(`export.via.${call.via}`),
    })),
});

/** The tasks and decisions that keys of concerns speak of: `no-session/statutes/nis:23102`. */
const concernItems = (dossier: Dossier, keys: readonly string[]): string[] => [
  ...new Set(keys.flatMap((key) => key.split('/')[1] ?? []).map((item) => itemTitle(dossier, item))),
];

export const notes = define({
  isPersonal: true,
  columns: columnsOf('partnership', 'path', 'writtenAt', 'author', 'party', 'nis', 'note', 'removedAt', 'via'),
  rowsOf: async (dossier, written) =>
    (await written.notes.notesOf(dossier.state.id)).map((note) => ({
      ...place(dossier),
      ...about(dossier, note.party),
      ...{ writtenAt: note.createdAt, author: note.author },
      note: note.removedAt === undefined ? note.text : null,
      removedAt: note.removedAt ?? null,
      via: dossier.texts.text(`export.via.${note.via}`),
    })),
});
