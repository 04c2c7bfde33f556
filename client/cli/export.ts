/** `regiopad export ID`: the whole dossier of a path, from the store: its record as JSON, or the archive with its files. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { asInstant, asPathId } from '../../domain/ids.ts';
import type { Store } from '../../store/store.ts';
import { loadPageTexts } from '../../templates/pages/locale.ts';
import type { Config } from '../../worker/config.ts';
import { messageOf } from '../../worker/setup-error.ts';
import { createWords } from '../dutch/words.ts';
import { archiveName, archiveZip, pathRecord } from '../exports/archive/archive.ts';
import { readDossier } from '../web/dossier.ts';
import { badInput, unknownPath } from './failure.ts';
import { note, printJson } from './output.ts';
import { withStore } from './running.ts';

export interface ExportOptions {
  zip?: true;
  out?: string;
}

export async function exportPath(id: string, { zip, out }: ExportOptions): Promise<void> {
  if (out?.trim() === '') throw badInput('--out: expected the name of a file');
  await withStore((store, config) => (zip === true ? exportZip(store, config, id, out) : exportJson(store, id, out)));
}

async function exportJson(store: Store, id: string, out: string | undefined): Promise<void> {
  const record = await pathRecord(store, asPathId(id));
  if (record === undefined) throw unknownPath(id);
  if (out === undefined) {
    printJson(record);
    return;
  }
  await write(out, Readable.from([`${JSON.stringify(record, undefined, 2)}\n`]));
  const { events, mails } = record;
  note(`${String(events.length)} events and ${String(mails.length)} mails of ${id} are in ${out}`);
}

async function exportZip(store: Store, config: Config, id: string, out: string | undefined): Promise<void> {
  const dossier = await readDossier(
    {
      ...{ store, base: '', words: createWords(), pages: { texts: loadPageTexts() } },
      clock: () => asInstant(Date.now() + config.clockOffsetMs),
    },
    asPathId(id),
  );
  if (dossier === undefined) throw unknownPath(id);
  const file = out ?? archiveName(dossier);
  await write(file, archiveZip(store, dossier));
  note(`${id} with ${String(dossier.documents.size)} files is in ${file}`);
}

/** What is there under a name is whole: it gets its name once all of it was written. Only for who asked, since it holds people. */
async function write(file: string, content: Readable): Promise<void> {
  const part = `${file}.part`;
  try {
    await pipeline(content, createWriteStream(part, { mode: 0o600 }));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    const isOfFiles = error instanceof Error && 'syscall' in error;
    if (!isOfFiles) throw error;
    throw badInput(`--out ${file}: expected a file that can be written (${messageOf(error)})`);
  }
}
