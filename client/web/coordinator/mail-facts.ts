/** What is known of each mail of a path: what servers said at every attempt, and what came in about it. Never more than that. */
import type { PathEvent } from '../../../domain/events.ts';
import type { LocalDate, PersonId } from '../../../domain/ids.ts';
import { isLocalDate, localDay } from '../../../domain/dates.ts';
import type { DeliveryOutcome } from '../../../domain/message.ts';
import type { Party } from '../../../domain/state.ts';
import type { InboundKind, InboundMail } from '../../../store/inbound-mails.ts';
import type { LedgerEntry, MailFact } from '../../../store/ledger.ts';
import type { Store } from '../../../store/store.ts';
import { fullDay, moment } from '../../dutch/format.ts';
import { type Dossier, personText } from '../dossier.ts';
import { isSettledSince } from './settled-mail.ts';

type Tone = 'good' | 'soon' | 'late' | 'info' | '';

/** One line about a mail. */
export interface FactLine {
  at: string;
  when: string;
  what: string;
  tone: Tone;
  /** The server's words, or the day until which somebody is away. */
  detail: string | undefined;
  /** What came in. */
  mail: { sender: string; subject: string; excerpt: string } | undefined;
}

const attemptTones: Record<DeliveryOutcome, Tone> = {
  accepted: 'good',
  deferred: 'soon',
  refused: 'late',
  unknown: 'soon',
};
const inboundTones: Record<InboundKind, Tone> = {
  ...{ bounce: 'late', delay: 'soon', 'out-of-office': 'info', automatic: '', reply: 'info' },
};

const isAttempt = (fact: MailFact): fact is MailFact & { fact: DeliveryOutcome } => fact.fact in attemptTones;

/** All mails of a path, newest first, each with its lines, oldest first. */
export async function mailFacts(store: Store, dossier: Dossier, most: number) {
  const [all, inbound] = await Promise.all([
    store.ledger.entriesOf(dossier.state.id),
    store.inbound.mailsOf(dossier.state.id),
  ]);
  const entries = all.toReversed().slice(0, most);
  const facts = await store.ledger.factsOf(entries.map(({ messageId }) => messageId));
  const about = Map.groupBy(inbound, ({ messageId }) => messageId);
  return entries.map((entry) => {
    const lines = [
      ...attemptLines(dossier, entry, (facts.get(entry.messageId) ?? []).filter(isAttempt)),
      ...(about.get(entry.messageId) ?? []).map((mail) => inboundLine(dossier, mail)),
    ];
    return {
      subject: entry.subject || dossier.texts.text(`mail-kind.${entry.kind}`),
      to: entry.address,
      kind: dossier.texts.text(`mail-kind.${entry.kind}`),
      lines: lines.sort((a, b) => a.at.localeCompare(b.at)),
    };
  });
}

/** Attempts with one outcome after each other are one line: a server that was away for days is said once. */
function attemptLines(
  { texts }: Dossier,
  entry: LedgerEntry,
  facts: (MailFact & { fact: DeliveryOutcome })[],
): FactLine[] {
  const runs: (typeof facts)[] = [];
  for (const fact of facts) {
    const run = runs.at(-1);
    if (run?.[0]?.fact === fact.fact) run.push(fact);
    else runs.push([fact]);
  }
  return runs.flatMap((run) => {
    const [first, last] = [run[0], run.at(-1)];
    if (first === undefined || last === undefined) return [];
    const when = { count: run.length, from: moment(first.at), to: moment(last.at) };
    return {
      at: first.at,
      when: run.length === 1 ? moment(first.at) : texts.text('inbound.again', when),
      what: texts.text(`inbound.fact.${first.fact}`),
      tone: attemptTones[first.fact],
      detail: first.fact === 'accepted' ? undefined : last.detail || entry.response,
      mail: undefined,
    };
  });
}

function inboundLine({ texts }: Dossier, { kind, code, sender, subject, excerpt, receivedAt }: InboundMail): FactLine {
  const isAway = kind === 'out-of-office' && isLocalDate(code);
  return {
    at: receivedAt,
    when: moment(receivedAt),
    what: isAway ? texts.text('inbound.absent-until', { day: fullDay(code) }) : texts.text(`inbound.kind.${kind}`),
    tone: inboundTones[kind],
    detail: isAway || code === '' ? undefined : texts.text('inbound.code', { code }),
    mail: { sender, subject, excerpt },
  };
}

/** Who of a municipality's people had a mail come back, with nothing done about it since, for its page. */
export async function returnedMails(
  store: Store,
  dossier: Dossier,
  { contact, deputy }: Party,
  events: readonly PathEvent[],
) {
  const [entries, inbound] = await Promise.all([
    store.ledger.entriesOf(dossier.state.id),
    store.inbound.mailsOf(dossier.state.id),
  ]);
  return [contact, deputy]
    .filter((person): person is PersonId => person !== undefined)
    .flatMap((person) => {
      const bounce = inbound.findLast((mail) => mail.kind === 'bounce' && mail.person === person);
      if (bounce === undefined || isSettledSince(person, bounce.receivedAt, { events, entries })) return [];
      const day: LocalDate = localDay(bounce.receivedAt);
      const name = personText(dossier, person);
      return [{ text: dossier.texts.text('inbound.returned.line', { person: name, day: fullDay(day) }) }];
    });
}
