/** The names and shapes by which clients, workflow and worker talk to each other. No code of theirs. */
import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { Command } from '../domain/commands.ts';
import type { PathEvent, PathStart } from '../domain/events.ts';
import type { Instant, PathId } from '../domain/ids.ts';
import type { DeliverInput, DeliveryReport } from '../domain/message.ts';
import type { Actor, PathState } from '../domain/state.ts';

export const TASK_QUEUE = 'regiopad';
export const PATH_WORKFLOW = 'path';
export const workflowIdOf = (path: PathId): string => `path/${path}`;

export const HOUSEKEEPING_WORKFLOW = 'housekeeping';
/** Of the Schedule, and of the workflows that it starts. */
export const HOUSEKEEPING_ID = 'housekeeping';

/** A command with an id from the caller: the same id again returns the first receipt. */
export interface CommandMessage {
  id: string;
  actor: Actor;
  command: Command;
}

/** The word of the workflow that a command was accepted: `seq` is the number of its last event. */
export interface Receipt {
  commandId: string;
  seq: number;
  at: Instant;
}

/** What one run hands to the next. Plain JSON. */
export interface Carried {
  state: PathState;
  unrecorded: PathEvent[];
  /** Receipts by command id, oldest first. */
  handled: [commandId: string, seq: number, at: Instant, said: string][];
}

/** The clock of a simulation or a trial: real time plus an offset, truncated; and faster from a moment on. As it is in real use. */
export interface ClockInput {
  offsetMs: number;
  granularityMs: number;
  /** From this real moment (milliseconds since 1970) on so many times as fast. */
  faster?: { since: number; times: number };
}

/** A path starts with `start`, goes on with `carried`. */
export interface PathInput {
  start?: PathStart;
  carried?: Carried;
  clock?: ClockInput;
  /** Continue as new after so many history events, instead of when the server suggests it. */
  continueAfterEvents?: number;
}

/** The activities that a path calls. */
export interface PathActivities {
  /** Adds events to the permanent record; idempotent by path and number. */
  record(input: { path: PathId; events: PathEvent[] }): Promise<void>;
  /** Tries once to hand each message to the mail server; one outcome for each, in the same order. */
  deliver(input: DeliverInput): Promise<DeliveryReport[]>;
}

/** The activities of housekeeping. Doing one of them twice does no harm. */
export interface HousekeepingActivities {
  /** Removes what has expired. */
  tidy(): Promise<{ removed: number }>;
  /** Sends each digest that is due and was not sent yet. Fails only when the store does. */
  sendDigests(): Promise<DigestReport>;
}

/** How many digests were handed over, and how many wait for the next run because the mail server took none. */
export interface DigestReport {
  sent: number;
  waiting: number;
}

export const commandUpdate = defineUpdate<Receipt, [CommandMessage]>('command');
export const stateQuery = defineQuery<PathState>('state');

/** The `type` of the failure with which an Update is refused begins with this; the code of the refusal follows. */
export const REFUSED = 'regiopad.refused:';
