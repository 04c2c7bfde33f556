/** What falls in the coming four weeks, day by day, over all regions that the reader follows. */
import type { FastifyReply } from 'fastify';
import type { AgendaEntry } from '../../../domain/agenda.ts';
import { localDay } from '../../../domain/dates.ts';
import { isMine } from '../../access/viewer.ts';
import type { BoardRow } from '../../board/board.ts';
import { capital, joined, weekdayDate } from '../../dutch/format.ts';
import { first, type FormBody } from '../forms/values.ts';
import { accountFrame, type Session } from '../sign-in/session.ts';
import { sendPage, type Web } from '../web.ts';
import { homeOfRow } from './table.ts';

/** With more names than this, only their number is said. */
const MOST_NAMES = 6;
/** A day on which the same falls for more regions than this folds them. */
const MOST_LINES = 12;

const tones = { date: 'info', session: 'calm', cutoff: 'soon', 'last-session': 'soon', due: 'info' } as const;

function entryText(web: Web, row: BoardRow, { kind, anchor, decision, parties, isEstimate }: AgendaEntry): string {
  const { texts } = web.pages;
  const words = web.words(row.definition.key);
  if (kind === 'date') return capital(words.date(anchor ?? ''));
  const names =
    parties.length > MOST_NAMES
      ? texts.text('weeks.parties', { count: parties.length })
      : joined(parties.map((party) => words.party(party)));
  const said = texts.text(`weeks.${kind}`, { parties: names, decision: words.decision(decision ?? '').short });
  return isEstimate ? `${said} ${texts.text('weeks.estimate')}` : said;
}

export async function sendWeeks(
  web: Web,
  reply: FastifyReply,
  session: Session,
  query: FormBody,
): Promise<FastifyReply> {
  const { texts } = web.pages;
  const today = localDay(web.clock());
  const all = await web.board.regions(session);
  const mine = all.filter((row) => isMine(session, row.circle));
  const isAll = mine.length === 0 || first(query, 'alle') !== '';
  const lines = (isAll ? all : mine).flatMap((row) => row.coming.map((entry) => ({ row, entry })));
  const days = [...Map.groupBy(lines, ({ entry }) => entry.on)].sort(([a], [b]) => (a < b ? -1 : 1));
  const line = ({ row, entry }: (typeof lines)[number]) => ({
    ...{ partnership: row.partnership, href: homeOfRow(session, row), text: entryText(web, row, entry) },
    tone: tones[entry.kind],
  });
  const heading = texts.text('weeks.heading');
  return sendPage(
    web,
    reply,
    'weeks',
    { title: heading, account: accountFrame(session) },
    {
      heading,
      intro: texts.text(isAll ? 'weeks.intro-all' : 'weeks.intro-mine'),
      scope:
        mine.length === 0 || mine.length === all.length
          ? undefined
          : isAll
            ? { href: '/komende-weken', label: texts.text('weeks.show-mine') }
            : { href: '/komende-weken?alle=ja', label: texts.text('weeks.show-all') },
      days: days.map(([on, members]) => ({
        id: `dag-${on}`,
        title: capital(weekdayDate(on)),
        isToday: on === today,
        lines: members.slice(0, MOST_LINES).map(line),
        others: members.slice(MOST_LINES).map(line),
        more:
          members.length > MOST_LINES ? texts.text('weeks.more', { count: members.length - MOST_LINES }) : undefined,
      })),
    },
  );
}
