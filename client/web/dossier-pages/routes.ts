/** The dossier of a region: its page, its checklist and receipt, and its files. A GET changes nothing. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Readable } from 'node:stream';
import type { Filing } from '../../../definitions/filing.ts';
import { archiveName, archiveZip } from '../../exports/archive/archive.ts';
import { filingOf } from '../../exports/kiosk/filing.ts';
import { kioskZip } from '../../exports/kiosk/kiosk.ts';
import { coverPdf, coverSheet } from '../../exports/kiosk/sheet.ts';
import { type OpenPath, openPath, type PathRequest } from '../coordinator/access.ts';
import { openForm } from '../coordinator/take.ts';
import { sendFile } from '../downloads.ts';
import { senderOf } from '../drafts/sender.ts';
import { attachmentHeader } from '../file-names.ts';
import { PageError } from '../failures.ts';
import { FormReader } from '../forms/reader.ts';
import { first } from '../forms/values.ts';
import { createLimit } from '../limits.ts';
import { noteUpload, readUpload } from '../uploads.ts';
import { sendTo, type Web } from '../web.ts';
import { dossierAddress, RECEIPT_FIELD, RECEIPT_FORM, RECEIPT_KINDS, sendDossier } from './page.ts';

/** A whole dossier takes seconds to make. */
const ZIPS_A_MINUTE = 10;
/** So many receipts can come: nothing is ever removed, and nobody needs more. */
const MOST_RECEIPTS = 10;

export function registerDossier(app: FastifyInstance, web: Web): void {
  const limit = createLimit(app, web, { max: ZIPS_A_MINUTE, timeWindow: '1 minute' });
  // A question for the head alone would make all of it.
  const whole = { exposeHeadRoute: false };

  app.get('/paden/:path/dossier', async (request: PathRequest, reply) =>
    sendDossier(web, reply, await openPath(web, request), { isDone: 'gedaan' in (request.query as object) }),
  );
  app.post('/paden/:path/dossier/checklist', (request: PathRequest, reply) => takeTick(web, request, reply));
  app.post('/paden/:path/dossier/ontvangst', (request: PathRequest, reply) => takeReceipt(web, request, reply));

  app.get('/paden/:path/dossier/archief.zip', whole, async (request: PathRequest, reply) => {
    const { dossier } = await openPath(web, request);
    await limit(request, reply);
    return sendZip(reply, archiveName(dossier), archiveZip(web.store, dossier));
  });
  app.get('/paden/:path/dossier/kiosk.zip', whole, async (request: PathRequest, reply) => {
    const { dossier, filing } = await openFiling(web, request);
    await limit(request, reply);
    const ticked = await web.store.checklist.tickedOf(dossier.state.id);
    const name = `${dossier.state.id}-${filing.platform.toLowerCase()}-${dossier.today}.zip`;
    return sendZip(reply, name, kioskZip(web.store, dossier, filing, ticked));
  });
  app.get('/paden/:path/dossier/overzicht.pdf', whole, async (request: PathRequest, reply) => {
    const { dossier, filing } = await openFiling(web, request);
    await limit(request, reply);
    const ticked = await web.store.checklist.tickedOf(dossier.state.id);
    const content = await coverPdf(dossier, coverSheet(dossier, filing, ticked));
    return sendFile(reply, { name: `${dossier.state.id}-overzicht.pdf`, mediaType: 'application/pdf', content });
  });
}

/** Throws the page `not-found` for a path at whose end nothing is handed in. */
async function openFiling(web: Web, request: PathRequest): Promise<OpenPath & { filing: Filing }> {
  const open = await openPath(web, request);
  const filing = filingOf(open.dossier);
  if (filing === undefined) throw new PageError('not-found');
  return { ...open, filing };
}

const sendZip = (reply: FastifyReply, name: string, content: Readable): FastifyReply =>
  reply
    .type('application/zip')
    .header('Content-Disposition', attachmentHeader(name))
    .header('X-Content-Type-Options', 'nosniff')
    .header('Cache-Control', 'private, no-store')
    .send(content);

async function takeTick(web: Web, request: PathRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { open, body } = await openForm(web, request);
  const path = open.dossier.state.id;
  const item = filingOf(open.dossier)?.checklist.find(({ key }) => key === first(body, 'item'));
  if (item === undefined) throw new PageError('bad-input');
  if (first(body, 'tick') === '') await web.store.checklist.untick(path, item.key);
  else await web.store.checklist.tick(path, item.key, open.session.account.name);
  return sendTo(web, reply, `${dossierAddress(open)}?gedaan`);
}

async function takeReceipt(web: Web, request: PathRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { open, body } = await openForm(web, request);
  const { dossier } = open;
  const { texts, state, documents } = dossier;
  const createdBy = await senderOf(web, open);
  if (filingOf(dossier) === undefined || state.submission === undefined) throw new PageError('bad-input');
  const reader = new FormReader(body, texts);
  const read = await readUpload(request, { field: RECEIPT_FIELD, accept: RECEIPT_KINDS });
  noteUpload(reader, texts, RECEIPT_FIELD, read);
  if ([...documents.values()].filter(({ kind }) => kind === 'receipt').length >= MOST_RECEIPTS)
    reader.errors[RECEIPT_FIELD] ??= texts.text('dossier.receipt.full', { count: MOST_RECEIPTS });
  if (!read.ok || !reader.isComplete) {
    const problem = { form: RECEIPT_FORM, body, errors: reader.errors };
    return sendDossier(web, reply, open, { isDone: false, problem });
  }
  const { name, mediaType, content } = read;
  await web.store.documents.addDocument({ path: state.id, kind: 'receipt', name, mediaType, content, createdBy });
  return sendTo(web, reply, `${dossierAddress(open)}?gedaan`);
}
