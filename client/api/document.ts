/** The OpenAPI 3.1 document, made from the table of operations. */
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponsesObject } from 'zod-openapi';
import { somebody } from '../../definitions/commands.ts';
import { personInput } from '../../definitions/fields.ts';
import { day } from '../../definitions/schema.ts';
import { type ErrorCode, errorCatalogue, errorText } from '../errors.ts';
import type { Web } from '../web/web.ts';
import { PLACE_LIMIT, TOKEN_LIMIT } from './caller.ts';
import { KEY_PATTERN } from './idempotency.ts';
import type { Operation } from './operation.ts';
import type { Needs } from './open-path.ts';
import { operations } from './operations.ts';
import { API, PROBLEM_TYPE, problemSchema } from './problem.ts';

const ABOUT = `
Where the regions stand, and everything that a coordinator can say, for programs.

- **Tokens**: an account makes them on its page (*Mijn account*); send one as \`Authorization: Bearer rp_…\`. A token may at most
  what its account may. Whoever may not see the people of a path gets neither names, nor ids of people, nor what people wrote.
- **Lists** come in pages: send \`next\` back as \`cursor\` until there is none. What is added meanwhile repeats and skips nothing.
- **Changes** need an \`Idempotency-Key\`: the same request under the same key is done once and gets the same answer, for a day at
  least. A command is previewed with the same body at \`/commands/preview\`.
- **Problems** are \`application/problem+json\` (RFC 9457) with a stable \`code\`; \`errors\` says what is wrong where.
- **Limits**: ${String(TOKEN_LIMIT)} requests a minute with a token, ${String(PLACE_LIMIT)} from one place without a valid one. The \`RateLimit\`
  header says what is left, \`Retry-After\` how many seconds to wait.
- Days are \`YYYY-MM-DD\` in Flanders, instants ISO 8601 in UTC, amounts EUR.`.trim();

const numberText = z.string().regex(/^\d+$/);
const limitHeaders = {
  'RateLimit-Policy': z.string().meta({ description: 'How many requests (q) in how many seconds (w).' }),
  RateLimit: z.string().meta({ description: 'How many requests remain (r), and for how many seconds (t).' }),
};
const keyParameter = z
  .string()
  .regex(KEY_PATTERN)
  .meta({
    description: 'An id of your own for this request, the same when you repeat it; a UUID for example.',
    examples: ['8e03978e-40d5-43e8-bc93-6894a57f9324'],
  });

const whoMay: Record<Needs, string> = {
  read: 'For who may read the path: administrators, consultants, who coordinates it, and its readers.',
  see: 'For who may see the people of the path: administrators, consultants, and who coordinates it.',
  change: 'For administrators and who coordinates the path.',
};

const inTheWay: Record<Needs, readonly ErrorCode[]> = {
  read: ['unknown-path', 'forbidden'],
  see: ['unknown-path', 'forbidden', 'only-without-people'],
  change: ['unknown-path', 'forbidden', 'only-without-people', 'only-reading'],
};

/** What can stand in the way of an operation, whatever it is. */
function sharedProblems({ isPublic, isChange, shape, method, needs }: Operation): ErrorCode[] {
  const reads = shape.params ?? shape.query ?? shape.body;
  return [
    ...(isPublic === true ? [] : (['token-missing', 'token-invalid', 'too-many-requests'] as const)),
    ...(needs === undefined ? [] : inTheWay[needs]),
    ...(reads === undefined ? [] : (['bad-input', 'not-found'] as const)),
    ...(method === 'POST' ? (['form-expired', 'body-not-json', 'body-too-large', 'media-type'] as const) : []),
    ...(isChange === true
      ? (['idempotency-key-missing', 'idempotency-key-reused', 'still-running', 'unavailable'] as const)
      : []),
  ];
}

function problemHeaders(operation: Operation, status: number): z.ZodObject | undefined {
  const retry = { 'Retry-After': numberText };
  if (status === 401) return z.object({ 'WWW-Authenticate': z.string() });
  if (operation.isPublic === true) return undefined;
  if (status === 429 || status === 503) return z.object({ ...limitHeaders, ...retry });
  return z.object(limitHeaders);
}

