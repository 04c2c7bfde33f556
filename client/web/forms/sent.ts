/** A form as it comes in: its fields, and the file that may be in it. */
import type { FastifyRequest } from 'fastify';
import { PageError } from '../failures.ts';
import { bodyOf, type FormBody } from './values.ts';

/** A file that somebody chose; nothing of it is kept on disk. */
export interface Upload {
  /** The name of its field. */
  field: string;
  bytes: Buffer;
  /** There was more than may be sent; what came is not the whole. */
  isTooLarge: boolean;
}

export interface SentForm {
  body: FormBody;
  upload?: Upload;
}

/** Bytes of a file, and of all fields together. */
export const MOST_FILE_BYTES = 2 * 1024 * 1024;
const MOST_FIELD_BYTES = 256 * 1024;
/** What is larger is not read at all. */
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_FIELDS = 400;

/** Reads a form, with or without a file. Throws the page `bad-input` for what no page of ours sends. */
export async function sentForm(request: FastifyRequest): Promise<SentForm> {
  if (!request.isMultipart()) return { body: bodyOf(request) };
  const length = Number(request.headers['content-length']);
  if (!(length <= MOST_BYTES)) throw new PageError('bad-input', { status: 413 });
  const limits = { files: 1, fileSize: MOST_FILE_BYTES, fields: MOST_FIELDS, fieldSize: MOST_FIELD_BYTES };
  const body: FormBody = {};
  let upload: Upload | undefined;
  let size = 0;
  for await (const part of request.parts({ limits })) {
    if (part.type === 'file') {
      const chunks: Buffer[] = [];
      for await (const chunk of part.file) chunks.push(chunk as Buffer);
      // Where no file was chosen, an empty one without a name comes.
      if (part.filename) {
        upload = { field: part.fieldname, bytes: Buffer.concat(chunks), isTooLarge: part.file.truncated };
      }
    } else if (typeof part.value === 'string') {
      size += part.value.length;
      if (part.valueTruncated || size > MOST_FIELD_BYTES) throw new PageError('bad-input', { status: 413 });
      (body[part.fieldname] ??= []).push(part.value.replaceAll('\r\n', '\n'));
    }
  }
  return { body, ...(upload && { upload }) };
}
