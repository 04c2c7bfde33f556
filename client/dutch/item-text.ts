/** The name of a task or decision in the middle of a sentence. */
import { findDecision } from '../../domain/lookup.ts';
import type { PathState } from '../../domain/state.ts';
import { withArticle } from '../../templates/dutch.ts';
import type { PageTexts } from '../../templates/pages/locale.ts';
import type { PathWords } from './words.ts';

/** A path and the words that it is told in. */
export interface Told {
  state: PathState;
  words: PathWords;
  texts: PageTexts;
}

/** `de statuten`, `“De oprichtingsakte verlijden”` */
export function itemText({ state, words }: Told, key: string): string {
  if (findDecision(state, key) === undefined) return `“${words.task(key).title}”`;
  const { short, article } = words.decision(key);
  return withArticle(short, article);
}
