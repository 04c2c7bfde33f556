/** Proof of a decision: the address of the published one, or a file. The path keeps a reference; the store keeps the file. */
import type { ItemKey } from '../../domain/definition.ts';
import type { PartyId } from '../../domain/ids.ts';
import type { StoredDocument } from '../../store/documents.ts';
import { fileSize } from '../dutch/format.ts';
import type { Dossier } from './dossier.ts';
import { first, type FormBody } from './forms/values.ts';

/** What a reference to a file begins with; the id of the document follows. */
const PREFIX = 'document:';
/** Where a form holds the id of a file that came with it before. */
export const KEPT = 'document';

/** Below the address of a page: where its files are. */
export const documentsOf = (home: string): string => `${home}/bestanden`;

export interface Subject {
  party: PartyId;
  decision: ItemKey;
}

export interface ReferenceView {
  text: string;
  href: string | undefined;
  /** Of a file: what kind and size it is, and the sum by which one can see that it is unchanged. */
  about: string | undefined;
  sha256: string | undefined;
}

export const referenceTo = ({ id }: StoredDocument): string => `${PREFIX}${id}`;

/** The file that a reference names. */
export const fileOf = ({ documents }: Dossier, reference: string | undefined): StoredDocument | undefined =>
  reference?.startsWith(PREFIX) === true ? documents.get(reference.slice(PREFIX.length)) : undefined;

/** A file by its name, a web address as a link, anything else as it was written. */
export function referenceView(dossier: Dossier, reference: string): ReferenceView {
  const file = fileOf(dossier, reference);
  if (file !== undefined) {
    const { documentsAt } = dossier;
    return {
      text: file.name,
      href: documentsAt && `${documentsAt}/${file.id}`,
      about: fileSize(file.size),
      sha256: file.sha256,
    };
  }
  const isWeb = /^https?:\/\//i.test(reference) && URL.canParse(reference);
  return { text: reference, href: isWeb ? reference : undefined, about: undefined, sha256: undefined };
}

/** The same in plain text, for the record. */
export function referenceText(dossier: Dossier, reference: string | undefined): string | undefined {
  const file = fileOf(dossier, reference);
  if (file === undefined) return reference;
  return dossier.texts.text('evidence.in-record', { name: file.name, size: fileSize(file.size), sha256: file.sha256 });
}

/** What stands in the field for a web address; a file has none. */
export const referenceValue = (dossier: Dossier, reference: string | undefined): string =>
  fileOf(dossier, reference) === undefined ? (reference ?? '') : '';

/** A hidden field that keeps the file of an earlier answer, or of a form that has to be sent again. */
export function keptFile(
  dossier: Dossier,
  subject: Subject,
  reference: string | undefined,
  body: FormBody = {},
): { hidden: Record<string, string>; hint: { hint?: string } } {
  const kept = keptReference(dossier, subject, body) ?? reference;
  const file = fileOf(dossier, kept);
  if (file === undefined) return { hidden: {}, hint: {} };
  const hint = dossier.texts.text('evidence.kept', { name: file.name });
  return { hidden: { [KEPT]: file.id }, hint: { hint } };
}

/** The reference to a file that a form kept; undefined unless it proves this decision of this party. */
export function keptReference(dossier: Dossier, { party, decision }: Subject, body: FormBody): string | undefined {
  const file = dossier.documents.get(first(body, KEPT));
  const isMine = file?.kind === 'evidence' && file.decision === decision && ownersOf(dossier, party).has(file.party);
  return isMine ? referenceTo(file) : undefined;
}

/** The party itself, and those that became part of it. */
function ownersOf({ state }: Dossier, party: PartyId): ReadonlySet<PartyId | undefined> {
  const merged = Object.values(state.parties).filter((each) => each?.mergedInto === party);
  return new Set([party, ...merged.map((each) => each?.id)]);
}

/** Whether a file is proof of something that this party decided. */
export const mayHave = (dossier: Dossier, party: PartyId, { kind, party: owner }: StoredDocument): boolean =>
  kind === 'evidence' && ownersOf(dossier, party).has(owner);
