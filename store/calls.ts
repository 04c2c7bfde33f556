/** Telephone calls about a region: what became of each, and what comes next. Nothing of it reaches the path itself. */
import type { Instant, LocalDate, PartyId, PathId, PersonId } from '../domain/ids.ts';
import type { CallsTable, Db } from './schema.ts';
import type { WrittenVia } from './written.ts';

/** spoken; not-reached; called-back: who was called rang back; later: it is for another day. */
export const callOutcomes = ['spoken', 'not-reached', 'called-back', 'later'] as const;
export type CallOutcome = (typeof callOutcomes)[number];

export interface Call {
  /** Chosen by who logs it: the same id twice is one call. */
  id: string;
  path: PathId;
  /** Absent when it was about the whole path. */
  party?: PartyId;
  person?: PersonId;
  /** The keys of what it was about (domain/standing.ts). */
  concerns: string[];
  /** The account of who called. */
  account: string;
  author: string;
  via: WrittenVia;
  outcome: CallOutcome;
  note: string;
  nextAction: string;
  nextOn?: LocalDate;
  at: Instant;
}

export type CallsStore = ReturnType<typeof createCalls>;

export function createCalls(db: Db, now: () => Instant) {
  return {
    /** Logs a call; the same id again changes nothing. Gives what is kept under that id. */
    async add(call: Omit<Call, 'at'>): Promise<Call> {
      await db
        .insertInto('calls')
        .values({
          id: call.id,
          path_id: call.path,
          party: call.party ?? '',
          person_id: call.person ?? '',
          concern: call.concerns.join(' '),
          account_id: call.account,
          author: call.author,
          via: call.via,
          outcome: call.outcome,
          note: call.note,
          next_action: call.nextAction,
          next_on: call.nextOn ?? '',
          created_at: now(),
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
      return fromRow(await db.selectFrom('calls').selectAll().where('id', '=', call.id).executeTakeFirstOrThrow());
    },

    /** Newest first. */
    async callsOf(path: PathId, options: { limit?: number } = {}): Promise<Call[]> {
      let query = db
        .selectFrom('calls')
        .selectAll()
        .where('path_id', '=', path)
        .orderBy('created_at', 'desc')
        .orderBy('id');
      if (options.limit !== undefined) query = query.limit(options.limit);
      return (await query.execute()).map(fromRow);
    },

    /** Of all paths, those that were logged since a moment or plan something for a day on or after another; newest first. */
    async callsSince(at: Instant, planned: LocalDate): Promise<Call[]> {
      const rows = await db
        .selectFrom('calls')
        .selectAll()
        .where((eb) => eb.or([eb('created_at', '>=', at), eb('next_on', '>=', planned)]))
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .execute();
      return rows.map(fromRow);
    },
  };
}

const fromRow = (row: CallsTable): Call => ({
  id: row.id,
  path: row.path_id as PathId,
  ...(row.party !== '' && { party: row.party as PartyId }),
  ...(row.person_id !== '' && { person: row.person_id as PersonId }),
  concerns: row.concern === '' ? [] : row.concern.split(' '),
  account: row.account_id,
  author: row.author,
  via: row.via as WrittenVia,
  outcome: row.outcome as CallOutcome,
  note: row.note,
  nextAction: row.next_action,
  ...(row.next_on !== '' && { nextOn: row.next_on as LocalDate }),
  at: row.created_at as Instant,
});
