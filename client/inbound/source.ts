/** Where mails come in. */
import type { TakeMail } from './take.ts';

/** What became of one round. */
export interface Round {
  /** Mails that were taken or put aside. */
  taken: number;
  /** Why mails stayed where they are; they come again in the next round. */
  failures: Error[];
}

export interface InboundSource {
  /** Fit for a log: no password. */
  name: string;
  /** How long to wait between rounds, in milliseconds. */
  everyMs: number;
  /**
   * Gives each waiting mail to `take`, oldest first, and puts it away only when that has taken it. What fails for one mail
   * holds up no other. Rejects when the place itself cannot be reached.
   */
  round: (take: TakeMail, signal: AbortSignal) => Promise<Round>;
  /** Rejects when the place cannot be reached or used. Takes nothing. */
  check: () => Promise<void>;
}

/** Gives mails one by one to who takes them; a mail that another process took meanwhile is undefined and passed over. */
export async function takeEach<Place>(
  places: readonly Place[],
  signal: AbortSignal,
  work: (place: Place) => Promise<boolean>,
): Promise<Round> {
  const round: Round = { taken: 0, failures: [] };
  for (const place of places) {
    if (signal.aborted) return round;
    try {
      if (await work(place)) round.taken += 1;
    } catch (error) {
      round.failures.push(error instanceof Error ? error : new Error(String(error)));
    }
  }
  return round;
}
