/** The sentences of one language, by dotted keys: `t('intro.contact.request', { … })`. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export type Values = Readonly<Record<string, string | number>>;

export interface Locale {
  /** Throws for a key that the file lacks, and for a value that the sentence needs and did not get. */
  t: (key: string, values?: Values) => string;
  has: (key: string) => boolean;
  keys: () => string[];
}

export function loadLocale(file: string | URL): Locale {
  const sentences = new Map(flat('', parse(readFileSync(file, 'utf8'))));
  return {
    has: (key) => sentences.has(key),
    keys: () => [...sentences.keys()],
    t: (key, values = {}) => {
      const sentence = sentences.get(key);
      if (sentence === undefined) throw new Error(`The locale file has no sentence ${key}`);
      return sentence.replace(/\{([\w-]+)\}/g, (_match, name: string) => {
        const value = values[name];
        if (value === undefined) throw new Error(`The sentence ${key} needs a value for {${name}}`);
        return String(value);
      });
    },
  };
}

function flat(prefix: string, node: unknown): [string, string][] {
  if (typeof node === 'string') return [[prefix, node]];
  if (node === null || typeof node !== 'object') throw new Error(`The locale file holds no text at ${prefix}`);
  return Object.entries(node).flatMap(([key, value]) => flat(prefix === '' ? key : `${prefix}.${key}`, value));
}
