/** New contacts for many municipalities at once: pasted, looked at, applied; what fails is kept to be tried again. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { municipalityName } from '../../../definitions/municipalities.ts';
import { asPathId, nisOf } from '../../../domain/ids.ts';
import { mayChange } from '../../access/viewer.ts';
import { wholeNumber } from '../../dutch/format.ts';
import { csv } from '../../report/csv.ts';
import { MOST_ROWS, readRows } from '../../rows/columns.ts';
import {
  applyHandOver,
  type HandOverRow,
  planDigest,
  planHandOver,
  presentContacts,
} from '../../services/hand-over.ts';
import { PageError } from '../failures.ts';
import { bodyOf, CONFIRMED, first, type FormBody } from '../forms/values.ts';
import { checkFormToken } from '../security.ts';
import type { Session } from '../sign-in/session.ts';
import { requireStarter } from '../start/access.ts';
import type { Web } from '../web.ts';
import { APPLY, CORRECTIONS, HAND_OVER, PASTE, sendHandOver } from './page.ts';
import { correctedRows, emptyValues, handOverColumns, handOverHead, isFilled, keptRows, tidied } from './rows.ts';

const BYTE_ORDER_MARK = '\ufeff';

export function registerHandOver(app: FastifyInstance, web: Web): void {
  app.get(HAND_OVER, async (request, reply) => {
    const session = await requireStarter(web, request);
    const asked = await askedFor(web, session, request);
    if (asked === undefined) return sendHandOver(web, reply, session, {});
    const plan = await planHandOver(web, session, asked.rows);
    return sendHandOver(web, reply, session, { plan, asked });
  });

  app.get(`${HAND_OVER}/aanspreekpunten.csv`, async (request, reply) => {
    const session = await requireStarter(web, request);
    const { traject } = request.query as Record<string, unknown>;
    const rows = await presentContacts(web, session, typeof traject === 'string' ? asPathId(traject) : undefined);
    return reply
      .type('text/csv; charset=utf-8')
      .header('Content-Disposition', 'attachment; filename="aanspreekpunten.csv"')
      .header('Cache-Control', 'no-store')
      .send(`${BYTE_ORDER_MARK}${csv([handOverHead, ...rows])}`);
  });

  app.post(HAND_OVER, async (request, reply) => {
    const session = await requireStarter(web, request);
    const body = bodyOf(request);
    checkFormToken(body, session.secret);
    return takeHandOver(web, reply, session, body);
  });
}

/** The municipalities of one path that have no contact, to be filled in. */
async function askedFor(web: Web, session: Session, request: FastifyRequest) {
  const { traject } = request.query as Record<string, unknown>;
  if (typeof traject !== 'string') return undefined;
  const region = await web.board.region(session, asPathId(traject));
  if (region === undefined || !mayChange(session, region.circle)) throw new PageError('unknown-path');
  const state = await web.store.snapshots.snapshot(region.path);
  const without = region.parties.filter(({ id }) => state?.parties[id]?.contact === undefined);
  const rows = without.map(({ id }, index): HandOverRow => ({
    number: index + 1,
    values: emptyValues({ municipality: municipalityName(nisOf(id) ?? '') ?? id, path: region.path }),
  }));
  return { path: region.path, partnership: region.partnership, rows };
}

async function takeHandOver(web: Web, reply: FastifyReply, session: Session, body: FormBody): Promise<FastifyReply> {
  switch (first(body, 'do')) {
    case PASTE:
      return takePaste(web, reply, session, body);
    case CORRECTIONS: {
      const plan = await planHandOver(web, session, correctedRows(body).filter(isNamed));
      return sendHandOver(web, reply, session, { plan });
    }
    case APPLY:
      return apply(web, reply, session, body);
    default:
      throw new PageError('bad-input');
  }
}

/** A municipality that was offered to be filled in and stayed empty is left out. */
const isNamed = (row: HandOverRow): boolean => isFilled(row) || row.values.function !== '' || row.values.phone !== '';

async function takePaste(web: Web, reply: FastifyReply, session: Session, body: FormBody): Promise<FastifyReply> {
  const text = first(body, 'rows');
  const read = readRows(text, handOverColumns);
  if (!read.ok) {
    const values = { count: wholeNumber(read.count), max: wholeNumber(MOST_ROWS) };
    const message = web.pages.texts.text(`rows.refused.${read.why}`, values);
    return sendHandOver(web, reply, session, { refused: { text, message } });
  }
  // Of the list that was taken along, the rows that nobody filled in say nothing.
  const rows = read.rows.map(tidied).filter(isNamed);
  if (rows.length === 0) {
    const message = web.pages.texts.text('hand-over.nobody-named');
    return sendHandOver(web, reply, session, { refused: { text, message } });
  }
  return sendHandOver(web, reply, session, { plan: await planHandOver(web, session, rows) });
}

async function apply(web: Web, reply: FastifyReply, session: Session, body: FormBody): Promise<FastifyReply> {
  const rows = keptRows(body);
  const plan = await planHandOver(web, session, rows);
  const changes = plan.rows.flatMap((row) => row.changes);
  if (first(body, 'confirmed') !== CONFIRMED) return sendHandOver(web, reply, session, { plan, again: 'unseen' });
  // Who presses again after an interruption goes on with what is left of what was seen.
  if (changes.length > 0 && first(body, 'seen') !== planDigest(plan)) {
    return sendHandOver(web, reply, session, { plan, again: 'changed' });
  }
  const results = await applyHandOver(web, session, changes);
  // What was taken is so by now and is left out; what failed, and what was wrong, stays.
  const failed = new Set(results.filter(({ code }) => code !== undefined).map(({ change }) => change.row));
  const left = plan.rows.filter(({ faults, number }) => faults.length > 0 || failed.has(number));
  const rest = await planHandOver(web, session, left);
  return sendHandOver(web, reply, session, { results, ...(rest.rows.length > 0 && { plan: rest }) });
}
