/** The municipalities that take part in what somebody follows, each with its paths. */
import type { FastifyReply } from 'fastify';
import { nisOf } from '../../../domain/ids.ts';
import { plain } from '../../board/filter.ts';
import { joined } from '../../dutch/format.ts';
import { fieldView } from '../forms/fields.ts';
import { accountFrame, type Session } from '../sign-in/session.ts';
import { sendPage, type Web } from '../web.ts';

const LONGEST = 80;

export async function sendMunicipalities(
  web: Web,
  reply: FastifyReply,
  session: Session,
  given: string,
): Promise<FastifyReply> {
  const { texts } = web.pages;
  const search = given.trim().slice(0, LONGEST);
  const found = new Map<string, { name: string; partnerships: string[] }>();
  for (const { partnership, parties } of await web.board.regions(session)) {
    for (const { id, name } of parties) {
      const nis = nisOf(id) ?? id;
      const known = found.get(nis) ?? { name, partnerships: [] };
      known.partnerships.push(partnership);
      found.set(nis, known);
    }
  }
  const words = plain(search).split(' ');
  const rows = [...found]
    .filter(([nis, { name, partnerships }]) => {
      const text = plain([nis, name, ...partnerships].join(' '));
      return words.every((word) => text.includes(word));
    })
    .sort(([, a], [, b]) => a.name.localeCompare(b.name, 'nl'))
    .map(([nis, { name, partnerships }]) => ({ name, href: `/gemeenten/${nis}`, paths: joined(partnerships) }));
  const heading = texts.text('municipalities.heading');
  return sendPage(
    web,
    reply,
    'municipalities',
    { title: heading, account: accountFrame(session) },
    {
      ...{ heading, rows, action: '/gemeenten' },
      count: texts.text('municipalities.count', { count: rows.length }),
      search: fieldView('zoek', {
        name: 'zoek',
        label: texts.text('municipalities.search'),
        value: search,
        autocomplete: 'off',
      }),
      isEmpty: found.size === 0,
    },
  );
}
