/** What a run leaves in which all went well, made up by the core itself: each region is reminded and answers once, and each part is killed once. */
import { messageIdOf, senderFrom } from '../../activities/outgoing.ts';
import { decide } from '../../domain/decide.ts';
import { instantOf } from '../../domain/dates.ts';
import type { PathEvent } from '../../domain/events.ts';
import { evolve } from '../../domain/evolve.ts';
import { asLocalDate, type Instant, municipalityParty } from '../../domain/ids.ts';
import { continueCourse, type SentMessage } from '../../domain/plan.ts';
import { isRefusal } from '../../domain/refusals.ts';
import type { PathState } from '../../domain/state.ts';
import { clockFor } from '../../scripts/chaos/clock.ts';
import type { ArrivedMail, Evidence, PathEvidence } from '../../scripts/chaos/evidence.ts';
import type { Answer } from '../../scripts/chaos/load.ts';
import { partNames } from '../../scripts/chaos/part.ts';
import { DECISION, EVE, HELD, liveRegions, pathsOf, REMINDED_ON } from '../../scripts/chaos/regions.ts';
import type { LedgerEntry } from '../../store/ledger.ts';
import { openStore } from '../../store/store.ts';

/** Real moments, in milliseconds: when the morning began, and from which on something was struck, ten seconds apart. */
export const MORNING = 1_000_000;
export const STRUCK = 1_100_000;
export const APART = 10_000;

const sender = senderFrom('Regiopad <regiopad@example.org>');
const wemmel = municipalityParty('23102');
const clock = clockFor(REMINDED_ON, MORNING, 3);

function answered(state: PathState, reference: string, now: Instant): PathEvent[] {
  const command = {
    type: 'answer',
    data: { party: wemmel, decision: DECISION, answer: 'approved', on: asLocalDate(HELD), reference },
  } as const;
  const outcome = decide(
    state,
    command,
    { kind: 'contact', personId: state.parties[wemmel]!.contact!, via: 'web' },
    now,
  );
  if (isRefusal(outcome)) throw new Error(outcome.code);
  return outcome;
}

const noted = ({ at, message }: SentMessage): LedgerEntry => ({
  ...{ messageId: messageIdOf(message.key, sender), messageKey: message.key, path: message.path, person: message.to },
  ...{ kind: message.kind, day: message.day, subject: '', address: `${message.to}@example.org` },
  ...{ outcome: 'accepted', attempts: 1, firstAt: at, acceptedAt: at, response: '250' },
});

export async function goodRun(): Promise<Evidence> {
  const store = await openStore(':memory:');
  const states = await liveRegions(store, pathsOf(3));
  const paths: PathEvidence[] = [];
  const answers: Answer[] = [];
  const ledger: LedgerEntry[] = [];
  const arrived: ArrivedMail[] = [];
  for (const reached of states) {
    const reference = `https://raad.example.org/besluiten/${reached.id}`;
    const reminded = continueCourse(reached, EVE, clock.morningEnd, 'silence');
    const noon = instantOf(REMINDED_ON, 12 * 60);
    const said = answered(reminded.state, reference, noon);
    const after = said.reduce<PathState>(evolve, reminded.state);
    const receipts = continueCourse(after, noon, noon, 'silence');
    const events = [...reminded.events, ...said, ...receipts.events];
    await store.events.recordEvents(reached.id, events);
    paths.push({
      ...{ path: reached.id, startedAt: reached.seq, workflow: receipts.state, snapshot: receipts.state },
      ...{ overviewSeq: receipts.state.seq, events: await store.events.eventsOf(reached.id) },
    });
    const told = { fate: 'acknowledged', tookMs: 1, presses: 1, troubles: [] } as const;
    answers.push({
      ...told,
      troubles: [],
      path: reached.id,
      party: wemmel,
      reference,
      since: STRUCK,
      until: STRUCK + 1,
    });
    ledger.push(...[...reminded.mails, ...receipts.mails].map(noted));
  }
  await store.close();
  // Long before anything was struck.
  arrived.push(...ledger.map(({ messageId, address }) => ({ messageId, to: address, at: MORNING })));
  return {
    ...{ paths, answers, ledger, arrived, workers: 2 },
    strikes: partNames.map((part, index) => ({ part, how: 'kill', at: STRUCK + index * APART, readyMs: 2_000 })),
    ...{ morningEnd: clock.morningEnd, now: instantOf(REMINDED_ON, 15 * 60) },
  };
}
