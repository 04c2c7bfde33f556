/**
 * A Word file that somebody sent, opened with care. Refused is what acts by itself or reaches outside when it is opened: macros,
 * embedded programs, linked templates and pictures, fields that fetch; and what a reader of XML could be led astray by.
 */
import { type Parts, readParts, textOf } from './package.ts';

export type DocxProblem = 'not-docx' | 'too-large' | 'macros' | 'external';

export type OpenedDocx = { ok: true; parts: Parts } | { ok: false; problem: DocxProblem };

/** Text is small: more XML than this is no council file, and slow to read. */
const MOST_XML_BYTES = 12 * 1024 * 1024;

const DOCUMENT = 'word/document.xml';
const MAIN_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';

const wrong = (problem: DocxProblem): OpenedDocx => ({ ok: false, problem });

export function openDocx(content: Uint8Array): OpenedDocx {
  const read = readParts(content);
  if (!read.ok) return read;
  const { parts } = read;
  const types = parts.get('[Content_Types].xml');
  if (types === undefined || !parts.has(DOCUMENT)) return wrong('not-docx');
  if ([...parts.keys()].some(isProgram) || /macroEnabled|vbaProject|activeX|oleObject/i.test(textOf(types))) {
    return wrong('macros');
  }
  if (!textOf(types).includes(MAIN_TYPE)) return wrong('not-docx');
  const xml = [...parts].filter(([name]) => isXml(name));
  if (xml.reduce((sum, [, part]) => sum + part.byteLength, 0) > MOST_XML_BYTES) return wrong('too-large');
  for (const [name, part] of xml) {
    if (!isPlainXml(part)) return wrong('not-docx');
    if (name.endsWith('.rels') ? linksOutside(textOf(part)) : fetches(textOf(part))) return wrong('external');
  }
  return { ok: true, parts };
}

const isXml = (name: string): boolean => /\.(xml|rels)$/i.test(name);
const isProgram = (name: string): boolean => /vba(project|data)|activex|oleobject|\.(bin|exe|dll|js|vbs)$/i.test(name);

/** UTF-8 without a document type: no entities, nothing that is fetched or grows while it is read. */
function isPlainXml(part: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(part);
    const encoding = /^\s*<\?xml[^>]*encoding=["']([^"']+)/.exec(text)?.[1] ?? 'utf-8';
    return !/<!(DOCTYPE|ENTITY)/i.test(text) && !text.includes('\0') && /^utf-?8$/i.test(encoding);
  } catch {
    return false;
  }
}

/** A link that a reader may follow is no harm; what Word fetches by itself is. */
function linksOutside(rels: string): boolean {
  return [...rels.matchAll(/<[\w:]*Relationship\b[^>]*>/g)].some(([relation]) => {
    const attribute = (name: string): string => new RegExp(`\\b${name}\\s*=\\s*["']([^"']*)`).exec(relation)?.[1] ?? '';
    const type = attribute('Type');
    if (type.endsWith('/aFChunk') || type.endsWith('/attachedTemplate') || type.endsWith('/oleObject')) return true;
    const isExternal = attribute('TargetMode').toLowerCase() === 'external';
    const isLink = type.endsWith('/hyperlink') && /^(https?:|mailto:|#)/i.test(attribute('Target'));
    return isExternal && !isLink;
  });
}

/** Fields that open something else; their words may be spread over several runs. */
function fetches(xml: string): boolean {
  const spread = [...xml.matchAll(/<w:instrText[^>]*>([^<]*)</g)].map(([, words = '']) => words).join('');
  const simple = [...xml.matchAll(/w:instr\s*=\s*["']([^"']*)/g)].map(([, words = '']) => words).join(' ');
  return /\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT)\b/i.test(`${spread} ${simple}`);
}
