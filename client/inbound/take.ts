/** Takes one mail that came in: kept once, noted as a fact about the mail it belongs to, told to the path when that came back. */
import type { ReturnReason } from '../../domain/commands.ts';
import type { Instant, PersonId } from '../../domain/ids.ts';
import type { InboundKind, InboundMail } from '../../store/inbound-mails.ts';
import type { LedgerEntry, MailFactKind } from '../../store/ledger.ts';
import type { Store } from '../../store/store.ts';
import { type PathClient, RefusedError, UnknownPathError } from '../path-client.ts';
import { withinTime } from '../within-time.ts';
import { classify } from './classify.ts';
import { readMail } from './mail.ts';
import type { RawMail } from './raw-mail.ts';
import type { Reference } from './reference.ts';

/** `aside`: of no use to anybody here; it should not lie among what is taken. */
export type Taken = 'taken' | 'aside';
export type TakeMail = (raw: RawMail) => Promise<Taken>;

export interface TakingTools {
  store: Pick<Store, 'inbound' | 'ledger'>;
  paths: Pick<PathClient, 'command'>;
  /** The clock of paths. */
  clock: () => Instant;
  /** Whether a number came with the seal that its envelope sender had. Undefined without MAIL_BOUNCE: nothing is sealed then. */
  isSealed?: ((number: string, seal: string) => boolean) | undefined;
}

/** Of an automatic answer that is no absence nothing is claimed: it is kept, and is no fact about the mail. */
const facts: Partial<Record<InboundKind, MailFactKind>> = {
  bounce: 'bounced',
  delay: 'delayed',
  'out-of-office': 'out-of-office',
  reply: 'replied',
};

const COMMAND_MS = 4_000;

/**
 * Idempotent by the bytes of the mail, also over several processes. Whatever the mail holds, it is taken; rejects only when
 * the store or Temporal does not answer (UnavailableError): then nothing was kept, and the same mail is to be given again.
 */
export function createTaking({ store, paths, clock, isSealed }: TakingTools): TakeMail {
  return async ({ id, head }) => {
    const known = await store.inbound.mail(id);
    if (known !== undefined) return 'taken';
    const now = clock();
    const found = classify(await readMail(head), now);
    const { entry, isProven } = await entryOf(store, found.references, isSealed);
    const { kind } = found;
    // What strangers write is no business of a path: the store keeps nothing of it.
    if (entry === undefined || kind === 'unknown') return 'aside';
    // The path first: what it was not told must come again.
    if (kind === 'bounce') await tellReturn(paths, id, entry, isProven ? found.why : 'content');
    const fact = facts[kind];
    const { sender, subject, excerpt, code } = found;
    const mail: InboundMail = { id, receivedAt: now, kind, sender, subject, excerpt, code, ...belonging(entry) };
    const detail = kind === 'reply' || kind === 'out-of-office' ? excerpt : found.detail;
    await store.inbound.keep(mail, fact && { at: now, fact, code, detail });
    return 'taken';
  };
}

const belonging = ({ messageId, person, path }: LedgerEntry) => ({ messageId, person, ...(path && { path }) });

interface Belonging {
  entry?: LedgerEntry;
  /** What anybody could have made up does not count against an address: of such a bounce who coordinates hears, and no more. */
  isProven: boolean;
}

async function entryOf(
  store: TakingTools['store'],
  references: readonly Reference[],
  isSealed: TakingTools['isSealed'] = () => true,
): Promise<Belonging> {
  for (const { number } of references) {
    const entry = await store.ledger.numbered(number);
    if (entry === undefined) continue;
    return { entry, isProven: references.some((each) => each.number === number && isSealed(number, each.seal)) };
  }
  return { isProven: false };
}

/** A path that has ended, or that refuses, has no use for it: the fact beside its mail remains. */
async function tellReturn(
  paths: TakingTools['paths'],
  id: string,
  { path, messageKey, person }: LedgerEntry,
  why: ReturnReason = 'content',
): Promise<void> {
  if (path === undefined) return;
  const command = { type: 'return-mail', data: { key: messageKey, to: person as PersonId, why } } as const;
  try {
    const message = { id: `inbound-${id}`, actor: { kind: 'system', via: 'mail' }, command } as const;
    await withinTime(paths.command(path, message, COMMAND_MS), COMMAND_MS + 300);
  } catch (error) {
    if (!(error instanceof RefusedError || error instanceof UnknownPathError)) throw error;
  }
}
