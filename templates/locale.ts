/** The sentences of the mails in one language, by dotted keys: `t('intro.contact.request', { … })`. */
import { fileURLToPath } from 'node:url';
import { filled, readSentences, type Values } from './sentences.ts';

export type { Values } from './sentences.ts';

export interface Locale {
  /** Throws for a key that the file lacks, and for a value that the sentence needs and did not get, or that is empty. */
  t: (key: string, values?: Values) => string;
  keys: () => string[];
}

export function loadLocale(file: URL): Locale {
  const sentences = readSentences(fileURLToPath(file));
  return {
    keys: () => [...sentences.keys()],
    t: (key, values = {}) => {
      const sentence = sentences.get(key);
      if (sentence === undefined) throw new Error(`The locale file has no sentence ${key}`);
      return filled(key, sentence.text, values);
    },
  };
}
