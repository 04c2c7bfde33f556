/** What a form sent. */
import type { FastifyRequest } from 'fastify';

export type FormBody = Record<string, string[]>;

/** What a ticked box sends. */
export const CONFIRMED = 'ja';

const LARGEST_FIELDS = 400;

/** The fields of a POST; anything that is no text is left out. */
export const bodyOf = (request: FastifyRequest): FormBody => fieldsOf(request.body);
/** The fields of a form that only asks: they stand in the address. */
export const queryOf = (request: FastifyRequest): FormBody => fieldsOf(request.query);

function fieldsOf(given: unknown): FormBody {
  const body: FormBody = {};
  if (typeof given !== 'object' || given === null) return body;
  for (const [name, value] of Object.entries(given).slice(0, LARGEST_FIELDS)) {
    const texts = (Array.isArray(value) ? value : [value]).filter((text): text is string => typeof text === 'string');
    body[name] = texts.map((text) => text.replaceAll('\r\n', '\n'));
  }
  return body;
}

export const first = (body: FormBody, name: string): string => body[name]?.[0] ?? '';

/** Everything that was filled in, without the token of the form: what a page gives back to be sent again. */
export const hiddenFields = (body: FormBody): { name: string; value: string }[] =>
  Object.entries(body).flatMap(([name, values]) => (name === '_form' ? [] : values.map((value) => ({ name, value }))));
