/** What every page has at hand. */
import type { FastifyReply } from 'fastify';
import type { Instant } from '../../domain/ids.ts';
import type { PageFrame, Pages } from '../../templates/pages/render.ts';
import type { WebAppOptions } from './app.ts';
import type { WordsOf } from './words.ts';

export interface Web extends Omit<WebAppOptions, 'clock' | 'words' | 'patience'> {
  /** Path prefix of the public address; often empty. */
  base: string;
  /** Scheme, host and port of the public address. */
  origin: string;
  pages: Pages;
  clock: () => Instant;
  words: WordsOf;
  patience: number;
}

export type FrameDetails = Omit<PageFrame, 'base' | 'hasMailbox'> & { status?: number };

/** Answers with a page. */
export function sendPage(web: Web, reply: FastifyReply, page: string, frame: FrameDetails, view: object): FastifyReply {
  const { status = 200, ...rest } = frame;
  const html = web.pages.render(page, { ...rest, base: web.base, hasMailbox: web.mailbox !== undefined }, view);
  return reply.code(status).type('text/html; charset=utf-8').header('Cache-Control', 'no-store').send(html);
}

/** Sends the browser on after a POST (303), or to a better address (302). */
export const sendTo = (web: Web, reply: FastifyReply, path: string, status: 302 | 303 = 303): FastifyReply =>
  reply.header('Cache-Control', 'no-store').redirect(`${web.base}${path}`, status);
