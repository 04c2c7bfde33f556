/** The bytes of a mail as they come from a source: all of them are counted, the beginning is kept. */
import { createHash } from 'node:crypto';

export interface RawMail {
  /** SHA-256 over all bytes, lower-case hexadecimal: the same mail has the same one. */
  id: string;
  /** Bytes of the whole. */
  size: number;
  /** The beginning; all of it for most mails. */
  head: Uint8Array;
}

/** What is said about a mail of ours stands before its attachments; more of it is never held in memory. */
const KEPT_BYTES = 512 * 1024;

/** Rejects when the stream does. */
export async function readRaw(stream: AsyncIterable<Uint8Array>): Promise<RawMail> {
  const hash = createHash('sha256');
  const kept: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    hash.update(chunk);
    if (size < KEPT_BYTES) kept.push(chunk.subarray(0, KEPT_BYTES - size));
    size += chunk.byteLength;
  }
  return { id: hash.digest('hex'), size, head: Buffer.concat(kept) };
}
