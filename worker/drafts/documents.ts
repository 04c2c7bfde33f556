/** Which files go with a version of a text: what stands for a version stays so, whatever is added for a later one. */
import type { ItemKey } from '../../domain/definition.ts';
import type { PartyId } from '../../domain/ids.ts';
import type { PathState } from '../../domain/state.ts';
import type { DocumentKind, StoredDocument } from '../../store/documents.ts';

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** The version that is prepared now: the next one once a text was sent. */
export const nextVersion = (state: PathState, decision: ItemKey): number => (state.texts[decision] ?? 0) + 1;

const versionOf = ({ textVersion = 1 }: StoredDocument): number => textVersion;

/** For a version or a lower one: what is for the highest comes last, the newest of it at the end. */
const upTo = (
  documents: readonly StoredDocument[],
  kind: DocumentKind,
  decision: ItemKey,
  textVersion: number,
): StoredDocument[] =>
  documents
    .filter((each) => each.kind === kind && each.decision === decision && versionOf(each) <= textVersion)
    .sort((a, b) => versionOf(a) - versionOf(b));

/** The coordinator's own template for a version of a text; undefined where the one that comes with Regiopad is used. */
export const templateOf = (
  documents: readonly StoredDocument[],
  decision: ItemKey,
  textVersion: number,
): StoredDocument | undefined => upTo(documents, 'template', decision, textVersion).at(-1);

/** What goes with the drafts of a version, the newest of each name, in the order in which they came. */
export function attachmentsOf(
  documents: readonly StoredDocument[],
  decision: ItemKey,
  textVersion: number,
): StoredDocument[] {
  const newest = new Map(upTo(documents, 'attachment', decision, textVersion).map((each) => [each.name, each]));
  return [...newest.values()].filter(({ size }) => size > 0);
}

/** The draft of a version that was made for a party. */
export const draftOf = (
  documents: readonly StoredDocument[],
  decision: ItemKey,
  party: PartyId,
  textVersion: number,
): StoredDocument | undefined =>
  documents.find(
    (each) =>
      each.kind === 'draft' && each.decision === decision && each.party === party && each.textVersion === textVersion,
  );

/** How a party changed the text, the newest first. */
export const changesOf = (documents: readonly StoredDocument[], decision: ItemKey, party: PartyId): StoredDocument[] =>
  documents.filter((each) => each.kind === 'changes' && each.decision === decision && each.party === party).reverse();
