/** The covering sheet: every decision with its proof, the conditions and what is missing, as a PDF and as a workbook. */
import { conditionsOf } from '../../../domain/conditions.ts';
import type { Ticked } from '../../../store/checklist.ts';
import type { Filing } from '../../../definitions/filing.ts';
import { fullDay, moment } from '../../dutch/format.ts';
import { conditionViews, type ConditionView } from '../../web/coordinator/conditions.ts';
import type { Dossier } from '../../web/dossier.ts';
import { type PdfCell, type PdfContent, pdfOf, printable } from '../pdf.ts';
import { columnsOf } from '../columns.ts';
import { type Column, columnsFrom, type Row } from '../table.ts';
import { type Sheet, workbook } from '../workbook.ts';
import { type CoverageRow, coverageOf, stateHash } from './coverage.ts';
import { type MissingGroup, missingOf } from './filing.ts';

export interface CoverSheet {
  title: string;
  /** `Stand van 12 februari 2031 om 10.00 uur` */
  at: string;
  facts: { label: string; value: string }[];
  rows: CoverageRow[];
  conditions: ConditionView[];
  missing: MissingGroup[];
  hash: string;
}

export function coverSheet(dossier: Dossier, filing: Filing, ticked: readonly Ticked[]): CoverSheet {
  const { state, texts, words, partnership, referenceRegion, now } = dossier;
  const fact = (key: string, value: string | undefined) =>
    value === undefined ? [] : [{ label: texts.text(`coverage.fact.${key}`), value }];
  const { submission } = state;
  return {
    title: texts.text('coverage.title', { partnership }),
    at: texts.text('coverage.at', { when: moment(now) }),
    facts: [
      ...fact('region', referenceRegion),
      ...fact('round', state.round && words.round(state.round.key).title),
      ...fact('route', state.route && words.route(state.route).title),
      ...fact(
        'submission',
        submission && texts.text('coverage.submitted', { number: submission.number, on: fullDay(submission.on) }),
      ),
    ],
    rows: coverageOf(dossier),
    conditions: conditionViews(dossier, conditionsOf(state)),
    missing: missingOf(dossier, filing, ticked),
    hash: stateHash(state),
  };
}

const columnSpecs = columnsOf(
  'party',
  'decision',
  'body',
  'status',
  'sessionOn',
  'textVersion',
  'proof',
  'sha256',
  'notedBy',
);

/** @param nameOf what the file of a row is called beside the sheet; without one the name under which it was sent */
export function coverWorkbook(dossier: Dossier, sheet: CoverSheet, nameOf?: NameOf): Promise<Buffer> {
  const { texts } = dossier;
  const title = (key: string): string => texts.text(`coverage.sheet.${key}`);
  const plain = (key: string, name: string, width: number): Column => ({ key, kind: 'text', title: name, width });
  const sheets: Sheet[] = [
    {
      title: title('decisions'),
      columns: columnsFrom(texts, columnSpecs),
      rows: sheet.rows.map((row): Row => ({
        ...{ party: row.name, decision: row.title, body: row.body, status: row.statusText },
        ...{ sessionOn: row.sessionOn ?? null, textVersion: row.textVersion ?? null, notedBy: row.by },
        ...{ proof: proofOf(row, nameOf) ?? null, sha256: row.file?.sha256 ?? null },
      })),
    },
    {
      title: title('conditions'),
      columns: [
        plain('title', title('condition'), 34),
        plain('status', title('status'), 22),
        plain('figures', title('figures'), 90),
      ],
      rows: sheet.conditions.map((each) => ({
        ...{ title: each.title, status: each.status.label, figures: figuresOf(each) },
      })),
    },
    {
      title: title('missing'),
      columns: [plain('what', title('what'), 34), plain('line', title('line'), 100)],
      rows: sheet.missing.flatMap(({ key, lines }) =>
        lines.map((line) => ({ what: texts.text(`coverage.missing.${key}`), line })),
      ),
    },
    {
      title: title('about'),
      columns: [plain('label', title('what'), 34), plain('value', title('line'), 100)],
      rows: [
        { label: sheet.title, value: sheet.at },
        ...sheet.facts,
        { label: texts.text('coverage.hash-label'), value: sheet.hash },
      ],
    },
  ];
  return workbook(sheets);
}

