/** Regions by steps: one table for each kind of path and round, on a page of at most a hundred regions. */
import type { LocalDate } from '../../../domain/ids.ts';
import type { BoardRow } from '../../board/board.ts';
import { cellOf, closingText, standingText } from '../../dutch/standing-text.ts';
import { sinkingText } from '../../dutch/sinking-text.ts';
import { maySee, type Viewer } from '../../access/viewer.ts';
import type { Web } from '../web.ts';

export const ROWS_A_PAGE = 100;

const tones = ['calm', 'soon', 'late'] as const;

const tableKeys = new WeakMap<BoardRow, string>();

/** Regions with the same steps in the same round stand in one table. */
function tableOf(row: BoardRow): string {
  const { definition, round, standing } = row;
  const key =
    tableKeys.get(row) ?? [definition.key, round?.key ?? '', ...standing.steps.map(({ step }) => step)].join(' ');
  tableKeys.set(row, key);
  return key;
}

/** As they follow each other on the pages: table by table, in the order of the first region of each. */
export const byTable = (rows: readonly BoardRow[]): BoardRow[] => [...Map.groupBy(rows, tableOf).values()].flat();

function madeRow(web: Web, row: BoardRow, today: LocalDate) {
  const { texts } = web.pages;
  const words = web.words(row.definition.key);
  const { standing } = row;
  return {
    partnership: row.partnership,
    about: [row.topic, row.referenceRegion].filter((text) => text !== undefined).join(' · '),
    cells: standing.steps.map((step, index) => ({
      ...cellOf(step, texts),
      ...{ number: index + 1, title: words.step(step.step).short },
    })),
    counts: standingText(standing, { texts, words, today }),
    tone: tones[standing.weight],
    oneNo: sinkingText(row.sinking, texts, words),
    answers: standing.asked === 0 ? '–' : `${String(standing.approved)}/${String(standing.asked)}`,
  };
}

/** The page without people, for who may only read. */
export const homeOfRow = (viewer: Viewer, { path, circle }: BoardRow): string =>
  `${maySee(viewer, circle) ? '/paden' : '/regio'}/${encodeURIComponent(path)}`;

/** Makes tables; the sentences of a region are made once for each version and day. */
export function createTables(web: Web) {
  const known = new WeakMap<BoardRow, ReturnType<typeof madeRow>>();

  function rowView(viewer: Viewer, row: BoardRow, today: LocalDate) {
    const made = known.get(row) ?? madeRow(web, row, today);
    known.set(row, made);
    return { ...made, home: homeOfRow(viewer, row) };
  }

  return (viewer: Viewer, rows: readonly BoardRow[], today: LocalDate) =>
    [...Map.groupBy(rows, tableOf).values()].map((members) => {
      const [first] = members;
      const words = web.words(first?.definition.key ?? '');
      return {
        title: first?.round === undefined ? words.title : words.round(first.round.key).title,
        closing: first?.closesOn && closingText(first.closesOn, { texts: web.pages.texts, today }),
        steps: (first?.standing.steps ?? []).map(({ step }, index) => ({
          number: index + 1,
          title: words.step(step).short,
        })),
        rows: members.map((row) => rowView(viewer, row, today)),
      };
    });
}
