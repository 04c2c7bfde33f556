/** `regiopad tell ID COMMAND JSON`: anything that a coordinator can say. */
import { randomUUID } from 'node:crypto';
import { type CommandInput, commandOf, parseCommandInput } from '../../definitions/commands.ts';
import type { Command } from '../../domain/commands.ts';
import { offsetInstant } from '../../domain/dates.ts';
import { type PathId, type PersonId, asInstant, asPathId, asPersonId } from '../../domain/ids.ts';
import { preview } from '../../domain/preview.ts';
import { isRefusal } from '../../domain/refusals.ts';
import type { Actor, PathState } from '../../domain/state.ts';
import type { Store } from '../../store/store.ts';
import { introduceNewcomer } from '../introduce.ts';
import { RefusedError } from '../path-client.ts';
import { previewLines } from '../report/preview.ts';
import { badInput, unknownPath } from './failure.ts';
import { print } from './output.ts';
import { type Running, withRunning } from './running.ts';

function parse(command: string, json: string): CommandInput {
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch (error) {
    throw badInput(
      `the data is no JSON: ${error instanceof Error ? error.message : ''}. Expected for example '{"task":"own-time"}'`,
    );
  }
  const parsed = parseCommandInput(command, data);
  if (parsed.ok) return parsed.input;
  const lines = parsed.problems.map(({ path, message, expected }) => {
    // A message begins with the last words of the path: said once is enough.
    const isNamed = path.length <= 2 && message.startsWith(path.map(String).join('.'));
    const where = path.length === 0 || isNamed ? '' : `${path.map(String).join('.')}: `;
    return `${where}${message}${expected === undefined ? '' : ` — expected ${expected}`}`;
  });
  throw badInput(lines.join('\n'));
}

/** People whom a command describes are made known to the store first: a path holds ids only. */
async function withPeople(store: Store, path: PathId, input: CommandInput): Promise<Command> {
  const ids = new Map<unknown, PersonId>();
  for (const newcomer of input.newcomers) {
    ids.set(newcomer, await introduceNewcomer(store, path, newcomer));
  }
  return commandOf(input, (newcomer) => {
    const id = ids.get(newcomer);
    if (id === undefined) throw new Error('a newcomer has no id');
    return id;
  });
}

function actorOf({ coordinator }: PathState, role: string, command: Command): Actor {
  const isAnswer = command.type === 'answer' || command.type === 'correct' || command.type === 'add-evidence';
  const onBehalfOf = isAnswer ? { onBehalfOf: command.data.party } : {};
  if (role === 'administrator') return { kind: 'administrator', via: 'cli', ...onBehalfOf };
  return { kind: 'coordinator', via: 'cli', personId: coordinator, ...onBehalfOf };
}

/** What it would change, as the path is now. Nobody is made known to the store for it. */
async function show({ paths, config }: Running, path: PathId, command: Command, role: string): Promise<void> {
  const state = await paths.state(path);
  const shown = preview(state, command, actorOf(state, role, command), asInstant(Date.now() + config.clockOffsetMs));
  if (isRefusal(shown)) throw new RefusedError(shown);
  print([`${path}: nothing was changed; this is what would change`, ...previewLines(shown)].join('\n'));
}

export async function tell(
  id: string,
  command: string,
  json: string,
  options: { id?: string; as: string; preview?: true },
): Promise<void> {
  if (!['coordinator', 'administrator'].includes(options.as)) {
    throw badInput(`--as ${options.as}: expected coordinator or administrator`);
  }
  const input = parse(command, json);
  await withRunning(async (running) => {
    const path = asPathId(id);
    const snapshot = await running.store.snapshots.snapshot(path);
    if (snapshot === undefined) throw unknownPath(id);
    if (options.preview === true) {
      await show(
        running,
        path,
        commandOf(input, () => asPersonId(`${id}.0`)),
        options.as,
      );
      return;
    }
    const said = await withPeople(running.store, path, input);
    const message = {
      id: options.id ?? randomUUID(),
      actor: actorOf(snapshot, options.as, said),
      command: said,
    };
    const isEnded = snapshot.ending !== undefined && said.type === 'reopen';
    const receipt = isEnded
      ? await running.paths.reopen(snapshot, message)
      : await running.paths.command(path, message);
    print(
      `${id}: accepted as event ${String(receipt.seq)} at ${offsetInstant(receipt.at)} (command ${receipt.commandId})`,
    );
  });
}
