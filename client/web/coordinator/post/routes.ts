/** What is still to leave: the list, one mail, its HTML, orders about it, and a test of it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Message } from '../../../../domain/message.ts';
import { PageError } from '../../failures.ts';
import { first, queryOf } from '../../forms/values.ts';
import { sendMailHtml } from '../../mail-html.ts';
import { sendTo, type Web } from '../../web.ts';
import { type OpenPath, openPath, type PathRequest } from '../access.ts';
import { openForm, takeCommand } from '../take.ts';
import { forecastOf, type NamedMail, postAddress } from './forecast.ts';
import { PARTY_FIELD, sendPost } from './list-page.ts';
import { MAIL_FIELD, sendPostMail } from './mail-page.ts';
import { rendered, renderedTest } from './render.ts';

type MailRequest = FastifyRequest<{ Params: { path: string; mail: string } }>;

const TESTS_AN_HOUR = 20;
const MAIL = '/paden/:path/post/:mail';

function findMail({ dossier }: OpenPath, id: string): NamedMail | undefined {
  return dossier.state.ending === undefined ? forecastOf(dossier).find((mail) => mail.id === id) : undefined;
}

/** A mail that is not to come any more has a page that says so. */
function requireMail(open: OpenPath, id: string): NamedMail {
  const mail = findMail(open, id);
  const { texts } = open.dossier;
  if (mail !== undefined) return mail;
  throw new PageError('mail-not-coming', {
    heading: texts.text('post.gone'),
    action: { href: postAddress(open.dossier.state.id), label: texts.text('post.heading') },
  });
}

export function registerPost(app: FastifyInstance, web: Web): void {
  const tests = app.createRateLimit({
    ...{ max: TESTS_AN_HOUR * web.patience, timeWindow: '1 hour' },
    keyGenerator: (request) => `test ${request.ip}`,
  });

  app.get('/paden/:path/post', async (request: PathRequest, reply) => {
    const query = queryOf(request);
    const party = first(query, PARTY_FIELD);
    return sendPost(web, reply, await openPath(web, request), { party, isDone: 'gedaan' in query });
  });

  app.post('/paden/:path/post', async (request: PathRequest, reply) => {
    const form = await openForm(web, request);
    return takeCommand(web, reply, form, postAddress(form.open.dossier.state.id), (problem) => {
      const mail = findMail(form.open, first(form.body, MAIL_FIELD));
      if (mail !== undefined) return sendPostMail(web, reply, form.open, mail, { problem });
      return sendPost(web, reply, form.open, { party: '', isDone: false, message: problem.message ?? '' });
    });
  });

  app.get(MAIL, async (request: MailRequest, reply) => {
    const open = await openPath(web, request);
    const { test } = request.query as { test?: string };
    const isTest = test === 'accepted' || test === 'other';
    const note = isTest
      ? open.dossier.texts.text(`post.test.${test}`, { address: open.session.account.email })
      : undefined;
    return sendPostMail(web, reply, open, requireMail(open, request.params.mail), note === undefined ? {} : { note });
  });

  app.get(`${MAIL}/html`, { helmet: false }, async (request: MailRequest, reply) => {
    const open = await openPath(web, request);
    const { message } = requireMail(open, request.params.mail);
    return sendMailHtml(reply, (await wordsOf(rendered(web, open.dossier, message))).html);
  });

  app.post(`${MAIL}/test`, async (request: MailRequest, reply) => {
    const { open } = await openForm(web, request);
    const mail = requireMail(open, request.params.mail);
    const limit = await tests(request);
    if (!limit.isAllowed && limit.isExceeded) throw new PageError('too-many-requests');
    return sendTest(web, reply, open, mail.message, `${postAddress(open.dossier.state.id)}/${mail.id}`);
  });
}

async function wordsOf(mail: ReturnType<typeof rendered>) {
  const words = await mail;
  if (words === undefined) throw new PageError('not-found');
  return words;
}

async function sendTest(
  web: Web,
  reply: FastifyReply,
  open: OpenPath,
  message: Message,
  page: string,
): Promise<FastifyReply> {
  const mail = await wordsOf(renderedTest(web, open.dossier, message));
  const outcome = await web.sendTestMail({ account: open.session.account, message, mail, now: web.clock() });
  return sendTo(web, reply, `${page}?test=${outcome === 'accepted' ? 'accepted' : 'other'}`);
}
