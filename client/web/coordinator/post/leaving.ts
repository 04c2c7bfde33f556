/** What leaves in the coming days, in a few lines: per day and kind of mail, whom it goes to. The whole of it is the list of mails to come. */
import { addDays, instantOf, localDay } from '../../../../domain/dates.ts';
import type { LocalDate } from '../../../../domain/ids.ts';
import { compactWeekday, joined } from '../../../dutch/format.ts';
import type { Dossier } from '../../dossier.ts';
import { forecastUntil, type NamedMail, postAddress } from './forecast.ts';

/** How far it looks ahead, and how many lines there are at most. */
export const LEAVING_DAYS = 14;
const MOST_LINES = 5;

export interface LeavingLine {
  /** `di 17 feb`, or how it stands with a mail without a day. */
  when: string;
  kind: string;
  to: string;
  /** One mail has a page of its own; several are found in the list. */
  look: string;
  /** Undefined when nothing can be held. */
  hold: string | undefined;
}

const mayBeHeld = ({ status, what }: NamedMail): boolean => status === 'coming' && what.length > 0;

export function leavingOf(dossier: Dossier): { lines: LeavingLine[]; more: number } {
  const mails = forecastUntil(dossier, instantOf(addDays(dossier.today, LEAVING_DAYS), 0));
  const groups = [...Map.groupBy(mails, (mail) => `${whenOf(dossier, mail)} ${mail.message.kind}`).values()];
  const lines = groups.flatMap((group) => lineOf(dossier, group) ?? []);
  return { lines: lines.slice(0, MOST_LINES), more: Math.max(0, lines.length - MOST_LINES) };
}

const dayOf = ({ at }: NamedMail): LocalDate | undefined => at && localDay(at);

function whenOf({ texts }: Dossier, mail: NamedMail): string {
  const day = dayOf(mail);
  if (mail.status === 'held') return texts.text('post.badge.held');
  if (mail.status === 'under-way' || day === undefined) return texts.text('post.badge.under-way');
  return compactWeekday(day);
}

function lineOf(dossier: Dossier, group: readonly NamedMail[]): LeavingLine | undefined {
  const [first] = group;
  if (first === undefined) return undefined;
  const { texts, state } = dossier;
  const list = postAddress(state.id);
  const page = group.length === 1 ? `${list}/${first.id}` : list;
  return {
    when: whenOf(dossier, first),
    kind: texts.text(`mail-kind.${first.message.kind}`),
    to: joined([...new Set(group.map((mail) => toText(dossier, mail)))]),
    look: page,
    hold: group.some(mayBeHeld) ? (group.length === 1 ? `${page}#hold-mail` : page) : undefined,
  };
}

/** A municipality by its name, or the coordinator. */
const toText = ({ texts, words }: Dossier, { message: { role, party } }: NamedMail): string =>
  role === 'coordinator' || party === undefined ? texts.text('preview.coordinator') : words.party(party);
