/** The mails of the first weeks, by day: what each says, to whom, and on what it depends. */
import { findDecision } from '../../../domain/lookup.ts';
import { capital, weekdayDate } from '../../dutch/format.ts';
import type { ForeseenMail } from '../../start/outlook.ts';
import type { Dossier } from '../dossier.ts';

export interface MailDay {
  day: string;
  mails: { what: string; to: string[]; certainty: string | undefined }[];
}

export function mailDays(dossier: Dossier, mails: readonly ForeseenMail[]): MailDay[] {
  const byDay = Map.groupBy(mails, ({ line }) => line.on);
  return [...byDay].map(([on, ofDay]) => ({ day: capital(weekdayDate(on)), mails: mailsOf(dossier, ofDay) }));
}

/** What is said to several people in the same words is one line. */
function mailsOf(dossier: Dossier, mails: readonly ForeseenMail[]): MailDay['mails'] {
  const same = Map.groupBy(mails, ({ line, certainty }) => [line.kind, line.role, line.item, certainty].join(' '));
  return [...same.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { kind, item } = first.line;
    const about = item === undefined ? [] : [titleOf(dossier, item)];
    return [
      {
        what: [dossier.texts.text(`mail-kind.${kind}`), ...about].join(': '),
        to: [...new Set(group.map(({ line }) => recipient(dossier, line)))],
        certainty: certaintyText(dossier, first),
      },
    ];
  });
}

const titleOf = ({ state, words }: Dossier, item: string): string =>
  findDecision(state, item) === undefined ? words.task(item).title : words.decision(item).title;

function recipient({ people, words }: Dossier, { to, party, role, kind }: ForeseenMail['line']): string {
  const person = people.get(to);
  const name = [person?.name, person?.email].filter(Boolean).join(', ');
  // Who coordinates gets what is asked of a municipality without a contact.
  return party === undefined || (role === 'coordinator' && kind !== 'request')
    ? name
    : `${words.party(party)}: ${name}`;
}

/** What is asked goes out on a click of who coordinates; what follows from tasks, once they are done. */
function certaintyText({ texts }: Dossier, { certainty, line }: ForeseenMail): string | undefined {
  if (certainty === 'sure') return undefined;
  if (certainty === 'if-silent') return texts.text('start.look.if-silent');
  return texts.text(line.about.includes('/') ? 'start.look.if-asked' : 'start.look.if-done');
}
