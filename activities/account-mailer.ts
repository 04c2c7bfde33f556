/** Mails to people with an account, outside any path: the same transport, headers and ledger as all other mail. */
import { localDay } from '../domain/dates.ts';
import type { Instant } from '../domain/ids.ts';
import type { DeliveryOutcome } from '../domain/message.ts';
import type { Account } from '../store/accounts.ts';
import type { Store } from '../store/store.ts';
import type { RenderedMail } from '../templates/mail-context.ts';
import { type AlertMail, renderAlert, renderSignIn } from '../templates/render-account-mail.ts';
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

export interface AlertRequest extends Pick<AlertMail, 'troubles'> {
  account: Account;
  /** What was sent under it to the same account is not sent again. */
  key: string;
  now: Instant;
}

export interface AccountMailer {
  /** Never says whether an account exists: the caller answers the same either way. */
  sendSignIn: (request: SignInRequest) => Promise<DeliveryOutcome>;
  /** To an administrator: what Regiopad found out about itself. */
  sendAlert: (request: AlertRequest) => Promise<DeliveryOutcome>;
}

export function createAccountMailer(tools: {
  store: Store;
  transport: MailTransport;
  config: MailConfig & { publicUrl: string };
}): AccountMailer {
  const sender = senderFrom(tools.config.mailFrom);
  const malformed: SendResult = {
    outcome: 'refused',
    trouble: 'address',
    code: 'malformed-address',
    response: '',
    scope: 'message',
  };

  async function send(
    { id, name, email }: Account,
    {
      kind,
      messageKey,
      mail,
      now,
    }: { kind: 'sign-in' | 'alert'; messageKey: string; mail: RenderedMail; now: Instant },
  ): Promise<DeliveryOutcome> {
    const messageId = messageIdOf(messageKey, sender);
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
      ...{ messageId, messageKey, person: id, kind, day: localDay(now), subject: mail.subject },
      address: email,
      outcome: result.outcome,
      at: now,
      code: result.code,
      response: result.response,
    });
    return result.outcome;
  }

  return {
    sendSignIn: ({ account, link, expiresAt, now }) =>
      send(account, {
        kind: 'sign-in',
        messageKey: `account/${account.id}/sign-in/${now}`,
        mail: renderSignIn({ name: account.name, link, expiresAt }),
        now,
      }),

    async sendAlert({ account, troubles, key, now }) {
      const messageKey = `account/${account.id}/alert/${key}`;
      const before = await tools.store.ledger.entry(messageIdOf(messageKey, sender));
      if (before?.outcome === 'accepted') return 'accepted';
      const mail = renderAlert({ name: account.name, troubles, link: `${tools.config.publicUrl}/readyz` });
      return send(account, { kind: 'alert', messageKey, mail, now });
    },
  };
}
