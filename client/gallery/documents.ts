/** The documents of the gallery: the draft of each decision that is asked of a municipality. */
import { concerned, decisionsOf } from '../../domain/lookup.ts';
import type { Instant } from '../../domain/ids.ts';
import type { PathState } from '../../domain/state.ts';
import type { Store } from '../../store/store.ts';
import { createDrafts } from '../../worker/drafts/drafts.ts';
import { createTexts } from '../../worker/texts.ts';
import { wemmel } from './sample-paths.ts';

export interface GalleryDocument {
  /** The name of its file. */
  name: string;
  title: string;
  content: Buffer;
}

export async function galleryDocuments(store: Store, state: PathState, at: Instant): Promise<GalleryDocument[]> {
  const texts = createTexts();
  const { decision: wordsOf } = texts(state.definition.key, state.topic);
  const drafts = createDrafts(store, texts);
  const asked = decisionsOf(state).filter((decision) => concerned(state, decision).includes(wemmel));
  return Promise.all(
    asked.map(async (decision) => ({
      name: `${decision.key}.docx`,
      title: wordsOf(decision.key).title,
      content: Buffer.from(await drafts.preview({ state, decision, party: wemmel, textVersion: 1, at })),
    })),
  );
}
