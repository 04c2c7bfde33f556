/**
 * Lists that are walked page by page. A cursor says after which thing a page begins, so that what is added or removed meanwhile
 * neither repeats nor skips anything that was there.
 */
import { z } from 'zod';
import { expecting } from '../../definitions/issues.ts';
import { ApiProblem } from './problem.ts';

export const MOST = 200;
const USUAL = 50;

const limitExpected = expecting(`a whole number from 1 to ${String(MOST)}`);
const limit = z
  .string(limitExpected)
  .regex(/^[1-9]\d{0,2}$/, limitExpected)
  .transform(Number)
  .refine((count) => count <= MOST, limitExpected)
  .meta({
    description: `How many at most; ${String(USUAL)} when it is left out.`,
    override: ({ jsonSchema }) => {
      delete jsonSchema.pattern;
      Object.assign(jsonSchema, { type: 'integer', minimum: 1, maximum: MOST });
    },
  });

const cursorExpected = expecting('the `next` of an earlier page');
const cursor = z
  .string(cursorExpected)
  .regex(/^[\w-]{1,400}$/, cursorExpected)
  .meta({ description: 'The `next` of the page before; absent for the first one. Opaque.' });

/** The parameters of a list. */
export const pageQuery = { limit: limit.exactOptional(), cursor: cursor.exactOptional() };

export interface PageQuery {
  limit?: number;
  cursor?: string;
}

export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    next: z.string().exactOptional().meta({ description: 'The cursor of the next page; absent on the last one.' }),
  });

const encoded = (after: string): string => Buffer.from(after).toString('base64url');

/** The key after which a page begins. Throws `bad-input` for what is no cursor of ours. */
function decoded(text: string): string {
  const after = Buffer.from(text, 'base64url').toString();
  if (encoded(after) === text) return after;
  throw new ApiProblem('bad-input', { errors: [{ parameter: 'cursor', detail: 'this is no cursor' }] });
}

export interface Page<Item> {
  items: Item[];
  next?: string;
}

/** A page of what is in the order of its keys, which are unique. */
export function pageIn<Item>(
  sorted: readonly Item[],
  { cursor: from, limit: most = USUAL }: PageQuery,
  keyOf: (item: Item) => string,
): Page<Item> {
  const after = from === undefined ? undefined : decoded(from);
  const rest = after === undefined ? sorted : sorted.filter((item) => keyOf(item) > after);
  return cut(rest, most, keyOf);
}

/** The number after which a page begins, of things that are numbered from 1. */
export function numberAfter({ cursor: from }: PageQuery): number {
  const after = from === undefined ? 0 : Number(decoded(from));
  if (Number.isSafeInteger(after) && after >= 0) return after;
  throw new ApiProblem('bad-input', { errors: [{ parameter: 'cursor', detail: 'this is no cursor' }] });
}

export const limitOf = ({ limit: most = USUAL }: PageQuery): number => most;

/** A page of what was read with one more than asked for, which says whether there is a next one. */
export function cut<Item>(read: readonly Item[], most: number, keyOf: (item: Item) => string): Page<Item> {
  const items = read.slice(0, most);
  const last = items.at(-1);
  return { items, ...(read.length > most && last !== undefined && { next: encoded(keyOf(last)) }) };
}
