/**
 * Backups that are being made: hidden folders that only their owner can read, and that say which process on which machine makes them.
 * What a process that was killed leaves holds keys and people, and is removed by the next one.
 */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { commandLineOf } from '../../worker/processes.ts';

const DRAFT = /^\.regiopad-(?<host>.+)-(?<pid>\d+)-[^-]+$/;
/** Of another machine nobody here knows what runs there, and a number comes back after a restart; no backup takes so long. */
const ABANDONED_MS = 24 * 3_600_000;

/** Of this process: who has its number may be a later one. */
const own = new Set<string>();

export async function makeDraft(into: string): Promise<string> {
  const draft = await mkdtemp(join(into, `.regiopad-${hostname()}-${String(process.pid)}-`));
  own.add(draft);
  return draft;
}

/** Nothing happens when it has been given its name. */
export async function removeDraft(draft: string): Promise<void> {
  await rm(draft, { recursive: true, force: true });
  own.delete(draft);
}

export async function removeDeadDrafts(into: string): Promise<void> {
  for (const name of await readdir(into)) {
    const { host, pid } = DRAFT.exec(name)?.groups ?? {};
    if (host === undefined) continue;
    const draft = join(into, name);
    const isDead = (host === hostname() && !isMade(draft, Number(pid))) || (await isAbandoned(draft));
    // One that somebody else left, and that is theirs to remove, holds up no backup.
    if (isDead) await rm(draft, { recursive: true, force: true }).catch(() => undefined);
  }
}

const isMade = (draft: string, pid: number): boolean =>
  pid === process.pid ? own.has(draft) : commandLineOf(pid) !== undefined;

const isAbandoned = (draft: string): Promise<boolean> =>
  stat(draft).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > ABANDONED_MS,
    () => false,
  );
