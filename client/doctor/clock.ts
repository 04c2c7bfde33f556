/** Whether the clock of this machine goes as others do: deadlines and the morning mails go by it. */
import type { Config } from '../../worker/config.ts';
import type { TemporalServer } from '../../worker/temporal/connection.ts';
import { type Check, isLoopback, PATIENCE_MS } from './check.ts';
import { pollersOf } from './temporal.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const SLACK_MS = 30 * SECOND;
/** A server forgets who has not asked for work for five minutes. */
const FORGOTTEN_MS = 6 * MINUTE;

/** A moment of another clock. */
export interface Witness {
  name: string;
  /** In milliseconds since 1970. */
  at: number;
  /** How long ago that may have been, in milliseconds. */
  age: number;
}

export const clockChecks = (config: Config, server: TemporalServer | undefined): Check[] => [
  {
    name: 'clock',
    run: async () => compareClock(Date.now(), await witnesses(config, server)),
  },
];

/** Throws when this machine's clock differs from another one. */
export function compareClock(now: number, others: readonly Witness[]): string {
  const [first] = others;
  if (first === undefined) return 'no other clock to compare with (`timedatectl` says whether it is kept right)';
  for (const { name, at, age } of others) {
    const behind = at - now;
    const ahead = now - at - age;
    const todo = 'keep it right with NTP (`timedatectl set-ntp true`), then start everything again';
    if (behind > SLACK_MS) throw new Error(`this machine is ${spell(behind)} behind ${name}: ${todo}`);
    if (ahead > SLACK_MS) throw new Error(`this machine is ${spell(ahead)} ahead of ${name}: ${todo}`);
  }
  return `as ${others.map(({ name }) => name).join(', ')}`;
}

const spell = (ms: number): string =>
  ms < 2 * MINUTE ? `${String(Math.round(ms / SECOND))} s` : `${String(Math.round(ms / MINUTE))} minutes`;

async function witnesses({ publicUrl, oidc }: Config, server: TemporalServer | undefined): Promise<Witness[]> {
  const elsewhere = [oidc?.issuer, publicUrl].filter((url) => url !== undefined && !isLoopback(new URL(url).hostname));
  const [pollers, ...pages] = await Promise.all([pollersOf(server), ...elsewhere.map((url) => dateOf(url ?? ''))]);
  const asked = pollers === undefined || pollers.length === 0 ? undefined : Math.max(...pollers);
  return [
    ...pages.filter((witness) => witness !== undefined),
    ...(asked === undefined ? [] : [{ name: 'the Temporal server', at: asked, age: FORGOTTEN_MS }]),
  ];
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
