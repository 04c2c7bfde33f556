/** A spool folder in Maildir style: a mail server puts mails into `new`, what was taken is in `cur`, the rest in `.unknown`. */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRaw } from '../raw-mail.ts';
import { type InboundSource, takeEach } from '../source.ts';

const EVERY_MS = 2_000;
/** The folder of a Maildir (in the naming of Maildir++) for mails that belong to no message of ours. */
const ASIDE = '.unknown';
/** The flag of a mail that was seen, as mail programs write it. */
const SEEN = ':2,S';

/**
 * @param folder is not made: a mail server makes it with its first mail, or whoever sets it up, with rights for both. Until
 * then a round rejects with ENOENT.
 */
export function createMaildirSource(folder: string, everyMs = EVERY_MS): InboundSource {
  const places = { taken: join(folder, 'cur'), aside: join(folder, ASIDE, 'cur') };
  return {
    name: `file://${folder}`,
    everyMs,
    async check() {
      for (const place of ['new', 'cur']) await access(join(folder, place), constants.R_OK | constants.W_OK);
    },
    async round(take, signal) {
      const names = await waitingIn(join(folder, 'new'));
      return takeEach(names, signal, async (name) => {
        const file = join(folder, 'new', name);
        const raw = await ifThere(() => readFile(file));
        if (raw === undefined) return false;
        const place = places[await take(raw)];
        await mkdir(place, { recursive: true, mode: 0o700 });
        // Another process may have taken and moved it meanwhile: it is kept once all the same.
        await ifThere(() => rename(file, join(place, `${name.replace(/:2,.*$/, '')}${SEEN}`)));
        return true;
      });
    },
  };
}

/** Puts a mail into a Maildir as a mail server does: whole, or not at all. The folder is made when it is not there. */
export async function deliverTo(folder: string, content: string | Uint8Array): Promise<void> {
  await makeMaildir(folder);
  const name = `${Date.now()}.${randomUUID()}.regiopad`;
  await writeFile(join(folder, 'tmp', name), content, { mode: 0o600, flush: true });
  await rename(join(folder, 'tmp', name), join(folder, 'new', name));
}

export async function makeMaildir(folder: string): Promise<void> {
  for (const name of ['tmp', 'new', 'cur']) await mkdir(join(folder, name), { recursive: true, mode: 0o700 });
}

/** Oldest first: names of a Maildir begin with the moment. Only plain files: a link could show any other file. */
async function waitingIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => name);
  return names.sort();
}

async function readFile(file: string) {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  return readRaw(handle.createReadStream());
}

async function ifThere<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
