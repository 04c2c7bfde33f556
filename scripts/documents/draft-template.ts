/** Makes the Word template of drafts from its words: `npm run template`. The same words give the same bytes. */
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  type IRunOptions,
  LevelFormat,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
} from 'docx';
import PizZip from 'pizzip';
import { writeParts } from '../../templates/documents/package.ts';

interface Block {
  heading: string;
  list: string;
  bullets?: boolean;
}

export interface TemplateWords {
  title: string;
  subject: string;
  header: string;
  kind: string;
  proposal: string;
  facts: { label: string; value: string }[];
  blocks: Block[];
  decision: { heading: string; intro: string; list: string; article: string };
  attachments: { heading: string; list: string; none: string };
  footer: string;
  page: { before: string; of: string };
}

const INK = '1F2933';
const GREY = '52606D';
const LINE = 'CBD2D9';
/** In twentieths of a point: A4 with margins of 25 mm leaves so much. */
const TEXT_WIDTH = 9070;
const LABEL_WIDTH = 2900;
const BULLETS = 'opsomming';

const heading = (text: string): Paragraph => new Paragraph({ heading: HeadingLevel.HEADING_1, text });
const line = (text: string): Paragraph => new Paragraph({ text });

/** The marks of a list stand in paragraphs of their own, which vanish when it is filled. */
const repeated = (list: string, item: Paragraph): Paragraph[] => [line(`{#${list}}`), item, line(`{/${list}}`)];

function factsTable(facts: TemplateWords['facts']): Table {
  const rule = { style: BorderStyle.SINGLE, size: 4, color: LINE };
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
  const cell = (width: number, run: TextRun): TableCell =>
    new TableCell({
      width: { size: width, type: WidthType.DXA },
      margins: { top: 50, bottom: 50, left: 0, right: 100 },
      children: [new Paragraph({ style: 'Fact', children: [run] })],
    });
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: [LABEL_WIDTH, TEXT_WIDTH - LABEL_WIDTH],
    borders: { top: rule, bottom: rule, left: none, right: none, insideHorizontal: rule, insideVertical: none },
    rows: facts.map(
      ({ label, value }) =>
        new TableRow({
          cantSplit: true,
          children: [
            cell(LABEL_WIDTH, new TextRun({ text: label, color: GREY })),
            cell(TEXT_WIDTH - LABEL_WIDTH, new TextRun(value)),
          ],
        }),
    ),
  });
}

const blockOf = ({ heading: title, list, bullets = false }: Block): Paragraph[] => [
  heading(title),
  ...repeated(
    list,
    new Paragraph({ text: '{tekst}', ...(bullets && { numbering: { reference: BULLETS, level: 0 } }) }),
  ),
];

function articlesOf({ heading: title, intro, list, article }: TemplateWords['decision']): Paragraph[] {
  const number: IRunOptions = { text: article, bold: true };
  const runs = [new TextRun(number), new TextRun(' {tekst}')];
  return [
    heading(title),
    new Paragraph({ text: intro, keepNext: true }),
    ...repeated(list, new Paragraph({ style: 'Article', children: runs })),
  ];
}

const attachmentsOf = ({ heading: title, list, none }: TemplateWords['attachments']): Paragraph[] => [
  heading(title),
  ...repeated(list, new Paragraph({ text: '{tekst}', numbering: { reference: BULLETS, level: 0 } })),
  line(`{^${list}}`),
  line(none),
  line(`{/${list}}`),
];

function documentOf(words: TemplateWords): Document {
  const small = (text: string): TextRun => new TextRun({ text, size: 17, color: GREY });
  const tabs = [{ type: TabStopType.RIGHT, position: TEXT_WIDTH }];
  const pages = new TextRun({
    size: 17,
    color: GREY,
    children: ['\t', words.page.before, ' ', PageNumber.CURRENT, ` ${words.page.of} `, PageNumber.TOTAL_PAGES],
  });
  return new Document({
    title: words.title,
    subject: words.subject,
    creator: 'Regiopad',
    lastModifiedBy: 'Regiopad',
    styles: {
      default: {
        document: {
          run: { font: 'Arial', size: 21, color: INK, language: { value: 'nl-BE' } },
          paragraph: { spacing: { after: 120, line: 276, lineRule: LineRuleType.AUTO } },
        },
        title: {
          run: { size: 34, bold: true, color: INK },
          paragraph: { spacing: { before: 60, after: 200, line: 264, lineRule: LineRuleType.AUTO } },
        },
        heading1: {
          run: { size: 25, bold: true, color: INK },
          paragraph: { spacing: { before: 320, after: 100 }, keepNext: true },
        },
      },
      paragraphStyles: [
        {
          id: 'Kind',
          name: 'Soort',
          basedOn: 'Normal',
          run: { color: GREY, bold: true },
          paragraph: { spacing: { after: 0 } },
        },
        { id: 'Fact', name: 'Gegeven', basedOn: 'Normal', paragraph: { spacing: { after: 0 } } },
        { id: 'Article', name: 'Artikel', basedOn: 'Normal', paragraph: { spacing: { before: 60, after: 140 } } },
      ],
    },
    numbering: {
      config: [
        {
          reference: BULLETS,
          levels: [
            {
              level: 0,
              format: LevelFormat.BULLET,
              text: '•',
              alignment: AlignmentType.LEFT,
              style: { paragraph: { indent: { left: 360, hanging: 260 } } },
            },
          ],
        },
      ],
    },
    sections: [
      {
        properties: {
          page: { size: { width: 11906, height: 16838 }, margin: { top: 1418, bottom: 1418, left: 1418, right: 1418 } },
        },
        headers: { default: new Header({ children: [new Paragraph({ children: [small(words.header)] })] }) },
        footers: {
          default: new Footer({
            children: [new Paragraph({ tabStops: tabs, children: [small(words.footer), pages] })],
          }),
        },
        children: [
          new Paragraph({ style: 'Kind', text: words.kind }),
          new Paragraph({ heading: HeadingLevel.TITLE, text: words.title }),
          factsTable(words.facts),
          new Paragraph({
            spacing: { before: 240, after: 120 },
            shading: { type: ShadingType.CLEAR, fill: 'F0F4F8' },
            border: { left: { style: BorderStyle.SINGLE, size: 18, color: GREY, space: 8 } },
            indent: { left: 170 },
            children: [new TextRun(words.proposal)],
          }),
          ...words.blocks.flatMap(blockOf),
          ...articlesOf(words.decision),
          ...attachmentsOf(words.attachments),
        ],
      },
    ],
  });
}

const madeAt = /(<dcterms:(?:created|modified)[^>]*>)[^<]*/g;

/** The bytes of the template. */
export async function draftTemplate(words: TemplateWords): Promise<Uint8Array> {
  const zip = new PizZip(await Packer.toBuffer(documentOf(words)));
  const parts = Object.values(zip.files)
    .filter(({ dir }) => !dir)
    .map(({ name }): [string, Uint8Array] => {
      const text = zip.file(name)?.asUint8Array() ?? new Uint8Array();
      if (name !== 'docProps/core.xml') return [name, text];
      const core = new TextDecoder().decode(text).replace(madeAt, '$12026-01-01T00:00:00Z');
      return [name, new TextEncoder().encode(core)];
    });
  return writeParts(new Map(parts));
}