function problemResponses(operation: Operation): ZodOpenApiResponsesObject {
  const codes = [...new Set([...sharedProblems(operation), ...(operation.problems ?? [])])];
  const byStatus = Map.groupBy(codes, (code) => errorCatalogue[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => {
      const headers = problemHeaders(operation, status);
      const description = group.map((code) => `\`${code}\`: ${errorText(code, 'en')}`).join('\n\n');
      const content = { [PROBLEM_TYPE]: { schema: problemSchema } };
      return [String(status) as '400', { description, content, ...(headers && { headers }) }];
    }),
  );
}

function successHeaders({ isPublic, isChange }: Operation): z.ZodObject | undefined {
  const headers = {
    ...(isPublic !== true && limitHeaders),
    ...(isChange === true && {
      'Idempotency-Replayed': z.literal('true').optional().meta({ description: 'This request was answered before.' }),
    }),
  };
  return Object.keys(headers).length === 0 ? undefined : z.object(headers);
}

function described(operation: Operation): ZodOpenApiOperationObject {
  const { id, tag, summary, description, status, shape, isPublic, isChange, needs, example } = operation;
  const { params: path, query, body, documentedBody = body, answer } = shape;
  const headers = successHeaders(operation);
  const said = [description, needs && whoMay[needs]].filter(Boolean).join(' ');
  return {
    ...{ operationId: id, tags: [tag], summary },
    ...(said !== '' && { description: said }),
    requestParams: {
      ...(path && { path }),
      ...(query && { query }),
      ...(isChange === true && { header: z.object({ 'Idempotency-Key': keyParameter }) }),
    },
    ...(documentedBody && {
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: documentedBody,
            ...(example?.body !== undefined && { example: example.body }),
          },
        },
      },
    }),
    responses: {
      [String(status) as '200']: {
        description: summary,
        content: { 'application/json': { schema: answer } },
        ...(headers && { headers }),
      },
      ...problemResponses(operation),
    },
    security: isPublic === true ? [] : [{ token: [] }],
  };
}

/** What checks of our own ask of a value, said in JSON Schema where zod cannot see it. */
const somebodyOrDescribed = [somebody, personInput].map((schema) => {
  const { $schema: _, ...said } = z.toJSONSchema(schema, { io: 'input' });
  return said;
});

/** How long a key may be is said in a look-ahead, which is right and hard to read. */
function withLengths(schema: { pattern?: string; minLength?: number; maxLength?: number }): void {
  const [, least, most, rest] = /^\^\(\?=\.\{(\d+),(\d+)\}\$\)(.*)$/.exec(schema.pattern ?? '') ?? [];
  if (rest === undefined) return;
  Object.assign(schema, { pattern: `^${rest}`, minLength: Number(least), maxLength: Number(most) });
}

export function apiDocument(web: Pick<Web, 'base' | 'origin'>) {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: described(operation) };
  }
  return createDocument(
    {
      openapi: '3.1.0',
      info: { title: 'Regiopad', version: '1', description: ABOUT },
      servers: [{ url: `${web.origin}${web.base}${API}` }],
      tags: [
        { name: 'paths', description: 'Partnerships on their way: where they stand, and what is said to them.' },
        { name: 'municipalities', description: 'Each of them over all the paths in which it takes part.' },
        { name: 'catalogue', description: 'What there is to choose from.' },
      ],
      paths,
      components: {
        securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'A token of an account, `rp_…`.' } },
      },
    },
    {
      override: ({ zodSchema, jsonSchema, io }) => {
        if (io === 'output') return;
        withLengths(jsonSchema);
        if (zodSchema === day) jsonSchema.format = 'date';
        if (zodSchema === somebody) {
          for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key);
          jsonSchema.anyOf = somebodyOrDescribed;
        }
      },
    },
  );
}
