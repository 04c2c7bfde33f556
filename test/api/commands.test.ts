/** What is said to a path by the API is said as by the person whose token it is, and looked at first without changing anything. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sayable } from '../../client/api/schemas/commands.ts';
import { commandTypes } from '../../definitions/commands.ts';
import { ASSE, WEMMEL, ZAVENTEM } from '../web/harness.ts';
import { type ApiWorld, createApiWorld } from './world.ts';

let world: ApiWorld;
beforeAll(async () => {
  world = await createApiWorld();
});
afterAll(() => world.close());

const COMMANDS = '/paths/noordrand-2033/commands';
let count = 0;
const say = (type: string, data: object, who: 'coordinator' | 'administrator' = 'coordinator') =>
  world.post(who, COMMANDS, { type, data }, `opdracht-${String((count += 1))}`);
const lastEvent = async () =>
  (await world.get('coordinator', '/paths/noordrand-2033/events?limit=200')).body.items.at(-1)!;

test('everything that people can say can be said, but what comes from files and what only the system says', () => {
  const others = commandTypes.filter((type) => !sayable.includes(type));
  expect(others).toEqual(['return-mail', 'apply-round', 'apply-definition']);
});

test('who coordinates acts as such, an administrator by name, both marked as having used the API', async () => {
  await say('change-party', { party: 'Asse', contribution: 100 });
  const coordinator = world.harness.state().coordinator;
  expect((await lastEvent()).actor).toEqual({ kind: 'coordinator', personId: coordinator, via: 'api' });
  await say('change-party', { party: 'Asse', contribution: 200 }, 'administrator');
  expect((await lastEvent()).actor).toMatchObject({
    kind: 'administrator',
    via: 'api',
    personId: expect.any(String) as unknown,
  });
});

test('an answer counts as entered on behalf of the municipality', async () => {
  const data = { party: '23002', decision: 'declaration-of-intent', answer: 'approved', on: '2031-02-10' };
  const { status, body } = await say('answer', data);
  expect([status, body.seq]).toEqual([200, world.harness.state().seq]);
  expect((await lastEvent()).actor).toMatchObject({ kind: 'coordinator', onBehalfOf: ASSE });
  const asks = await world.get('coordinator', '/paths/noordrand-2033/asks?decision=declaration-of-intent');
  expect(asks.body.items.find(({ party }) => party === ASSE)!.status).toBe('approved');
});

describe('somebody', () => {
  test('who is described is made known, and written to from then on', async () => {
    const person = { name: 'An Peeters', email: 'an@example.org', role: 'secretariaat' };
    expect((await say('replace-contact', { party: 'Wemmel', person })).status).toBe(200);
    const { contact } = world.harness.state().parties[WEMMEL]!;
    const people = await world.get('coordinator', '/paths/noordrand-2033/people');
    expect(people.body.items.find(({ id }) => id === contact)).toEqual({
      ...{ id: contact, role: 'contact', party: WEMMEL, name: 'An Peeters', email: 'an@example.org' },
      ...{ function: 'secretariaat', isPresent: true },
    });
  });

  test('of another region is not written to for this one', async () => {
    const before = world.harness.state().parties[ZAVENTEM]!.contact;
    const { status, body } = await say('replace-contact', { party: 'Zaventem', person: 'zuidrand-2033.2' });
    expect([status, body.errors[0]!.pointer]).toEqual([400, '/data/person']);
    const deputy = { party: '23094', deputy: 'zuidrand-2033.2' };
    expect(
      (await say('merge-parties', { parties: ['Asse'], into: deputy, reason: 'Fusie.' })).body.errors[0]!.pointer,
    ).toBe('/data/into/deputy');
    expect(world.harness.state().parties[ZAVENTEM]!.contact).toBe(before);
  });
});

describe('a preview', () => {
  test('shows what would change, and changes nothing', async () => {
    const seq = world.harness.state().seq;
    const people = await world.harness.store.people.peopleOf(world.harness.state().id);
    const preview = (type: string, data: object) => world.post('coordinator', `${COMMANDS}/preview`, { type, data });
    const moved = await preview('move-deadline', {
      ...{ item: 'declaration-of-intent', to: '2031-05-30', reason: 'De raad van mei.' },
    });
    expect(moved.status).toBe(200);
    expect(moved.body.deadlines.map(({ to }) => to)).toContain('2031-05-30');
    const person = { name: 'Nieuw Iemand', email: 'nieuw@example.org' };
    expect((await preview('replace-contact', { party: 'Zaventem', person })).status).toBe(200);
    expect((await preview('resume', {})).body.code).toBe('path-not-paused');
    expect(world.harness.state().seq).toBe(seq);
    expect(await world.harness.store.people.peopleOf(world.harness.state().id)).toEqual(people);
  });
});

test('an ended path is opened again by an administrator only', async () => {
  expect((await say('stop', { reason: 'Wij stoppen.' })).status).toBe(200);
  expect((await say('pause', { reason: 'Te laat.' })).body.code).toBe('path-ended');
  expect((await say('reopen', { reason: 'Toch verder.' })).body.code).toBe('not-allowed');
  expect((await world.get('reader', '/paths/noordrand-2033')).body.ending).not.toHaveProperty('reason');
  expect((await say('reopen', { reason: 'Toch verder.' }, 'administrator')).status).toBe(200);
  expect((await world.get('reader', '/paths/noordrand-2033')).body.status).toBe('running');
});
