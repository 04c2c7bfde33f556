/** A zip that grows while it is read: of a hundred files one is held at a time, and none before somebody reads. */
import { Readable } from 'node:stream';
import { configure, ZipWriter } from '@zip.js/zip.js';

export interface Entry {
  /** With slashes between folders; see entry-names.ts. */
  name: string;
  content: string | Uint8Array;
  /** It is packed already (a PDF, a picture, a Word file): squeezing it again only takes time. */
  isPacked?: boolean;
}

configure({ useWebWorkers: false });

/**
 * @param at stands with every entry, so that the same content is the same file
 * A source that fails breaks the stream: no reader takes half a zip for a whole one.
 */
export function zipOf(entries: AsyncIterable<Entry>, at: Date): Readable {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({}, { highWaterMark: 1 });
  const zip = new ZipWriter(writable, { lastModDate: at, keepOrder: true, useWebWorkers: false });
  const write = async (): Promise<void> => {
    for await (const { name, content, isPacked = false } of entries) {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      await zip.add(name, streamOf(bytes), { level: isPacked ? 0 : 6 });
    }
    await zip.close();
  };
  write().catch((error: unknown) => writable.abort(error).catch(() => undefined));
  return Readable.fromWeb(readable);
}

const PORTION = 256 * 1024;

function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.byteLength) {
        controller.close();
        return;
      }
      controller.enqueue(bytes.subarray(at, at + PORTION));
      at += PORTION;
    },
  });
}
