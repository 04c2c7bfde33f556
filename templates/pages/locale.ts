/** The words of the pages, from one file per language. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export type Values = Record<string, string | number>;

/** Text that a template puts into a page as it is: handlebars asks for `toHTML` before it escapes. */
export interface SafeText {
  toHTML(): string;
}

export interface PageTexts {
  /**
   * A text by its dotted key, with `{name}` filled in. A key with `one` and `other` below it takes the form that `count`
   * asks for. Throws for a key that is not there or a value that is missing: a page never shows a hole.
   */
  text(key: string, values?: Values): string;
  /** The same as safe HTML: everything is escaped, and `**text**` in the file (never in a value) is strong. */
  html(key: string, values?: Values): SafeText;
  has(key: string): boolean;
  keys(): string[];
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

function flatten(node: unknown, prefix: string, into: Map<string, string>): Map<string, string> {
  if (typeof node === 'string') return into.set(prefix, node);
  if (typeof node !== 'object' || node === null) throw new Error(`nl.pages.yaml: ${prefix} is no text`);
  for (const [key, value] of Object.entries(node)) flatten(value, prefix === '' ? key : `${prefix}.${key}`, into);
  return into;
}

function filled(key: string, template: string, values: Values, write: (text: string) => string): string {
  return template.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the text ${key} has no value for {${name}}`);
    return write(String(value));
  });
}

/** Reads `templates/locale/<language>.pages.yaml`. */
export function loadPageTexts(language = 'nl'): PageTexts {
  const file = join(import.meta.dirname, '..', 'locale', `${language}.pages.yaml`);
  const texts = flatten(parse(readFileSync(file, 'utf8')), '', new Map());
  const find = (key: string, values: Values): string => {
    const form = values['count'] === 1 ? 'one' : 'other';
    const found = texts.get(key) ?? texts.get(`${key}.${form}`) ?? texts.get(`${key}.other`);
    if (found === undefined) throw new Error(`there is no text ${key}`);
    return found;
  };
  return {
    text: (key, values = {}) => filled(key, find(key, values), values, (text) => text),
    html: (key, values = {}) => {
      const strong = escapeHtml(find(key, values)).replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>');
      const html = filled(key, strong, values, escapeHtml);
      return { toHTML: () => html };
    },
    has: (key) => texts.has(key) || texts.has(`${key}.other`),
    keys: () => [...texts.keys()],
  };
}
