/**
 * The same request twice is done once (draft-ietf-httpapi-idempotency-key-header): under the key that its sender chose it gets the
 * answer of the first time. Keys are kept for a day at least.
 */
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { asInstant } from '../../domain/ids.ts';
import type { ApiAnswer, ReceiptKey } from '../../store/api-receipts.ts';
import type { Web } from '../web/web.ts';
import { ApiProblem, problemBody, problemOf } from './problem.ts';

const KEPT_MS = 24 * 3_600_000;
const CLEANED_EVERY_MS = 3_600_000;

/** A structured string (RFC 8941) or the same without its quotes. */
export const KEY_PATTERN = /^(?:[\w.:~-]{8,100}|"[\w.:~-]{8,100}")$/;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Throws `idempotency-key-missing`, or `bad-input` for what is none. */
function keyIn({ headers }: FastifyRequest): string {
  const given = headers['idempotency-key'];
  if (given === undefined) throw new ApiProblem('idempotency-key-missing');
  if (typeof given === 'string' && KEY_PATTERN.test(given)) return given.replaceAll('"', '');
  const expected = '8 to 100 letters, digits and . _ : ~ -';
  throw new ApiProblem('bad-input', {
    errors: [{ parameter: 'Idempotency-Key', detail: 'this is no idempotency key', expected }],
  });
}

export interface Replayable extends ApiAnswer {
  /** It was answered before. */
  isReplay: boolean;
}

export interface Idempotency {
  /** The key of a request, whose body was read. Throws what is wrong with it. */
  keyOf(request: FastifyRequest, account: string): ReceiptKey;
  /** Does the work once, and gives its answer or problem each time. Throws what says that it may be asked again. */
  once(key: ReceiptKey, work: () => Promise<ApiAnswer>): Promise<Replayable>;
}

/** The id under which a path hears a command: that of one request of one account, so that no two of them share one. */
export const requestIdOf = ({ account, key }: ReceiptKey): string => `api-${sha256(`${account} ${key}`).slice(0, 40)}`;

/**
 * What a rule said is kept. What came before any rule (not found, not allowed, not well put) may be asked again once that was
 * mended; and of what was not answered nothing is known: asked again it is still done once, by its id.
 */
const isVerdict = (status: number): boolean => status === 409 || status === 422;

export function createIdempotency(web: Web): Idempotency {
  const { apiReceipts } = web.store;
  let cleanedAt = 0;

  async function clean(): Promise<void> {
    const now = Date.parse(web.clock());
    if (now - cleanedAt < CLEANED_EVERY_MS) return;
    cleanedAt = now;
    await apiReceipts.removeBefore(asInstant(now - KEPT_MS));
  }

  return {
    keyOf: (request, account) => ({
      account,
      key: keyIn(request),
      request: sha256(`${request.method} ${request.url} ${JSON.stringify(request.body)}`),
    }),

    async once(key, work) {
      await clean();
      const begun = await apiReceipts.begin(key);
      if (begun.is === 'other') throw new ApiProblem('idempotency-key-reused');
      if (begun.is === 'running') throw new ApiProblem('still-running');
      if (begun.is === 'answered') return { ...begun.answer, isReplay: true };
      try {
        const answer = await work();
        await apiReceipts.answer(key, answer);
        return { ...answer, isReplay: false };
      } catch (error) {
        const problem = problemOf(error instanceof Error ? error : new Error(String(error)));
        const refused = problemBody(web, problem);
        if (!isVerdict(refused.status)) {
          await apiReceipts.forget(key);
          throw error;
        }
        await apiReceipts.answer(key, refused);
        return { ...refused, isReplay: false };
      }
    },
  };
}
