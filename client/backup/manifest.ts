/** What a backup says of itself, in `backup.json`: when, of what, by which versions, and each file with its size and SHA-256. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { SetupError } from '../../worker/setup-error.ts';

export const MANIFEST = 'backup.json';
const FORMAT = 'regiopad-backup-1';

const KeptFile = z.object({
  /** From the folder of the backup; never out of it. */
  path: z.string().regex(/^(?!\/)(?!.*\.\.)[^\\]+$/),
  bytes: z.number().int().nonnegative(),
  sha256: z.string(),
});
export type KeptFile = z.infer<typeof KeptFile>;

const Manifest = z.object({
  format: z.literal(FORMAT),
  /** The moment of everything in it. */
  moment: z.string(),
  regiopad: z.string(),
  store: z.object({
    kind: z.enum(['sqlite', 'postgresql']),
    migration: z.string(),
    paths: z.number(),
    events: z.number(),
  }),
  /** What `temporal --version` said; `elsewhere`: Temporal's database is not in here. */
  temporal: z.string(),
  hasKeys: z.boolean(),
  /** Of a trial, else zero. */
  clockOffsetMs: z.number(),
  files: z.array(KeptFile),
});
export type Manifest = z.infer<typeof Manifest>;

const sealOf = (manifest: Manifest): string => createHash('sha256').update(JSON.stringify(manifest)).digest('hex');

/** The text of `backup.json`. Its seal tells a slip of a hand or a disk, not a forger. */
export function manifestText(about: Omit<Manifest, 'format'>): string {
  const manifest = Manifest.parse({ format: FORMAT, ...about });
  return `${JSON.stringify({ ...manifest, seal: sealOf(manifest) }, undefined, 2)}\n`;
}

export async function describeFile(folder: string, path: string): Promise<KeptFile> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(join(folder, path))) hash.update(part as Buffer);
  const { size } = await stat(join(folder, path));
  return { path, bytes: size, sha256: hash.digest('hex') };
}

/** Reads what a folder says of itself. Throws a SetupError when it is no backup, or one of another form. */
export async function readManifest(folder: string): Promise<Manifest> {
  let said: unknown;
  try {
    said = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8'));
  } catch (error) {
    const isMissing = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
    throw new SetupError(
      isMissing
        ? `${folder} is no backup: it has no ${MANIFEST}. A backup that was broken off has none either; take the one before it.`
        : `${join(folder, MANIFEST)} cannot be read: the backup is damaged, take the one before it.`,
    );
  }
  const parsed = Manifest.safeParse(said);
  if (!parsed.success)
    throw new SetupError(
      `${join(folder, MANIFEST)} is of another form than ${FORMAT}: it was made by another version of Regiopad, or changed.`,
    );
  const seal = (said as { seal?: unknown }).seal;
  if (seal !== sealOf(parsed.data))
    throw new SetupError(`${join(folder, MANIFEST)} was changed after it was made: take another backup.`);
  return parsed.data;
}

/** Throws a SetupError that names the first file that is not as it was. */
export async function checkFiles(folder: string, { files }: Manifest): Promise<void> {
  for (const expected of files) {
    const found = await describeFile(folder, expected.path).catch((error: unknown) => {
      const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      throw new SetupError(
        isMissing
          ? `The backup is incomplete: ${expected.path} is missing. Take another one.`
          : `The backup cannot be read (${String(error)}).`,
      );
    });
    if (found.sha256 !== expected.sha256)
      throw new SetupError(
        `The backup was changed or damaged: ${expected.path} is not as it was when it was made. Take another one.`,
      );
  }
}
