/** Sends the digests that are due: each once, whatever happens to the process meanwhile. */
import { localDay } from '../../domain/dates.ts';
import { dueDigest } from '../../domain/digest-day.ts';
import type { Instant, LocalDate } from '../../domain/ids.ts';
import type { Account } from '../../store/accounts.ts';
import type { Settings } from '../../store/settings.ts';
import { type DigestMail, renderDigest } from '../../templates/render-digest.ts';
import { isLockedOut } from '../mail-watch.ts';
import {
  automaticHeaders,
  bounceAddressFor,
  isAddress,
  type MailConfig,
  messageIdOf,
  senderFrom,
} from '../outgoing.ts';
import type { SendResult } from '../smtp-outcome.ts';
import type { MailTransport } from '../transport.ts';
import { digestFor, type DigestTools } from './digest.ts';

export interface DigestSender extends DigestTools {
  transport: MailTransport;
  config: MailConfig;
  /** The clock that the paths have. */
  now: () => Instant;
  /** Milliseconds, real time. */
  clock: () => number;
  /** Waits until the next mail may leave; false when no further one should. */
  takeTurn: () => Promise<boolean>;
  log: (problem: { account: string; error: unknown }) => void;
}

/** What is on record after this is settled for the day: a refused one is not tried again. */
const settled: readonly string[] = ['accepted', 'refused'];
const malformed: SendResult = {
  ...{ outcome: 'refused', trouble: 'address', code: 'malformed-address', response: '', scope: 'message' },
};

/**
 * Every digest that is due and was not sent. The ledger is read before each one and written right after it, under a Message-ID that
 * follows from account and day: who is killed in between does not send twice, but for what a mail server had taken and not yet
 * said so. What a server does not take now waits for the next run.
 */
export async function sendDigests(tools: DigestSender): Promise<{ sent: number; waiting: number }> {
  const { store } = tools;
  const report = { sent: 0, waiting: 0 };
  let isStopped = isLockedOut(await store.health.health('mail'), tools.clock());
  for (const account of await store.accounts.accounts()) {
    const settings = await store.settings.settingsOf(account);
    const day = dueDigest(settings, tools.now());
    if (day === undefined) continue;
    const done = isStopped ? undefined : await sendOne(tools, account, settings, day);
    if (done === 'nothing') continue;
    if (done?.scope === 'server') isStopped = true;
    if (done?.outcome === 'accepted') report.sent += 1;
    else if (done?.outcome !== 'refused') report.waiting += 1;
  }
  return report;
}

/** `nothing` for who has no region, and for a digest that left before. Undefined when it is not its turn. */
async function sendOne(
  tools: DigestSender,
  account: Account,
  settings: Settings,
  day: LocalDate,
): Promise<SendResult | 'nothing' | undefined> {
  const { store, transport, config } = tools;
  const now = tools.now();
  const sender = senderFrom(config.mailFrom);
  const messageKey = `account/${account.id}/digest/${day}`;
  const messageId = messageIdOf(messageKey, sender);
  const noteSent = () => store.settings.change(account, { digestSentOn: localDay(now) });
  const known = await store.ledger.entry(messageId);
  if (known !== undefined && settled.includes(known.outcome)) {
    await noteSent();
    return 'nothing';
  }
  const digest = await made(tools, account, settings, day, now);
  if (digest === undefined) return 'nothing';
  if (!(await tools.takeTurn())) return undefined;
  const mail = renderDigest(digest);
  const result = isAddress(account.email)
    ? await transport.send({
        ...mail,
        ...{ messageId, from: sender, at: now, headers: { ...automaticHeaders, ...unsubscribeHeaders(digest.off) } },
        envelopeFrom: bounceAddressFor(messageId, config),
        to: { name: account.name, address: account.email },
      })
    : malformed;
  await store.ledger.noteAttempt({
    ...{ messageId, messageKey, person: account.id, kind: 'digest', day: localDay(now), subject: mail.subject },
    ...{ address: account.email, outcome: result.outcome, at: now, code: result.code, response: result.response },
  });
  if (settled.includes(result.outcome)) await noteSent();
  return result;
}

/** A digest that cannot be made keeps nobody else from theirs. */
async function made(
  tools: DigestSender,
  account: Account,
  settings: Settings,
  day: LocalDate,
  now: Instant,
): Promise<DigestMail | undefined> {
  try {
    return await digestFor(tools, { account, settings, day, now });
  } catch (error) {
    tools.log({ account: account.id, error });
    return undefined;
  }
}

/** One click in the mail program (RFC 8058); the address takes a POST and asks nothing further. */
const unsubscribeHeaders = (off: string): Record<string, string> => ({
  'List-Unsubscribe': `<${off}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});
