/** Whether a part of the stage answers now. */
import { connect } from 'node:net';
import { awaitNamespace } from '../../worker/temporal/namespace.ts';

const PATIENCE_MS = 2_000;

/** Whether a Temporal server answers, and has a namespace. */
export const knowsNamespace = (address: string, namespace: string): Promise<boolean> =>
  awaitNamespace({ address, namespace, access: {} }, PATIENCE_MS).then(
    () => true,
    () => false,
  );

/** Whether a mail server says 220. */
export function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const finish = (is: boolean): void => {
      socket.destroy();
      resolve(is);
    };
    socket.once('data', (greeting) => {
      finish(greeting.toString().startsWith('220'));
    });
    socket.once('error', () => {
      finish(false);
    });
    socket.setTimeout(PATIENCE_MS, () => {
      finish(false);
    });
  });
}

/** Whether the web process says that it answers. */
export async function isHealthy(webUrl: string): Promise<boolean> {
  try {
    return (await fetch(`${webUrl}/healthz`, { signal: AbortSignal.timeout(PATIENCE_MS) })).ok;
  } catch {
    return false;
  }
}
