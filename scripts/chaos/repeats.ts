/**
 * Mails that came more than once. SMTP cannot do better: a mail whose acceptance was not noted goes again, under the same Message-ID and
 * to the same person. So a repeat is excused only when something died between the acceptance of the copy before it and its line in the
 * ledger.
 */
import { connections } from '../../activities/transport.ts';
import type { ArrivedMail, Evidence } from './evidence.ts';
import type { PartName } from './part.ts';
import type { Strike } from './strikes.ts';
import type { Verdict } from './verdict.ts';

/** What stands between a mail server's word and the ledger: who hears it, who says it, and where it is noted. */
const between: ReadonlySet<PartName> = new Set(['worker', 'smtp', 'postgres']);
/** From the moment at which a server has a mail to its line in the ledger it takes milliseconds; seconds on a machine on which everything starts anew. */
const NEAR_MS = 3_000;

/** How many copies came beyond the first of each mail. */
export const repeatsIn = (arrived: readonly ArrivedMail[]): number =>
  arrived.length - new Set(arrived.map(({ messageId }) => messageId)).size;

/** Each copy after which another one came, the oldest first. */
const forgotten = (arrived: readonly ArrivedMail[]): ArrivedMail[] =>
  [...Map.groupBy(arrived, ({ messageId }) => messageId).values()]
    .flatMap((copies) => copies.toSorted((one, other) => one.at - other.at).slice(0, -1))
    .sort((one, other) => one.at - other.at);

/** A killed part hears and says nothing more; without its store a worker goes on, and what was frozen goes on later. */
const endOf = ({ part, how, at, readyMs }: Strike): number =>
  how === 'kill' && part !== 'postgres' ? at : at + (readyMs ?? Infinity);

/** Milliseconds between a moment and a strike; 0 during it. */
const distance = (strike: Strike, at: number): number => Math.max(0, strike.at - at, at - endOf(strike));

const named = ({ part, how }: Strike): string => `the ${part} was ${how === 'kill' ? 'killed' : 'frozen'}`;
const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** Each strike excuses no more copies than workers can have had between a mail server and the ledger. */
export function repeatsWereInFlight({ arrived, strikes, workers }: Evidence): Verdict {
  const struck = strikes.filter(({ part }) => between.has(part));
  const room = new Map(struck.map((strike) => [strike, connections * workers]));
  const excused: string[] = [];
  const broken: string[] = [];
  for (const { messageId, to, at } of forgotten(arrived)) {
    const [nearest] = struck
      .filter((strike) => distance(strike, at) <= NEAR_MS && (room.get(strike) ?? 0) > 0)
      .sort((one, other) => distance(one, at) - distance(other, at));
    const mail = `${messageId} to ${to}`;
    if (nearest === undefined) broken.push(`${mail} came again, and nothing excuses it: ${whatWasNear(struck, at)}`);
    else {
      room.set(nearest, (room.get(nearest) ?? 0) - 1);
      excused.push(`${mail} came again: ${named(nearest)} ${inSeconds(distance(nearest, at))} from its first arrival`);
    }
  }
  const others = [...Map.groupBy(arrived, ({ messageId }) => messageId)].filter(
    ([, copies]) => new Set(copies.map(({ to }) => to)).size > 1,
  );
  broken.push(...others.map(([messageId]) => `${messageId} went to several people`));
  return { promise: 'mails that came again were in flight', checked: repeatsIn(arrived), broken, excused };
}

function whatWasNear(struck: readonly Strike[], at: number): string {
  const [nearest] = struck.toSorted((one, other) => distance(one, at) - distance(other, at));
  if (nearest === undefined) return 'neither worker, mail server nor store was struck';
  const far = distance(nearest, at);
  if (far <= NEAR_MS) return `${named(nearest)}, which excuses others already`;
  return `nearest, ${inSeconds(far)} away, ${named(nearest)}`;
}
