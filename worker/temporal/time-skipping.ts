import { TestWorkflowEnvironment } from '@temporalio/testing';
import { dataConverterOf } from '../histories/converter.ts';
import type { KeyRing } from '../key-file.ts';
import { resolveTestServer, type ResolveOptions } from './resolve.ts';

/**
 * Starts the server that skips time, for `simulate` and tests, and connects to it. Its clock is global and starts today, it knows no
 * visibility queries, and `executeUpdate` does not skip: use one per simulation, and call `teardown()` at the end.
 * @param keys of the histories on it; a worker needs the same
 * @throws SetupError when the server's program cannot be had
 */
export async function startTimeSkippingServer(
  keys: KeyRing,
  options: ResolveOptions = {},
): Promise<TestWorkflowEnvironment> {
  const { path } = await resolveTestServer(options);
  return TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
    client: { dataConverter: dataConverterOf(keys) },
  });
}
