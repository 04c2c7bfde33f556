/** A path is started from JSON as from a file: seen first, checked as a whole, once, and never with a file of the server. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UnavailableError } from '../../client/path-client.ts';
import { asPathId } from '../../domain/ids.ts';
import { samples } from './requests.ts';
import { type ApiWorld, createApiWorld } from './world.ts';

let world: ApiWorld;
beforeAll(async () => {
  world = await createApiWorld();
}, 60_000);
afterAll(() => world.close());

type Region = Record<string, unknown> & { municipalities: Record<string, unknown>[] };
const region = (change: Record<string, unknown> = {}): Region => ({
  ...(samples['startPath']!.body as Region),
  ...{ id: 'kust-2033', coordinator: { name: 'Fien De Smet', email: 'fien@example.org' } },
  municipalities: [
    {
      ...{ municipality: 'Meise', contribution: 8_400, inhabitants: 19_000 },
      contact: { name: 'Bart Goossens', email: 'bart@example.org' },
    },
    { municipality: '23094', councilSessions: ['2031-03-24', '2031-04-28'] },
  ],
  ...change,
});
let count = 0;
const start = (body: unknown, who: 'coordinator' | 'administrator' | 'consultant' = 'coordinator') =>
  world.post(who, '/paths', body, `starten-${String((count += 1))}`);
const look = (body: unknown) => world.post('coordinator', '/plans', body);
const known = () => world.harness.store.people.peopleOf(asPathId('kust-2033'));

describe('a plan', () => {
  test('shows dates, sessions and mails of what is not started, and keeps nothing', async () => {
    const { status, body } = await look(region());
    expect(status).toBe(200);
    expect(body.dates).toMatchObject({ expiresOn: '2032-12-31' });
    const asks = body.asks.filter(({ decision }) => decision === 'declaration-of-intent');
    expect(asks.map(({ party, nextSession }) => [party, nextSession])).toEqual([
      ['nis:23050', expect.any(String)],
      ['nis:23094', '2031-03-24'],
    ]);
    expect(body.mails.map(({ to }) => to.email)).toContain('fien@example.org');
    expect(body.conditions.length).toBeGreaterThan(0);
    expect(body.warnings).toContainEqual({
      ...{ code: 'contact-missing', pointer: '/municipalities/1' },
      detail: 'Zaventem has no contact: its mails go to the coordinator',
    });
    expect(world.harness.paths.states.has(asPathId('kust-2033'))).toBe(false);
    expect(await known()).toEqual([]);
  });
});

describe('what names a file of the server', () => {
  const calendar = join(tmpdir(), `regiopad-api-${String(process.pid)}.ics`);
  writeFileSync(calendar, 'BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n');
  const files: [what: string, pointer: string, body: unknown][] = [
    ['a table of facts', '/facts', region({ facts: './gemeenten.csv' })],
    ['the calendar of a body', '/boardSessions/ics', region({ boardSessions: { ics: calendar } })],
    [
      'the calendar of a municipality',
      '/municipalities/0/councilSessions/ics',
      region({ municipalities: [{ municipality: 'Meise', councilSessions: { ics: '/etc/passwd', only: 'raad' } }] }),
    ],
  ];
  test.each(files)('%s is refused with what to do, looked at or started', async (_what, pointer, body) => {
    for (const answer of [await look(body), await start(body)]) {
      expect([answer.status, answer.body.code]).toEqual([422, 'files-not-read']);
      expect(answer.body.detail).toContain('Give meeting days as a list or as text');
      expect(answer.body.errors).toMatchObject([{ pointer }]);
      expect(answer.text).not.toMatch(/passwd|BEGIN|regiopad-api-/);
    }
  });
});

describe('a region', () => {
  test('starts once, said by its coordinator by the API, and can be asked about', async () => {
    const first = await start(region());
    expect([first.status, first.body]).toEqual([200, { path: 'kust-2033', isNew: true, isRecorded: true }]);
    expect((await start(region())).body).toMatchObject({ isNew: false });
    const path = await world.get('coordinator', '/paths/kust-2033');
    expect(path.body.status).toBe('running');
    const [event] = (await world.get('coordinator', '/paths/kust-2033/events?limit=1')).body.items;
    expect(event!.actor).toMatchObject({ kind: 'coordinator', via: 'api' });
    expect((await world.get('other', '/paths/kust-2033')).status).toBe(403);
  });

  test('of somebody else starts only for an administrator; who coordinates nothing starts nothing', async () => {
    const coordinator = { name: 'Mia Claes', email: 'mia@example.org' };
    const body = region({ id: 'dender-2033', coordinator });
    expect((await start(body)).body.code).toBe('coordinator-other');
    expect((await start(body, 'consultant')).body.code).toBe('not-allowed');
    expect((await start(body, 'administrator')).body.isNew).toBe(true);
    // That id is taken now: nobody else gets into it, and nobody of theirs is made known.
    const taken = await start(region({ id: 'dender-2033', partnership: 'Kaper' }));
    expect([taken.status, taken.body.code]).toEqual([409, 'path-taken']);
    const people = await world.harness.store.people.peopleOf(asPathId('dender-2033'));
    expect(people.map(({ email }) => email)).not.toContain('fien@example.org');
  });

  test.each([
    [{ round: 'igs-cultuur-1999' }, '/round'],
    [{ path: 'nergens' }, '/path'],
    [{ municipalities: [] }, '/municipalities'],
    [{ municipalities: [{ municipality: 'Nergens' }] }, '/municipalities/0/municipality'],
    [{ coordinator: { name: 'Fien', email: 'fien' } }, '/coordinator/email'],
    [{ raadSessions: 'vierde maandag' }, '/raadSessions'],
    [
      { municipalities: [{ municipality: 'Meise', councilSessions: 'volle maan' }] },
      '/municipalities/0/councilSessions',
    ],
  ])('with %j is refused at %s', async (change, pointer) => {
    const { status, body } = await start(region(change));
    expect([status, body.code, body.errors[0]!.pointer]).toEqual([400, 'bad-input', pointer]);
  });

  test('with a municipality twice, or a decision that is still to come, is refused in words of JSON', async () => {
    const twice = await look(region({ municipalities: [{ municipality: 'Meise' }, { municipality: '23050' }] }));
    expect(twice.body.errors).toEqual([
      {
        ...{ pointer: '/municipalities/1/municipality', expected: 'each municipality once' },
        detail: 'Meise is there twice, first on /municipalities/0/municipality',
      },
    ]);
    const decided = [{ decision: 'statement-of-commitment', answer: 'approved', on: '2031-06-02' }];
    const early = await look(region({ municipalities: [{ municipality: 'Meise', decided }] }));
    expect(early.body.errors[0]!.pointer).toBe('/municipalities/0/decided/0/on');
  });

  test('in a round that is closed does not start', async () => {
    const closed = await start(region({ id: 'oud-2027', round: 'igs-cultuur-2027' }));
    expect([closed.status, closed.body.code]).toEqual([409, 'round-closed']);
  });

  test('that was not taken because Temporal is away can be sent again under its key', async () => {
    const body = region({ id: 'leie-2033' });
    world.harness.paths.failure = new UnavailableError('away');
    const away = await world.post('coordinator', '/paths', body, 'leie-starten');
    world.harness.paths.failure = undefined;
    expect([away.status, away.body.code]).toEqual([503, 'unavailable']);
    expect((await world.post('coordinator', '/paths', body, 'leie-starten')).body.isNew).toBe(true);
  });
});
