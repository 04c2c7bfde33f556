/** What a path may answer instead of what was asked. Apart from its client, since a command line that needs none should not load one. */
import type { Refusal } from '../domain/refusals.ts';

/** A rule said no. */
export class RefusedError extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(`refused: ${refusal.code}`);
    this.refusal = refusal;
  }
}

/** No such path is open. */
export class UnknownPathError extends Error {}
/** The Temporal server, or every worker, is away: nothing is known to have been accepted. */
export class UnavailableError extends Error {}
