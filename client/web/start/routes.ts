/** Starting a path from what people have: a few calm pages, kept as a draft until the last one starts it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isAdministrator } from '../../access/viewer.ts';
import { startPath } from '../../services/start-path.ts';
import type { StartDraft } from '../../start/draft.ts';
import { sendRetry } from '../answers/retry.ts';
import { homeOfPath } from '../coordinator/access.ts';
import { PageError, sentenceOf } from '../failures.ts';
import { bodyOf, CONFIRMED, first, type FormBody } from '../forms/values.ts';
import { checkFormToken } from '../security.ts';
import { accountFrame } from '../sign-in/session.ts';
import { sendPage, sendTo, type Web } from '../web.ts';
import {
  draftAddress,
  type DraftRequest,
  keepDraft,
  openDraft,
  type OpenDraft,
  requireStarter,
  START,
} from './access.ts';
import { sendDrafts } from './drafts-page.ts';
import type { StartDefinitions } from './loaders.ts';
import { lookAddress, seenOf, sendLook } from './look-page.ts';
import { areRowsRight, isWhatRight } from './steps.ts';
import { readWhat, sendWhat, whatContext, whatFindings } from './what-page.ts';
import { sendWho, takeRows, whoAddress } from './who-page.ts';

export function registerStart(app: FastifyInstance, web: Web): void {
  const { definitions } = web;

  app.get(START, async (request, reply) => sendDrafts(web, definitions, reply, await requireStarter(web, request)));
  app.post(START, (request, reply) => begin(web, definitions, request, reply));

  app.get(`${START}/:draft`, async (request: DraftRequest, reply) => {
    const open = await openDraft(web, definitions, request);
    const elsewhere = startedAt(open);
    return elsewhere === undefined ? sendWhat(web, definitions, reply, open, []) : sendTo(web, reply, elsewhere, 302);
  });
  app.post(`${START}/:draft`, (request: DraftRequest, reply) => takeWhat(web, definitions, request, reply));

  app.get(`${START}/:draft/gemeenten`, async (request: DraftRequest, reply) => {
    const open = await openDraft(web, definitions, request);
    const { gelezen, regel } = request.query as Record<string, unknown>;
    const [added, row] = [numberIn(gelezen), numberIn(regel)];
    const options = { ...(added !== undefined && { added }), ...(row !== undefined && { row }) };
    const elsewhere = startedAt(open);
    return elsewhere === undefined
      ? sendWho(web, definitions, reply, open, options)
      : sendTo(web, reply, elsewhere, 302);
  });
  app.post(`${START}/:draft/gemeenten`, (request: DraftRequest, reply) => takeWho(web, definitions, request, reply));

  app.get(`${START}/:draft/vooruitblik`, async (request: DraftRequest, reply) => {
    const open = await openDraft(web, definitions, request);
    const elsewhere = startedAt(open) ?? (await whatIsWrong(web, open));
    return elsewhere === undefined ? look(web, reply, open) : sendTo(web, reply, elsewhere, 302);
  });
  app.post(`${START}/:draft/vooruitblik`, (request: DraftRequest, reply) => start(web, definitions, request, reply));

  app.post(`${START}/:draft/weg`, async (request: DraftRequest, reply) => {
    const { session, id } = await openForm(web, definitions, request);
    await web.store.startDrafts.remove(session.account.id, id);
    return sendTo(web, reply, START);
  });
}

const numberIn = (given: unknown): number | undefined =>
  typeof given === 'string' && /^\d{1,4}$/.test(given) ? Number(given) : undefined;

/** A draft that became a path is that path. */
const startedAt = ({ startedAs }: OpenDraft): string | undefined =>
  startedAs === undefined ? undefined : homeOfPath(startedAs);

async function openForm(
  web: Web,
  definitions: StartDefinitions,
  request: DraftRequest,
): Promise<OpenDraft & { body: FormBody }> {
  const open = await openDraft(web, definitions, request);
  const body = bodyOf(request);
  checkFormToken(body, open.session.secret);
  return { ...open, body };
}

