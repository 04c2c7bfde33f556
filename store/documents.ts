/** The files of paths. A document is never changed or removed: what replaces it is its next version. */
import { createHash, randomUUID } from 'node:crypto';
import type { ItemKey } from '../domain/definition.ts';
import type { Instant, PartyId, PathId } from '../domain/ids.ts';
import { exclusively } from './database.ts';
import type { Db, DocumentsTable } from './schema.ts';

/**
 * `template`: what drafts of a decision are made from, in place of the one that comes with the definition; `draft`: what a
 * party was sent; `attachment`: goes with a draft; `changes`: how a party changed the text; `evidence`: what was decided;
 * `receipt`: that the file was handed in.
 */
export type DocumentKind = 'template' | 'draft' | 'attachment' | 'changes' | 'evidence' | 'receipt';

export interface NewDocument {
  path: PathId;
  kind: DocumentKind;
  decision?: ItemKey;
  /** Absent when it is for every party. */
  party?: PartyId;
  /** Of the text that it goes with. */
  textVersion?: number;
  name: string;
  /** By content, not by name. */
  mediaType: string;
  content: Uint8Array;
  /** A person or an account. */
  createdBy: string;
}

export interface StoredDocument extends Omit<NewDocument, 'content'> {
  id: string;
  /** From 1, for one path, kind, decision, party and name. */
  version: number;
  /** Bytes. */
  size: number;
  /** Lower-case hexadecimal. */
  sha256: string;
  createdAt: Instant;
}

export type DocumentsStore = ReturnType<typeof createDocuments>;

export const sha256Of = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

export function createDocuments(db: Db, now: () => Instant) {
  return {
    /** Keeps a file as the next version under its name; the newest version again, when it has the same bytes, changes nothing. */
    async addDocument(document: NewDocument): Promise<StoredDocument> {
      const { path, kind, decision = '', party = '', textVersion = 0, name, mediaType, content, createdBy } = document;
      const sha256 = sha256Of(content);
      const identity = { path_id: path, kind, decision, party, name };
      return exclusively(db, `documents/${path}`, async (trx) => {
        await trx
          .insertInto('document_contents')
          .values({ sha256, content })
          .onConflict((conflict) => conflict.column('sha256').doNothing())
          .execute();
        const newest = await trx
          .selectFrom('documents')
          .selectAll()
          .where((eb) => eb.and(identity))
          .orderBy('version', 'desc')
          .executeTakeFirst();
        if (newest?.sha256 === sha256 && newest.text_version === textVersion) return fromRow(newest);
        const row: DocumentsTable = {
          ...identity,
          id: randomUUID(),
          version: (newest?.version ?? 0) + 1,
          text_version: textVersion,
          media_type: mediaType,
          size: content.byteLength,
          sha256,
          created_by: createdBy,
          created_at: now(),
        };
        await trx.insertInto('documents').values(row).execute();
        return fromRow(row);
      });
    },

    async document(id: string): Promise<StoredDocument | undefined> {
      const row = await db.selectFrom('documents').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : fromRow(row);
    },

    /** The bytes of a document. */
    async content({ sha256 }: Pick<StoredDocument, 'sha256'>): Promise<Uint8Array> {
      const row = await db
        .selectFrom('document_contents')
        .select('content')
        .where('sha256', '=', sha256)
        .executeTakeFirstOrThrow();
      return row.content;
    },

    /** All of a path, oldest first. */
    documentsOf: async (path: PathId): Promise<StoredDocument[]> => (await oldestFirst(db, [path])).map(fromRow),

    /** The same of several paths, in one question. */
    async documentsOfAll(paths: readonly PathId[]): Promise<Map<PathId, StoredDocument[]>> {
      if (paths.length === 0) return new Map();
      return Map.groupBy((await oldestFirst(db, paths)).map(fromRow), ({ path }) => path);
    },
  };
}

const oldestFirst = (db: Db, paths: readonly PathId[]): Promise<DocumentsTable[]> =>
  db
    .selectFrom('documents')
    .selectAll()
    .where('path_id', 'in', paths)
    .orderBy('created_at')
    .orderBy('kind')
    .orderBy('decision')
    .orderBy('party')
    .orderBy('name')
    .orderBy('version')
    .execute();

const fromRow = (row: DocumentsTable): StoredDocument => ({
  id: row.id,
  path: row.path_id as PathId,
  kind: row.kind as DocumentKind,
  ...(row.decision === '' ? {} : { decision: row.decision }),
  ...(row.party === '' ? {} : { party: row.party as PartyId }),
  ...(row.text_version === 0 ? {} : { textVersion: row.text_version }),
  version: row.version,
  name: row.name,
  mediaType: row.media_type,
  size: row.size,
  sha256: row.sha256,
  createdBy: row.created_by,
  createdAt: row.created_at as Instant,
});
