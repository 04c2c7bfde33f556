/** Saying something to a path, and looking first at what it would change. */
import { type CommandInput, commandOf, parseCommandInput } from '../../../definitions/commands.ts';
import { asPersonId, type PersonId } from '../../../domain/ids.ts';
import type { Command, CommandType } from '../../../domain/commands.ts';
import { preview as previewOf } from '../../../domain/preview.ts';
import { isRefusal } from '../../../domain/refusals.ts';
import type { PathState } from '../../../domain/state.ts';
import { actorOf, roleOn, type Acting } from '../../access/actor.ts';
import type { Viewer } from '../../access/viewer.ts';
import { introduceNewcomer } from '../../introduce.ts';
import { tell, tellEnded } from '../../web/tell.ts';
import type { Web } from '../../web/web.ts';
import { inputError } from '../input.ts';
import { type Operation, pathOperation } from '../operation.ts';
import { ApiProblem, refusedProblem } from '../problem.ts';
import { documentedCommand, preview, receipt, saidCommand } from '../schemas/commands.ts';

interface Said {
  type: CommandType;
  data: Record<string, unknown>;
}

function read({ type, data }: Said): CommandInput {
  const parsed = parseCommandInput(type, data);
  if (parsed.ok) return parsed.input;
  throw new ApiProblem('bad-input', {
    errors: parsed.problems.map((problem) => inputError(['data', ...problem.path], problem)),
  });
}

/** Fields of commands that name somebody. */
const personFields = new Set(['person', 'contact', 'deputy', 'passedOnBy', 'answeredBy', 'from', 'to']);
const isPersonId = (value: unknown): value is string => typeof value === 'string' && /^[a-z0-9-]+\.\d+$/.test(value);

/** Everybody whom a command names by id, by where. */
function namedIn(data: object, at: PropertyKey[] = []): { id: string; path: PropertyKey[] }[] {
  return Object.entries(data).flatMap(([key, value]: [string, unknown]) => {
    const path = [...at, key];
    if (personFields.has(key) && isPersonId(value)) return [{ id: value, path }];
    return typeof value === 'object' && value !== null ? namedIn(value, path) : [];
  });
}

/** A path hears of its own people only: the id of another one's would send its mails to another region. */
async function checkPeople(web: Web, state: PathState, { command, newcomers }: CommandInput): Promise<void> {
  const described = new Set<string>(newcomers.map(({ field }) => field));
  const named = namedIn(command.data).filter(({ path }) => !described.has(String(path.at(-1))));
  if (named.length === 0) return;
  const known = new Set<string>((await web.store.people.peopleOf(state.id)).map(({ id }) => id));
  const unknown = named.filter(({ id }) => !known.has(id));
  if (unknown.length === 0) return;
  const expected = 'the id of somebody of this path, or {name, email, role} where a command takes that';
  const errors = unknown.map(({ id, path }) =>
    inputError(['data', ...path], { message: `nobody of this path has the id ${id}`, expected }),
  );
  throw new ApiProblem('bad-input', { errors });
}

function actingFor(viewer: Viewer, state: PathState, command: Command): Acting {
  const isAnswer = command.type === 'answer' || command.type === 'correct' || command.type === 'add-evidence';
  const behalf = isAnswer && { onBehalfOf: command.data.party };
  return { viewer, state, command: command.type, via: 'api', ...behalf };
}

/** People whom a command describes are made known to the store first: a path holds ids only. */
async function withPeople(web: Web, state: PathState, input: CommandInput): Promise<Command> {
  const ids = new Map<unknown, PersonId>();
  for (const newcomer of input.newcomers) {
    ids.set(newcomer, await introduceNewcomer(web.store, state.id, newcomer));
  }
  return commandOf(input, (newcomer) => {
    const id = ids.get(newcomer);
    if (id === undefined) throw new Error('a newcomer has no id');
    return id;
  });
}

const refusals = ['unknown-party', 'not-allowed', 'path-ended', 'invalid-value'] as const;
const example = { body: { type: 'complete-task', data: { task: 'own-time' } } };
const shape = { body: saidCommand, documentedBody: documentedCommand };

export const commandOperations: Operation[] = [
  pathOperation(
    {
      ...{
        id: 'sayCommand',
        method: 'POST',
        path: '/paths/{path}/commands',
        tag: 'paths',
        status: 200,
        isChange: true,
      },
      summary: 'Say something to a path',
      needs: 'change',
      description:
        'Anything a coordinator can say. What a rule of the path refuses is a problem with the code of that rule. ' +
        `An answer, its correction and its proof count as entered on behalf of the party.`,
      ...{ example, problems: [...refusals, 'unavailable'] },
    },
    { ...shape, answer: receipt },
    async ({ web, viewer, open: { state }, body, requestId }) => {
      const input = read(body);
      await checkPeople(web, state, input);
      const command = await withPeople(web, state, input);
      const actor = await actorOf(web.store, actingFor(viewer, state, command));
      const isReopening = command.type === 'reopen' && state.ending !== undefined;
      const told = isReopening
        ? await tellEnded(web, state, { id: requestId, actor, command })
        : await tell(web, state.id, requestId, actor, command);
      if (!told.ok) throw new ApiProblem(told.code, told.detail && { detail: told.detail });
      const { commandId, seq, at } = told.receipt;
      return { commandId, seq, at };
    },
  ),

  pathOperation(
    {
      ...{ id: 'previewCommand', method: 'POST', path: '/paths/{path}/commands/preview', tag: 'paths', status: 200 },
      summary: 'What a command would change',
      needs: 'change',
      description: `Dates and mails, as they would be if it were said now. Nothing is kept, so no key is needed.`,
      ...{ example, problems: [...refusals] },
    },
    { ...shape, answer: preview },
    async ({ web, viewer, open: { state }, body }) => {
      const input = read(body);
      await checkPeople(web, state, input);
      const command = commandOf(input, () => asPersonId(`${state.id}.0`));
      const shown = previewOf(state, command, roleOn(actingFor(viewer, state, command)), web.clock());
      if (isRefusal(shown)) throw refusedProblem(shown);
      const { deadlines, atOnce, gone, added, until, notes, conditions } = shown;
      return { deadlines, notes, conditions: conditions.crossed, mails: { until, atOnce, gone, added } };
    },
  ),
];
