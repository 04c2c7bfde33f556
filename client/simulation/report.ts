/** A simulation as the contract of `simulate --format json` has it. The same input gives the same but for `history`. */
import { offsetInstant } from '../../domain/dates.ts';
import type { PathEvent } from '../../domain/events.ts';
import { lawsOf } from '../../domain/law.ts';
import type { LedgerEntry } from '../../store/ledger.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { errorText } from '../errors.ts';
import type { HistorySize } from './history.ts';
import type { SimulationRun } from './run.ts';
import type { Instant } from '../../domain/ids.ts';

export interface SimulationReport {
  outcome: 'granted' | 'refused' | 'stopped' | 'completed' | 'unfinished';
  from: string;
  until: string;
  events: { at: string; seq: number; type: string; actor: PathEvent['actor']; data: object }[];
  mails: { at: string; to: string; kind: string; subject: string; messageId: string }[];
  /** Commands of the answers file that a rule refused. */
  refused: { at: string; command: string; code: RefusalCode; message: string }[];
  /** How each law of the route stood at the end. */
  laws: { key: string; status: string }[];
  history: HistorySize;
}

/** The definition is long and known; a mail is in `mails`. */
function dataOf(event: PathEvent): object {
  if (event.type === 'mail-attempted') {
    return { results: event.data.results.map(({ message, outcome }) => ({ key: message.key, outcome })) };
  }
  if (event.type === 'path-started') {
    const { definition, round, ...rest } = event.data;
    return {
      ...rest,
      definition: `${definition.key} ${String(definition.version)}`,
      ...(round && { round: `${round.key} ${String(round.version)}` }),
    };
  }
  return event.data;
}

export function simulationReport(
  { from }: { from: Instant },
  run: SimulationRun,
  events: PathEvent[],
  ledger: LedgerEntry[],
  addressOf: (person: string) => string,
): SimulationReport {
  return {
    outcome: run.state.ending?.outcome ?? 'unfinished',
    from: offsetInstant(from),
    until: offsetInstant(run.until),
    events: events.map((event) => ({
      at: offsetInstant(event.at),
      seq: event.seq,
      type: event.type,
      actor: event.actor,
      data: dataOf(event),
    })),
    mails: ledger.map((entry) => ({
      at: offsetInstant(entry.firstAt),
      to: addressOf(entry.person),
      kind: entry.kind,
      subject: entry.subject,
      messageId: entry.messageId,
    })),
    refused: run.refused.map(({ at, command, refusal }) => ({
      at: offsetInstant(at),
      command,
      code: refusal.code,
      message: errorText(refusal.code, 'en', refusal.detail),
    })),
    laws: lawsOf(run.state, run.until).map(({ law, status }) => ({ key: law.key, status })),
    history: run.history,
  };
}
