/** The words of paths, as mails and pages ask for them. Read once for each path. */
import { municipalityName } from '../definitions/municipalities.ts';
import { formatProblems } from '../definitions/problem.ts';
import { loadTexts } from '../definitions/texts.ts';
import type { PathTexts, TextsOf } from '../templates/mail-context.ts';
import { pathTexts } from '../templates/words.ts';
import { SetupError } from './setup-error.ts';

/** A look-up by the key of a definition and the topic of a path. Throws a SetupError when the words cannot be read. */
export function createTexts(): TextsOf {
  const known = new Map<string, PathTexts>();
  return (definition, topic) => {
    const key = `${definition} ${topic ?? ''}`;
    let texts = known.get(key);
    if (texts === undefined) {
      const loaded = loadTexts(definition, topic);
      if (!loaded.ok) throw new SetupError(formatProblems(loaded.problems));
      texts = pathTexts(loaded.value, municipalityName);
      known.set(key, texts);
    }
    return texts;
  };
}
