/** Mails to people with an account, outside any path: the same transport, headers and ledger as all other mail. */
import { localDay } from '../domain/dates.ts';
import type { Instant } from '../domain/ids.ts';
import type { DeliveryOutcome } from '../domain/message.ts';
import type { Account } from '../store/accounts.ts';
import type { Store } from '../store/store.ts';
import { renderSignIn } from '../templates/render-account-mail.ts';
import { automaticHeaders, bounceAddressFor, isAddress, type MailConfig, messageIdOf, senderFrom } from './outgoing.ts';
import type { SendResult } from './smtp-outcome.ts';
import type { MailTransport } from './transport.ts';

export interface SignInRequest {
  account: Account;
  /** The page that uses up the one-time token. */
  link: string;
  expiresAt: Instant;
  now: Instant;
}

export interface AccountMailer {
  sendSignIn: (request: SignInRequest) => Promise<DeliveryOutcome>;
}

export function createAccountMailer(tools: {
  store: Store;
  transport: MailTransport;
  config: MailConfig;
}): AccountMailer {
  const sender = senderFrom(tools.config.mailFrom);
  const malformed: SendResult = {
    outcome: 'refused',
    trouble: 'address',
    code: 'malformed-address',
    response: '',
    scope: 'message',
  };

  return {
    /** Never says whether an account exists: the caller answers the same either way. */
    async sendSignIn({ account, link, expiresAt, now }) {
      const { id, name, email } = account;
      const messageKey = `account/${id}/sign-in/${now}`;
      const messageId = messageIdOf(messageKey, sender);
      const mail = renderSignIn({ name, link, expiresAt });
      const to = { name, address: email };
      const result = isAddress(email)
        ? await tools.transport.send({
            ...mail,
            messageId,
            from: sender,
            envelopeFrom: bounceAddressFor(messageId, tools.config),
            to,
            at: now,
            headers: { ...automaticHeaders },
          })
        : malformed;
      await tools.store.ledger.noteAttempt({
        ...{ messageId, messageKey, person: id, kind: 'sign-in', day: localDay(now), subject: mail.subject },
        address: email,
        outcome: result.outcome,
        at: now,
        code: result.code,
        response: result.response,
      });
      return result.outcome;
    },
  };
}