async function begin(
  web: Web,
  definitions: StartDefinitions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const session = await requireStarter(web, request);
  const body = bodyOf(request);
  checkFormToken(body, session.secret);
  const path = first(body, 'path');
  const chosen = definitions.paths().some(({ key }) => key === path) ? definitions.definition(path) : undefined;
  if (chosen?.ok !== true) throw new PageError('bad-input');
  const { name, email } = session.account;
  const rounds = definitions.roundsFor(chosen.value);
  const [only] = rounds;
  const draft: StartDraft = {
    path,
    rows: [],
    what: {
      ...(isAdministrator(session) ? {} : { coordinatorName: name, coordinatorEmail: email }),
      ...(only !== undefined && rounds.length === 1 && { round: only.key }),
    },
  };
  const { id } = await web.store.startDrafts.create(session.account.id, JSON.stringify(draft));
  return sendTo(web, reply, draftAddress(id));
}

async function takeWhat(
  web: Web,
  definitions: StartDefinitions,
  request: DraftRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { body, ...before } = await openForm(web, definitions, request);
  const draft = readWhat(whatContext(web, definitions, before), before, body);
  const open = await keepDraft(web, definitions, before, draft);
  const findings = await whatFindings(web, open);
  return findings.length > 0
    ? sendWhat(web, definitions, reply, open, findings)
    : sendTo(web, reply, whoAddress(open.id));
}

async function takeWho(
  web: Web,
  definitions: StartDefinitions,
  request: DraftRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { body, ...before } = await openForm(web, definitions, request);
  const taken = takeRows(web, before, body);
  if ('refused' in taken) {
    return sendWho(web, definitions, reply, before, { refused: { text: first(body, 'rows'), message: taken.refused } });
  }
  const open = await keepDraft(web, definitions, before, taken.draft);
  return sendTo(
    web,
    reply,
    taken.added === undefined ? whoAddress(open.id) : `${whoAddress(open.id)}?gelezen=${String(taken.added)}`,
  );
}

/** The page with what is not right yet; undefined when a path can be looked at. */
async function whatIsWrong(web: Web, open: OpenDraft): Promise<string | undefined> {
  if (!isWhatRight(open.checked) || (await whatFindings(web, open)).length > 0) return draftAddress(open.id);
  return areRowsRight(open.checked) ? undefined : whoAddress(open.id);
}

function look(web: Web, reply: FastifyReply, open: OpenDraft, problem?: Parameters<typeof sendLook>[4]): FastifyReply {
  const { region } = open.checked;
  return region === undefined
    ? sendTo(web, reply, draftAddress(open.id), 302)
    : sendLook(web, reply, open, region, problem);
}

async function start(
  web: Web,
  definitions: StartDefinitions,
  request: DraftRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { body, ...open } = await openForm(web, definitions, request);
  const elsewhere = startedAt(open) ?? (await whatIsWrong(web, open));
  if (elsewhere !== undefined) return sendTo(web, reply, elsewhere);
  const { region } = open.checked;
  if (region === undefined) return sendTo(web, reply, draftAddress(open.id));
  if (first(body, 'confirmed') !== CONFIRMED) return look(web, reply, open, { isUnseen: true });
  // What leaves is what was seen: after a change, or on another day, it is shown again first.
  if (first(body, 'seen') !== seenOf(web, open)) {
    return look(web, reply, open, { message: web.pages.texts.text('start.look.changed') });
  }
  const result = await startPath(web, open.session, region, 'web');
  if (!result.ok) {
    if (result.code !== 'unavailable') return look(web, reply, open, { message: sentenceOf(result.code) });
    const retry = { action: lookAddress(open.id), back: lookAddress(open.id), about: region.file.partnership, body };
    return sendRetry(web, reply, { ...retry, formToken: open.session.formToken, commandId: first(body, '_command') });
  }
  await web.store.startDrafts.started(open.session.account.id, open.id, result.path);
  if (result.isRecorded) return sendTo(web, reply, `${homeOfPath(result.path)}?gestart`);
  return sendSoon(web, reply, open, homeOfPath(result.path));
}

/** It has started, and its record is a moment late. */
function sendSoon(web: Web, reply: FastifyReply, { session }: OpenDraft, href: string): FastifyReply {
  const { texts } = web.pages;
  const heading = texts.text('start.started');
  const action = { href, label: texts.text('start.to-region') };
  const frame = { title: heading, account: accountFrame(session) };
  return sendPage(web, reply, 'message', frame, { heading, lines: [texts.text('start.started-soon')], action });
}
