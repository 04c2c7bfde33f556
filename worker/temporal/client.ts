/** Who speaks to Temporal does so by this client: what it says and hears is encrypted. */
import { Client, type Connection } from '@temporalio/client';
import type { HistoryKeyError } from '../histories/key-error.ts';
import { dataConverterOf } from '../histories/converter.ts';
import type { KeyRing } from '../key-file.ts';

export interface TemporalClientOptions {
  connection: Connection;
  namespace: string;
  /** The keys of histories. */
  keys: KeyRing;
  /** Hears of what cannot be read. */
  report?: (trouble: HistoryKeyError) => void;
}

export const temporalClient = ({ connection, namespace, keys, report }: TemporalClientOptions): Client =>
  new Client({ connection, namespace, dataConverter: dataConverterOf(keys, report) });
