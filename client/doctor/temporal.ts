/** Whether the Temporal server takes us, knows the namespace, and has somebody who does the work. */
import { isListening } from '../../worker/processes.ts';
import { messageOf } from '../../worker/setup-error.ts';
import { accessText, type TemporalServer } from '../../worker/temporal/connection.ts';
import { pollersOf, withServer } from '../../worker/temporal/pollers.ts';
import { type Check, unreachable } from './check.ts';

/** Codes of gRPC. */
const [NOT_FOUND, PERMISSION_DENIED, UNAUTHENTICATED] = [5, 7, 16];

/** @param server undefined when nobody named one and none was started here */
export const temporalChecks = (server: TemporalServer | undefined): Check[] => [
  { name: 'temporal server', run: () => temporalServer(server) },
  { name: 'worker', run: () => worker(server) },
];

async function temporalServer(server: TemporalServer | undefined): Promise<string> {
  if (server === undefined) throw new Error('not running: `npm start` starts it, or set TEMPORAL_ADDRESS');
  const { address, namespace, access } = server;
  if (!(await isListening(address))) throw await unreachable(address, 'TEMPORAL_ADDRESS', 'the server');
  try {
    const version = await withServer(server, async ({ workflowService }) => {
      await workflowService.describeNamespace({ namespace });
      return (await workflowService.getSystemInfo({})).serverVersion;
    });
    return `${address} (${accessText(access)}), namespace ${namespace}, version ${version}`;
  } catch (error) {
    throw new Error(`${address}: ${whyNot(error, server)}`, { cause: error });
  }
}

function whyNot(error: unknown, { namespace, access }: TemporalServer): string {
  const { code } = error as { code?: number };
  if (code === NOT_FOUND)
    return `there is no namespace ${namespace}: make it (temporal operator namespace create -n ${namespace} --retention 36500d), or correct TEMPORAL_NAMESPACE`;
  if (code === PERMISSION_DENIED || code === UNAUTHENTICATED)
    return `does not let us in (${accessText(access)}): correct TEMPORAL_API_KEY, the client certificate or TEMPORAL_NAMESPACE`;
  return `something listens, but does not answer us as a Temporal server (${accessText(access)}; ${messageOf(error)}): correct TEMPORAL_TLS and its certificates, or TEMPORAL_ADDRESS`;
}

/** Without a server that answers there is nothing to say of workers. */
async function worker(server: TemporalServer | undefined): Promise<string> {
  const seen = await pollersOf(server);
  if (seen === undefined) return 'unknown: the Temporal server does not answer';
  if (seen.length === 0)
    throw new Error(
      'none looks for work, so no path goes on and no mail leaves: start one (`systemctl start regiopad-worker`)',
    );
  return `${String(seen.length)} at work`;
}
