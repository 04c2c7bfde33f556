/** A file that somebody sends with a form: which kind it is by what is in it, whether it is whole, and a name that is safe. */
import type { FastifyRequest } from 'fastify';
import { fileTypeFromBuffer } from 'file-type';
import type { PageTexts, Values } from '../../templates/pages/locale.ts';
import { type FileKind, mediaTypes } from './file-kinds.ts';
import { tidyFileName } from './file-names.ts';
import { isWhole } from './file-ends.ts';
import type { FormReader } from './forms/reader.ts';
import { MOST_FILE_BYTES, sentForm, type Upload } from './forms/sent.ts';

export interface UploadRules {
  /** The name of the form's field. */
  field: string;
  accept: readonly FileKind[];
  /** At most, and by default, 10 MB. */
  maxBytes?: number;
}

/** `missing`: no file was chosen in this field. Each has its sentence below `upload.` in the texts. */
export type UploadProblem = 'missing' | 'empty' | 'too-large' | 'wrong-kind' | 'cut-off';

export type ReadUpload =
  | { ok: true; kind: FileKind; name: string; mediaType: string; content: Uint8Array }
  | { ok: false; problem: UploadProblem; values: Values };

const MEGABYTE = 1024 * 1024;

/**
 * Reads the file in a field of a form. The kind is told by the content, never by the name or by what the browser says; the
 * name is tidied and ends as its kind does. The other fields of the form stay readable with `sentForm`.
 */
export async function readUpload(request: FastifyRequest, rules: UploadRules): Promise<ReadUpload> {
  return checkUpload((await sentForm(request)).upload, rules);
}

/** The same for a form that has been read. */
export async function checkUpload(upload: Upload | undefined, rules: UploadRules): Promise<ReadUpload> {
  const { field, accept, maxBytes = MOST_FILE_BYTES } = rules;
  const wrong = (problem: UploadProblem, values: Values = {}): ReadUpload => ({ ok: false, problem, values });
  if (upload?.field !== field) return wrong('missing');
  const { bytes, isTooLarge, isCutOff } = upload;
  if (isTooLarge || bytes.length > maxBytes) return wrong('too-large', { max: Math.floor(maxBytes / MEGABYTE) });
  if (isCutOff) return wrong('cut-off');
  if (bytes.length === 0) return wrong('empty');
  const kind = await kindOf(bytes);
  if (kind === undefined || !accept.includes(kind)) return wrong('wrong-kind', { kinds: accept.join(' ') });
  if (!isWhole(bytes, kind)) return wrong('cut-off');
  return { ok: true, kind, name: tidyFileName(upload.name, kind), mediaType: mediaTypes[kind], content: bytes };
}

/** What is wrong with a file, in a Dutch sentence with a way out. */
export function uploadSentence(texts: PageTexts, problem: UploadProblem, values: Values): string {
  const kinds = String(values['kinds'] ?? '')
    .split(' ')
    .filter(Boolean)
    .map((kind) => texts.text(`upload.kind.${kind}`));
  const last = kinds.pop() ?? '';
  const listed = kinds.length === 0 ? last : texts.text('upload.or', { first: kinds.join(', '), last });
  return texts.text(`upload.${problem}`, { ...values, kinds: listed });
}

/** Says at its field what is wrong with a file. */
export function noteUpload(reader: FormReader, texts: PageTexts, field: string, read: ReadUpload): void {
  if (!read.ok) reader.errors[field] ??= uploadSentence(texts, read.problem, read.values);
}

/** For the field of a form: `accept` of the input. A hint to the browser only. */
export const acceptOf = (kinds: readonly FileKind[]): string =>
  kinds.flatMap((kind) => [mediaTypes[kind], ...(kind === 'jpeg' ? ['.jpg'] : []), `.${kind}`]).join(',');

async function kindOf(bytes: Uint8Array): Promise<FileKind | undefined> {
  try {
    const found = await fileTypeFromBuffer(bytes);
    return (Object.keys(mediaTypes) as FileKind[]).find((kind) => mediaTypes[kind] === found?.mime);
  } catch {
    // What its reader cannot read is none of these kinds.
    return undefined;
  }
}