export type NameOf = (row: CoverageRow) => string | undefined;
const proofOf = (row: CoverageRow, nameOf?: NameOf): string | undefined => nameOf?.(row) ?? row.proof;
const figuresOf = ({ sentences, missing }: ConditionView): string =>
  [...sentences, ...missing.map(({ text }) => text)].join(' ');

export function coverPdf(
  dossier: Dossier,
  sheet: CoverSheet,
  options: { nameOf?: NameOf; isCompressed?: boolean } = {},
): Promise<Buffer> {
  const { texts, state } = dossier;
  const { nameOf, ...rest } = options;
  return pdfOf({
    ...rest,
    title: sheet.title,
    at: new Date(dossier.now),
    footer: texts.text('coverage.footer', { seq: state.seq, hash: sheet.hash }),
    pageText: (page, pages) => texts.text('coverage.page', { page, pages }),
    content: [
      { text: printable(sheet.title), style: 'title' },
      { text: sheet.at, style: 'soft' },
      ...sheet.facts.map(({ label, value }): PdfContent => ({
        text: [{ text: `${label}: `, style: 'label' }, printable(value)],
      })),
      { text: missingLine(dossier, sheet), margin: [0, 6, 0, 0], bold: true },
      { text: texts.text('coverage.sheet.decisions'), style: 'heading' },
      decisionsTable(dossier, sheet.rows, nameOf),
      ...conditionsPart(dossier, sheet.conditions),
      ...missingPart(dossier, sheet.missing),
    ],
  });
}

const missingLine = ({ texts }: Dossier, { missing }: CoverSheet): string =>
  missing.length === 0
    ? texts.text('coverage.complete')
    : texts.text('coverage.incomplete', { count: missing.reduce((sum, { lines }) => sum + lines.length, 0) });

const head = (texts: string[]): PdfCell[] => texts.map((text) => ({ text, style: 'head' }));

/** A hash has no spaces: in pieces it can be broken into lines. */
const inPieces = (hash: string): string => hash.replace(/.{16}(?=.)/g, '$& ');
/** So has an address. */
const breakable = (text: string): string => printable(text).replace(/[/?&=_-](?=\S{12})/g, '$&\u200b');

function decisionsTable({ texts }: Dossier, rows: readonly CoverageRow[], nameOf?: NameOf): PdfContent {
  const columns = columnSpecs.filter(({ key }) => key !== 'body');
  return {
    layout: 'lightHorizontalLines',
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: [68, 88, 72, 54, 34, '*', 88, 88],
      body: [
        head(columns.map(({ key }) => texts.text(`export.column.${key}`))),
        ...rows.map((row): PdfCell[] => [
          printable(row.name),
          printable(row.title),
          row.statusText,
          row.sessionOn === undefined ? '' : fullDay(row.sessionOn),
          row.textVersion === undefined ? '' : String(row.textVersion),
          breakable(proofOf(row, nameOf) ?? ''),
          { text: row.file === undefined ? '' : inPieces(row.file.sha256), fontSize: 6 },
          printable(row.by),
        ]),
      ],
    },
  };
}

function conditionsPart({ texts }: Dossier, conditions: readonly ConditionView[]): PdfContent[] {
  if (conditions.length === 0) return [];
  const title = (key: string): string => texts.text(`coverage.sheet.${key}`);
  return [
    { text: title('conditions'), style: 'heading' },
    {
      layout: 'lightHorizontalLines',
      table: {
        headerRows: 1,
        dontBreakRows: true,
        widths: [150, 90, '*'],
        body: [
          head([title('condition'), title('status'), title('figures')]),
          ...conditions.map((each): PdfCell[] => [
            each.title,
            each.isDraft ? `${each.status.label} ${texts.text('coverage.draft')}` : each.status.label,
            printable(figuresOf(each)),
          ]),
        ],
      },
    },
  ];
}

const missingPart = ({ texts }: Dossier, missing: readonly MissingGroup[]): PdfContent[] =>
  missing.length === 0
    ? []
    : [
        { text: texts.text('coverage.sheet.missing'), style: 'heading' },
        ...missing.flatMap(({ key, lines }): PdfContent[] => [
          { text: texts.text(`coverage.missing.${key}`), bold: true, margin: [0, 4, 0, 2] },
          { ul: lines.map(printable) },
        ]),
      ];
