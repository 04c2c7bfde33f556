/** Where a coordinator manages the texts of a path. A GET changes nothing but what it keeps of a draft that was sent. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Decision } from '../../../domain/definition.ts';
import { asPartyId } from '../../../domain/ids.ts';
import { concerned } from '../../../domain/lookup.ts';
import { checkTemplate, type TemplateProblem } from '../../../templates/documents/check-template.ts';
import { draftName } from '../../../templates/documents/words.ts';
import { openDocx } from '../../../templates/documents/open-docx.ts';
import { attachmentsOf, DOCX, nextVersion, templateOf } from '../../../worker/drafts/documents.ts';
import { type OpenPath, openPath } from '../coordinator/access.ts';
import { openForm } from '../coordinator/take.ts';
import { sendDownload, sendFile } from '../downloads.ts';
import { PageError } from '../failures.ts';
import { FormReader } from '../forms/reader.ts';
import { first } from '../forms/values.ts';
import { noteUpload, readUpload } from '../uploads.ts';
import { sendTo, type Web } from '../web.ts';
import { filesOf, noteRefused, readWord, WORD_FIELD } from './files.ts';
import { textAddress } from './links.ts';
import { senderOf } from './sender.ts';
import {
  ATTACHMENT_FORM,
  ATTACHMENT_KINDS,
  sendText,
  sendTexts,
  TEMPLATE_FORM,
  textDecision,
  versionsFor,
} from './texts-page.ts';

type PathRequest = FastifyRequest<{ Params: { path: string } }>;
type TextRequest = FastifyRequest<{ Params: { path: string; decision: string } }>;
type DraftRequest = FastifyRequest<{ Params: { path: string; decision: string; party: string; version: string } }>;

const TEXT = '/paden/:path/teksten/:decision';

export function registerTexts(app: FastifyInstance, web: Web): void {
  app.get('/paden/:path/teksten', async (request: PathRequest, reply) =>
    sendTexts(web, reply, await openPath(web, request)),
  );
  app.get(TEXT, async (request: TextRequest, reply) => {
    const open = await openPath(web, request);
    const isDone = 'gedaan' in (request.query as object);
    return sendText(web, reply, open, textDecision(open, request.params.decision), { isDone });
  });

  app.get(`${TEXT}/sjabloon`, async (request: TextRequest, reply) => {
    const open = await openPath(web, request);
    const decision = textDecision(open, request.params.decision);
    const own = templateOf(filesOf(open.dossier), decision.key, nextVersion(open.dossier.state, decision.key));
    if (own !== undefined) return sendDownload(web, reply, own);
    const name = open.dossier.texts.text('drafts.template.name', { decision: decision.key });
    return sendFile(reply, { name, mediaType: DOCX, content: web.drafts.template });
  });
  app.post(`${TEXT}/sjabloon`, (request: TextRequest, reply) => takeTemplate(web, request, reply));
  app.post(`${TEXT}/bijlagen`, (request: TextRequest, reply) => takeAttachment(web, request, reply));
  app.post(`${TEXT}/bijlagen/weg`, (request: TextRequest, reply) => withdraw(web, request, reply));

  app.get(`${TEXT}/voorbeeld/:party/:version`, (request: DraftRequest, reply) => sendPreview(web, request, reply));
  app.get(`${TEXT}/ontwerp/:party/:version`, async (request: DraftRequest, reply) => {
    const open = await openPath(web, request);
    const { decision, party, version } = request.params;
    const draft = await web.drafts.sent(open.dossier.state.id, decision, asPartyId(party), Number(version));
    if (draft === undefined) throw new PageError('not-found');
    return sendDownload(web, reply, draft);
  });
}

/** What a municipality would get now. */
async function sendPreview(web: Web, request: DraftRequest, reply: FastifyReply): Promise<FastifyReply> {
  const open = await openPath(web, request);
  const { dossier } = open;
  const decision = textDecision(open, request.params.decision);
  const party = asPartyId(request.params.party);
  const textVersion = nextVersion(dossier.state, decision.key);
  if (!concerned(dossier.state, decision).includes(party)) throw new PageError('not-concerned');
  const content = await web.drafts.preview({ state: dossier.state, decision, party, textVersion, at: dossier.now });
  const { words } = dossier;
  const name = draftName(words.decision(decision.key).short, words.party(party), textVersion);
  return sendFile(reply, { name: dossier.texts.text('drafts.preview-name', { name }), mediaType: DOCX, content });
}

