/** What the store refuses, by code. */
export type StoreErrorCode =
  /** An event arrived whose predecessor was never recorded. */
  | 'event-gap'
  /** An event arrived under a number that holds another event. */
  | 'event-conflict'
  /** A path was given facts that differ from those it started with. */
  | 'path-conflict'
  | 'unknown-path'
  | 'unknown-account'
  /** Nobody would be left who administers. */
  | 'last-administrator'
  /** The database was written by a newer Regiopad, or its migration failed. */
  | 'migration-failed'
  | 'database-not-supported'
  | 'database-not-writable'
  /** No server answers at the address, or it refuses who asks. */
  | 'database-not-reachable'
  /** A copy of the store could not be made, or is none. */
  | 'copy-failed'
  /** A copy is only ever put where there is nothing. */
  | 'not-empty';

export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}
