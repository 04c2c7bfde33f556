/**
 * The drafts of a path, made from its record and kept. A draft follows from what the path knew when the text was asked about
 * and from the files that belong to that version, so it does not matter who makes it or when: see decision 0017.
 */
import { readFileSync } from 'node:fs';
import { type AskedText, askedTexts } from '../../domain/asked.ts';
import type { Decision, ItemKey } from '../../domain/definition.ts';
import type { Instant, PartyId, PathId } from '../../domain/ids.ts';
import type { PathState } from '../../domain/state.ts';
import type { StoredDocument } from '../../store/documents.ts';
import type { Store } from '../../store/store.ts';
import { fillTemplate } from '../../templates/documents/fill.ts';
import { openDocx } from '../../templates/documents/open-docx.ts';
import type { Parts } from '../../templates/documents/package.ts';
import { draftName } from '../../templates/documents/words.ts';
import type { TextsOf } from '../../templates/mail-context.ts';
import { draftContent } from './content.ts';
import { attachmentsOf, DOCX, draftOf, templateOf } from './documents.ts';
import { createDraftTexts, type DraftTextOf } from './texts.ts';

export interface Drafts {
  /** The template that comes with Regiopad. */
  template: Uint8Array;
  /** The draft that a party was sent in a version of a text; undefined when it was never sent that version. */
  sent(path: PathId, decision: ItemKey, party: PartyId, textVersion: number): Promise<StoredDocument | undefined>;
  /** Makes and keeps every draft of a path that was sent and is not kept yet. */
  keepAll(path: PathId): Promise<void>;
  /** What a party would be sent in this version, with what the path knows now. */
  preview(asked: {
    state: PathState;
    decision: Decision;
    party: PartyId;
    textVersion: number;
    at: Instant;
  }): Promise<Uint8Array>;
}

const file = new URL('../../templates/documents/draft-decision.nl.docx', import.meta.url);

/** Throws a SetupError when the texts of drafts cannot be read. */
export function createDrafts(store: Store, texts: TextsOf): Drafts {
  const template = new Uint8Array(readFileSync(file));
  const textOf: DraftTextOf = createDraftTexts();

  async function partsFor(documents: readonly StoredDocument[], decision: ItemKey, version: number): Promise<Parts> {
    const own = templateOf(documents, decision, version);
    const opened = openDocx(own === undefined ? template : await store.documents.content(own));
    if (!opened.ok) throw new Error(`the template of ${decision} cannot be opened: ${opened.problem}`);
    return opened.parts;
  }

  async function make(asked: AskedText, documents: readonly StoredDocument[]): Promise<Uint8Array> {
    const { state, decision, textVersion } = asked;
    const [facts, coordinator] = await Promise.all([
      store.paths.path(state.id),
      store.people.person(state.coordinator),
    ]);
    const content = draftContent({
      ...asked,
      ...{ coordinator, partnership: facts?.partnership ?? state.id },
      ...(facts?.referenceRegion !== undefined && { referenceRegion: facts.referenceRegion }),
      texts: texts(state.definition.key, state.topic),
      text: textOf(state, decision.key),
      attachments: attachmentsOf(documents, decision.key, textVersion).map(({ name }) => name),
    });
    return fillTemplate(await partsFor(documents, decision.key, textVersion), content);
  }

  async function keep(asked: AskedText, documents: readonly StoredDocument[]): Promise<StoredDocument> {
    const { state, decision, party, textVersion } = asked;
    const names = texts(state.definition.key, state.topic);
    return store.documents.addDocument({
      ...{ path: state.id, kind: 'draft', decision: decision.key, party, textVersion },
      name: draftName(names.decision(decision.key).short, names.party(party), textVersion),
      mediaType: DOCX,
      content: await make(asked, documents),
      createdBy: state.coordinator,
    });
  }

  return {
    template,

    async sent(path, decision, party, textVersion) {
      const documents = await store.documents.documentsOf(path);
      const kept = draftOf(documents, decision, party, textVersion);
      if (kept !== undefined) return kept;
      const asked = askedTexts(await store.events.eventsOf(path)).find(
        (each) => each.decision.key === decision && each.party === party && each.textVersion === textVersion,
      );
      return asked && keep(asked, documents);
    },

    async keepAll(path) {
      const documents = await store.documents.documentsOf(path);
      for (const asked of askedTexts(await store.events.eventsOf(path))) {
        const { decision, party, textVersion } = asked;
        if (draftOf(documents, decision.key, party, textVersion) === undefined) await keep(asked, documents);
      }
    },

    async preview(asked) {
      return make(asked, await store.documents.documentsOf(asked.state.id));
    },
  };
}