async function takeTemplate(web: Web, request: TextRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { open, body } = await openForm(web, request);
  const { dossier } = open;
  const decision = textDecision(open, request.params.decision);
  const createdBy = await senderOf(web, open);
  const reader = new FormReader(body, dossier.texts);
  const word = await readWord(dossier, reader, request);
  const problem = word && checkTemplate(word.parts);
  if (problem !== undefined) reader.errors[WORD_FIELD] ??= templateSentence(open, problem);
  if (word === undefined || problem !== undefined) {
    return sendText(web, reply, open, decision, {
      isDone: false,
      problem: { form: TEMPLATE_FORM, body, errors: reader.errors },
    });
  }
  const { name, mediaType, content } = word;
  const textVersion = nextVersion(dossier.state, decision.key);
  const path = dossier.state.id;
  await web.store.documents.addDocument({
    ...{ path, kind: 'template', decision: decision.key, textVersion, name, mediaType, content, createdBy },
  });
  return sendTo(web, reply, `${textAddress(open, decision.key)}?gedaan`);
}

const templateSentence = ({ dossier: { texts } }: OpenPath, { problem, ...values }: TemplateProblem): string =>
  texts.text(`drafts.refused.${problem}`, { ...values, open: '{', close: '}' });

async function takeAttachment(web: Web, request: TextRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { open, body } = await openForm(web, request);
  const { dossier } = open;
  const decision = textDecision(open, request.params.decision);
  const createdBy = await senderOf(web, open);
  const reader = new FormReader(body, dossier.texts);
  const versions = versionsFor(dossier, decision);
  const textVersion = versions.find((version) => String(version) === first(body, 'version')) ?? versions.at(-1) ?? 1;
  const read = await readUpload(request, { field: WORD_FIELD, accept: ATTACHMENT_KINDS });
  if (read.ok && read.kind === 'docx') {
    const opened = openDocx(read.content);
    if (!opened.ok) noteRefused(reader, dossier.texts, opened.problem);
  }
  noteUpload(reader, dossier.texts, WORD_FIELD, read);
  if (!read.ok || !reader.isComplete) {
    return sendText(web, reply, open, decision, {
      isDone: false,
      problem: { form: ATTACHMENT_FORM, body, errors: reader.errors },
    });
  }
  const { name, mediaType, content } = read;
  await keepAttachment(web, open, decision, { textVersion, name, mediaType, content, createdBy });
  return sendTo(web, reply, `${textAddress(open, decision.key)}?gedaan`);
}

type Attachment = Omit<Parameters<Web['store']['documents']['addDocument']>[0], 'path' | 'kind' | 'decision'>;

const keepAttachment = (web: Web, { dossier }: OpenPath, { key }: Decision, attachment: Attachment) =>
  web.store.documents.addDocument({ ...attachment, path: dossier.state.id, kind: 'attachment', decision: key });

/** Nothing is removed: an empty version takes its place, from the next text on. */
async function withdraw(web: Web, request: TextRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { open, body } = await openForm(web, request);
  const { dossier } = open;
  const decision = textDecision(open, request.params.decision);
  const createdBy = await senderOf(web, open);
  const textVersion = nextVersion(dossier.state, decision.key);
  const file = attachmentsOf(filesOf(dossier), decision.key, textVersion).find(
    ({ id }) => id === first(body, 'document'),
  );
  if (file === undefined) throw new PageError('not-found');
  const { name, mediaType } = file;
  await keepAttachment(web, open, decision, { textVersion, name, mediaType, content: new Uint8Array(), createdBy });
  return sendTo(web, reply, `${textAddress(open, decision.key)}?gedaan`);
}
