/** The file that is handed in, as a zip: the texts, every decision with its proof, the sheet that covers them, and what is missing. */
import type { Readable } from 'node:stream';
import type { Filing } from '../../../definitions/filing.ts';
import type { Ticked } from '../../../store/checklist.ts';
import type { StoredDocument } from '../../../store/documents.ts';
import type { Store } from '../../../store/store.ts';
import type { Dossier } from '../../web/dossier.ts';
import { createEntryNames, type EntryNames } from '../entry-names.ts';
import { type Entry, zipOf } from '../zip.ts';
import type { CoverageRow } from './coverage.ts';
import { textsOf } from './filing.ts';
import { coverPdf, coverSheet, coverWorkbook, type CoverSheet } from './sheet.ts';

/** The same names in the same order, and the same content, as long as nothing was said to the path. */
export const kioskZip = (store: Store, dossier: Dossier, filing: Filing, ticked: readonly Ticked[]): Readable =>
  zipOf(entriesOf(store, dossier, filing, ticked), new Date(dossier.now));

async function* entriesOf(
  store: Store,
  dossier: Dossier,
  filing: Filing,
  ticked: readonly Ticked[],
): AsyncGenerator<Entry> {
  const { texts } = dossier;
  const names = createEntryNames();
  const folder = (key: string): string => texts.text(`coverage.folder.${key}`);
  const name = (key: string): string => names.add([], texts.text(`coverage.file.${key}`));
  const sheet = coverSheet(dossier, filing, ticked);
  const fixed = {
    pdf: name('pdf'),
    xlsx: name('xlsx'),
    missing: name('missing'),
    urls: name('urls'),
    sums: name('sums'),
  };
  const proofs = proofFiles(sheet, names, folder('decisions'));
  const isMain = (document: string): boolean => filing.documents.includes(document);
  const named = (file: StoredDocument, at: string) => ({ file, name: names.add([at], file.name) });
  const files = [
    ...textsOf(dossier, isMain).map((file) => named(file, folder('plan'))),
    ...[...proofs.values()],
    ...textsOf(dossier, (document) => !isMain(document)).map((file) => named(file, folder('texts'))),
  ];
  const nameOf = ({ file }: CoverageRow): string | undefined => file && proofs.get(file.id)?.name;
  yield { name: fixed.pdf, content: await coverPdf(dossier, sheet, { nameOf }), isPacked: true };
  yield { name: fixed.xlsx, content: await coverWorkbook(dossier, sheet, nameOf), isPacked: true };
  if (sheet.missing.length > 0) yield { name: fixed.missing, content: missingText(dossier, sheet) };
  const urls = urlsText(sheet);
  if (urls !== '') yield { name: fixed.urls, content: urls };
  for (const each of files) {
    yield { name: each.name, content: await store.documents.content(each.file), isPacked: true };
  }
  if (files.length > 0) yield { name: fixed.sums, content: sumsText(files) };
}

/** Each file that proves a decision, by its id: `Wemmel - besluit.pdf` in the folder of its decision. */
function proofFiles(
  { rows }: CoverSheet,
  names: EntryNames,
  folder: string,
): Map<string, { file: StoredDocument; name: string }> {
  const found = new Map<string, { file: StoredDocument; name: string }>();
  for (const { file, title, name } of rows) {
    if (file !== undefined && !found.has(file.id))
      found.set(file.id, { file, name: names.add([folder, title], file.name, name) });
  }
  return found;
}

const lineEnds = (lines: readonly string[]): string => lines.map((line) => `${line.replace(/\s+/g, ' ')}\r\n`).join('');

const missingText = ({ texts }: Dossier, { title, at, missing }: CoverSheet): string =>
  lineEnds([
    title,
    at,
    ...missing.flatMap(({ key, lines }) => [
      '',
      texts.text(`coverage.missing.${key}`),
      ...lines.map((line) => `- ${line}`),
    ]),
  ]);

/** Decisions that are published, or that go by a number: they have no file here. */
const urlsText = ({ rows }: CoverSheet): string =>
  lineEnds(
    rows.flatMap(({ name, title, proof, file }) =>
      proof === undefined || file !== undefined ? [] : [`${name}: ${title}: ${proof}`],
    ),
  );

/** As `sha256sum --check` reads it. */
export const sumsText = (files: readonly { file: Pick<StoredDocument, 'sha256'>; name: string }[]): string =>
  files.map(({ file, name }) => `${file.sha256}  ${name}\n`).join('');
