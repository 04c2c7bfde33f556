/** Word files for tests: the template that comes with Regiopad, changed, and what stands in a file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DraftContent, listNames, variableNames } from '../../domain/draft.ts';
import { openDocx } from '../../templates/documents/open-docx.ts';
import { type Parts, partOf, textOf, writeParts } from '../../templates/documents/package.ts';

export const templateFile = join(import.meta.dirname, '../../templates/documents/draft-decision.nl.docx');
export const template = (): Uint8Array => new Uint8Array(readFileSync(templateFile));

export function partsOf(content: Uint8Array): Parts {
  const opened = openDocx(content);
  if (!opened.ok) throw new Error(`the file is refused: ${opened.problem}`);
  return opened.parts;
}

/** A Word file as the template, with some parts changed or added. */
export function changed(changes: Record<string, (text: string) => string>, content = template()): Uint8Array {
  const parts = new Map(partsOf(content));
  for (const [name, change] of Object.entries(changes)) {
    parts.set(name, partOf(change(textOf(parts.get(name) ?? new Uint8Array()))));
  }
  return writeParts(parts);
}

const withoutMarks = (xml: string): string => xml.replace(/\{[^}]*\}/g, '');

/** A Word file that says one paragraph after another, and has no marks elsewhere. */
export const saying = (...paragraphs: string[]): Uint8Array =>
  changed({
    'word/document.xml': (xml) =>
      xml.replace(
        /<w:body>.*<\/w:body>/s,
        `<w:body>${paragraphs.map((text) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`).join('')}</w:body>`,
      ),
    'word/header1.xml': withoutMarks,
    'word/footer1.xml': withoutMarks,
    'docProps/core.xml': withoutMarks,
  });

/** One part of a Word file. */
export const xmlOf = (content: Uint8Array, part = 'word/document.xml'): string =>
  textOf(partsOf(content).get(part) ?? new Uint8Array());

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The text of a Word file as a reader sees it, a line for each paragraph. */
export const readable = (content: Uint8Array, part?: string): string =>
  xmlOf(content, part)
    .replace(/<w:br\/>|<\/w:p>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&(\w+);/g, (_all, name: string) => entities[name] ?? '?');

/** Content in which every value says its name. */
export const sample = (changes: Partial<DraftContent> = {}): DraftContent =>
  ({
    ...Object.fromEntries(variableNames.map((name) => [name, name])),
    ...Object.fromEntries(listNames.map((name) => [name, [`eerste van ${name}`]])),
    ...changes,
  }) as DraftContent;
