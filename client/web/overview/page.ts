/** The overview: every region that the reader follows, by steps, with what counts now; own regions first. */
import type { FastifyReply } from 'fastify';
import { localDay } from '../../../domain/dates.ts';
import { isAdministrator, isMine, mayChange, maySee, mayStart } from '../../access/viewer.ts';
import type { BoardRow } from '../../board/board.ts';
import { changesSince } from '../../board/changes.ts';
import { dateField } from './since-field.ts';
import { callsFor } from '../calls/list.ts';
import { callSummary, peopleIn } from '../calls/view.ts';
import type { TableName } from '../../exports/tables.ts';
import type { FormBody } from '../forms/values.ts';
import { tableLinks } from '../exports/links.ts';
import { accountFrame, type Session } from '../sign-in/session.ts';
import { sendPage, type Web } from '../web.ts';
import { answersView } from './answers-view.ts';
import { changesView } from './changes-view.ts';
import { filterForm, mayAskForConsultants } from './filter-form.ts';
import { addressOf, type OverviewQuery, readQuery } from './query.ts';
import { byTable, createTables, ROWS_A_PAGE } from './table.ts';

export interface OverviewPage {
  send(session: Session, reply: FastifyReply, query: FormBody): Promise<FastifyReply>;
}

/** The tables over all regions: for who reads, and for who also calls and writes notes. */
const readable: readonly TableName[] = ['regios', 'antwoorden', 'termijnen'];
const followed: readonly TableName[] = [...readable, 'gesprekken', 'notities'];

export function createOverviewPage(web: Web): OverviewPage {
  const tables = createTables(web);
  const { texts } = web.pages;

  /** The regions that the heading is about: a consultant's own, if any were assigned. */
  function ownOf(session: Session, rows: readonly BoardRow[]): BoardRow[] {
    const mine = rows.filter((row) => isMine(session, row.circle));
    return isAdministrator(session) || mine.length === 0 ? [...rows] : mine;
  }

  function headingOf(session: Session, own: readonly BoardRow[], calls: number): string {
    if (own.length === 0) return texts.text('overview.none');
    const isOwn = own.every((row) => isMine(session, row.circle));
    const regions = texts.text(isOwn ? 'overview.mine' : 'overview.regions', { count: own.length });
    if (mayAskForConsultants(session))
      return `${regions}: ${calls === 0 ? texts.text('overview.no-calls') : texts.text('overview.calls', { count: calls })}`;
    // A choice is never asked of who may only read.
    if (!own.some((row) => mayChange(session, row.circle))) return regions;
    const urgent = own.filter(({ standing }) => standing.weight === 2).length;
    return `${regions}: ${urgent === 0 ? texts.text('overview.calm') : texts.text('overview.urgent', { count: urgent })}`;
  }

  /** The regions of one page: own ones first, each in the order of its table. */
  function sectionsOf(session: Session, rows: readonly BoardRow[], query: OverviewQuery) {
    const mine = byTable(rows.filter((row) => isMine(session, row.circle)));
    const others = byTable(rows.filter((row) => !isMine(session, row.circle)));
    const isSplit = mine.length > 0 && others.length > 0;
    const pages = Math.max(1, Math.ceil(rows.length / ROWS_A_PAGE));
    const page = Math.min(query.page, pages);
    const from = (page - 1) * ROWS_A_PAGE;
    const shown = new Set([...mine, ...others].slice(from, from + ROWS_A_PAGE));
    const today = localDay(web.clock());
    const section = (key: 'mine' | 'others', members: BoardRow[]) => {
      const groups = tables(
        session,
        members.filter((row) => shown.has(row)),
        today,
      );
      return groups.length === 0
        ? []
        : [{ key, title: isSplit ? texts.text(`overview.section.${key}`) : undefined, groups }];
    };
    return { sections: [...section('mine', mine), ...section('others', others)], page, pages, from, count: shown.size };
  }

  /** Links to the other pages; undefined when everything is on one. */
  function pagingOf(query: OverviewQuery, page: number, pages: number, from: number, count: number, total: number) {
    if (pages === 1) return undefined;
    return {
      range: texts.text('overview.page.range', { from: from + 1, to: from + count, total }),
      links: Array.from({ length: pages }, (_, index) => ({
        ...{ number: index + 1, isCurrent: index + 1 === page, href: addressOf(query, index + 1) },
      })),
    };
  }

  return {
    async send(session, reply, given) {
      const now = web.clock();
      const today = localDay(now);
      const query = readQuery(given, today);
      const { all, rows } = await web.board.look(session, query.filter);
      const mayCall = all.some((row) => maySee(session, row.circle));
      const own = ownOf(session, all);
      const meant = query.isFiltered ? rows : own;
      const [calls, consultants, changes] = await Promise.all([
        mayCall ? callsFor(web, session, own) : [],
        mayAskForConsultants(session) ? web.store.accounts.accounts() : [],
        changesSince(web.store, meant, query.since),
      ]);
      const [first] = calls;
      const firstCall = first && callSummary(web, first, await web.store.people.people(peopleIn([first])));
      const { sections, page, pages, from, count } = sectionsOf(session, rows, query);
      const heading = headingOf(session, own, calls.length);
      return sendPage(
        web,
        reply,
        'overview',
        { title: heading, account: accountFrame(session) },
        {
          ...{ heading, sections, mayStart: mayStart(session), isConsultant: session.role === 'consultant' },
          isEmpty: all.length === 0,
          hasNoMatch: all.length > 0 && rows.length === 0,
          found: query.isFiltered ? texts.text('overview.found', { count: rows.length }) : undefined,
          ...{ hasCalls: mayCall, calls: calls.length, firstCall },
          callsHref: own.length < all.length ? '/bellen?mijn=ja' : '/bellen',
          changes: all.length === 0 ? undefined : changesView(web, session, meant, changes, query, today),
          plan: answersView(web, meant, today),
          filter: filterForm(
            web,
            query,
            all,
            consultants.filter(({ role }) => role === 'consultant'),
          ),
          since: dateField(texts, query),
          paging: pagingOf(query, page, pages, from, count, rows.length),
          tables: tableLinks(texts, session.role === 'reader' ? readable : followed, addressOf(query, 1).slice(1)),
        },
      );
    },
  };
}
