/** One thing that Regiopad needs. */
import dns from 'node:dns';
import type { Config } from '../../worker/config.ts';

export interface Check {
  name: string;
  /** What was found, in a line without secrets; throws an error that says what is wrong and what to do. */
  run: () => Promise<string>;
}

export type Checks = (config: Config) => Check[];

/** How long to wait for what lies elsewhere, in milliseconds. */
export const PATIENCE_MS = 5_000;

const loopback = ['127.0.0.1', 'localhost', '::1', '[::1]'];
export const isLoopback = (host: string): boolean => loopback.includes(host);

/** Why a name has no address (ENOTFOUND, EAI_AGAIN); undefined when it has one, or is one. */
export function nameTrouble(host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    dns.lookup(host, (error) => {
      resolve(error === null ? undefined : (error.code ?? error.message));
    });
  });
}

/** What to say when nothing answers at `host:port`, a setting of this variable. */
export async function unreachable(address: string, variable: string, what: string): Promise<Error> {
  const host = address.slice(0, address.lastIndexOf(':'));
  const code = await nameTrouble(host.replace(/^\[|\]$/g, ''));
  if (code === undefined) return new Error(`nobody answers at ${address}: correct ${variable} or start ${what}`);
  return new Error(
    `the name ${host} is not known (${code}): correct ${variable}, or the name servers of this machine (\`resolvectl status\`, /etc/resolv.conf)`,
  );
}
