/** Whether the clock of this machine goes as others do: deadlines and the morning mails go by it. */
import { clockTrouble, serverWitnesses, type Witness } from '../../worker/clock.ts';
import type { Config } from '../../worker/config.ts';
import type { TemporalServer } from '../../worker/temporal/connection.ts';
import { type Check, isLoopback, PATIENCE_MS } from './check.ts';

const SECOND = 1_000;

export const clockChecks = (config: Config, server: TemporalServer | undefined): Check[] => [
  {
    name: 'clock',
    run: async () => compareClock(Date.now(), await witnesses(config, server)),
  },
];

/** Throws when this machine's clock differs from another one. */
export function compareClock(now: number, others: readonly Witness[]): string {
  if (others.length === 0) return 'no other clock to compare with (`timedatectl` says whether it is kept right)';
  const trouble = clockTrouble(now, others);
  if (trouble !== undefined)
    throw new Error(
      `this machine is ${trouble.detail}: keep it right with NTP (\`timedatectl set-ntp true\`); nothing has to be started again`,
    );
  return `as ${others.map(({ name }) => name).join(', ')}`;
}

async function witnesses({ publicUrl, oidc }: Config, server: TemporalServer | undefined): Promise<Witness[]> {
  const elsewhere = [oidc?.issuer, publicUrl].filter((url) => url !== undefined && !isLoopback(new URL(url).hostname));
  const [servers, ...pages] = await Promise.all([
    serverWitnesses(server),
    ...elsewhere.map((url) => dateOf(url ?? '')),
  ]);
  return [...pages.filter((witness) => witness !== undefined), ...servers];
}

/** What a web server says that it is; undefined when it does not. */
export async function dateOf(url: string): Promise<Witness | undefined> {
  try {
    const { headers } = await fetch(url, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const at = Date.parse(headers.get('date') ?? '');
    return Number.isNaN(at) ? undefined : { name: new URL(url).host, at, age: SECOND };
  } catch {
    return undefined;
  }
}
