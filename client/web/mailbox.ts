/** /mailbox: what the embedded mail server received, for who sits at this machine. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Instant } from '../../domain/ids.ts';
import { listMails, readMail } from '../mailbox.ts';
import { PageError } from './failures.ts';
import { moment } from '../dutch/format.ts';
import { answersView, registerMailboxAnswers } from './mailbox-answers.ts';
import { checkLocal } from './local.ts';
import { linked, sendMailHtml } from './mail-html.ts';
import { accountFrame, findSession } from './sign-in/session.ts';
import { type MailboxAccess, sendPage, type Web } from './web.ts';

type MailRequest = FastifyRequest<{ Params: { id: string } }>;

const MOST_MAILS = 300;

export function registerMailbox(app: FastifyInstance, web: Web): void {
  const { mailbox } = web;
  if (mailbox === undefined) return;

  app.get('/mailbox', async (request, reply) => {
    checkLocal(request);
    const mails = await listMails(mailbox.folder);
    const shown = mails.slice(0, MOST_MAILS).map((mail) => ({
      ...mail,
      when: moment(mail.receivedAt as Instant),
      isRepeat: mail.copies > 1,
    }));
    const view = { mails: shown, count: mails.length };
    return sendPage(web, reply, 'mailbox', { ...(await frame(web, request)), title: text(web, 'heading') }, view);
  });

  app.get<{ Params: { id: string } }>('/mailbox/:id', async (request, reply) => {
    const mail = await found(mailbox, request);
    const view = {
      ...mail,
      when: moment(mail.receivedAt as Instant),
      hasHtml: mail.html !== '',
      headers: mail.headers.map(({ line }) => line).join('\n'),
      parts: linked(mail.text),
      answers: mailbox.spool === undefined ? undefined : answersView(web, request, reply, mail),
    };
    const title = web.pages.texts.text('mailbox.mail-title', { subject: mail.subject });
    return sendPage(web, reply, 'mail', { ...(await frame(web, request)), title }, view);
  });

  if (mailbox.spool !== undefined)
    registerMailboxAnswers(app, web, mailbox.spool, (request) => found(mailbox, request));

  app.get<{ Params: { id: string } }>('/mailbox/:id/html', { helmet: false }, async (request, reply) =>
    sendMailHtml(reply, (await found(mailbox, request)).html),
  );
}

const text = (web: Web, key: string): string => web.pages.texts.text(`mailbox.${key}`);

async function frame(web: Web, request: FastifyRequest) {
  const session = await findSession(web, request);
  return session === undefined ? {} : { account: accountFrame(session) };
}

async function found(mailbox: MailboxAccess, request: MailRequest) {
  checkLocal(request);
  const mail = await readMail(mailbox.folder, request.params.id);
  if (mail === undefined) throw new PageError('not-found');
  return mail;
}
