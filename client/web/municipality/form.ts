/** A form that came from a municipality's page. */
import type { FastifyRequest } from 'fastify';
import type { Retry } from '../answers/retry.ts';
import { type SentForm, sentForm } from '../forms/sent.ts';
import type { FormBody } from '../forms/values.ts';
import { checkFormToken } from '../security.ts';
import type { Web } from '../web.ts';
import { around } from './frame.ts';
import { CONTACT_COOKIE, type ContactParams, openVisit, type Visit } from './access.ts';

export type ContactRequest = FastifyRequest<{ Params: ContactParams }>;

/** A visit with the form that was sent in it; throws the page of a form that did not come from here. */
export async function openForm(web: Web, request: ContactRequest): Promise<SentForm & { visit: Visit }> {
  const visit = await openVisit(web, request);
  const form = await sentForm(request);
  checkFormToken(form.body, request.cookies[CONTACT_COOKIE] ?? '');
  return { visit, ...form };
}

export const retryOf = (visit: Visit, action: string, body: FormBody, commandId: string): Retry => ({
  ...{ body, commandId, formToken: visit.formToken },
  action: `${visit.home}/${action}`,
  back: visit.home,
  ...around(visit),
});
