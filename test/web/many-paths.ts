/** Many regions in a moment: a few that the core made, copied row by row under other names. */
import type { PathState } from '../../domain/state.ts';
import type { Store } from '../../store/store.ts';

/** Copies what is recorded of some paths until there are `count` more, with everything but their events of mail. */
export async function copyPaths(store: Store, states: readonly PathState[], count: number): Promise<string[]> {
  const tables = ['paths', 'people', 'events', 'snapshots', 'overview'] as const;
  const ids: string[] = [];
  await store.db.transaction().execute(async (trx) => {
    for (let number = 0; number < count; number += 1) {
      const { id } = states[number % states.length]!;
      const copy = `${id}-${String(number + 1).padStart(4, '0')}`;
      ids.push(copy);
      for (const table of tables) {
        const rows = await trx.selectFrom(table).selectAll().where('path_id', '=', id).execute();
        const text = JSON.stringify(rows)
          .replaceAll(`"${id}"`, `"${copy}"`)
          .replaceAll(`"${id}.`, `"${copy}.`)
          .replaceAll(`\\"${id}\\"`, `\\"${copy}\\"`)
          .replaceAll(`\\"${id}.`, `\\"${copy}.`)
          .replaceAll('"partnership":"', `"partnership":"${String(number + 1)} `);
        for (const row of JSON.parse(text) as object[])
          await trx
            .insertInto(table)
            .values(row as never)
            .execute();
      }
    }
  });
  return ids;
}
