/** What is worth telling after meeting days were taken: it goes with the address of the page that is shown then. */
import type { PageTexts } from '../../../templates/pages/locale.ts';
import type { FormReader } from '../forms/reader.ts';

const names = {
  twice: 'dubbel',
  past: 'voorbij',
  'from-calendar': 'gelezen',
  cancelled: 'geannuleerd',
  other: 'andere',
  outside: 'buiten',
} as const;

export type SessionNote = keyof typeof names;

const notes = Object.entries(names) as [SessionNote, string][];

/** `&dubbel=1&gelezen=10`; empty when there is nothing to tell. */
export const notesQuery = ({ notes: taken }: FormReader): string =>
  notes.flatMap(([note, name]) => (taken[note] === undefined ? [] : [`&${name}=${String(taken[note])}`])).join('');

/** The same as sentences; what is no number is left out. */
export const notesFrom = (query: unknown, texts: PageTexts): string[] =>
  notes.flatMap(([note, name]) => {
    const given = (query as Record<string, unknown>)[name];
    const isCount = typeof given === 'string' && /^[1-9]\d{0,4}$/.test(given);
    return isCount ? [texts.text(`sessions.note.${note}`, { count: Number(given) })] : [];
  });
