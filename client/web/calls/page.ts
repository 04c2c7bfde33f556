/** The call list: whom to call today, over all the regions that the reader follows. */
import type { FastifyReply } from 'fastify';
import type { CallEntry } from '../../board/call-list.ts';
import { isMine } from '../../access/viewer.ts';
import { type Problem, isWrong } from '../forms/fields.ts';
import type { FormBody } from '../forms/values.ts';
import { first } from '../forms/values.ts';
import { accountFrame, type Session } from '../sign-in/session.ts';
import { sendPage, type Web } from '../web.ts';
import { callsFor } from './list.ts';
import { callFormId, entryView, peopleIn } from './view.ts';

const CALLS_A_PAGE = 25;

/** @param query `mijn` narrows it to own regions, `pagina` goes further */
export async function sendCalls(
  web: Web,
  reply: FastifyReply,
  session: Session,
  query: FormBody,
  problem?: Problem,
): Promise<FastifyReply> {
  const { texts } = web.pages;
  const isMineOnly = first(query, 'mijn') !== '';
  const all = await callsFor(web, session, await web.board.regions(session));
  const mine = all.filter(({ row }) => isMine(session, row.circle));
  const entries = isMineOnly ? mine : all;
  const pages = Math.max(1, Math.ceil(entries.length / CALLS_A_PAGE));
  const asked = Math.trunc(Number(first(query, 'pagina'))) || 1;
  const page = problem === undefined ? Math.min(Math.max(1, asked), pages) : pageOf(entries, problem, pages);
  const shown = entries.slice((page - 1) * CALLS_A_PAGE, page * CALLS_A_PAGE);
  const people = await web.store.people.people(peopleIn(shown));
  const views = shown.map((entry) => entryView(web, session, entry, people, problem));
  const heading = texts.text(entries.length === 0 ? 'calls.none' : 'calls.heading', { count: entries.length });
  const title = `${isWrong(problem) ? texts.text('form.title-prefix') : ''}${heading}`;
  const frame = { title, account: accountFrame(session), status: isWrong(problem) ? 422 : 200 };
  const address = (number: number): string => {
    const search = [...(isMineOnly ? ['mijn=ja'] : []), ...(number > 1 ? [`pagina=${String(number)}`] : [])].join('&');
    return search === '' ? '/bellen' : `/bellen?${search}`;
  };
  return sendPage(web, reply, 'calls', frame, {
    heading,
    isDone: 'gedaan' in query,
    entries: views,
    isConsultant: session.role === 'consultant',
    scope:
      mine.length === 0 || mine.length === all.length
        ? undefined
        : isMineOnly
          ? { href: '/bellen', label: texts.text('calls.show-all', { count: all.length }) }
          : { href: '/bellen?mijn=ja', label: texts.text('calls.show-mine', { count: mine.length }) },
    pages:
      pages === 1
        ? undefined
        : Array.from({ length: pages }, (_, index) => ({
            ...{ number: index + 1, isCurrent: index + 1 === page, href: address(index + 1) },
          })),
  });
}

/** The page on which a form stands that is shown again. */
function pageOf(entries: readonly CallEntry[], problem: Problem, pages: number): number {
  const index = entries.findIndex((entry) => callFormId(entry) === problem.form);
  return index < 0 ? 1 : Math.min(pages, Math.floor(index / CALLS_A_PAGE) + 1);
}
