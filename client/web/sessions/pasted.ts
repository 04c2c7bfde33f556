/** Meeting days that somebody pasted or sent as a calendar file, and in Dutch what could not be read of them. */
import { readIcs, isIcs, type ReadIcs } from '../../../definitions/sessions/ics/ics.ts';
import { MOST_DAYS, MOST_SERIES } from '../../../definitions/sessions/ics/problem.ts';
import { readSessionText } from '../../../definitions/sessions/text.ts';
import { addDays } from '../../../domain/dates.ts';
import type { SessionRule } from '../../../domain/definition.ts';
import type { LocalDate } from '../../../domain/ids.ts';
import type { Dossier } from '../dossier.ts';
import { FARTHEST_DAYS, type FormReader } from '../forms/reader.ts';
import type { Upload } from '../forms/sent.ts';
import { capital, fullDay } from '../../dutch/format.ts';

/** Sessions may be entered that far back. */
const OLDEST_DAYS = 366;
const LONGEST_TEXT = 200_000;
const MOST_SAID = 4;
const MOST_CALENDAR_BYTES = 2 * 1024 * 1024;

export interface Pasted {
  days: LocalDate[];
  rule?: SessionRule;
}

/** Why a day cannot be a session: a key below `form.`. */
export function dayFault(day: LocalDate, today: LocalDate): 'too-far' | 'too-old' | undefined {
  if (day > addDays(today, FARTHEST_DAYS)) return 'too-far';
  return day < addDays(today, -OLDEST_DAYS) ? 'too-old' : undefined;
}

/** Reads the field for text: days, a rule, or a calendar that was pasted as it is. */
export function readPasted(reader: FormReader, { today, texts }: Dossier, name: string): Pasted {
  const text = reader.text(name, { max: LONGEST_TEXT });
  if (text === undefined) return { days: [] };
  if (isIcs(text)) return { days: daysOfCalendar(reader, name, readIcs(text, { around: today })) };
  const read = readSessionText(text, { around: today });
  if (!read.ok) {
    const said = read.problems.slice(0, MOST_SAID).map(({ kind, part, is = '' }) => {
      return capital(texts.text(`sessions.unread.${kind}`, { part, is }));
    });
    reader.errors[name] ??= [...new Set(said)].join(' ');
    return { days: [] };
  }
  for (const day of read.dates) {
    const fault = dayFault(day, today);
    if (fault !== undefined) reader.wrong(name, `pasted-${fault}`, { day: fullDay(day) });
  }
  reader.note('twice', read.repeated.length);
  return { days: read.dates, ...(read.rule && { rule: read.rule }) };
}

/** Reads a calendar file. Its days are put into the field for text, where they stay when something else has to be set right. */
export function readUpload(
  reader: FormReader,
  { today }: Dossier,
  upload: Upload | undefined,
  names: { file: string; pasted: string },
): LocalDate[] {
  if (upload === undefined) return [];
  if (upload.bytes.length === 0) reader.wrong(names.file, 'file-empty');
  if (upload.isTooLarge || upload.bytes.length > MOST_CALENDAR_BYTES) {
    reader.wrong(names.file, 'file-too-large', { max: MOST_CALENDAR_BYTES / 1024 / 1024 });
  }
  if (names.file in reader.errors) return [];
  const days = daysOfCalendar(reader, names.file, readIcs(upload.bytes.toString('utf8'), { around: today }));
  const typed = reader.body[names.pasted]?.[0] ?? '';
  if (days.length > 0) reader.body[names.pasted] = [[typed.trim(), ...days.map(fullDay)].filter(Boolean).join('\n')];
  return days;
}

function daysOfCalendar(reader: FormReader, name: string, read: ReadIcs): LocalDate[] {
  if (!read.ok) {
    const { kind, line = 0, part = '' } = read.problem;
    reader.wrong(name, `calendar.${kind}`, { line, part, max: kind === 'too-many-days' ? MOST_DAYS : MOST_SERIES });
    return [];
  }
  reader.note('from-calendar', read.dates.length);
  reader.note('cancelled', read.leftOut.cancelled);
  reader.note('other', read.leftOut.other);
  reader.note('outside', read.leftOut.outside);
  return read.dates;
}
