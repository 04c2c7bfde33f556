/** A mail that is lost, sent twice, sent to the wrong person, or held up by somebody else's bad mailbox. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asInstant } from '../../domain/ids.ts';
import type { Message } from '../../domain/message.ts';
import { lookAfterMail } from '../../activities/mail-watch.ts';
import { messageIdOf, senderFrom } from '../../activities/outgoing.ts';
import { createSmtpTransport } from '../../activities/transport.ts';
import { asse, at, contactOf, day } from '../core/world.ts';
import { bounces, hirePostman, mailFrom, type Postman } from './postman.ts';
import { type Behaviour, reply, startServer, type TestServer } from './server.ts';

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function against(
  behaviour: Behaviour,
  options: Parameters<typeof hirePostman>[1] = {},
): Promise<{ server: TestServer; postman: Postman }> {
  const server = await startServer(behaviour);
  open.push(server);
  const postman = await hirePostman(server.url, options);
  open.push(postman);
  return { server, postman };
}

const all = (outcome: string) => ({ 'test.2': outcome, 'test.4': outcome, 'test.6': outcome, 'test.8': outcome });
const refuse = (address: string, error: Error): Behaviour => ({
  onRcptTo: (to, _session, done) => {
    if (to.address === address) done(error);
    else done();
  },
});
/** More messages than a mail server that is gone should be bothered with. */
const copies = (message: Message | undefined, count: number): Message[] =>
  message === undefined
    ? []
    : Array.from({ length: count }, (_, index) => ({ ...message, key: `${message.key}#${String(index)}` }));

describe('a batch that takes long', () => {
  it('does not mail who answered meanwhile', async () => {
    // Each look at the clock is three seconds later: every mail is held against the record.
    let seconds = 0;
    const { server, postman } = await against({}, { clock: () => (seconds += 3) * 1_000 });
    const answer = {
      party: asse,
      decision: 'statement-of-commitment',
      answer: 'approved',
      on: day('2031-02-24'),
    } as const;
    postman.world.tell('answer', answer, contactOf(asse), at('2031-02-25', 9 * 60));
    await postman.store.events.recordEvents(postman.world.state.id, postman.world.events);
    expect(await postman.deliver()).toEqual({ ...all('accepted'), 'test.2': 'deferred' });
    expect(server.received.map(({ recipients }) => recipients[0])).not.toContain('test-2@example.org');
  });
});

