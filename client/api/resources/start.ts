/** Starting a path from a region as JSON, and looking first at what it would be in for. */
import type { z } from 'zod';
import { type Region, type RegionPerson, toPathStart } from '../../../definitions/region.ts';
import { conditionsOf } from '../../../domain/conditions.ts';
import { localDay } from '../../../domain/dates.ts';
import { namedDates } from '../../../domain/lookup.ts';
import { mayStart, type Viewer } from '../../access/viewer.ts';
import { isFree, startPath, startRefusal } from '../../services/start-path.ts';
import { type ForeseenMail, outlookOf } from '../../start/outlook.ts';
import type { Web } from '../../web/web.ts';
import { type Operation, operation } from '../operation.ts';
import { asksView, conditionViews } from '../path-view.ts';
import { ApiProblem } from '../problem.ts';
import { readRegionBody, type RegionBody } from '../region-body.ts';
import { documentedRegion, plan, saidRegion, started } from '../schemas/start.ts';

const example = {
  body: {
    ...{ id: 'zennevallei-2033', partnership: 'Cultuur Zennevallei', path: 'igs-cultuur', round: 'igs-cultuur-2033' },
    ...{ route: 'continue-existing', coordinator: { name: 'Fien De Smet', email: 'fien@example.org' } },
    dates: { expiresOn: '2032-12-31' },
    municipalities: [
      {
        ...{ municipality: 'Asse', contribution: 14_500, councilSessions: 'vierde maandag, niet in juli en augustus' },
        contact: { name: 'Griet Moortgat', email: 'griet@example.org', role: 'diensthoofd vrije tijd' },
      },
      { municipality: 'Wemmel' },
    ],
  },
};
const refusals = ['not-allowed', 'coordinator-other', 'round-closed', 'path-taken', 'files-not-read'] as const;
const shape = { body: saidRegion, documentedBody: documentedRegion };

/** Throws what stands in the way of its start. */
async function readToStart(web: Web, viewer: Viewer, body: Record<string, unknown>): Promise<RegionBody> {
  if (!mayStart(viewer)) throw new ApiProblem('not-allowed');
  const read = readRegionBody(body, web.definitions, localDay(web.clock()));
  const refusal = startRefusal(viewer, read.region);
  if (refusal !== undefined) throw new ApiProblem(refusal);
  if (!(await isFree(web.store, read.region.file))) throw new ApiProblem('path-taken');
  return read;
}

function mailView({ line, certainty }: ForeseenMail, people: readonly RegionPerson[]) {
  const { on, kind, role, item, party, atOnce } = line;
  const to = people.find(({ id }) => id === line.to);
  return {
    ...{ on, kind, role, atOnce, certainty, to: { name: to?.name ?? '', email: to?.email ?? '' } },
    ...(item !== undefined && { item }),
    ...(party !== undefined && { party }),
  };
}

function planView(web: Web, { file, definition, round }: Region, warnings: RegionBody['warnings']) {
  const now = web.clock();
  const { start, people } = toPathStart(file, definition, round);
  const { state, mails, until } = outlookOf(start, now);
  const open = { state, partnership: file.partnership, seesPeople: true, mayChange: true };
  return {
    ...{ id: file.id, partnership: file.partnership, warnings, until },
    dates: namedDates(state),
    asks: asksView(open, now),
    conditions: conditionViews(conditionsOf(state), web.words(definition.key, file.topic)),
    mails: mails.map((mail) => mailView(mail, people)),
  } satisfies z.input<typeof plan>;
}

export const startOperations: Operation[] = [
  operation(
    {
      ...{ id: 'startPath', method: 'POST', path: '/paths', tag: 'paths', status: 200, isChange: true },
      summary: 'Start the path of a region',
      description:
        'Checked as a region file is. Who coordinates starts paths of their own, an administrator for anybody. The same region ' +
        'twice starts nothing twice. Look first at `/plans`.',
      ...{ example, problems: [...refusals, 'unavailable'] },
    },
    { ...shape, answer: started },
    async ({ web, viewer, body }) => {
      const { region } = await readToStart(web, viewer, body);
      const result = await startPath(web, viewer, region, 'api');
      if (!result.ok) throw new ApiProblem(result.code);
      const { path, isNew, isRecorded } = result;
      return { path, isNew, isRecorded };
    },
  ),

  operation(
    {
      ...{ id: 'planPath', method: 'POST', path: '/plans', tag: 'paths', status: 200 },
      summary: 'What a path would be in for if it started now',
      description:
        'Dates, sessions, conditions, and the mails of its first eight weeks. Takes and refuses what starting it would. Nothing is ' +
        'kept, so no key is needed.',
      ...{ example, problems: refusals },
    },
    { ...shape, answer: plan },
    async ({ web, viewer, body }) => {
      const { region, warnings } = await readToStart(web, viewer, body);
      return planView(web, region, warnings);
    },
  ),
];
