/** Files of texts as a page lists them, and the Word files that somebody sends. */
import type { FastifyRequest } from 'fastify';
import { findAsk } from '../../../domain/lookup.ts';
import { localDay } from '../../../domain/dates.ts';
import type { Ask } from '../../../domain/state.ts';
import type { StoredDocument } from '../../../store/documents.ts';
import { type DocxProblem, openDocx } from '../../../templates/documents/open-docx.ts';
import type { Parts } from '../../../templates/documents/package.ts';
import { changesOf } from '../../../worker/drafts/documents.ts';
import type { Dossier } from '../dossier.ts';
import { fileSize, fullDay } from '../../dutch/format.ts';
import type { FormReader } from '../forms/reader.ts';
import { first, type FormBody } from '../forms/values.ts';
import type { Web } from '../web.ts';
import { acceptOf, noteUpload, readUpload } from '../uploads.ts';
import type { FieldSpec } from '../forms/fields.ts';

/** A file that can be downloaded. */
export interface FileView {
  name: string;
  /** Below the path prefix. */
  href: string;
  /** `tekst versie 2, 3 maart 2031, 14 kB` */
  about: string;
  sha256: string;
}

/** Every file of a path, oldest first. */
export const filesOf = ({ documents }: Dossier): StoredDocument[] => [...documents.values()];

export function fileView({ texts, documentsAt = '' }: Dossier, file: StoredDocument): FileView {
  const { id, name, textVersion: version = 1, createdAt, size, sha256 } = file;
  const about = texts.text('drafts.about', { version, day: fullDay(localDay(createdAt)), size: fileSize(size) });
  return { name, href: `${documentsAt}/${id}`, about, sha256 };
}

export const WORD_FIELD = 'file';
/** Where the form of the answers asks what was changed. */
const CHANGES = 'changed.changes';

export const wordField = ({ texts }: Dossier, label: string): FieldSpec => ({
  ...{ name: WORD_FIELD, label, kind: 'file', accept: acceptOf(['docx']), required: true },
  hint: texts.text('drafts.word-hint'),
});

export interface WordFile {
  name: string;
  mediaType: string;
  content: Uint8Array;
  parts: Parts;
}

/** The Word file of a form; undefined when the reader holds what is wrong with it. */
export async function readWord(
  { texts }: Dossier,
  reader: FormReader,
  request: FastifyRequest,
): Promise<WordFile | undefined> {
  const read = await readUpload(request, { field: WORD_FIELD, accept: ['docx'] });
  if (!read.ok) {
    noteUpload(reader, texts, WORD_FIELD, read);
    return undefined;
  }
  const opened = openDocx(read.content);
  if (opened.ok) return { name: read.name, mediaType: read.mediaType, content: read.content, parts: opened.parts };
  noteRefused(reader, texts, opened.problem);
  return undefined;
}

/** Says at the field why a Word file is not taken. */
export function noteRefused(reader: FormReader, texts: Dossier['texts'], problem: DocxProblem): void {
  reader.errors[WORD_FIELD] ??= texts.text(`drafts.refused.${problem}`);
}

/** So many changed texts can come for one decision of one party: nothing is ever removed, and nobody needs more. */
const MOST_CHANGES = 10;

/** Keeps how a party changed the text that it was sent; undefined when the reader holds why not. */
export async function keepChanges(
  web: Web,
  dossier: Dossier,
  reader: FormReader,
  { decision, party, textVersion }: Ask,
  { name, mediaType, content }: WordFile,
  createdBy: string,
): Promise<StoredDocument | undefined> {
  if (changesOf(filesOf(dossier), decision, party).length >= MOST_CHANGES) {
    reader.errors[WORD_FIELD] ??= dossier.texts.text('drafts.refused.full', { count: MOST_CHANGES });
    return undefined;
  }
  const path = dossier.state.id;
  return web.store.documents.addDocument({
    ...{ path, kind: 'changes', decision, party, textVersion, name, mediaType, content, createdBy },
  });
}

/** Who sent the changed text need not type the changes too: the answer then names the file. */
export function sayChangesAreInFile(
  dossier: Dossier,
  { decision, party }: Pick<Ask, 'decision' | 'party'>,
  body: FormBody,
): void {
  const version = findAsk(dossier.state, decision, party)?.textVersion;
  const sent = changesOf(filesOf(dossier), decision, party).find(({ textVersion }) => textVersion === version);
  if (sent === undefined || first(body, 'answer') !== 'approved-with-changes') return;
  if (first(body, CHANGES).trim() === '')
    body[CHANGES] = [dossier.texts.text('drafts.changed.in-file', { name: sent.name })];
}
