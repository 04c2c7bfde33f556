/** The whole of a path for an archive: its record as data, its files, and pages that a browser still opens in fifty years. */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { PathId } from '../../../domain/ids.ts';
import type { StoredDocument } from '../../../store/documents.ts';
import type { Store } from '../../../store/store.ts';
import type { Dossier } from '../../web/dossier.ts';
import { createEntryNames } from '../entry-names.ts';
import { sumsText } from '../kiosk/kiosk.ts';
import { type Entry, zipOf } from '../zip.ts';
import { indexPage } from './index-page.ts';

export const ARCHIVE_FORMAT = 'regiopad-dossier-2';

/** All that is recorded of a path, with what people wrote down beside it; undefined when there is no such path. */
export async function pathRecord(store: Store, path: PathId) {
  const [facts, state, events, people, mails, documents, written] = await Promise.all([
    store.paths.path(path),
    store.snapshots.snapshot(path),
    store.events.eventsOf(path),
    store.people.peopleOf(path),
    store.ledger.entriesOf(path),
    store.documents.documentsOf(path),
    store.written.writtenOf(path),
  ]);
  if (state === undefined) return undefined;
  const mailFacts = await store.ledger.factsOf(mails.map(({ messageId }) => messageId));
  return {
    ...{ format: ARCHIVE_FORMAT, facts, people, events },
    mails: mails.map((mail) => ({ ...mail, facts: mailFacts.get(mail.messageId) ?? [] })),
    ...{ ...written, documents, state },
  };
}

export type PathRecord = NonNullable<Awaited<ReturnType<typeof pathRecord>>>;

export const archiveName = ({ state, today }: Dossier): string => `${state.id}-archief-${today}.zip`;

export const archiveZip = (store: Store, dossier: Dossier): Readable =>
  zipOf(entriesOf(store, dossier), new Date(dossier.now));

async function* entriesOf(store: Store, dossier: Dossier): AsyncGenerator<Entry> {
  const { texts, state } = dossier;
  const record = await pathRecord(store, state.id);
  if (record === undefined) return;
  const names = createEntryNames();
  const [readme, index, sums] = [texts.text('archive.file.readme'), 'index.html', texts.text('archive.file.sums')].map(
    (name) => names.add([], name),
  ) as [string, string, string];
  const files = record.documents.map((file) => ({ file, name: names.add(foldersOf(dossier, file), file.name) }));
  const listed: { file: { sha256: string }; name: string }[] = [];
  const summed = (name: string, content: string): Entry => {
    listed.push({ name, file: { sha256: createHash('sha256').update(content).digest('hex') } });
    return { name, content };
  };
  yield summed(readme, texts.text('archive.readme', { partnership: dossier.partnership }).replace(/\r?\n/g, '\r\n'));
  yield summed(index, indexPage(dossier, record, files));
  for (const [name, content] of dataFiles(record, files)) yield summed(`gegevens/${name}.json`, asJson(content));
  for (const { file, name } of files) {
    yield { name, content: await store.documents.content(file), isPacked: true };
    listed.push({ name, file });
  }
  yield { name: sums, content: sumsText(listed) };
}

function foldersOf({ words, texts }: Dossier, { kind, decision }: StoredDocument): string[] {
  const of = decision === undefined ? [] : [words.decision(decision).short];
  return [texts.text('archive.folder'), ...of, texts.text(`archive.kind.${kind}`)];
}

const asJson = (content: unknown): string => `${JSON.stringify(content, undefined, 2)}\n`;

function dataFiles(
  record: PathRecord,
  files: readonly { file: StoredDocument; name: string }[],
): [name: string, content: unknown][] {
  const { format, facts, state, events, people, mails, inboundMails, notes, calls, checklist } = record;
  return [
    ['traject', { format, facts, state }],
    ['gebeurtenissen', events],
    ['personen', people],
    ['mails', mails],
    ['binnengekomen-mails', inboundMails],
    ['notities', notes],
    ['gesprekken', calls],
    ['checklist', checklist],
    ['documenten', files.map(({ file, name }) => ({ ...file, file: name }))],
  ];
}
