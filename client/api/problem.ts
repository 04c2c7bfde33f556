/** Everything that goes wrong in the API, as problem+json (RFC 9457). Its codes and words are those of the catalogue. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Refusal } from '../../domain/refusals.ts';
import { type ErrorCode, errorCatalogue, errorText } from '../errors.ts';
import { RefusedError, UnavailableError, UnknownPathError } from '../path-client.ts';
import { PageError } from '../web/failures.ts';
import type { Web } from '../web/web.ts';

export const API = '/api/v1';

/** What is wrong at one place of what was sent. */
export interface InputError {
  /** RFC 6901, in the body. */
  pointer?: string;
  /** The name of a parameter of the address, or of a header. */
  parameter?: string;
  detail: string;
  expected?: string;
}

export class ApiProblem extends Error {
  readonly code: ErrorCode;
  readonly detail: Refusal['detail'];
  readonly errors: InputError[];
  constructor(code: ErrorCode, { detail, errors = [] }: { detail?: Refusal['detail']; errors?: InputError[] } = {}) {
    super(code);
    this.code = code;
    this.detail = detail;
    this.errors = errors;
  }
}

export const problemSchema = z
  .object({
    type: z.url().meta({ description: 'An address that says more about the code.' }),
    title: z.string().meta({ description: 'What the code means, the same each time.' }),
    status: z.int(),
    detail: z.string().meta({ description: 'What it is this time.' }),
    code: z.string().meta({ description: 'Stable, for programs.', examples: ['not-open-yet'] }),
    errors: z
      .array(
        z.object({
          pointer: z.string().exactOptional().meta({ description: 'Where in the body (RFC 6901).' }),
          parameter: z.string().exactOptional().meta({ description: 'Which parameter or header.' }),
          detail: z.string(),
          expected: z.string().exactOptional(),
        }),
      )
      .exactOptional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457.' });

const fastifyCodes: Partial<Record<string, ErrorCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media-type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'body-not-json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'body-not-json',
  FST_ERR_BAD_URL: 'not-found',
};

function codeOfStatus(status: number | undefined): ErrorCode {
  if (status === 404 || status === 414) return 'not-found';
  if (status === 429) return 'too-many-requests';
  return status !== undefined && status >= 400 && status < 500 ? 'bad-input' : 'unexpected';
}

/** What was thrown, as a problem; what nobody foresaw is `unexpected`. */
export function problemOf(error: FastifyError | Error): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof PageError) return new ApiProblem(error.code, error.detail && { detail: error.detail });
  if (error instanceof RefusedError) return refusedProblem(error.refusal);
  if (error instanceof UnknownPathError) return new ApiProblem('unknown-path');
  if (error instanceof UnavailableError) return new ApiProblem('unavailable');
  const { code, statusCode } = error as Partial<FastifyError>;
  return new ApiProblem(fastifyCodes[code ?? ''] ?? codeOfStatus(statusCode));
}

export const refusedProblem = ({ code, detail }: Refusal): ApiProblem => new ApiProblem(code, detail && { detail });

export interface ProblemBody {
  status: number;
  body: string;
}

export function problemBody(web: Web, { code, detail, errors }: ApiProblem): ProblemBody {
  const { status } = errorCatalogue[code];
  const problem: z.input<typeof problemSchema> = {
    type: `${web.origin}${web.base}${API}/problems#${code}`,
    title: errorText(code, 'en'),
    status,
    detail: errorText(code, 'en', detail),
    code,
    ...(errors.length > 0 && { errors }),
  };
  return { status, body: JSON.stringify(problem) };
}

export const PROBLEM_TYPE = 'application/problem+json';
/** How long to wait before asking again what is still being done, or could not be. */
const RETRY_SECONDS = 5;

export function sendProblem(web: Web, reply: FastifyReply, problem: ApiProblem): FastifyReply {
  const { status, body } = problemBody(web, problem);
  const isLater = ['unavailable', 'store-away', 'still-running'].includes(problem.code);
  if (isLater) void reply.header('Retry-After', String(RETRY_SECONDS));
  return reply.code(status).header('Cache-Control', 'no-store').type(PROBLEM_TYPE).send(body);
}

/** Answers a request that failed. The address of a request may hold a token: a log gets the route. */
export function sendFailed(web: Web, request: FastifyRequest, reply: FastifyReply, error: Error): FastifyReply {
  const problem = web.store.isAway(error) ? new ApiProblem('store-away') : problemOf(error);
  if (problem.code === 'unexpected')
    request.log.error({ err: error, route: request.routeOptions.url }, 'a request of the API failed');
  return sendProblem(web, reply, problem);
}
