/** A mail of the time to come, sent to who coordinates instead of to its reader: the same transport, headers and ledger. */
import { localDay } from '../domain/dates.ts';
import type { Instant } from '../domain/ids.ts';
import type { DeliveryOutcome, Message } from '../domain/message.ts';
import type { Account } from '../store/accounts.ts';
import type { Store } from '../store/store.ts';
import type { RenderedMail } from '../templates/mail-context.ts';
import { automaticHeaders, bounceAddressFor, isAddress, type MailConfig, messageIdOf, senderFrom } from './outgoing.ts';
import type { MailTransport } from './transport.ts';

export interface TestMail {
  account: Account;
  message: Message;
  /** Made for a test: with a mark, and links that open nobody's page. */
  mail: RenderedMail;
  now: Instant;
}

export type SendTestMail = (test: TestMail) => Promise<DeliveryOutcome>;

/** Whose address is no address gets nothing, which is on record too. */
export function createTestMailer(tools: { store: Store; transport: MailTransport; config: MailConfig }): SendTestMail {
  const sender = senderFrom(tools.config.mailFrom);
  return async ({ account, message, mail, now }) => {
    const messageKey = `test/${account.id}/${message.key}/${now}`;
    const messageId = messageIdOf(messageKey, sender);
    const { code, response, outcome } = isAddress(account.email)
      ? await tools.transport.send({
          ...mail,
          ...{ messageId, from: sender, at: now, headers: { ...automaticHeaders } },
          envelopeFrom: bounceAddressFor(messageId, tools.config),
          to: { name: account.name, address: account.email },
        })
      : ({ code: 'malformed-address', response: '', outcome: 'refused' } as const);
    await tools.store.ledger.noteAttempt({
      ...{ messageId, messageKey, path: message.path, person: account.id, kind: message.kind },
      ...{ day: localDay(now), subject: mail.subject, address: account.email, outcome, at: now, code, response },
    });
    return outcome;
  };
}
