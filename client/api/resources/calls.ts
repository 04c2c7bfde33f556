/** Telephone calls: whom to call today, what became of earlier calls, and one that was made. */
import { z } from 'zod';
import { localDay } from '../../../domain/dates.ts';
import type { PersonId } from '../../../domain/ids.ts';
import { standingOf } from '../../../domain/standing.ts';
import type { PathState } from '../../../domain/state.ts';
import type { Call } from '../../../store/calls.ts';
import type { Person } from '../../../store/people.ts';
import { isMine, type Viewer } from '../../access/viewer.ts';
import type { CallEntry } from '../../board/call-list.ts';
import { errorText } from '../../errors.ts';
import { callsOf, type CallRefusal, logCall } from '../../services/calls.ts';
import { callsFor } from '../../web/calls/list.ts';
import { sayText } from '../../web/calls/view.ts';
import type { Web } from '../../web/web.ts';
import { pageIn, pageOf, pageQuery } from '../cursor.ts';
import { inputError, pointerOf } from '../input.ts';
import { type Operation, operation, pathOperation } from '../operation.ts';
import { concernView } from '../path-view.ts';
import { ApiProblem } from '../problem.ts';
import { call as callSchema, callToMake, saidCall } from '../schemas/desk.ts';

const callView = (call: Call): z.input<typeof callSchema> => {
  const { id, party, person, concerns, author, via, outcome, at, note, nextAction, nextOn } = call;
  return {
    ...{ id, concerns, author, via, outcome, at, note, nextAction },
    ...(party !== undefined && { party }),
    ...(person !== undefined && { person }),
    ...(nextOn !== undefined && { nextOn }),
  };
};

const callKey = ({ at, id }: Call): string => `${at} ${id}`;

const calleeView = ({ id, name, phone, email, ...person }: Person) => ({
  ...{ id, name },
  ...(person.function !== undefined && { function: person.function }),
  ...(phone !== undefined && { phone }),
  ...(email !== undefined && { email }),
});

function entryView(
  web: Web,
  viewer: Viewer,
  entry: CallEntry,
  people: ReadonlyMap<PersonId, Person>,
): z.input<typeof callToMake> {
  const { row, party, concerns, due, earlier } = entry;
  const person = entry.person === undefined ? undefined : people.get(entry.person);
  const [[main], [last]] = [concerns, earlier];
  const words = web.words(row.definition.key, row.topic);
  return {
    ...{ path: row.path, partnership: row.partnership, concerns: concerns.map(concernView) },
    ...(party !== undefined && { party }),
    ...(person !== undefined && { person: calleeView(person) }),
    ...(main !== undefined && { say: sayText(web, words, main, entry, localDay(web.clock())) }),
    ...{ isMine: isMine(viewer, row.circle), isDue: due !== undefined },
    ...(last !== undefined && { last: callView(last) }),
  };
}

const entryKey = ({ row, party = '' }: Pick<CallEntry, 'row'> & { party?: string }): string => `${row.path} ${party}`;

/** Of who was called nothing else is said than that it is somebody of this path. */
async function checkPerson({ store }: Web, state: PathState, person: PersonId | undefined): Promise<void> {
  if (person === undefined || (await store.people.peopleOf(state.id)).some(({ id }) => id === person)) return;
  const problem = { message: `nobody of this path has the id ${person}`, expected: 'the id of somebody of this path' };
  throw new ApiProblem('bad-input', { errors: [inputError(['person'], problem)] });
}

function callProblem({ code, detail, field }: CallRefusal): ApiProblem {
  const said = errorText(code, 'en', detail);
  return new ApiProblem(code, {
    ...(detail && { detail }),
    ...(field !== undefined && { errors: [{ pointer: pointerOf([field]), detail: said }] }),
  });
}

export const callOperations: Operation[] = [
  operation(
    {
      ...{ id: 'listCallsToMake', method: 'GET', path: '/calls', tag: 'paths', status: 200 },
      summary: 'Whom to call today, and why, by path',
      description:
        'Over all the paths whose people this token may see. Who coordinates a path calls its municipalities; everybody else ' +
        'calls who coordinates it. What a call settled stays away until the day that was agreed.',
      problems: ['only-without-people'],
    },
    { query: z.strictObject(pageQuery), answer: pageOf(callToMake) },
    async ({ web, viewer, query }) => {
      if (viewer.role === 'reader') throw new ApiProblem('only-without-people');
      const entries = await callsFor(web, viewer, await web.board.regions(viewer));
      const sorted = entries.toSorted((a, b) => (entryKey(a) < entryKey(b) ? -1 : 1));
      const { items, next } = pageIn(sorted, query, entryKey);
      const people = await web.store.people.people(items.flatMap(({ person }) => person ?? []));
      return {
        items: items.map((entry) => entryView(web, viewer, entry, people)),
        ...(next !== undefined && { next }),
      };
    },
  ),

  pathOperation(
    {
      ...{ id: 'listCalls', method: 'GET', path: '/paths/{path}/calls', tag: 'paths', status: 200, needs: 'see' },
      summary: 'The calls about a path that were logged, oldest first',
    },
    { query: z.strictObject(pageQuery), answer: pageOf(callSchema) },
    async ({ web, viewer, open: { state }, query }) => {
      const calls = await callsOf(web, viewer, state);
      const sorted = calls.toSorted((a, b) => (callKey(a) < callKey(b) ? -1 : 1));
      const { items, next } = pageIn(sorted, query, callKey);
      return { items: items.map(callView), ...(next !== undefined && { next }) };
    },
  ),

  pathOperation(
    {
      ...{ id: 'logCall', method: 'POST', path: '/paths/{path}/calls', tag: 'paths', status: 200, isChange: true },
      ...{ summary: 'Log a call about a path', needs: 'see' },
      description:
        'Who was not reached, and what is for later, comes back on the next working day unless `nextOn` says when. It changes ' +
        'nothing of the path.',
      example: { body: { outcome: 'not-reached', party: 'Wemmel', nextAction: 'Opnieuw bellen' } },
      problems: ['unknown-party', 'call-day-wrong', 'command-id-reused'],
    },
    { body: saidCall, answer: callSchema },
    async ({ web, viewer, open: { state }, body, requestId }) => {
      const { concerns = [], note = '', nextAction = '', ...said } = body;
      if (said.party !== undefined && state.parties[said.party] === undefined)
        throw new ApiProblem('unknown-party', { detail: { party: said.party } });
      await checkPerson(web, state, said.person);
      const present = new Set(standingOf(state, web.clock()).concerns.map(({ key }) => key));
      const kept = [...new Set(concerns)].filter((key) => present.has(key));
      const logged = await logCall(web, viewer, state, {
        ...{ id: requestId, via: 'api', note, nextAction, concerns: kept },
        ...said,
      });
      if (!logged.ok) throw callProblem(logged);
      return callView(logged.call);
    },
  ),
];
