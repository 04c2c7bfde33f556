/** What comes in is kept once, shown with the mail it belongs to, told to the path when it matters, and never answered. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UnavailableError } from '../../client/path-client.ts';
import { PATH } from '../web/harness.ts';
import { answering, fields, MESSAGE_ID, NUMBER, OTHER, plain, report, SEAL, VERP } from './samples.ts';
import { type InboundWorld, inboundWorld } from './world.ts';

let world: InboundWorld;
beforeEach(async () => {
  world = await inboundWorld();
});
afterEach(() => world.harness.close());

const bounce = report({ status: fields('failed', '5.1.1', '550 5.1.1 User unknown') });
const factsOf = async () => (await world.harness.store.ledger.factsOf([MESSAGE_ID])).get(MESSAGE_ID) ?? [];
const mails = () => world.harness.store.inbound.mailsOf(PATH);

describe('a mail that came back', () => {
  test('makes its reader unreachable, and stands beside the mail', async () => {
    expect(await world.takeText(bounce)).toBe('taken');
    expect(world.harness.state().unreachable[world.contact]).toMatchObject({ why: 'address' });
    expect(await factsOf()).toMatchObject([
      { fact: 'accepted' },
      { fact: 'bounced', code: '5.1.1', detail: '550 5.1.1 User unknown' },
    ]);
    expect(await mails()).toMatchObject([
      { kind: 'bounce', messageId: MESSAGE_ID, person: world.contact, code: '5.1.1' },
    ]);
  });

  test('that comes again, from another source or another process, is taken once', async () => {
    await Promise.all([world.takeText(bounce), world.takeText(bounce)]);
    await world.takeText(bounce);
    expect((await factsOf()).map(({ fact }) => fact)).toEqual(['accepted', 'bounced']);
    expect(await mails()).toHaveLength(1);
    const events = await world.harness.store.events.eventsOf(PATH);
    expect(events.filter(({ type }) => type === 'mail-returned')).toHaveLength(1);
  });

  test('because a filter took it for spam leaves its reader reachable', async () => {
    await world.takeText(report({ status: fields('failed', '5.7.1', '554 5.7.1 spam') }));
    expect(world.harness.state().unreachable).toEqual({});
    expect((await factsOf()).at(-1)).toMatchObject({ fact: 'bounced', code: '5.7.1' });
  });

  test('counts against an address when it carries the seal of the mail, wherever the server puts it', async () => {
    const status = fields('failed', '5.1.1', '550 5.1.1 User unknown');
    await world.takeSealed(report({ status, to: VERP }));
    expect(world.harness.state().unreachable[world.contact]).toMatchObject({ why: 'address' });
  });

  test.each([
    ['without the seal', {}],
    ['with a seal of another key', { to: VERP.replace(SEAL, '0'.repeat(8)) }],
    ['with the seal of another mail', { to: VERP.replace(NUMBER, OTHER) }],
  ])(
    'as anybody could make it up, %s, takes nobody’s mails away: the coordinator hears of it',
    async (_what, forged) => {
      const status = fields('failed', '5.1.1', '550 5.1.1 User unknown');
      expect(await world.takeSealed(report({ status, ...forged }))).toBe('taken');
      const { unreachable, undelivered } = world.harness.state();
      expect(unreachable).toEqual({});
      expect(undelivered).toMatchObject([{ to: world.contact, outcome: 'returned' }]);
      expect((await factsOf()).at(-1)).toMatchObject({ fact: 'bounced' });
    },
  );

  test('while Temporal is away stays where it is, and counts when it comes again', async () => {
    world.harness.paths.failure = new UnavailableError('away');
    await expect(world.takeText(bounce)).rejects.toBeInstanceOf(UnavailableError);
    expect(await mails()).toEqual([]);
    expect((await factsOf()).map(({ fact }) => fact)).toEqual(['accepted']);
    world.harness.paths.failure = undefined;
    expect(await world.takeText(bounce)).toBe('taken');
    expect(await mails()).toHaveLength(1);
  });

  test('of a path that is over is kept all the same', async () => {
    await world.harness.tell({ type: 'stop', data: { reason: 'gedaan' } });
    expect(await world.takeText(bounce)).toBe('taken');
    world.harness.paths.states.clear();
    expect(await world.takeText(`${bounce}\r\n`)).toBe('taken');
    expect((await factsOf()).map(({ fact }) => fact)).toEqual(['accepted', 'bounced', 'bounced']);
  });
});

test.each([
  ['a delay', report({ status: fields('delayed', '4.4.1', 'timed out') }), 'delay', ['delayed']],
  [
    'an absence',
    plain([`To: ${VERP}`, 'Auto-Submitted: auto-replied', 'Subject: Afwezig'], ['x']),
    'out-of-office',
    ['out-of-office'],
  ],
  ['an answer', plain(['Subject: Re: x', ...answering], ['Op de agenda.']), 'reply', ['replied']],
  ['a confirmation, which claims nothing', report({ status: fields('delivered', '2.0.0') }), 'automatic', []],
])('%s is a fact of the mail, and tells the path nothing', async (_name, source, kind, expected) => {
  const { commands } = world.harness.paths;
  const { seq } = world.harness.state();
  expect(await world.takeText(source)).toBe('taken');
  expect(await mails()).toMatchObject([{ kind, messageId: MESSAGE_ID, path: PATH }]);
  expect((await factsOf()).slice(1).map(({ fact }) => fact)).toEqual(expected);
  expect([world.harness.paths.commands, world.harness.state().seq]).toEqual([commands, seq]);
});

test.each([
  ['a mail of a stranger', plain(['Subject: Offerte'], ['Koop nu'])],
  ['a bounce of a mail that was never sent', bounce.replaceAll(MESSAGE_ID, `<${'a'.repeat(40)}@example.org>`)],
  ['bytes that are no mail', Buffer.from([0, 255, 1, 254, 10, 13])],
  ['nothing', ''],
])('%s is put aside, and the store keeps nothing of it', async (_name, source) => {
  const { commands } = world.harness.paths;
  expect(await world.takeText(source)).toBe('aside');
  expect(await world.takeText(source)).toBe('aside');
  expect(await world.harness.store.db.selectFrom('inbound_mails').selectAll().execute()).toEqual([]);
  expect(world.harness.paths.commands).toBe(commands);
});

test('a store that fails leaves the mail where it is', async () => {
  await world.harness.store.db.schema.dropTable('inbound_mails').execute();
  await expect(world.takeText(bounce)).rejects.toThrow();
});
