/** A real SMTP server on a free port, that can be told to misbehave. */
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerAddress, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';

export interface Received {
  recipients: string[];
  sender: string;
  source: string;
  mail: ParsedMail;
}

export interface TestServer {
  url: string;
  port: number;
  received: Received[];
  /** How often somebody connected. */
  connections: number;
  close: () => Promise<void>;
}

export interface Behaviour {
  onConnect?: SMTPServerOptions['onConnect'];
  onAuth?: SMTPServerOptions['onAuth'];
  onMailFrom?: SMTPServerOptions['onMailFrom'];
  onRcptTo?: SMTPServerOptions['onRcptTo'];
  /** Ends the connection instead of answering to a recipient. */
  cutAtRecipient?: boolean;
  /** The answer to a whole mail: an error refuses it, `cut` ends the connection instead of answering. */
  afterData?: (received: Received) => Error | 'cut' | undefined;
  /** True to end the connection after the first bytes of a mail. */
  cutWithin?: (session: SMTPServerSession) => boolean;
}

export const reply = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });

export async function startServer(behaviour: Behaviour = {}, port = 0): Promise<TestServer> {
  const { onConnect, onAuth, onMailFrom, onRcptTo } = behaviour;
  const received: Received[] = [];
  const server: SMTPServer = new SMTPServer({
    logger: false,
    authOptional: onAuth === undefined,
    allowInsecureAuth: true,
    disabledCommands: onAuth === undefined ? ['AUTH', 'STARTTLS'] : ['STARTTLS'],
    onConnect(session, done) {
      result.connections += 1;
      if (onConnect === undefined) done();
      else onConnect.call(server, session, done);
    },
    ...(onAuth && { onAuth }),
    ...(onMailFrom && { onMailFrom }),
    ...(onRcptTo && { onRcptTo }),
    ...(behaviour.cutAtRecipient === true && {
      onRcptTo: (_address: SMTPServerAddress, session: SMTPServerSession) => {
        cut(server, session);
      },
    }),
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => {
        parts.push(part);
        if (parts.length === 1 && behaviour.cutWithin?.(session) === true) cut(server, session);
      });
      stream.on('end', () => {
        void receive(parts, session).then((mail) => {
          const answer = behaviour.afterData?.(mail);
          if (answer === 'cut') {
            cut(server, session);
            return;
          }
          if (answer === undefined) received.push(mail);
          done(answer);
        });
      });
    },
  });
  server.on('error', () => undefined);
  const result: TestServer = {
    url: '',
    port: 0,
    received,
    connections: 0,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  result.port = (server.server.address() as AddressInfo).port;
  result.url = `smtp://127.0.0.1:${String(result.port)}`;
  return result;
}

async function receive(parts: Buffer[], { envelope }: SMTPServerSession): Promise<Received> {
  const source = Buffer.concat(parts);
  return {
    recipients: envelope.rcptTo.map(({ address }) => address),
    sender: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
    source: source.toString(),
    mail: await simpleParser(source),
  };
}

function cut(server: SMTPServer, session: SMTPServerSession): void {
  const open = server as unknown as { connections: Set<{ id: string; _socket: { destroy: () => void } }> };
  for (const connection of open.connections) if (connection.id === session.id) connection._socket.destroy();
}
