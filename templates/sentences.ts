/** A file of sentences: one language, one audience, by dotted keys. */
import { readFileSync } from 'node:fs';
import { isMap, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import { BrokenFileError } from './broken-file.ts';
import { inSentence } from './in-sentence.ts';

export type Values = Readonly<Record<string, string | number>>;

export interface Sentence {
  text: string;
  /** Where it stands in its file. */
  line: number;
}

/** Reads every sentence of a file. Throws a BrokenFileError for what is no text. */
export function readSentences(file: string): Map<string, Sentence> {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined)
    throw new BrokenFileError(file, error.linePos?.[0].line ?? 1, error.message.split('\n')[0] ?? '');
  const sentences = new Map<string, Sentence>();
  const collect = (node: unknown, prefix: string, line: number): void => {
    if (isMap(node)) {
      for (const pair of node.items) {
        if (!isPair(pair) || !isScalar(pair.key)) continue;
        const at = lines.linePos(pair.key.range?.[0] ?? 0).line;
        collect(pair.value, prefix === '' ? String(pair.key.value) : `${prefix}.${String(pair.key.value)}`, at);
      }
    } else if (isScalar(node) && typeof node.value === 'string' && node.value !== '') {
      sentences.set(prefix, { text: node.value, line });
    } else throw new BrokenFileError(file, line, `${prefix} holds no text`);
  };
  collect(document.contents, '', 1);
  return sentences;
}

/**
 * A sentence with its values in place. Throws for a value that the sentence needs and did not get, and for one that is
 * empty: nobody reads a sentence with a hole in it.
 * @param write makes a value fit for what is written: HTML or plain text
 */
export function filled(key: string, sentence: string, values: Values, write = (text: string): string => text): string {
  return sentence.replace(/\{([\w-]+)\}/g, (_whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The sentence ${key} needs a value for {${name}}`);
    const text = inSentence(String(value));
    if (text === '') throw new Error(`The sentence ${key} got an empty value for {${name}}`);
    return write(text);
  });
}