describe('a server that takes mail', () => {
  let server: TestServer;
  let postman: Postman;
  beforeEach(async () => {
    ({ server, postman } = await against({}));
  });

  it('gets one mail with one recipient for each message, and the ledger says so', async () => {
    expect(await postman.deliver()).toEqual(all('accepted'));
    expect(server.received.map(({ recipients }) => recipients).sort()).toEqual([
      ['test-2@example.org'],
      ['test-4@example.org'],
      ['test-6@example.org'],
      ['test-8@example.org'],
    ]);
    const entries = await postman.store.ledger.entriesOf(postman.world.state.id);
    expect(entries).toHaveLength(4);
    expect(entries.every(({ outcome, attempts }) => outcome === 'accepted' && attempts === 1)).toBe(true);
    expect(entries[0]?.acceptedAt).toBe(postman.now);
    expect(await postman.store.health.health('mail')).toMatchObject({ ok: true });
    expect(postman.heartbeats.at(-1)).toHaveLength(4);
  });

  it('gets what a machine should say about itself, and a reply goes to the coordinator', async () => {
    await postman.deliver();
    const first = server.received.find(({ recipients }) => recipients[0] === 'test-2@example.org');
    const header = (name: string) => first?.mail.headers.get(name);
    expect(header('auto-submitted')).toBe('auto-generated');
    expect(header('x-auto-response-suppress')).toBe('All');
    expect(header('list-unsubscribe')).toBeUndefined();
    expect(header('x-mailer')).toBeUndefined();
    expect(first?.mail.replyTo?.value).toEqual([{ name: 'Els Janssens', address: 'els@example.org' }]);
    expect(first?.mail.from?.value).toEqual([
      { name: 'Cultuur Noordrand via Regiopad', address: 'regiopad@example.org' },
    ]);
    expect(first?.mail.messageId).toBe(messageIdOf(postman.messages[0]?.key ?? '', senderFrom(mailFrom)));
    expect(first?.mail.messageId).toMatch(/^<[0-9a-f]{40}@example\.org>$/);
    expect(first?.mail.date?.toISOString()).toBe(postman.now.replace(/\.\d+Z/, '.000Z'));
    expect(first?.sender).toBe('regiopad@example.org');
    expect(first?.mail.text).toContain('https://regiopad.example.org/pad/m/');
  });

  it('can send each mail back to an address that says which one it was', async () => {
    const own = await hirePostman(server.url, { bounces });
    open.push(own);
    await own.deliver();
    expect(server.received).toHaveLength(4);
    for (const { sender, mail } of server.received) {
      const number = mail.messageId?.slice(1, 41) ?? '';
      expect(sender).toBe(`bounces+${number}${bounces.sealOf(number)}@example.org`);
    }
  });

  it('gets mails of one municipality in one thread, and of others in their own', async () => {
    await postman.deliver();
    const threads = server.received.map(({ mail }) => mail.inReplyTo);
    expect(new Set(threads).size).toBe(4);
    const [asked] = postman.messages;
    await postman.deliver(copies(asked, 1));
    expect(server.received.at(-1)?.mail.inReplyTo).toBe(
      server.received.find(({ recipients }) => recipients[0] === 'test-2@example.org')?.mail.inReplyTo,
    );
  });

  it('is not sent again what it accepted, whatever the attempt', async () => {
    await postman.deliver();
    expect(await postman.deliver()).toEqual(all('accepted'));
    expect(server.received).toHaveLength(4);
  });
});

describe('one bad mailbox', () => {
  it('that is refused for good stops nobody else, and the server is quoted', async () => {
    const { server, postman } = await against(refuse('test-4@example.org', reply(550, 'No such user')));
    expect(await postman.deliver()).toEqual({ ...all('accepted'), 'test.4': 'refused' });
    expect(server.received).toHaveLength(3);
    const entries = await postman.store.ledger.entriesOf(postman.world.state.id);
    expect(entries.find(({ person }) => person === 'test.4')?.response).toMatch(/^550 .*No such user/);
    expect(await postman.store.health.health('mail')).toMatchObject({ ok: true });
  });

  it('that is full for now is tried again later', async () => {
    const { postman } = await against(refuse('test-4@example.org', reply(452, 'Mailbox full')));
    expect(await postman.deliver()).toEqual({ ...all('accepted'), 'test.4': 'deferred' });
  });

  it('whose mail is refused after its content stops nobody else', async () => {
    const { postman } = await against({
      afterData: ({ recipients }) =>
        recipients[0] === 'test-6@example.org' ? reply(554, 'Looks like spam') : undefined,
    });
    expect(await postman.deliver()).toEqual({ ...all('accepted'), 'test.6': 'refused' });
  });

  it('without an address, or with a malformed one, is refused here', async () => {
    const { server, postman } = await against(
      {},
      {
        people: {
          'test.2': { email: '' },
          'test.4': { email: 'a@example.org, b@example.org' },
          'test.6': { email: 'x' },
        },
      },
    );
    expect(await postman.deliver()).toEqual({ ...all('refused'), 'test.8': 'accepted' });
    expect(server.received.map(({ recipients }) => recipients)).toEqual([['test-8@example.org']]);
    const entries = await postman.store.ledger.entriesOf(postman.world.state.id);
    expect(
      entries
        .map(({ response }) => response)
        .sort()
        .slice(-3),
    ).toEqual(['malformed-address', 'malformed-address', 'no-address']);
  });

  it('whose mail cannot be made waits, and the others get theirs', async () => {
    const { server, postman } = await against({});
    const messages = postman.messages.map((message) =>
      message.to === ('test.4' as never)
        ? { ...message, items: message.items.map((item) => ({ ...item, decision: 'unknown' }) as typeof item) }
        : message,
    );
    expect(await postman.deliver(messages)).toEqual({ ...all('accepted'), 'test.4': 'deferred' });
    expect(server.received).toHaveLength(3);
  });
});

