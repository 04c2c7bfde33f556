/** Municipalities over all the paths that somebody may read: the list, and one of them with all that is asked of it. */
import { z } from 'zod';
import {
  findMunicipality,
  municipalityName,
  predecessorsOf,
  referenceRegionOf,
} from '../../../definitions/municipalities.ts';
import { municipalityOf } from '../../../definitions/fields.ts';
import { expecting } from '../../../definitions/issues.ts';
import { municipalityParty, nisOf, type PartyId } from '../../../domain/ids.ts';
import type { Viewer } from '../../access/viewer.ts';
import type { BoardRow } from '../../board/board.ts';
import { plain } from '../../board/filter.ts';
import type { Web } from '../../web/web.ts';
import { pageIn, pageOf, pageQuery } from '../cursor.ts';
import { openPath } from '../open-path.ts';
import { type Operation, operation } from '../operation.ts';
import { asksView, partyView } from '../path-view.ts';
import { ApiProblem } from '../problem.ts';
import { searchText } from '../schemas/common.ts';
import { municipality, municipalityDetail } from '../schemas/desk.ts';

/** By name or NIS code; by its code also one that is part of another now. */
function partyIn(text: string): PartyId | undefined {
  const found = municipalityOf(text);
  if (found.ok) return found.party;
  const nis = text.replace(/^nis:/, '');
  return /^\d{5}$/.test(nis) && municipalityName(nis) !== undefined ? municipalityParty(nis) : undefined;
}

const params = z.object({
  municipality: z
    .string()
    .refine((text) => partyIn(text) !== undefined, expecting('a municipality by name or NIS code'))
    .transform((text) => partyIn(text) ?? municipalityParty(text))
    .meta({ description: 'By name or NIS code.', examples: ['23102'] }),
});

function head(id: PartyId, name: string) {
  const referenceRegion = referenceRegionOf(id);
  return { id, nis: nisOf(id) ?? '', name, ...(referenceRegion !== undefined && { referenceRegion }) };
}

/** Each with its paths, by NIS code. */
function overPaths(rows: readonly BoardRow[]): z.input<typeof municipality>[] {
  const found = new Map<PartyId, z.input<typeof municipality>>();
  for (const { path, parties } of rows) {
    for (const { id, name } of parties) {
      const known = found.get(id) ?? { ...head(id, name), paths: [] };
      found.set(id, { ...known, paths: [...known.paths, path].sort() });
    }
  }
  return [...found.values()].sort((a, b) => (a.nis < b.nis ? -1 : 1));
}

/** How it takes part in one path. */
async function takingPart(web: Web, viewer: Viewer, row: BoardRow, party: PartyId) {
  const open = await openPath(web, viewer, row.path, 'read');
  const { state, seesPeople, partnership } = open;
  const member = state.parties[party];
  if (member === undefined) return [];
  const words = web.words(state.definition.key, state.topic);
  return [
    {
      ...{ path: state.id, partnership, definition: state.definition.key, status: row.status },
      member: partyView(member, words, seesPeople),
      asks: asksView(open, web.clock()).filter((ask) => ask.party === party),
    },
  ];
}

export const municipalityOperations: Operation[] = [
  operation(
    {
      ...{ id: 'listMunicipalities', method: 'GET', path: '/municipalities', tag: 'municipalities', status: 200 },
      summary: 'The municipalities that take part in the paths that this token may read, by NIS code',
    },
    {
      query: z.strictObject({
        q: searchText.exactOptional().meta({ description: 'Words that all occur in its name.' }),
        ...pageQuery,
      }),
      answer: pageOf(municipality),
    },
    async ({ web, viewer, query: { q, ...page } }) => {
      const words = plain(q ?? '').split(' ');
      const all = overPaths(await web.board.regions(viewer));
      const meant = all.filter(({ name }) => words.every((word) => plain(name).includes(word)));
      return pageIn(meant, page, ({ nis }) => nis);
    },
  ),

  operation(
    {
      ...{ id: 'getMunicipality', method: 'GET', path: '/municipalities/{municipality}', tag: 'municipalities' },
      ...{ status: 200, summary: 'One municipality over all the paths that this token may read' },
      description:
        'What each path asks of it, with its dates and answers. One that takes part in none of them is `not-found`.',
    },
    { params, query: z.strictObject({}), answer: municipalityDetail },
    async ({ web, viewer, params: { municipality: party } }) => {
      const rows = await web.board.regions(viewer, { municipality: party });
      if (rows.length === 0) throw new ApiProblem('not-found');
      const nis = nisOf(party) ?? '';
      const found = findMunicipality(nis);
      const paths = await Promise.all(rows.map((row) => takingPart(web, viewer, row, party)));
      return {
        ...head(party, municipalityName(nis) ?? nis),
        formerly: predecessorsOf(nis),
        ...(found.status === 'ended' && {
          ended: {
            on: found.ended.endedOn,
            successor: { nis: found.ended.successor.nis, name: found.ended.successor.name },
          },
        }),
        paths: paths.flat().sort((a, b) => (a.path < b.path ? -1 : 1)),
      };
    },
  ),
];
