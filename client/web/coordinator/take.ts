/** Takes a form of a coordinator: reads it, tells the path, and shows the page again with what went wrong. */
import type { FastifyReply } from 'fastify';
import type { Command } from '../../../domain/commands.ts';
import { preview } from '../../../domain/preview.ts';
import { isRefusal } from '../../../domain/refusals.ts';
import { sendRetry } from '../answers/retry.ts';
import { PageError } from '../failures.ts';
import type { Problem } from '../forms/fields.ts';
import { FormReader } from '../forms/reader.ts';
import { dateField, type Refused, refusedProblem } from '../forms/refused.ts';
import { type SentForm, sentForm } from '../forms/sent.ts';
import { first, type FormBody } from '../forms/values.ts';
import { checkFormToken } from '../security.ts';
import { tell, tellEnded, type Told } from '../tell.ts';
import { sessionField } from '../sessions/form.ts';
import { notesQuery } from '../sessions/notes.ts';
import { sendTo, type Web } from '../web.ts';
import { actorFor, type OpenPath, openToChange, type PathRequest } from './access.ts';
import { formCommands, isFormCommand, type Reading } from './commands.ts';
import { type PreviewedForm, sendPreview } from './preview-page.ts';

/** A path with the form that was sent to it. Throws the page of a form that did not come from here. */
export async function openForm(web: Web, request: PathRequest): Promise<SentForm & { open: OpenPath }> {
  const open = await openToChange(web, request);
  const form = await sentForm(request);
  checkFormToken(form.body, open.session.secret);
  return { open, ...form };
}

/** @param page where the form stands, below the path prefix: shown again after success, and on failure with the problem */
export async function takeCommand(
  web: Web,
  reply: FastifyReply,
  { open, body, upload }: SentForm & { open: OpenPath },
  page: string,
  show: (problem: Problem) => Promise<FastifyReply> | FastifyReply,
): Promise<FastifyReply> {
  const { dossier, session } = open;
  const type = first(body, 'command');
  if (!isFormCommand(type)) throw new PageError('bad-input');
  const reader = new FormReader(body, dossier.texts);
  const commandId = reader.commandId();
  // Back from the preview: the form as it was filled in, under the same id.
  if (first(body, '_back') !== '') return show({ form: first(body, '_id'), body, errors: {}, commandId });
  const read: (reading: Reading) => object = formCommands[type];
  const isPreview = first(body, '_preview') !== '';
  const data = await Promise.resolve(
    read({ web, dossier, reader, isPreview, by: session.account.id, ...(upload && { upload }) }),
  );
  const problem: Problem = { form: first(body, '_id'), body, errors: reader.errors, commandId };
  if (!reader.isComplete) return show(problem);
  // Sessions that somebody does not know stay as they are.
  if (type === 'change-party' && Object.keys(data).length === 1) return sendTo(web, reply, page);
  // The table pairs each command with its data; TypeScript cannot follow that through a union.
  const command = { type, data } as Command;
  if (isPreview) return showFirst(web, reply, { open, body, page, command, commandId }, show);
  const told = await tellPath(web, open, commandId, command);
  if (told.ok) return sendTo(web, reply, `${page}?gedaan${notesQuery(reader)}`);
  if (told.code !== 'unavailable') return show(refusedProblem(problem, told, dateFieldOf(body, told)));
  const { formToken } = session;
  return sendRetry(web, reply, { action: page, back: page, about: dossier.partnership, body, formToken, commandId });
}

/** What a form would change, on a page of its own; what the path would refuse is said in the form. */
async function showFirst(
  web: Web,
  reply: FastifyReply,
  form: PreviewedForm,
  show: (problem: Problem) => Promise<FastifyReply> | FastifyReply,
): Promise<FastifyReply> {
  const { open, body, command, commandId } = form;
  const { state, now } = open.dossier;
  const shown = preview(state, command, await actorFor(web, open, command.type), now);
  if (!isRefusal(shown)) return sendPreview(web, reply, form, shown);
  const problem: Problem = { form: first(body, '_id'), body, errors: {}, commandId };
  return show(refusedProblem(problem, shown, dateFieldOf(body, shown)));
}

/** The date that a refusal is about: the one of the form, or one of the sessions in it. */
const dateFieldOf = (body: FormBody, refused: Refused): string | undefined =>
  dateField(body, ['on', 'to'], refused) ?? sessionField(body, refused);

async function tellPath(web: Web, open: OpenPath, id: string, command: Command): Promise<Told> {
  const { state } = open.dossier;
  const behalf = command.type === 'add-evidence' ? command.data.party : undefined;
  const actor = await actorFor(web, open, command.type, behalf);
  const isReopening = command.type === 'reopen' && state.ending !== undefined;
  return isReopening ? tellEnded(web, state, { id, actor, command }) : tell(web, state.id, id, actor, command);
}
