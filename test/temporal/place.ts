/** Where a test finds Temporal: the embedded server of its own, or a namespace of its own on the one that runs on PostgreSQL. */
import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { makeNamespace } from '../../scripts/testing/temporal-on-postgres.ts';
import { startEphemeralDevServer } from '../../worker/temporal/dev-server.ts';

export interface TemporalPlace {
  /** host:port of the frontend. */
  readonly address: string;
  readonly namespace: string;
  /** Ends what was started for this test only. */
  stop(): Promise<void>;
}

export async function newTemporal(): Promise<TemporalPlace> {
  const address = inject('temporal');
  if (address === undefined) return startEphemeralDevServer();
  const namespace = `regiopad-${randomUUID()}`;
  await makeNamespace({ address, namespace, access: {} });
  return { address, namespace, stop: () => Promise.resolve() };
}