describe('why a mail was not taken', () => {
  const found = async (behaviour: Behaviour) => {
    const { postman } = await against(behaviour);
    await postman.deliver(postman.messages.slice(0, 1));
    const [report] = postman.reports;
    return `${report?.outcome ?? ''} ${report?.trouble ?? ''}`.trim();
  };
  const atRecipient = (code: number, text: string) => found(refuse('test-2@example.org', reply(code, text)));
  const afterData = (code: number, text: string) => found({ afterData: () => reply(code, text) });

  it('is what decides whether the next mail goes there', async () => {
    expect(await atRecipient(550, '5.1.1 User unknown')).toBe('refused address');
    expect(await atRecipient(550, '5.2.1 Mailbox disabled')).toBe('refused mailbox');
    expect(await atRecipient(550, '5.7.1 Not wanted')).toBe('refused content');
    expect(await afterData(554, '5.7.1 Looks like spam')).toBe('refused content');
    expect(await atRecipient(452, '4.2.2 Mailbox full')).toBe('deferred');
  });

  it('is no fault of the recipient when our sender is refused, or when nothing is passed on for us', async () => {
    expect(await atRecipient(550, '5.1.8 Sender address rejected')).toBe('deferred server');
    expect(await atRecipient(554, '5.7.1 Relay access denied')).toBe('deferred server');
    expect(await found({ onMailFrom: (_a, _s, done) => done(reply(550, 'Not yours')) })).toBe('deferred server');
  });

  it('counts for a mail that breaks the connection each time, while the server takes the others', async () => {
    const { postman } = await against({
      cutWithin: ({ envelope }) => envelope.rcptTo[0]?.address === 'test-2@example.org',
    });
    await postman.deliver();
    expect(postman.reports.map(({ outcome, trouble }) => [outcome, trouble])).toEqual([
      ['deferred', undefined],
      ...Array.from({ length: 3 }, () => ['accepted', undefined]),
    ]);
    const alone = await against({ cutWithin: () => true });
    await alone.postman.deliver();
    expect(alone.postman.reports.every(({ trouble }) => trouble === 'server')).toBe(true);
  });
});

