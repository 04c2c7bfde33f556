/** The words of the pages, from one file per language. */
import { join } from 'node:path';
import { filled, readSentences, type Values } from '../sentences.ts';

export type { Values } from '../sentences.ts';

/** Text that a template puts into a page as it is: handlebars asks for `toHTML` before it escapes. */
export interface SafeText {
  toHTML(): string;
}

export interface PageTexts {
  /**
   * A text by its dotted key, with `{name}` filled in. A key with `one` and `other` below it takes the form that `count`
   * asks for. Throws for a key that is not there and for a value that is missing or empty: a page never shows a hole.
   */
  text(key: string, values?: Values): string;
  /** The same as safe HTML: everything is escaped, and `**text**` in the file (never in a value) is strong. */
  html(key: string, values?: Values): SafeText;
  has(key: string): boolean;
  keys(): string[];
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

/**
 * Reads `templates/locale/<language>.pages.yaml`. Throws a BrokenFileError.
 * @param onUse hears the key of each text that is asked for, with its form
 */
export function loadPageTexts(language = 'nl', onUse?: (key: string) => void): PageTexts {
  const file = join(import.meta.dirname, '..', 'locale', `${language}.pages.yaml`);
  const texts = readSentences(file);
  const safe = new Map<string, string>();
  const strong = (text: string): string => {
    const known = safe.get(text) ?? escapeHtml(text).replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>');
    safe.set(text, known);
    return known;
  };
  const find = (key: string, values: Values): string => {
    const form = values['count'] === 1 ? 'one' : 'other';
    const exact = [key, `${key}.${form}`, `${key}.other`].find((each) => texts.has(each));
    const found = exact === undefined ? undefined : texts.get(exact);
    if (exact === undefined || found === undefined) throw new Error(`there is no text ${key}`);
    onUse?.(exact);
    return found.text;
  };
  return {
    text: (key, values = {}) => filled(key, find(key, values), values),
    html: (key, values = {}) => {
      const html = filled(key, strong(find(key, values)), values, escapeHtml);
      return { toHTML: () => html };
    },
    has: (key) => texts.has(key) || texts.has(`${key}.other`),
    keys: () => [...texts.keys()],
  };
}
