/** The page for when nothing answers: what was filled in is kept, and can be sent again as the same command. */
import type { FastifyReply } from 'fastify';
import { errorCatalogue } from '../../errors.ts';
import { first, type FormBody, hiddenFields } from '../forms/values.ts';
import { type FrameDetails, sendPage, type Web } from '../web.ts';

export interface Retry {
  /** Where the form was sent to, below the path prefix. */
  action: string;
  back: string;
  about?: string;
  help?: FrameDetails['help'];
  body: FormBody;
  formToken: string;
  commandId: string;
}

export function sendRetry(web: Web, reply: FastifyReply, retry: Retry): FastifyReply {
  const { action, back, about, help, formToken, commandId } = retry;
  const fields = hiddenFields(retry.body).filter(({ name }) => name !== '_command');
  const hidden = [...fields, { name: '_form', value: formToken }, { name: '_command', value: commandId }];
  void reply.header('Retry-After', '10');
  const isAnswer = first(retry.body, 'answer') !== '';
  const heading = web.pages.texts.text(isAnswer ? 'retry.heading' : 'retry.heading-other');
  const frame = {
    title: heading,
    ...(about !== undefined && { about }),
    ...(help && { help }),
    status: errorCatalogue.unavailable.status,
  };
  return sendPage(web, reply, 'retry', frame, { heading, action, back, hidden });
}
