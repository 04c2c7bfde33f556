/** `regiopad retention`: removes what is past its time, or says how much that would be. Housekeeping does the same every working morning. */
import { asInstant } from '../../domain/ids.ts';
import { table } from '../report/table.ts';
import { badInput } from './failure.ts';
import { note, print, printJson } from './output.ts';
import { withStore } from './running.ts';

export async function retention(options: { dryRun?: true; format: string }): Promise<void> {
  if (options.format !== 'json' && options.format !== 'table')
    throw badInput(`--format ${options.format}: expected table or json`);
  await withStore(async (store, { clockOffsetMs }) => {
    const now = asInstant(Date.now() + clockOffsetMs);
    const kinds = options.dryRun === true ? await store.retention.foresee(now) : await store.retention.apply(now);
    if (options.format === 'json') {
      printJson(kinds);
      return;
    }
    const past = options.dryRun === true ? 'would go' : 'went';
    const rows = kinds.map(({ what, days, after, past: many }) => [
      what,
      days === 0 ? after : `${String(days)} days after ${after}`,
      String(many),
    ]);
    print(table([['what', 'kept until', past], ...rows]));
    if (options.dryRun === true)
      note('Nothing was changed. Without --dry-run they go; the next working morning they do by themselves.');
  });
}
