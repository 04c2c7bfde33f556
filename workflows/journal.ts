/** The memory of a path's workflow: its state, the events that are not recorded yet, the commands it has handled. */
import { ApplicationFailure } from '@temporalio/common';
import { attempted, clockActor, closed, starterOf } from '../domain/clockwork.ts';
import { decide, numbered } from '../domain/decide.ts';
import { type Due, nextDue, outboxOf } from '../domain/due.ts';
import type { PathEvent } from '../domain/events.ts';
import { evolve } from '../domain/evolve.ts';
import { asInstant, type Instant } from '../domain/ids.ts';
import type { Delivery, DeliveryReport, Message } from '../domain/message.ts';
import { isRefusal, type Refusal } from '../domain/refusals.ts';
import type { PathState } from '../domain/state.ts';
import {
  type Carried,
  type ClockInput,
  type CommandMessage,
  type PathInput,
  type Receipt,
  REFUSED,
} from './messages.ts';

/** Receipts that are kept for callers who say the same thing again. */
const KEPT_RECEIPTS = 2000;

const refused = ({ code, detail }: Refusal): ApplicationFailure =>
  ApplicationFailure.create({
    message: `refused: ${code}`,
    type: `${REFUSED}${code}`,
    nonRetryable: true,
    details: [detail ?? {}],
  });

/** A short mark of what was said (FNV-1a, 32 bits, and its length): enough to tell a repeat from a mistake. */
function fingerprint({ command }: CommandMessage): string {
  const text = JSON.stringify(command);
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return `${(hash >>> 0).toString(36)}.${String(text.length)}`;
}

export class Journal {
  state: PathState;
  unrecorded: PathEvent[];
  readonly continueAfterEvents: number | undefined;
  readonly #handled: Map<string, { receipt: Receipt; said: string }>;
  readonly #clock: ClockInput;
  #due: { state: PathState; at: Instant | undefined } | undefined;

  constructor(input: PathInput) {
    this.#clock = input.clock ?? { offsetMs: 0, granularityMs: 1 };
    this.continueAfterEvents = input.continueAfterEvents;
    const carried = input.carried ?? this.#begin(input);
    this.state = carried.state;
    this.unrecorded = carried.unrecorded;
    this.#handled = new Map(
      carried.handled.map(([commandId, seq, at, said]) => [commandId, { receipt: { commandId, seq, at }, said }]),
    );
  }

  #begin(input: PathInput): Carried {
    if (input.start === undefined) {
      throw ApplicationFailure.nonRetryable('a path starts with `start` or goes on with `carried`', 'bad-input');
    }
    const at = this.now();
    const [event] = numbered(undefined, [{ type: 'path-started', data: input.start }], starterOf(input.start), at);
    if (event === undefined) throw ApplicationFailure.nonRetryable('a path has no first event', 'bad-input');
    return { state: evolve(undefined, event), unrecorded: [event], handled: [] };
  }

  /** Milliseconds on the path's clock. */
  exactNow(): number {
    const { offsetMs, faster = { since: 0, times: 1 } } = this.#clock;
    return faster.since + (Date.now() - faster.since) * faster.times + offsetMs;
  }

  /** Milliseconds of real time until a moment on the path's clock; zero or less when it has come. */
  realTimeUntil(moment: Instant): number {
    return (Date.parse(moment) - this.exactNow()) / (this.#clock.faster?.times ?? 1);
  }

  /** The moment on the path's clock, as precise as events are. */
  now(): Instant {
    const { granularityMs } = this.#clock;
    return asInstant(Math.floor(this.exactNow() / granularityMs) * granularityMs);
  }

  /**
   * What is due next, seen from now. It counts until the state changes: a moment that was computed earlier would not do, since what
   * was due on a morning that went by without a worker is due on the next one.
   */
  lookAhead(): Due | undefined {
    const due = nextDue(this.state, this.now());
    this.#due = { state: this.state, at: due?.at };
    return due;
  }

  /** The moment of the next thing due: as it was seen last, and computed anew for a new state. */
  get dueAt(): Instant | undefined {
    if (this.#due?.state !== this.state) this.#due = { state: this.state, at: nextDue(this.state, this.now())?.at };
    return this.#due.at;
  }

  get isEnded(): boolean {
    return this.state.ending !== undefined;
  }

  /** The path has ended and its last mails are away. */
  get isQuiet(): boolean {
    return this.isEnded && outboxOf(this.state).length === 0;
  }

  get isFinished(): boolean {
    return this.isQuiet && this.unrecorded.length === 0;
  }

  /** Throws the refusal of a command that is not accepted; a refused Update leaves no trace in the history. */
  check(message: CommandMessage): void {
    const earlier = this.#handled.get(message.id);
    if (earlier !== undefined) {
      // An id that comes with other words is a mistake of the caller: to confirm it would lose what it says.
      if (earlier.said !== fingerprint(message)) throw refused({ code: 'command-id-reused' });
      return;
    }
    try {
      this.#decide(message);
    } catch (error) {
      if (error instanceof ApplicationFailure) throw error;
      // Something that no client of ours sends: refused here, it cannot fail the workflow task.
      throw ApplicationFailure.nonRetryable('the command is malformed', `${REFUSED}invalid-value`);
    }
  }

  /** Accepts a command; the same id again gives the first receipt. */
  accept(message: CommandMessage): Receipt {
    const earlier = this.#handled.get(message.id);
    if (earlier !== undefined) return earlier.receipt;
    const events = this.#decide(message);
    this.#append(events);
    const receipt = { commandId: message.id, seq: this.state.seq, at: this.now() };
    this.#handled.set(message.id, { receipt, said: fingerprint(message) });
    const oldest = this.#handled.keys().next().value;
    if (this.#handled.size > KEPT_RECEIPTS && oldest !== undefined) this.#handled.delete(oldest);
    return receipt;
  }

  #decide({ command, actor }: CommandMessage): PathEvent[] {
    const outcome = decide(this.state, command, actor, this.now());
    if (!isRefusal(outcome)) return outcome;
    throw refused(outcome);
  }

  #append(events: PathEvent[]): void {
    for (const event of events) {
      this.state = evolve(this.state, event);
      this.unrecorded.push(event);
    }
  }

  recorded(count: number): void {
    this.unrecorded = this.unrecorded.slice(count);
  }

  /** Notes what became of a batch. */
  delivered(messages: Message[], reports: DeliveryReport[]): void {
    const at = this.now();
    const known = new Map<string, Delivery>(reports.map((report) => [report.key, report]));
    // Of what was not even tried nothing counts against the recipient.
    const fateOf = (key: string): Delivery => known.get(key) ?? { outcome: 'deferred', trouble: 'server' };
    this.#append(numbered(this.state, [attempted(messages, fateOf, at)], clockActor, at));
  }

  /** Closes the path, listing what is still open. */
  close(): void {
    this.#append(numbered(this.state, [closed(this.state)], clockActor, this.now()));
  }

  /** The input of the next run. */
  nextInput(): PathInput {
    return {
      carried: {
        state: this.state,
        unrecorded: this.unrecorded,
        handled: [...this.#handled.values()].map(({ receipt: { commandId, seq, at }, said }) => [
          commandId,
          seq,
          at,
          said,
        ]),
      },
      clock: this.#clock,
      ...(this.continueAfterEvents !== undefined && { continueAfterEvents: this.continueAfterEvents }),
    };
  }
}
