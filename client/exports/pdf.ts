/** Makes a PDF on A4 with the fonts that come with pdfmake; nothing else is read from this machine or from the web. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** What of pdfmake is used here. Its own types bring those of browsers into every file of this project. */
type Style = Record<string, unknown>;
export type PdfText = string | { text: string; style: string };
export type PdfCell = string | ({ text: string } & Style);
export type PdfContent =
  | ({ text: string | PdfText[] } & Style)
  | { ul: string[] }
  | {
      layout: string;
      table: { headerRows: number; dontBreakRows: boolean; widths: (number | string)[]; body: PdfCell[][] };
    };

interface PdfMaker {
  setFonts(fonts: object): void;
  setUrlAccessPolicy(mayRead: (url: string) => boolean): void;
  setLocalAccessPolicy(mayRead: (path: string) => boolean): void;
  createPdf(definition: object): { getBuffer(): Promise<Buffer> };
}

const require = createRequire(import.meta.url);
const folder = join(dirname(require.resolve('pdfmake/package.json')), 'fonts', 'Roboto');
const font = (name: string): string => join(folder, `Roboto-${name}.ttf`);
const fonts = {
  Roboto: { normal: font('Regular'), bold: font('Medium'), italics: font('Italic'), bolditalics: font('MediumItalic') },
};

let made: PdfMaker | undefined;

/** Loaded by the first who needs it: it is large, and most never do. */
function pdfMaker(): PdfMaker {
  if (made === undefined) {
    made = require('pdfmake') as PdfMaker;
    const ours: ReadonlySet<string> = new Set(Object.values(fonts.Roboto));
    made.setFonts(fonts);
    made.setUrlAccessPolicy(() => false);
    made.setLocalAccessPolicy((path) => ours.has(path));
  }
  return made;
}

export interface PdfDocument {
  title: string;
  content: PdfContent[];
  /** Left in the footer of every page; right of it stands the number of the page. */
  footer: string;
  pageText: (page: number, pages: number) => string;
  /** Stands in the document, so that the same content is the same file. */
  at: Date;
  /** Off in tests that look into it. */
  isCompressed?: boolean;
}

/** What a font cannot show and what would turn the line around is left out. */
export const printable = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Co}]+/gu, ' ')
    .replace(/[\u{10000}-\u{10ffff}]/gu, '□');

export function pdfOf({ title, content, footer, pageText, at, isCompressed = true }: PdfDocument): Promise<Buffer> {
  const definition = {
    ...{ pageSize: 'A4', pageOrientation: 'landscape', pageMargins: [28, 28, 28, 40] },
    ...{ content, compress: isCompressed, language: 'nl-BE', displayTitle: true, version: '1.7' },
    // pdfmake makes no structure: called tagged without one, it would be empty for who hears it.
    tagged: false,
    info: { title, creator: 'Regiopad', producer: 'Regiopad', creationDate: at, modDate: at },
    defaultStyle: { font: 'Roboto', fontSize: 8, lineHeight: 1.15 },
    styles: {
      title: { fontSize: 16, bold: true, margin: [0, 0, 0, 4] },
      heading: { fontSize: 11, bold: true, margin: [0, 12, 0, 4] },
      label: { bold: true },
      head: { bold: true, fillColor: '#e3edf5' },
      soft: { color: '#4d5a66' },
    },
    footer: (page: number, pages: number) => ({
      margin: [28, 12, 28, 0],
      fontSize: 7,
      color: '#4d5a66',
      columns: [
        { text: footer, width: '*' },
        { text: pageText(page, pages), width: 'auto', alignment: 'right' },
      ],
    }),
  };
  return pdfMaker().createPdf(definition).getBuffer();
}
