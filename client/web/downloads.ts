/** Gives a file of a path back: always as a download, never as a page, whatever is in it. */
import type { FastifyReply } from 'fastify';
import type { StoredDocument } from '../../store/documents.ts';
import { attachmentHeader } from './file-names.ts';
import type { Web } from './web.ts';

/** Who asks has been let in by the caller. */
export async function sendDownload(web: Web, reply: FastifyReply, document: StoredDocument): Promise<FastifyReply> {
  return sendFile(reply, { ...document, content: await web.store.documents.content(document) });
}

/** The same for what is made on the spot. */
export function sendFile(
  reply: FastifyReply,
  { name, mediaType, content }: { name: string; mediaType: string; content: Uint8Array },
): FastifyReply {
  return (
    reply
      .type(mediaType)
      .header('Content-Disposition', attachmentHeader(name))
      .header('X-Content-Type-Options', 'nosniff')
      // Should a browser show it after all, nothing in it runs or loads anything.
      .header('Content-Security-Policy', "default-src 'none'; sandbox")
      .header('Cache-Control', 'private, no-store')
      .send(Buffer.from(content.buffer, content.byteOffset, content.byteLength))
  );
}