describe('a server that takes nobody’s mail', () => {
  it('is gone: everything waits, and it is not tried for each message', async () => {
    const { server, postman } = await against({});
    await server.close();
    const many = copies(postman.messages[0], 200);
    const started = performance.now();
    expect(Object.values(await postman.deliver(many))).toEqual(['deferred']);
    expect(performance.now() - started).toBeLessThan(5000);
    const entries = await postman.store.ledger.entriesOf(postman.world.state.id);
    expect(entries.length).toBeLessThanOrEqual(5);
    expect(await postman.store.health.health('mail')).toMatchObject({ ok: false, code: 'ESOCKET' });
  });

  it.each([
    ['says 421 at once', { onConnect: (_s, done) => done(reply(421, 'Too busy')) } satisfies Behaviour],
    ['says 421 to a sender', { onMailFrom: (_a, _s, done) => done(reply(421, 'Closing')) } satisfies Behaviour],
    ['does not know our sender', { onMailFrom: (_a, _s, done) => done(reply(550, 'Not yours')) } satisfies Behaviour],
    ['has no room', { onMailFrom: (_a, _s, done) => done(reply(452, 'No storage')) } satisfies Behaviour],
  ])('%s: everything waits and /readyz can say so', async (_what, behaviour) => {
    const { server, postman } = await against(behaviour);
    const many = copies(postman.messages[0], 100);
    expect(Object.values(await postman.deliver(many))).toEqual(['deferred']);
    expect(server.connections).toBeLessThanOrEqual(6);
    const entries = await postman.store.ledger.entriesOf(postman.world.state.id);
    expect(entries.length).toBeLessThanOrEqual(5);
    expect(await postman.store.health.health('mail')).toMatchObject({ ok: false });
  });

  it('does not take our password: everything waits and /readyz can say so', async () => {
    const { server, postman } = await against({ onAuth: (_auth, _session, done) => done(reply(535, 'Wrong')) });
    const strict = await hirePostman(server.url.replace('//', '//user:secret@'));
    open.push(strict);
    expect(await strict.deliver()).toEqual(all('deferred'));
    expect(await strict.store.health.health('mail')).toMatchObject({ ok: false, code: 'EAUTH' });
    expect(JSON.stringify(await strict.store.health.health('mail'))).not.toContain('secret');
    expect(await postman.store.health.health('mail')).toBeUndefined();
  });

  it('did not take our password: not every path tries it again, until somebody found that it works', async () => {
    let isWrong = true;
    let tries = 0;
    const { server } = await against({
      onAuth: (_auth, _session, done) => {
        tries += 1;
        if (isWrong) done(reply(535, 'Wrong'));
        else done(null, { user: 'user' });
      },
    });
    let now = Date.parse('2031-02-25T08:00:00Z');
    const clock = () => now;
    const url = server.url.replace('//', '//user:secret@');
    const transport = createSmtpTransport(url);
    const strict = await hirePostman(url, { clock, transport });
    open.push(strict);
    expect(await strict.deliver()).toEqual(all('deferred'));
    const before = tries;
    await strict.deliver();
    expect(strict.reports.every(({ trouble }) => trouble === 'server')).toBe(true);
    expect(tries).toBe(before);
    const lookAfter = (minutes: number) => {
      now += minutes * 60_000;
      return lookAfterMail({ store: strict.store, transport, clock });
    };
    await lookAfter(1);
    expect(tries).toBe(before);
    await lookAfter(5);
    expect(tries).toBe(before + 1);
    expect(await strict.store.health.health('mail')).toMatchObject({ ok: false, code: 'EAUTH' });
    isWrong = false;
    await lookAfter(5);
    expect(await strict.store.health.health('mail')).toMatchObject({ ok: true });
    expect(await strict.deliver()).toEqual(all('accepted'));
  });

  it('did not take our password two days from now, by a clock that was wrong: it is tried again at once', async () => {
    let isWrong = true;
    const { server } = await against({
      onAuth: (_auth, _session, done) => (isWrong ? done(reply(535, 'Wrong')) : done(null, { user: 'user' })),
    });
    let now = Date.parse('2031-02-27T08:00:00Z');
    const strict = await hirePostman(server.url.replace('//', '//user:secret@'), { clock: () => now });
    open.push(strict);
    expect(await strict.deliver()).toEqual(all('deferred'));
    now = Date.parse('2031-02-25T08:00:00Z');
    isWrong = false;
    expect(await strict.deliver()).toEqual(all('accepted'));
  });

  it('does not take our sender: that a connection works does not make it well', async () => {
    const { server, postman } = await against({ onMailFrom: (_a, _s, done) => done(reply(550, 'Not yours')) });
    await postman.deliver();
    await lookAfterMail({ store: postman.store, transport: postman.smtp, clock: () => Date.now() + 3_600_000 });
    expect(await postman.store.health.health('mail')).toMatchObject({ ok: false, code: '550' });
    expect(server.received).toEqual([]);
  });

  it('breaks off within every mail: a few are tried, the rest waits', async () => {
    const { postman } = await against({ cutWithin: () => true });
    const outcomes = Object.values(await postman.deliver(copies(postman.messages[0], 100)));
    expect(outcomes).toEqual(['deferred']);
    expect((await postman.store.ledger.entriesOf(postman.world.state.id)).length).toBeLessThan(12);
  });

  it('is back: what waited goes out, under the same Message-ID', async () => {
    let isBusy = true;
    const { server, postman } = await against({
      onMailFrom: (_address, _session, done) => (isBusy ? done(reply(421, 'Closing')) : done()),
    });
    expect(await postman.deliver()).toEqual(all('deferred'));
    const tried = await postman.store.ledger.entriesOf(postman.world.state.id);
    isBusy = false;
    expect(await postman.deliver(undefined, asInstant(Date.parse(postman.now) + 300_000))).toEqual(all('accepted'));
    const sent = server.received.map(({ mail }) => mail.messageId);
    for (const { messageId } of tried) expect(sent).toContain(messageId);
    expect(await postman.store.health.health('mail')).toMatchObject({ ok: true });
  });
});

