/** For whose mail arrives without its link: a page to type the code that stands for it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { formView, type Problem } from '../forms/fields.ts';
import { FormReader } from '../forms/reader.ts';
import { bodyOf } from '../forms/values.ts';
import { createLimit } from '../limits.ts';
import { checkFormToken, formTokenFor, visitorSecret } from '../security.ts';
import { sendPage, sendTo, type Web } from '../web.ts';
import { CONTACT_COOKIE, contactCookie, homeOf, opens } from './access.ts';

const FORM = 'code';
const PAGE = '/m/code';
/** A town hall sits behind one address, and people mistype; with sixty bits nobody guesses one, at this pace or another. */
const FROM_ONE_PLACE = 10;
const IN_ALL = 120;

export function registerCode(app: FastifyInstance, web: Web): void {
  const perPlace = createLimit(app, web, { max: FROM_ONE_PLACE, timeWindow: '10 minutes' });
  const inAll = createLimit(app, web, {
    max: IN_ALL,
    timeWindow: '10 minutes',
    of: () => '',
  });
  app.get(PAGE, (request, reply) => sendForm(web, request, reply));
  app.post(PAGE, async (request, reply) => {
    await perPlace(request, reply);
    await inAll(request, reply);
    return takeCode(web, request, reply);
  });
}

function sendForm(web: Web, request: FastifyRequest, reply: FastifyReply, problem?: Problem): FastifyReply {
  const { texts } = web.pages;
  const code = { name: 'code', label: texts.text('code.label'), hint: texts.text('code.hint'), autocomplete: 'off' };
  const spec = { id: FORM, action: PAGE, submit: texts.text('code.submit'), fields: [{ ...code, required: true }] };
  const form = formView(spec, formTokenFor(visitorSecret(web, request, reply)), problem);
  const heading = texts.text('code.heading');
  const title = `${problem === undefined ? '' : texts.text('form.title-prefix')}${heading}`;
  return sendPage(web, reply, 'code', { title, status: problem === undefined ? 200 : 422 }, { heading, form });
}

/** What was never a code, and what no longer is one, get the same answer. */
async function takeCode(web: Web, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const body = bodyOf(request);
  checkFormToken(body, visitorSecret(web, request, reply));
  const reader = new FormReader(body, web.pages.texts);
  const typed = reader.required('code', 100);
  const link = reader.isComplete ? await web.links.linkOfCode(typed) : undefined;
  const token = link && (await web.links.contactToken(link));
  const claims = token === undefined ? undefined : await opens(web, token);
  if (token === undefined || claims === undefined) {
    reader.wrong('code', 'code');
    return sendForm(web, request, reply, { form: FORM, body, errors: reader.errors });
  }
  reply.setCookie(CONTACT_COOKIE, token, contactCookie(web, claims));
  return sendTo(web, reply, homeOf(claims.path, claims.party));
}
