/** In a trial: answer a mail of the embedded mailbox, send it back, or say that its reader is away. A real mail comes in. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addDays, localDay } from '../../domain/dates.ts';
import { deliverTo } from '../inbound/sources/maildir.ts';
import { type TrialKind, trialKinds, trialMail } from '../inbound/trial-mails.ts';
import { fullDay } from '../dutch/format.ts';
import type { MailDetail } from '../mailbox.ts';
import { PageError } from './failures.ts';
import { bodyOf, first } from './forms/values.ts';
import { checkFormToken, formTokenFor, visitorSecret } from './security.ts';
import { sendTo, type Web } from './web.ts';

type MailRequest = FastifyRequest<{ Params: { id: string } }>;

const LONGEST = 2_000;
const AWAY_DAYS = 14;
const isTrialKind = (text: string): text is TrialKind => (trialKinds as readonly string[]).includes(text);

/** @param find the mail that a request is about; throws when it may not be seen */
export function registerMailboxAnswers(
  app: FastifyInstance,
  web: Web,
  spool: string,
  find: (request: MailRequest) => Promise<MailDetail>,
): void {
  app.post('/mailbox/:id/antwoord', async (request: MailRequest, reply) => {
    const mail = await find(request);
    const body = bodyOf(request);
    checkFormToken(body, visitorSecret(web, request, reply));
    const kind = first(body, 'kind');
    if (!isTrialKind(kind)) throw new PageError('bad-input');
    await deliverTo(spool, await trialMail(kind, mail, wordsFor(web, kind, mail, first(body, 'text').trim())));
    return sendTo(web, reply, `/mailbox/${mail.id}?gedaan`);
  });
}

function wordsFor({ pages: { texts }, clock }: Web, kind: TrialKind, mail: MailDetail, text: string) {
  const day = fullDay(addDays(localDay(clock()), AWAY_DAYS));
  return {
    subject: texts.text(`inbound.trial.subject.${kind}`, { subject: mail.subject }),
    text: text.slice(0, LONGEST) || texts.text(`inbound.trial.text.${kind}`, { day }),
  };
}

/** What the form needs. */
export function answersView(web: Web, request: FastifyRequest, reply: FastifyReply, mail: MailDetail) {
  const isDone = typeof request.query === 'object' && request.query !== null && 'gedaan' in request.query;
  return {
    action: `/mailbox/${mail.id}/antwoord`,
    formToken: formTokenFor(visitorSecret(web, request, reply)),
    isDone,
    kinds: trialKinds.map((kind) => ({ kind, label: web.pages.texts.text(`inbound.trial.button.${kind}`) })),
  };
}
