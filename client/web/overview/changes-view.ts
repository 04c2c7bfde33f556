/** What changed in the regions since a day: how much in one sentence, and region by region below it. */
import type { LocalDate } from '../../../domain/ids.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { BoardRow } from '../../board/board.ts';
import { type Change, type ChangeKind, changeKinds, type Changes } from '../../board/changes.ts';
import { fullDay, joined, nearDay, weekdayDate } from '../../dutch/format.ts';
import type { Web } from '../web.ts';
import type { OverviewQuery } from './query.ts';
import { homeOfRow } from './table.ts';

const MOST_REGIONS = 20;

function changeText(web: Web, row: BoardRow, change: Change, today: LocalDate): string {
  const { texts } = web.pages;
  const words = web.words(row.definition.key);
  const { kind, decision, parties, to } = change;
  const key = kind === 'adjourned' && to === undefined ? 'adjourned-open' : kind;
  return texts.text(`overview.change.${key}`, {
    count: parties.length,
    ...(parties.length > 0 && {
      parties: joined(parties.map((party) => words.party(party)).sort((a, b) => a.localeCompare(b, 'nl'))),
    }),
    ...(decision !== undefined && { decision: words.decision(decision).short }),
    ...(to !== undefined && { to: nearDay(to, today) }),
  });
}

/** `3 goedkeuringen, 1 uitstel` */
function totalsOf(web: Web, changes: readonly Change[]): string {
  const counts = new Map<ChangeKind, number>();
  for (const { kind, parties } of changes) counts.set(kind, (counts.get(kind) ?? 0) + Math.max(1, parties.length));
  const said = changeKinds.flatMap((kind) => {
    const count = counts.get(kind) ?? 0;
    return count === 0 ? [] : [web.pages.texts.text(`overview.changed.${kind}`, { count })];
  });
  return joined(said);
}

export function changesView(
  web: Web,
  viewer: Viewer,
  rows: readonly BoardRow[],
  { changes, regions, isCut }: Changes,
  query: OverviewQuery,
  today: LocalDate,
) {
  const { texts } = web.pages;
  const since = query.chosenSince === undefined ? weekdayDate(query.since) : fullDay(query.since);
  const byPath = new Map(rows.map((row) => [row.path, row]));
  const all = [...Map.groupBy(changes, ({ path }) => path)];
  const still = rows.length - regions;
  const sentence =
    changes.length === 0
      ? texts.text('overview.changes-none', { since })
      : [
          texts.text('overview.changes-some', { since, totals: totalsOf(web, changes) }),
          ...(still > 0 ? [texts.text('overview.changes-still', { count: still })] : []),
        ].join(' ');
  return {
    sentence,
    isCut,
    regions: all.slice(0, MOST_REGIONS).flatMap(([path, mine]) => {
      const row = byPath.get(path);
      if (row === undefined) return [];
      const lines = mine.map((change) => changeText(web, row, change, today));
      return [{ name: row.partnership, href: homeOfRow(viewer, row), lines }];
    }),
    more:
      all.length > MOST_REGIONS ? texts.text('overview.changes-more', { count: all.length - MOST_REGIONS }) : undefined,
  };
}
