/** The form in which proof of a decision is given: a web address, or a file that the store keeps. */
import { keptReference, KEPT, referenceTo, type Subject } from './evidence.ts';
import type { Dossier } from './dossier.ts';
import type { FieldSpec } from './forms/fields.ts';
import type { FormReader } from './forms/reader.ts';
import type { Upload } from './forms/sent.ts';
import { acceptOf, checkUpload, noteUpload } from './uploads.ts';
import type { Web } from './web.ts';

const KINDS = ['pdf', 'png', 'jpeg'] as const;
const FILE = 'file';
/** So many files can prove one decision of one party: nothing is ever removed, and nobody needs more. */
const MOST_FILES = 10;

/** The fields in which proof is given, one of them to be filled in. */
export function evidenceFields(
  { texts }: Dossier,
  address: Pick<FieldSpec, 'label' | 'kind' | 'hint' | 'value'>,
  kept: { hint?: string },
): FieldSpec[] {
  return [
    { name: 'reference', ...address },
    {
      ...{ name: FILE, kind: 'file', label: texts.text('evidence.file'), accept: acceptOf(KINDS) },
      hint: [texts.text('evidence.file-hint'), kept.hint].filter(Boolean).join(' '),
    },
  ];
}

export interface SentEvidence {
  reader: FormReader;
  upload?: Upload;
  /** Who sends it: a person or an account. */
  by: string;
  /** Instead of a web address anything by which the decision can be found. */
  isText?: boolean;
}

/**
 * The reference to what a form gives as proof; undefined when the reader holds what is wrong. A file is kept first, and the
 * form then holds its id: it need not be sent again when the path does not take it now.
 */
export async function readEvidence(
  web: Web,
  dossier: Dossier,
  subject: Subject,
  { reader, upload, by, isText = false }: SentEvidence,
): Promise<string | undefined> {
  const { texts } = dossier;
  const address = isText ? reader.text('reference', { max: 2000 }) : reader.webAddress('reference');
  const sent = await checkUpload(upload, { field: FILE, accept: KINDS });
  if (!sent.ok && sent.problem === 'missing') {
    const reference = address ?? keptReference(dossier, subject, reader.body);
    if (reference === undefined) reader.errors['reference'] ??= texts.text('evidence.choose');
    return reader.isComplete ? reference : undefined;
  }
  noteUpload(reader, texts, FILE, sent);
  if (address !== undefined) reader.errors[FILE] ??= texts.text('evidence.one-of-both');
  if (countOf(dossier, subject) >= MOST_FILES) {
    reader.errors[FILE] ??= texts.text('evidence.full', { count: MOST_FILES });
  }
  if (!sent.ok || !reader.isComplete) return undefined;
  const { name, mediaType, content } = sent;
  const path = dossier.state.id;
  const file = await web.store.documents.addDocument({
    ...{ path, kind: 'evidence', ...subject, name, mediaType, content, createdBy: by },
  });
  reader.body[KEPT] = [file.id];
  return referenceTo(file);
}

const countOf = ({ documents }: Dossier, { party, decision }: Subject): number =>
  [...documents.values()].filter(
    (file) => file.kind === 'evidence' && file.party === party && file.decision === decision,
  ).length;
