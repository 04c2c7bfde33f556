/** Tables to take along: `/uitvoer/antwoorden.xlsx?pad=noordrand-2033`. What somebody may not see is not in them. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { localDay } from '../../../domain/dates.ts';
import { type ExportFilter, tableFor } from '../../exports/regions.ts';
import { isTableName } from '../../exports/tables.ts';
import { isFormat, mediaTypeOf, TooManyRowsError, writeTable } from '../../exports/write.ts';
import { attachmentHeader } from '../file-names.ts';
import { PageError } from '../failures.ts';
import { first, type FormBody, queryOf } from '../forms/values.ts';
import { readQuery } from '../overview/query.ts';
import { requireSession } from '../sign-in/session.ts';
import type { Web } from '../web.ts';

type ExportRequest = FastifyRequest<{ Params: { table: string; format: string } }>;

export function registerExports(app: FastifyInstance, web: Web): void {
  // Without a HEAD route of its own a question for the head alone would make the whole table.
  app.get('/uitvoer/:table.:format', { exposeHeadRoute: false }, (request: ExportRequest, reply) =>
    sendTable(web, request, reply),
  );
}

async function sendTable(web: Web, request: ExportRequest, reply: FastifyReply): Promise<FastifyReply> {
  const session = await requireSession(web, request);
  const { table: name, format } = request.params;
  if (!isTableName(name) || !isFormat(format)) throw new PageError('not-found');
  const table = await tableFor(web, session, name, filterFrom(web, queryOf(request)));
  if (table === undefined) throw new PageError('not-found');
  try {
    const content = await writeTable(table, format, web.clock());
    return await reply
      .type(mediaTypeOf[format])
      .header('Content-Disposition', attachmentHeader(`${table.file}.${format}`))
      .header('X-Content-Type-Options', 'nosniff')
      .header('Cache-Control', 'private, no-store')
      .send(content);
  } catch (error) {
    if (error instanceof TooManyRowsError) throw new PageError('export-too-large');
    throw error;
  }
}

/** As the addresses of the overview have it. Throws the page `bad-input` for a municipality that there is not. */
function filterFrom(web: Web, query: FormBody): ExportFilter {
  const { filter, wrong } = readQuery(query, localDay(web.clock()));
  if (wrong.includes('gemeente')) throw new PageError('bad-input');
  const path = first(query, 'pad').trim();
  return { ...filter, ...(path !== '' && { path }) };
}
