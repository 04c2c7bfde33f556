/** Every way in which a request can end badly has a page: a Dutch sentence with a way out, never a raw error. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '../../domain/refusals.ts';
import { errorCatalogue, type ErrorCode, errorText, withDays } from '../errors.ts';
import { fullDay } from '../dutch/format.ts';
import { sendRetry } from './answers/retry.ts';
import { bodyOf, first } from './forms/values.ts';
import { sendPage, type Web } from './web.ts';
import type { LocalDate } from '../../domain/ids.ts';

export interface DeadEnd {
  heading?: string;
  /** More sentences, after the one of the code. */
  lines?: string[];
  /** Who can help. */
  contact?: { name: string; email?: string; phone?: string };
  action?: { href: string; label: string };
  about?: string;
  status?: number;
}

/** Ends a request with the page of a code. */
export class PageError extends Error {
  readonly code: ErrorCode;
  readonly detail: Refusal['detail'];
  readonly deadEnd: DeadEnd;
  constructor(code: ErrorCode, deadEnd: DeadEnd = {}, detail?: Refusal['detail']) {
    super(code);
    this.code = code;
    this.detail = detail;
    this.deadEnd = deadEnd;
  }
}

/** The sentence of a code in Dutch, with its days written out. */
export const sentenceOf = (code: ErrorCode, detail?: Refusal['detail']): string =>
  errorText(
    code,
    'nl',
    detail,
    withDays((day) => fullDay(day as LocalDate)),
  );

export function sendFailure(web: Web, reply: FastifyReply, error: PageError): FastifyReply {
  const { heading, lines = [], contact, action, about, status } = error.deadEnd;
  const { texts } = web.pages;
  const key = `failure.${error.code}`;
  const title = heading ?? texts.text(texts.has(key) ? key : 'failure.general');
  const frame = {
    title,
    status: status ?? errorCatalogue[error.code].status,
    ...(about !== undefined && { about }),
    ...(contact && { help: contact }),
  };
  const view = { heading: title, lines: [sentenceOf(error.code, error.detail), ...lines], action };
  return sendPage(web, reply, 'message', frame, view);
}

/** So long, in seconds, until it is worth trying again. */
const STORE_BACK_S = '10';

/** A form that was filled in comes back with all that is in it, to be sent again as the same command. */
function sendStoreAway(web: Web, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  void reply.header('Retry-After', STORE_BACK_S);
  const body = request.method === 'POST' ? bodyOf(request) : {};
  const [formToken, commandId] = [first(body, '_form'), first(body, '_command')];
  if (formToken === '' || commandId === '') return sendFailure(web, reply, new PageError('store-away'));
  const back = pageBefore(web, request);
  return sendRetry(web, reply, { action: request.url, back, body, formToken, commandId });
}

/** The page on which the form was, below the path prefix. */
function pageBefore({ origin, base }: Web, { headers: { referer = '' } }: FastifyRequest): string {
  const page = URL.canParse(referer) ? new URL(referer) : undefined;
  if (page?.origin !== origin || !page.pathname.startsWith(`${base}/`)) return '/';
  return page.pathname.slice(base.length);
}

const codeOfStatus = (status: number | undefined): ErrorCode => {
  if (status === 404) return 'not-found';
  if (status === 413) return 'form-too-large';
  if (status === 429) return 'too-many-requests';
  return status !== undefined && status >= 400 && status < 500 ? 'bad-input' : 'unexpected';
};

export function registerFailures(app: FastifyInstance, web: Web): void {
  app.setNotFoundHandler((_request, reply) => sendFailure(web, reply, new PageError('not-found')));
  app.setErrorHandler((error: FastifyError | PageError | Error, request, reply) => {
    if (error instanceof PageError) return sendFailure(web, reply, error);
    if (web.store.isAway(error)) {
      request.log.error({ err: error, route: request.routeOptions.url }, 'the store cannot be reached');
      return sendStoreAway(web, request, reply);
    }
    const code = codeOfStatus('statusCode' in error ? error.statusCode : undefined);
    // The address of a request may hold a token: the route says enough.
    if (code === 'unexpected') request.log.error({ err: error, route: request.routeOptions.url }, 'a request failed');
    return sendFailure(web, reply, new PageError(code));
  });
}
