/** A newer round or definition for paths that run: what it would change for each, and applying it. */
import { isDeepStrictEqual } from 'node:util';
import type { CommandOf } from '../domain/commands.ts';
import type { Definition, Round } from '../domain/definition.ts';
import type { Instant, PathId } from '../domain/ids.ts';
import { type Preview, preview } from '../domain/preview.ts';
import { type Refusal, isRefusal } from '../domain/refusals.ts';
import type { Actor } from '../domain/state.ts';
import type { Store } from '../store/store.ts';
import { type PathClient, RefusedError } from './path-client.ts';

type RenewalCommand = CommandOf<'apply-round'> | CommandOf<'apply-definition'>;

export interface Renewal {
  path: PathId;
  partnership: string;
  /** The version that the path has, and the one that it would get. */
  from: number;
  to: number;
  command: RenewalCommand;
  /** What would change. The path may have this version already; not-raised: the same version, but other words in the file. */
  shown: Preview | Refusal | 'unchanged' | 'not-raised';
}

export type Applied = 'applied' | 'unchanged' | Refusal;

const actor: Actor = { kind: 'administrator', via: 'cli' };

interface Running {
  store: Store;
  paths: PathClient;
}

/** One path as it is now, with what a command would change. Throws UnknownPathError or UnavailableError. */
async function renewalOf(
  { store, paths }: Running,
  path: PathId,
  command: RenewalCommand,
  now: Instant,
): Promise<Renewal> {
  const state = await paths.state(path);
  const given = command.type === 'apply-round' ? command.data.round : command.data.definition;
  const present = command.type === 'apply-round' ? state.round : state.definition;
  const shown = preview(state, command, actor, now);
  const isSame = isRefusal(shown) && shown.code === 'nothing-changed';
  return {
    ...{ path, command, from: present?.version ?? 0, to: given.version },
    partnership: (await store.paths.path(path))?.partnership ?? path,
    shown: !isSame ? shown : isDeepStrictEqual(present, given) ? 'unchanged' : 'not-raised',
  };
}

const reasoned = (reason: string | undefined) => (reason === undefined ? {} : { reason });

/** Every open path of a round, in the order of the overview. */
export async function roundRenewals(running: Running, round: Round, now: Instant, reason?: string): Promise<Renewal[]> {
  const rows = await running.store.overview.overview();
  const open = rows.filter((row) => row.round?.key === round.key && ['running', 'paused'].includes(row.status));
  const renewals: Renewal[] = [];
  for (const { path } of open) {
    const command: RenewalCommand = { type: 'apply-round', data: { round, ...reasoned(reason) } };
    renewals.push(await renewalOf(running, path, command, now));
  }
  return renewals;
}

/** A path with the definition that there is now. */
export function definitionRenewal(
  running: Running,
  path: PathId,
  definition: Definition,
  now: Instant,
  reason?: string,
): Promise<Renewal> {
  return renewalOf(running, path, { type: 'apply-definition', data: { definition, ...reasoned(reason) } }, now);
}

/** Applies it; twice is the same as once. Throws UnavailableError when it is not known to have been accepted. */
export async function applyRenewal(paths: PathClient, { path, command, to }: Renewal): Promise<Applied> {
  const { key } = command.type === 'apply-round' ? command.data.round : command.data.definition;
  try {
    await paths.command(path, { id: `${command.type}/${key}/${String(to)}`, actor, command });
    return 'applied';
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return error.refusal.code === 'nothing-changed' ? 'unchanged' : error.refusal;
  }
}