describe('a connection that is cut after the final dot', () => {
  it('leaves it unknown; the repeat has the same Message-ID, so that it can be told as a copy', async () => {
    const arrived: (string | undefined)[] = [];
    let isCutting = true;
    const { postman } = await against({
      afterData: ({ recipients, mail }) => {
        if (recipients[0] !== 'test-2@example.org') return undefined;
        arrived.push(mail.messageId);
        return isCutting ? 'cut' : undefined;
      },
    });
    expect(await postman.deliver()).toEqual({ ...all('accepted'), 'test.2': 'unknown' });
    isCutting = false;
    expect(await postman.deliver()).toEqual(all('accepted'));
    expect(arrived).toHaveLength(2);
    expect(arrived[0]).toBe(arrived[1]);
    const entries = await postman.store.ledger.entriesOf(postman.world.state.id);
    expect(entries.find(({ person }) => person === 'test.2')).toMatchObject({ outcome: 'accepted', attempts: 2 });
  });
});

describe('names and words that try to be more', () => {
  it('add no recipient and no header', async () => {
    const nasty = 'An, Peeters <evil@example.org>\r\nBcc: evil@example.org';
    const { server, postman } = await against(
      {},
      { people: { 'test.2': { name: nasty }, 'test.1': { name: 'Els, "x" <evil@example.org>' } } },
    );
    expect(await postman.deliver()).toEqual(all('accepted'));
    expect(server.received.flatMap(({ recipients }) => recipients)).not.toContain('evil@example.org');
    for (const { mail, recipients, source } of server.received) {
      expect(recipients).toHaveLength(1);
      const [to] = [mail.to ?? []].flat();
      expect(to?.value).toHaveLength(1);
      expect(to?.value[0]?.address).toBe(recipients[0]);
      expect(mail.bcc).toBeUndefined();
      expect(mail.replyTo?.value.map(({ address }) => address)).toEqual(['els@example.org']);
      expect(source.slice(0, source.indexOf('\r\n\r\n'))).not.toMatch(/^bcc:/im);
    }
  });

  it('stay words in the HTML', async () => {
    const { server, postman } = await against({}, { people: { 'test.2': { name: '<img src=x onerror=alert(1)>' } } });
    await postman.deliver();
    const html = server.received.find(({ recipients }) => recipients[0] === 'test-2@example.org')?.mail.html;
    expect(html).toContain('&lt;img src');
    expect(html).not.toContain('<img');
  });
});

describe('an attempt', () => {
  it('ends within half an hour: nothing new is started when it has taken long', async () => {
    const server = await startServer();
    open.push(server);
    // Twenty minutes have gone by as soon as the server has taken a mail.
    const clock = () => (server.received.length > 0 ? 20 * 60_000 : 0);
    const postman = await hirePostman(server.url, { clock });
    open.push(postman);
    await postman.deliver(copies(postman.messages[0], 40));
    const outcomes = postman.reports.map(({ outcome, trouble }) => `${outcome} ${trouble ?? ''}`.trim());
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(server.received.length);
    expect(server.received.length).toBeLessThanOrEqual(10);
    expect(new Set(outcomes)).toEqual(new Set(['accepted', 'deferred server']));
  });

  it('before the start of a path is recorded leaves everything waiting', async () => {
    const { postman } = await against({});
    await postman.store.db.deleteFrom('snapshots').execute();
    expect(await postman.deliver()).toEqual(all('deferred'));
  });

  it('fails as a whole when the ledger cannot be written, so that it is tried again', async () => {
    const { postman } = await against({});
    await postman.store.db.schema.dropTable('ledger').execute();
    await expect(postman.deliver()).rejects.toThrow('ledger');
  });
});
