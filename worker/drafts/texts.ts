/** The texts of drafts, read once for each definition. */
import {
  type DraftText,
  draftTextFor,
  type DraftTexts,
  loadDraftTexts,
  loadUsualDraft,
} from '../../definitions/drafts.ts';
import { formatProblems } from '../../definitions/problem.ts';
import type { Parsed } from '../../definitions/read.ts';
import type { PathState } from '../../domain/state.ts';
import { SetupError } from '../setup-error.ts';

export type DraftTextOf = (state: PathState, decision: string) => DraftText;

/** Throws a SetupError when they cannot be read. */
export function createDraftTexts(): DraftTextOf {
  const { usual } = valueOf(loadUsualDraft());
  const known = new Map<string, DraftTexts>();
  return ({ definition: { key }, route }, decision) => {
    let texts = known.get(key);
    if (texts === undefined) {
      const loaded = loadDraftTexts(key);
      texts = loaded === undefined ? {} : valueOf(loaded).decisions;
      known.set(key, texts);
    }
    return draftTextFor(texts, usual, decision, route);
  };
}

function valueOf<Value>(parsed: Parsed<Value>): Value {
  if (!parsed.ok) throw new SetupError(formatProblems(parsed.problems));
  return parsed.value;
}
