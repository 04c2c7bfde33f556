/** Tables to take along: `/uitvoer/antwoorden.xlsx?pad=noordrand-2033`. What somebody may not see is not in them. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ExportFilter, tableFor } from '../../exports/regions.ts';
import { isTableName } from '../../exports/tables.ts';
import { isFormat, mediaTypeOf, TooManyRowsError, writeTable } from '../../exports/write.ts';
import { attachmentHeader } from '../file-names.ts';
import { PageError } from '../failures.ts';
import { first, type FormBody, queryOf } from '../forms/values.ts';
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
  const table = await tableFor(web, session, name, filterFrom(queryOf(request)));
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

/** As the addresses of the overview have it. An empty choice is none: a form sends all its fields. */
function filterFrom(query: FormBody): ExportFilter {
  const filter: ExportFilter = {};
  for (const [name, key] of filterNames) {
    const value = first(query, name).trim();
    if (value !== '') Object.assign(filter, { [key]: value });
  }
  return filter;
}

const filterNames: readonly (readonly [name: string, key: keyof ExportFilter])[] = [
  ['pad', 'path'],
  ['ronde', 'round'],
  ['regio', 'region'],
  ['stap', 'step'],
  ['gemeente', 'municipality'],
  ['consulent', 'consultant'],
  ['zoek', 'text'],
];
