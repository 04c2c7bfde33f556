/** A preview for a terminal, and as JSON. */
import { municipalityName } from '../../definitions/municipalities.ts';
import { nisOf, type PartyId } from '../../domain/ids.ts';
import type { Preview, PreviewNote } from '../../domain/preview.ts';
import { localDay } from '../../domain/dates.ts';
import { type DateRow, type MailRow, dateRows, mailCount, mailRows } from './change-rows.ts';
import { table } from './table.ts';

export const partyName = (party: PartyId): string => municipalityName(nisOf(party) ?? '') ?? party;

const names = (parties: PartyId[]): string => parties.map(partyName).join(', ');

const change = (from: string | undefined, to: string | undefined): string => `${from ?? 'none'} -> ${to ?? 'none'}`;

function dateCells({ key, from, to, parties, lastSession }: DateRow): string[] {
  const estimate = lastSession?.assumed === true ? ' ~' : '';
  return [
    key,
    from === undefined && to === undefined ? '' : change(from, to),
    lastSession === undefined ? '' : `${change(lastSession.from, lastSession.to)}${estimate}`,
    parties.length === 0 ? 'all' : names(parties),
  ];
}

const mailCells = ({ on, kind, role, item, parties }: MailRow): string[] => [
  on,
  kind,
  role,
  item ?? '-',
  names(parties),
];

function noteText(note: PreviewNote): string {
  switch (note.code) {
    case 'date-kept':
      return `${note.key} stays ${note.on}: moved for this path (the round says ${note.instead})`;
    case 'task-gone':
      return `the task ${note.task}, which is done, exists no more`;
    case 'ask-gone':
      return `${note.decision} is no longer asked of ${partyName(note.party)}`;
    case 'approval-carried':
      return `the approval of ${note.decision} counts for ${partyName(note.party)}`;
  }
}

const section = (title: string, head: string[], rows: string[][]): string[] =>
  rows.length === 0 ? [] : ['', title, table([head, ...rows])];

const MAIL_HEAD = ['day', 'mail', 'to', 'about', 'for'];

/** Lines: dates, what goes out at once, what goes out no more and what comes with it. */
export function previewLines(shown: Preview): string[] {
  const { conditions } = shown;
  const dates = dateRows(shown).map(dateCells);
  const mails = (lines: Preview['gone']): string[][] => mailRows(lines).map(mailCells);
  const lines = [
    ...section('Dates', ['what', 'last day', 'last session', 'for'], dates),
    ...section(`Mails at once: ${String(mailCount(shown.atOnce))}`, MAIL_HEAD, mails(shown.atOnce)),
    ...section(`Mails until ${localDay(shown.until)} that go out no more`, MAIL_HEAD, mails(shown.gone)),
    ...section(`Mails until ${localDay(shown.until)} that are new`, MAIL_HEAD, mails(shown.added)),
    ...(conditions.crossed.length === 0 ? [] : ['']),
    ...conditions.crossed.map(({ key, from, to }) => `- condition ${key}: ${from} -> ${to}`),
    ...(shown.notes.length === 0 ? [] : ['', ...shown.notes.map((note) => `- ${noteText(note)}`)]),
  ];
  return lines.length === 0 ? ['', 'No date and no mail changes.'] : lines;
}

/** The same as data. */
export const previewJson = ({ deadlines, atOnce, gone, added, until, notes, conditions }: Preview) => ({
  ...{ deadlines, notes, conditions: conditions.crossed },
  mails: { until: localDay(until), atOnce, gone, added },
});
