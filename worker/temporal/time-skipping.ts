import { TestWorkflowEnvironment } from '@temporalio/testing';
import { resolveTestServer, type ResolveOptions } from './resolve.ts';

/**
 * Starts the server that skips time, for `simulate` and tests, and connects to it. Its clock is global and starts today, it knows no
 * visibility queries, and `executeUpdate` does not skip: use one per simulation, and call `teardown()` at the end.
 * @throws SetupError when the server's program cannot be had
 */
export async function startTimeSkippingServer(options: ResolveOptions = {}): Promise<TestWorkflowEnvironment> {
  const { path } = await resolveTestServer(options);
  return TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } });
}
