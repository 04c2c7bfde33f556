/** The Temporal server as a part. */
import type { ChildProcess } from 'node:child_process';
import { SetupError } from '../../worker/setup-error.ts';
import { startDevServer } from '../../worker/temporal/dev-server.ts';
import { onFreePort, onFreePorts } from '../testing/ports.ts';
import { builtTemporalServer } from '../testing/temporal-build.ts';
import { layOutTemporal, placeTemporal, startTemporal, TEMPORAL_PORTS } from '../testing/temporal-on-postgres.ts';
import { keepPart, onceServing, type Part } from './part.ts';
import { knowsNamespace } from './probes.ts';

export const NAMESPACE = 'regiopad';

export interface KeptTemporal {
  part: Part;
  /** host:port of its frontend. */
  address: string;
}

/**
 * Resolves when it serves.
 * @param dataDir an empty or new folder
 * @param postgresUrl the server that has the store too, so that both are away with it; without it the development server, on a file of its own
 * @throws SetupError where the server was never built
 */
export async function keepTemporal(
  dataDir: string,
  postgresUrl: string | undefined,
  log: (line: string) => void,
): Promise<KeptTemporal> {
  const keep = (
    address: string,
    start: (onSpawn: (child: ChildProcess) => void) => Promise<unknown>,
  ): KeptTemporal => ({
    address,
    part: keepPart({ ...{ name: 'temporal', log, start }, answers: () => knowsNamespace(address, NAMESPACE) }),
  });
  if (postgresUrl === undefined) {
    return onFreePort((port) =>
      onceServing(
        keep(`127.0.0.1:${port}`, (onSpawn) => startDevServer({ dataDir, port, namespace: NAMESPACE, onSpawn })),
      ),
    );
  }
  const programs = builtTemporalServer();
  if (programs === undefined)
    throw new SetupError('There is no Temporal server for PostgreSQL yet: npm test builds it, or add --embedded');
  const databases = await layOutTemporal(programs, postgresUrl, dataDir);
  return onFreePorts(TEMPORAL_PORTS, (ports) => {
    const layout = placeTemporal(databases, ports);
    return onceServing(keep(layout.address, (onSpawn) => startTemporal(layout, NAMESPACE, onSpawn)));
  });
}
