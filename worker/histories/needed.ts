/** Which keys the histories of paths need. Looks at their first and newest events, as they are on the server, and decrypts nothing. */
import type { Client } from '@temporalio/client';
import type { Payload } from '@temporalio/common';
import type { PathId } from '../../domain/ids.ts';
import { workflowIdOf } from '../../workflows/messages.ts';
import { keyIdOf } from './codec.ts';

/** A key that came and went between is not seen; since none is ever taken away one by one, what is lost is lost at an end. */
const NEWEST_EVENTS = 50;
const AT_ONCE = 8;

/** Each key by its id, with the paths that need it. Paths that the server does not know need none. */
export async function neededKeys(client: Client, paths: readonly PathId[]): Promise<Map<string, PathId[]>> {
  const needed = new Map<string, PathId[]>();
  for (let start = 0; start < paths.length; start += AT_ONCE) {
    const some = paths.slice(start, start + AT_ONCE);
    const found = await Promise.all(some.map(async (path) => ({ path, keys: await keysOf(client, path) })));
    for (const { path, keys } of found) for (const key of keys) needed.set(key, [...(needed.get(key) ?? []), path]);
  }
  return needed;
}

async function keysOf({ workflowService, options }: Client, path: PathId): Promise<Set<string>> {
  const of = { namespace: options.namespace, execution: { workflowId: workflowIdOf(path) } };
  try {
    const [first, newest] = await Promise.all([
      workflowService.getWorkflowExecutionHistory({ ...of, maximumPageSize: 1 }),
      workflowService.getWorkflowExecutionHistoryReverse({ ...of, maximumPageSize: NEWEST_EVENTS }),
    ]);
    return keyIdsIn([first.history, newest.history]);
  } catch (error) {
    if (isUnknownToServer(error)) return new Set();
    throw error;
  }
}

/** Of every payload within, however deep. */
export function keyIdsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return found;
  const id = 'metadata' in value ? keyIdOf(value as Payload) : undefined;
  if (id !== undefined) found.add(id);
  else for (const part of Object.values(value)) keyIdsIn(part, found);
  return found;
}

/** gRPC's NOT_FOUND. */
const isUnknownToServer = (error: unknown): boolean => (error as { code?: unknown }).code === 5;
