/** Paths: the list of those that somebody may read, and one of them with what is asked of whom. */
import { z } from 'zod';
import { itemKey } from '../../../definitions/fields.ts';
import type { BoardRow } from '../../board/board.ts';
import { pageIn, pageOf, pageQuery } from '../cursor.ts';
import { type Operation, operation, pathOperation } from '../operation.ts';
import { asksView, concernView, pathView } from '../path-view.ts';
import { choiceOf, municipality, searchText } from '../schemas/common.ts';
import { ask, pathDetail, pathSummary, statuses } from '../schemas/path.ts';

const filters = {
  round: itemKey.exactOptional(),
  referenceRegion: searchText.exactOptional().meta({ description: 'By its name, like `Halle-Vilvoorde`.' }),
  status: choiceOf(statuses).exactOptional(),
  municipality: municipality.exactOptional(),
  q: searchText.exactOptional().meta({ description: 'Words that all occur in the names of the region.' }),
};

function summary(row: BoardRow): z.input<typeof pathSummary> {
  const { path, partnership, referenceRegion, definition, round, route, status, seq, startedAt, parties } = row;
  const { weight, approved, asked, concerns } = row.standing;
  return {
    ...{ id: path, partnership, definition, status, seq, startedAt },
    ...(referenceRegion !== undefined && { referenceRegion }),
    ...(round && { round }),
    ...(route !== undefined && { route }),
    parties: parties.map(({ id }) => id),
    standing: { weight, approved, asked, concerns: concerns.map(concernView) },
  };
}

export const pathOperations: Operation[] = [
  operation(
    {
      ...{ id: 'listPaths', method: 'GET', path: '/paths', tag: 'paths', status: 200 },
      summary: 'The paths that this token may read, by id',
      description: 'A path that starts while the list is walked is in it when its id comes after the cursor.',
    },
    { query: z.strictObject({ ...filters, ...pageQuery }), answer: pageOf(pathSummary) },
    async ({ web, viewer, query }) => {
      const { round, referenceRegion, status, municipality: of, q, ...page } = query;
      const rows = await web.board.regions(viewer, {
        ...(round !== undefined && { round }),
        ...(referenceRegion !== undefined && { region: referenceRegion }),
        ...(of !== undefined && { municipality: of }),
        ...(q !== undefined && { text: q }),
      });
      const meant = status === undefined ? rows : rows.filter((row) => row.status === status);
      const sorted = meant.toSorted((a, b) => (a.path < b.path ? -1 : 1));
      const { items, next } = pageIn(sorted, page, ({ path }) => path);
      return { items: items.map(summary), ...(next !== undefined && { next }) };
    },
  ),

  pathOperation(
    {
      ...{ id: 'getPath', method: 'GET', path: '/paths/{path}', tag: 'paths', status: 200, needs: 'read' },
      summary: 'Where a path stands',
    },
    { query: z.strictObject({}), answer: pathDetail },
    ({ web, open }) => pathView(open, web.words(open.state.definition.key, open.state.topic), web.clock()),
  ),

  pathOperation(
    {
      ...{ id: 'listAsks', method: 'GET', path: '/paths/{path}/asks', tag: 'paths', status: 200, needs: 'read' },
      summary: 'Every decision for every party that it concerns, with its dates and its answer',
      description: 'In the order of the definition; all of them at once. What was not asked yet has its dates too.',
    },
    {
      query: z.strictObject({ decision: itemKey.exactOptional(), municipality: municipality.exactOptional() }),
      answer: z.object({ items: z.array(ask) }),
    },
    ({ web, open, query }) => {
      const items = asksView(open, web.clock()).filter(
        (each) =>
          (query.decision === undefined || each.decision === query.decision) &&
          (query.municipality === undefined || each.party === query.municipality),
      );
      return { items };
    },
  ),
];
