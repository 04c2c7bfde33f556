/** What the outside asks of paths: start one, tell it something, look at it. The only place that speaks to Temporal. */
import {
  type Client,
  ServiceError,
  type WorkflowStartOptions,
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { PathStart } from '../domain/events.ts';
import type { PathId } from '../domain/ids.ts';
import type { Refusal, RefusalCode } from '../domain/refusals.ts';
import type { PathState } from '../domain/state.ts';
import { HistoryKeyError } from '../worker/histories/key-error.ts';
import {
  type CommandMessage,
  type PathInput,
  type Receipt,
  PATH_WORKFLOW,
  REFUSED,
  TASK_QUEUE,
  commandUpdate,
  stateQuery,
  workflowIdOf,
} from '../workflows/messages.ts';
import { RefusedError, UnavailableError, UnknownPathError } from './path-errors.ts';

export { RefusedError, UnavailableError, UnknownPathError };

export type StartOptions = Pick<PathInput, 'clock' | 'continueAfterEvents'>;

export interface PathClient {
  /** Starts a path; false when one with this id exists already. Throws UnavailableError. */
  start(start: PathStart, options?: StartOptions): Promise<boolean>;
  /**
   * Gives a command; resolves when the path has accepted it. Throws RefusedError, UnknownPathError, or
   * UnavailableError when there was no answer within `timeoutMs`: the same message can then be sent again, with the same id.
   */
  command(path: PathId, message: CommandMessage, timeoutMs?: number): Promise<Receipt>;
  /** Opens an ended path again, from the state in the dossier store. */
  reopen(ended: PathState, message: CommandMessage, timeoutMs?: number): Promise<Receipt>;
  /** The state as the workflow has it. */
  state(path: PathId, timeoutMs?: number): Promise<PathState>;
}

const DEFAULT_TIMEOUT_MS = 5_000;

function translated(error: unknown): Error {
  if (error instanceof WorkflowNotFoundError) return new UnknownPathError('no such path is open');
  if (error instanceof WorkflowUpdateFailedError) {
    const { cause } = error;
    const code = cause instanceof ApplicationFailure ? cause.type : undefined;
    if (cause instanceof ApplicationFailure && code?.startsWith(REFUSED) === true) {
      const [detail] = (cause.details ?? []) as [Refusal['detail']?];
      return new RefusedError({ code: code.slice(REFUSED.length) as RefusalCode, ...(detail && { detail }) });
    }
    return new UnavailableError('the path did not take the command', { cause: error });
  }
  // The path may have accepted it: only its word for that cannot be read.
  if (error instanceof HistoryKeyError) return new UnavailableError(error.message, { cause: error });
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || error instanceof ServiceError) {
    return new UnavailableError('no answer in time', { cause: error });
  }
  return error instanceof Error ? error : new Error(String(error));
}

/** The codes of gRPC say deadline exceeded, unavailable or cancelled as a number on the error or on its cause. */
async function withDeadline<Result>(client: Client, timeoutMs: number, work: () => Promise<Result>): Promise<Result> {
  try {
    return await client.withDeadline(Date.now() + timeoutMs, work);
  } catch (error) {
    throw translated(error);
  }
}

/** Of what runs or ran under the same id already. */
type OnTwin = Pick<WorkflowStartOptions, 'workflowIdReusePolicy' | 'workflowIdConflictPolicy'>;

/** Begins the workflow of a path; false when one with this id runs here or did before, unless it may take its place. */
async function begin(
  client: Client,
  path: PathId,
  input: PathInput,
  onTwin: OnTwin = { workflowIdReusePolicy: 'REJECT_DUPLICATE' },
): Promise<boolean> {
  try {
    await withDeadline(client, DEFAULT_TIMEOUT_MS * 2, () =>
      client.workflow.start(PATH_WORKFLOW, {
        workflowId: workflowIdOf(path),
        taskQueue: TASK_QUEUE,
        args: [input],
        ...onTwin,
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

/** @param clockOffsetMs how far the clock of paths that start or are reopened is ahead of real time: a trial's, else zero */
export function createPathClient(client: Client, clockOffsetMs = 0): PathClient {
  const clock = clockOffsetMs === 0 ? {} : { clock: { offsetMs: clockOffsetMs, granularityMs: 1 } };
  const handle = (path: PathId) => client.workflow.getHandle(workflowIdOf(path));
  return {
    start(start, options = {}) {
      return begin(client, start.id, { start, ...clock, ...options });
    },

    command(path, message, timeoutMs = DEFAULT_TIMEOUT_MS) {
      return withDeadline(client, timeoutMs, () => handle(path).executeUpdate(commandUpdate, { args: [message] }));
    },

    reopen(ended, message, timeoutMs = DEFAULT_TIMEOUT_MS) {
      const input: PathInput = { carried: { state: ended, unrecorded: [], handled: [] }, ...clock };
      const startWorkflowOperation = new WithStartWorkflowOperation(PATH_WORKFLOW, {
        workflowId: workflowIdOf(ended.id),
        taskQueue: TASK_QUEUE,
        args: [input],
        workflowIdConflictPolicy: 'USE_EXISTING',
      });
      return withDeadline(client, timeoutMs, () =>
        client.workflow.executeUpdateWithStart(commandUpdate, {
          args: [message],
          startWorkflowOperation,
        }),
      );
    },

    state(path, timeoutMs = DEFAULT_TIMEOUT_MS) {
      return withDeadline(client, timeoutMs, () => handle(path).query(stateQuery));
    },
  };
}

/**
 * Starts a path that has lived elsewhere until now, from the state that is recorded of it; false when it runs here or did before.
 * Throws UnavailableError.
 */
export function startReached(client: Client, reached: PathState, clockOffsetMs: number): Promise<boolean> {
  const clock = { offsetMs: clockOffsetMs, granularityMs: 1 };
  return begin(client, reached.id, { carried: { state: reached, unrecorded: [], handled: [] }, clock });
}

/**
 * Starts a path again from its record, in the place of a workflow that is behind it or gone. What that one had and the record has not is
 * lost. Throws UnavailableError.
 */
export async function startAgain(client: Client, recorded: PathState, clockOffsetMs: number): Promise<void> {
  const clock = clockOffsetMs === 0 ? {} : { clock: { offsetMs: clockOffsetMs, granularityMs: 1 } };
  const input: PathInput = { carried: { state: recorded, unrecorded: [], handled: [] }, ...clock };
  await begin(client, recorded.id, input, {
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'TERMINATE_EXISTING',
  });
}
