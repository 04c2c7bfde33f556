/** Whom a reader may call today, of some regions. */
import { addDays, instantOf, localDay } from '../../../domain/dates.ts';
import { maySee, type Viewer } from '../../access/viewer.ts';
import type { BoardRow } from '../../board/board.ts';
import { type CallEntry, callList } from '../../board/call-list.ts';
import type { Web } from '../web.ts';

/** Calls of longer ago settle nothing any more, unless they planned something for later. */
const REMEMBERED_DAYS = 60;

/** Regions of which the reader may not see the people are left out. */
export async function callsFor(web: Web, viewer: Viewer, rows: readonly BoardRow[]): Promise<CallEntry[]> {
  const now = web.clock();
  const from = addDays(localDay(now), -REMEMBERED_DAYS);
  const calls = await web.store.calls.callsSince(instantOf(from, 0), from);
  return callList(
    viewer,
    rows.filter((row) => maySee(viewer, row.circle)),
    calls,
    now,
  );
}
