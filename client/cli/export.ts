/** `regiopad export ID`: the whole dossier of a path, from the store. */
import { writeFile } from 'node:fs/promises';
import { asPathId } from '../../domain/ids.ts';
import { messageOf } from '../../worker/setup-error.ts';
import { badInput, unknownPath } from './failure.ts';
import { note, printJson } from './output.ts';
import { withStore } from './running.ts';

export async function exportPath(id: string, options: { out?: string }): Promise<void> {
  await withStore(async (store) => {
    const path = asPathId(id);
    const [facts, state, events, people, mails, documents] = await Promise.all([
      store.paths.path(path),
      store.snapshots.snapshot(path),
      store.events.eventsOf(path),
      store.people.peopleOf(path),
      store.ledger.entriesOf(path),
      store.documents.documentsOf(path),
    ]);
    if (state === undefined) throw unknownPath(id);
    const dossier = { format: 'regiopad-dossier-1', facts, people, events, mails, documents, state };
    if (options.out === undefined) {
      printJson(dossier);
      return;
    }
    try {
      await writeFile(options.out, `${JSON.stringify(dossier, undefined, 2)}\n`, { mode: 0o600 });
    } catch (error) {
      throw badInput(`--out ${options.out}: expected a file that can be written (${messageOf(error)})`);
    }
    note(`${String(events.length)} events and ${String(mails.length)} mails of ${id} are in ${options.out}`);
  });
}
