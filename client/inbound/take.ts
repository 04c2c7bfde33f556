/** Takes one mail that came in: kept once, noted as a fact about the mail it belongs to. */
import type { Instant } from '../../domain/ids.ts';
import type { InboundKind, InboundMail } from '../../store/inbound-mails.ts';
import type { LedgerEntry, MailFactKind } from '../../store/ledger.ts';
import type { Store } from '../../store/store.ts';
import { classify } from './classify.ts';
import { readMail } from './mail.ts';
import type { RawMail } from './raw-mail.ts';

/** `aside`: kept, and of no use to anybody here; it should not lie among what is taken. */
export type Taken = 'taken' | 'aside';
export type TakeMail = (raw: RawMail) => Promise<Taken>;

export interface TakingTools {
  store: Pick<Store, 'inbound' | 'ledger'>;
  /** The clock of paths. */
  clock: () => Instant;
}

/** Of an automatic answer that is no absence nothing is claimed: it is kept, and is no fact about the mail. */
const facts: Partial<Record<InboundKind, MailFactKind>> = {
  bounce: 'bounced',
  delay: 'delayed',
  'out-of-office': 'out-of-office',
  reply: 'replied',
};

/**
 * Idempotent by the bytes of the mail, also over several processes. Whatever the mail holds, it is taken; rejects only when
 * the store does not answer: then nothing was kept, and the same mail is to be given again.
 */
export function createTaking({ store, clock }: TakingTools): TakeMail {
  return async ({ id, head }) => {
    const known = await store.inbound.mail(id);
    if (known !== undefined) return placeOf(known.kind);
    const now = clock();
    const found = classify(await readMail(head), now);
    const entry = await entryOf(store, found.numbers);
    const kind = entry === undefined ? 'unknown' : found.kind;
    const fact = facts[kind];
    const { sender, subject, excerpt, code } = found;
    const mail: InboundMail = { id, receivedAt: now, kind, sender, subject, excerpt, code, ...belonging(entry) };
    const detail = kind === 'reply' || kind === 'out-of-office' ? excerpt : found.detail;
    await store.inbound.keep(mail, fact && { at: now, fact, code, detail });
    return placeOf(kind);
  };
}

const placeOf = (kind: InboundKind): Taken => (kind === 'unknown' ? 'aside' : 'taken');

const belonging = (entry: LedgerEntry | undefined) =>
  entry && { messageId: entry.messageId, person: entry.person, ...(entry.path && { path: entry.path }) };

async function entryOf(store: TakingTools['store'], numbers: string[]): Promise<LedgerEntry | undefined> {
  for (const number of numbers) {
    const entry = await store.ledger.numbered(number);
    if (entry !== undefined) return entry;
  }
  return undefined;
}
