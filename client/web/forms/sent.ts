/** A form as it comes in: its fields, and the file that may be in it. */
import type { FastifyRequest } from 'fastify';
import { PageError } from '../failures.ts';
import { bodyOf, type FormBody } from './values.ts';

/** A file that somebody chose; nothing of it is kept on disk. */
export interface Upload {
  /** The name of its field. */
  field: string;
  /** As the browser gave it: to be tidied before it goes anywhere. */
  name: string;
  bytes: Buffer;
  /** There was more than may be sent; what came is not the whole. */
  isTooLarge: boolean;
  /** The form ended in the middle of it. */
  isCutOff: boolean;
}

export interface SentForm {
  body: FormBody;
  upload?: Upload;
}

/** Bytes of a file, and of all fields together. */
export const MOST_FILE_BYTES = 10 * 1024 * 1024;
const MOST_FIELD_BYTES = 256 * 1024;
/** What is larger is not read at all. */
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_FIELDS = 400;
/** A form may have several fields for a file; only one of them is filled in. */
const MOST_FILES = 8;

const forms = new WeakMap<FastifyRequest, Promise<SentForm>>();

/**
 * Reads a form, with or without a file; asked again for the same request it gives the same. Throws the pages `bad-input`, for
 * what no page of ours sends, and `upload-too-large`.
 */
export function sentForm(request: FastifyRequest): Promise<SentForm> {
  const known = forms.get(request);
  if (known !== undefined) return known;
  const form = request.isMultipart() ? multipartForm(request) : Promise.resolve({ body: bodyOf(request) });
  forms.set(request, form);
  return form;
}

async function multipartForm(request: FastifyRequest): Promise<SentForm> {
  const length = Number(request.headers['content-length']);
  if (!(length <= MOST_BYTES)) throw new PageError('upload-too-large', {}, { max: MOST_FILE_BYTES / 1024 / 1024 });
  const limits = { files: MOST_FILES, fileSize: MOST_FILE_BYTES, fields: MOST_FIELDS, fieldSize: MOST_FIELD_BYTES };
  const form: SentForm = { body: {} };
  let size = 0;
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'file') {
        await readFile(part, form);
      } else if (typeof part.value === 'string') {
        size += part.value.length;
        if (part.valueTruncated || size > MOST_FIELD_BYTES) throw new PageError('bad-input', { status: 413 });
        (form.body[part.fieldname] ??= []).push(part.value.replaceAll('\r\n', '\n'));
      }
    }
  } catch (error) {
    if (error instanceof PageError) throw error;
    // A form that ends halfway: with a file in it that is said at its field, and what was filled in before it is kept.
    if (form.upload === undefined) throw new PageError('bad-input');
    form.upload.isCutOff = true;
  }
  return form;
}

interface FilePart {
  fieldname: string;
  filename?: string;
  file: AsyncIterable<Uint8Array> & { truncated: boolean };
}

async function readFile(part: FilePart, form: SentForm): Promise<void> {
  const { fieldname: field, filename: name } = part;
  const chunks: Uint8Array[] = [];
  // Where no file was chosen, an empty one without a name comes.
  const upload = name ? { field, name, bytes: Buffer.alloc(0), isTooLarge: false, isCutOff: false } : undefined;
  if (upload !== undefined && form.upload !== undefined) throw new PageError('bad-input');
  if (upload !== undefined) form.upload = upload;
  for await (const chunk of part.file) if (upload !== undefined) chunks.push(chunk);
  if (upload === undefined) return;
  upload.bytes = Buffer.concat(chunks);
  upload.isTooLarge = part.file.truncated;
}
