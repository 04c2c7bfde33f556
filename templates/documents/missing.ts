/** What is not known is never left blank and never made up: the draft says in yellow what has to be filled in. */
import { MISSING } from './words.ts';

const run = /<w:r(?: [^>]*)?>(<w:rPr>(?:(?!<\/w:rPr>).)*<\/w:rPr>)?<w:t(?: [^>]*)?>([^<]*)<\/w:t><\/w:r>/gs;
const literal = MISSING.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
const mark = new RegExp(`(${literal}[^\\]]*\\])`);

/** The XML of a document with every such mark in yellow. Runs that hold more than text stay as they are. */
export const markedMissing = (xml: string): string =>
  xml.replace(run, (whole, properties: string | undefined, text: string) => {
    if (!text.includes(MISSING)) return whole;
    return text
      .split(mark)
      .filter((part) => part !== '')
      .map((part) => runOf(part, part.startsWith(MISSING) ? highlighted(properties) : (properties ?? '')))
      .join('');
  });

const runOf = (text: string, properties: string): string =>
  `<w:r>${properties}<w:t xml:space="preserve">${text}</w:t></w:r>`;

/** What comes after it in the schema. */
const later = 'u|effect|bdr|shd|fitText|vertAlign|rtl|cs|em|lang|eastAsianLayout|specVanish|oMath';
const before = new RegExp(`^(.*?)(?=<w:(?:${later})[ />]|</w:rPr>)`, 's');

const highlighted = (properties = '<w:rPr></w:rPr>'): string =>
  properties.includes('<w:highlight ') ? properties : properties.replace(before, '$1<w:highlight w:val="yellow"/>');
