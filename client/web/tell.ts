/** Tells a path something, and waits a moment until the pages can show it. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from '../../domain/commands.ts';
import type { PathId } from '../../domain/ids.ts';
import type { Refusal } from '../../domain/refusals.ts';
import type { Actor, PathState } from '../../domain/state.ts';
import type { CommandMessage, Receipt } from '../../workflows/messages.ts';
import type { ErrorCode } from '../errors.ts';
import { RefusedError, UnavailableError, UnknownPathError } from '../path-client.ts';
import { withinTime } from '../within-time.ts';
import type { Web } from './web.ts';

export type Told = { ok: true; receipt: Receipt } | { ok: false; code: ErrorCode; detail?: Refusal['detail'] };

/** A click gets its answer within so long, whatever is away. */
const CLICK_MS = 5_000;
const COMMAND_MS = 4_000;
/** How long a page waits for the record to catch up with what was just accepted. */
const RECORD_MS = 1_500;
const ASK_AGAIN_MS = 25;

/** Gives a command. What a rule refuses, and a server that does not answer, are results. */
export function tell(web: Web, path: PathId, id: string, actor: Actor, command: Command): Promise<Told> {
  return outcomeOf(web, path, () => web.paths.command(path, { id, actor, command }, COMMAND_MS));
}

/** Opens an ended path again. */
export function tellEnded(web: Web, ended: PathState, message: CommandMessage): Promise<Told> {
  return outcomeOf(web, ended.id, () => web.paths.reopen(ended, message, COMMAND_MS));
}

async function outcomeOf(web: Web, path: PathId, work: () => Promise<Receipt>): Promise<Told> {
  const deadline = performance.now() + CLICK_MS;
  try {
    const receipt = await withinTime(work(), COMMAND_MS + 300);
    await recorded(web, path, receipt.seq, Math.min(RECORD_MS, deadline - performance.now()));
    return { ok: true, receipt };
  } catch (error) {
    if (error instanceof RefusedError) {
      const { code, detail } = error.refusal;
      return { ok: false, code, ...(detail && { detail }) };
    }
    if (error instanceof UnknownPathError) return { ok: false, code: 'unknown-path' };
    if (error instanceof UnavailableError) return { ok: false, code: 'unavailable' };
    throw error;
  }
}

async function recorded(web: Web, path: PathId, seq: number, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  const lookUntilItIs = async (): Promise<void> => {
    while ((await web.store.events.lastSeq(path)) < seq && performance.now() < deadline) await delay(ASK_AGAIN_MS);
  };
  try {
    // A database that hangs gives no answer to the first look either.
    await withinTime(lookUntilItIs(), timeoutMs);
  } catch (error) {
    // What was accepted is accepted, and recorded as soon as the store is back.
    if (!(error instanceof UnavailableError) && !web.store.isAway(error)) throw error;
  }
}
