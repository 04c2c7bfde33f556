/** The texts that a municipality was sent: its draft, what goes with it, and room for how its council changed it. */
import type { ItemKey } from '../../../domain/definition.ts';
import type { PartyId } from '../../../domain/ids.ts';
import { findAsk, hasDraft } from '../../../domain/lookup.ts';
import { draftName } from '../../../templates/documents/words.ts';
import { attachmentsOf, changesOf } from '../../../worker/drafts/documents.ts';
import type { StoredDocument } from '../../../store/documents.ts';
import type { Dossier } from '../dossier.ts';
import { documentsOf } from '../evidence.ts';
import { formView, type FormView, type Problem } from '../forms/fields.ts';
import { homeOf, type Visit } from '../municipality/access.ts';
import { fileView, type FileView, filesOf, wordField } from './files.ts';

/** A file for a municipality; its version is that of the text that it was asked about. */
export interface DraftFile {
  name: string;
  /** Below the path prefix. */
  href: string;
  version: number;
}

/** The draft of a party and what goes with it; nothing for a decision of which it was sent no text. */
export function draftsFor(dossier: Dossier, party: PartyId, decision: ItemKey): DraftFile[] {
  const { state, words } = dossier;
  const ask = findAsk(state, decision, party);
  if (ask === undefined || !hasDraft(state, ask)) return [];
  const home = homeOf(state.id, party);
  const version = ask.textVersion;
  const name = draftName(words.decision(decision).short, words.party(party), version);
  const attached = attachmentsOf(filesOf(dossier), decision, version);
  return [
    { name, href: `${home}/ontwerp/${encodeURIComponent(decision)}/${String(version)}`, version },
    ...attached.map((file) => ({ name: file.name, href: `${documentsOf(home)}/${file.id}`, version })),
  ];
}

/** For the partial `drafts`. */
export interface PartyDraftsView {
  heading: string;
  files: DraftFile[];
  /** How its council changed the text, the newest first. */
  changes: FileView[];
  form: FormView | undefined;
}

export const changesFormId = (decision: ItemKey): string => `gewijzigd-${decision}`;

/** Undefined where there is nothing to show. */
export function partyDrafts(visit: Visit, decision: ItemKey, problem?: Problem): PartyDraftsView | undefined {
  const { dossier, party, formToken, home } = visit;
  const { texts, state } = dossier;
  const files = draftsFor(dossier, party.id, decision);
  const [draft] = files;
  if (draft === undefined) return undefined;
  const form = formView(
    {
      id: changesFormId(decision),
      action: `${home}/gewijzigd`,
      submit: texts.text('drafts.changed.submit'),
      isQuiet: true,
      hidden: { decision },
      fields: [wordField(dossier, texts.text('drafts.changed.file'))],
    },
    formToken,
    problem,
  );
  return {
    heading: texts.text('drafts.for-party', { version: draft.version }),
    files,
    changes: changesOf(filesOf(dossier), decision, party.id).map((file) => fileView(dossier, file)),
    form: state.ending === undefined ? form : undefined,
  };
}

/** Whether a file goes with a text that a party was sent, or is one that it sent itself. */
export function mayHaveText(dossier: Dossier, party: PartyId, file: StoredDocument): boolean {
  const { kind, decision } = file;
  const ask = decision === undefined ? undefined : findAsk(dossier.state, decision, party);
  if (ask === undefined) return false;
  if (kind === 'changes') return file.party === party;
  return kind === 'attachment' && attachmentsOf(filesOf(dossier), ask.decision, ask.textVersion).includes(file);
}
