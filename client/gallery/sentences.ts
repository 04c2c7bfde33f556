/** Where the sentences stand that a sample is made of, so that who edits the words finds them. */
import { join } from 'node:path';
import { type Sentence, readSentences } from '../../templates/sentences.ts';
import type { PathTexts } from '../../templates/mail-context.ts';

export interface Place {
  key: string;
  /** `templates/locale/nl.yaml` */
  file: string;
  line: number;
}

export const sentenceFiles = {
  mails: 'templates/locale/nl.yaml',
  pages: 'templates/locale/nl.pages.yaml',
  paths: 'definitions/paths/igs-cultuur.nl.yaml',
};

/** The place of each key of a file; what the file lacks (shared words) is left out. */
export function placesIn(file: string): (keys: Iterable<string>) => Place[] {
  const sentences: ReadonlyMap<string, Sentence> = readSentences(join(import.meta.dirname, '..', '..', file));
  return (keys) =>
    [...new Set(keys)].flatMap((key) => {
      const found = sentences.get(key);
      return found === undefined ? [] : [{ key, file, line: found.line }];
    });
}

/** The words of a path, which tell the keys of those that are asked for. */
export function watchedTexts(texts: PathTexts, onUse: (key: string) => void): PathTexts {
  const watched = <Found extends object>(section: string, key: string, found: Found): Found =>
    new Proxy(found, {
      get(target, name) {
        if (typeof name === 'string' && name in target) onUse(`${section}.${key}.${name}`);
        return Reflect.get(target, name) as unknown;
      },
    });
  return {
    ...texts,
    decision: (key) => watched('decisions', key, texts.decision(key)),
    task: (key) => watched('tasks', key, texts.task(key)),
    body: (key) => watched('bodies', key, texts.body(key)),
    law: (key) => watched('laws', key, texts.law(key)),
  };
}
