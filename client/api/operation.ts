/**
 * What an operation of the API is: one entry of the table from which both the routes and the OpenAPI document are made, so that
 * what is said of an answer and what is answered cannot differ.
 */
import type { z } from 'zod';
import type { Viewer } from '../access/viewer.ts';
import type { ErrorCode } from '../errors.ts';
import type { Web } from '../web/web.ts';
import type { Needs, OpenPath } from './open-path.ts';
import { pathParams } from './schemas/common.ts';

export interface Shape {
  /** The parts of the address between braces. */
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** What is said of a body in the document, where what is read is looser than that. */
  documentedBody?: z.ZodType;
  /** What comes out: an answer is cut to it, so that nothing else gets out. */
  answer: z.ZodType;
}

type OutputOf<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

export interface Call<S extends Shape> {
  web: Web;
  viewer: Viewer;
  params: OutputOf<S['params']>;
  query: OutputOf<S['query']>;
  body: OutputOf<S['body']>;
  /** An id for what is asked: the same for the same request under the same idempotency key. */
  requestId: string;
}

export interface Described {
  /** `listPaths` */
  id: string;
  method: 'GET' | 'POST';
  /** Below `/api/v1`, parameters in braces. */
  path: string;
  tag: 'paths' | 'municipalities' | 'catalogue';
  summary: string;
  /** More, and who may. */
  description?: string;
  status: 200;
  /** What can stand in the way, besides what every operation shares. */
  problems?: readonly ErrorCode[];
  /** Changes something: needs an Idempotency-Key. */
  isChange?: true;
  /** Needs no token. */
  isPublic?: true;
  /** A request that shows how it is meant. */
  example?: { body?: unknown };
}

export interface Operation extends Described {
  shape: Shape;
  /** What one must be allowed to of the path in the address; it is opened before anything that was sent is looked at. */
  needs?: Needs;
  handle(call: Call<Shape>, open: OpenPath | undefined): Promise<unknown>;
}

type Handled<S extends Shape> = Promise<z.input<S['answer']>> | z.input<S['answer']>;

/** One operation; its schemas give the types of what it is called with and what it answers. */
export const operation = <const S extends Shape>(
  described: Described,
  shape: S,
  handle: (call: Call<S>) => Handled<S>,
): Operation => ({
  ...described,
  shape,
  // The routes read params, query and body with these very schemas before they call it.
  handle: async (call) => handle(call),
});

/** One about the path in its address, by who may at least that much of it. */
export const pathOperation = <const S extends Omit<Shape, 'params'>>(
  described: Described & { needs: Needs },
  shape: S,
  handle: (call: Call<S> & { open: OpenPath }) => Handled<S>,
): Operation => ({
  ...described,
  shape: { ...shape, params: pathParams },
  handle: async (call, open) => {
    if (open === undefined) throw new Error(`${described.id} was called without its path`);
    return handle({ ...(call as Call<S>), open });
  },
});
