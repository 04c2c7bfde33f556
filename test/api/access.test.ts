/** Who asks by the API gets what the pages would show them, and nothing of anybody else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../../client/api/operations.ts';
import { asInstant } from '../../domain/ids.ts';
import { samples } from './requests.ts';
import { type ApiWorld, callers, createApiWorld, OTHER, WRITTEN } from './world.ts';

let world: ApiWorld;
beforeAll(async () => {
  world = await createApiWorld();
});
afterAll(() => world.close());

const asked = (operation: (typeof operations)[number], who: (typeof callers)[number]) => {
  const { path, body } = samples[operation.id]!;
  return operation.method === 'GET' ? world.get(who, path) : world.post(who, path, body, `walk-${operation.id}-${who}`);
};

describe('every operation', () => {
  test('has a request in this walk', () => {
    expect(Object.keys(samples).sort()).toEqual(operations.map(({ id }) => id).sort());
  });

  test.each(operations.map((each) => [each.id, each] as const))('%s, asked by everybody', async (id, operation) => {
    const sample = samples[id]!;
    for (const who of callers) {
      const { status, headers, text } = await asked(operation, who);
      expect(`${who} ${String(status)}`).toBe(`${who} ${String(sample.others?.[who] ?? operation.status)}`);
      expect(headers['content-type']).toMatch(status < 400 ? /^application\/json/ : /^application\/problem\+json/);
      expect(headers['cache-control']).toBe('no-store');
      expect(headers).not.toHaveProperty('set-cookie');
      if (operation.isPublic !== true) expect(headers['ratelimit']).toMatch(/^"minute";r=\d+;t=\d+$/);
      expect(text).not.toMatch(/rp_[\w-]{20}/);
    }
  });

  test.each(operations.filter(({ isPublic }) => isPublic !== true))('$id needs a token', async ({ id, method }) => {
    const { path } = samples[id]!;
    const { status, headers, body } = await world.ask({ method, url: `/api/v1${path}` });
    expect([status, headers['www-authenticate'], body.code]).toEqual([401, 'Bearer realm="regiopad"', 'token-missing']);
  });
});

describe('what is personal', () => {
  const reading = operations.filter(({ method }) => method === 'GET');

  test('is not for a reader of the region: no name, no address, no id of a person, nothing that somebody wrote', async () => {
    for (const operation of reading) {
      const { text } = await asked(operation, 'reader');
      expect(text, operation.id).not.toMatch(/@|Fien|Secretariaat|Janssens|noordrand-2033\.\d/);
    }
  });

  test('is not for the coordinator of another region, who does not get the region at all', async () => {
    for (const operation of reading) {
      const { text } = await asked(operation, 'other');
      expect(text, operation.id).not.toMatch(/noordrand|Noordrand|Fien|Janssens/);
    }
  });

  test('is for who coordinates the region, and for consultants', async () => {
    for (const who of ['coordinator', 'consultant'] as const) {
      const asks = await world.get(
        who,
        '/paths/noordrand-2033/asks?decision=declaration-of-intent&municipality=wemmel',
      );
      expect(asks.body.items[0]!.answer).toMatchObject({ kind: 'rejected', reason: WRITTEN });
      const people = await world.get(who, '/paths/noordrand-2033/people');
      expect(people.body.items.map(({ name }) => name)).toContain('Fien De Smet');
    }
  });

  test('a token that only reads gets no more than a reader, of the regions of its owner', async () => {
    const { store } = world.harness;
    const account = (await store.accounts.accountWith('fien@example.org'))!;
    const expiresAt = asInstant(Date.parse(world.harness.now()) + 60_000);
    const { token } = await store.apiTokens.create({ account: account.id, name: 'leest', role: 'reader', expiresAt });
    const headers = { authorization: `Bearer ${token}` };
    const path = await world.ask({ url: '/api/v1/paths/noordrand-2033', headers });
    expect([path.status, path.body.mayChange, path.body.coordinator]).toEqual([200, false, undefined]);
    expect((await world.ask({ url: '/api/v1/paths/noordrand-2033/people', headers })).status).toBe(403);
    expect((await world.ask({ url: `/api/v1/paths/${OTHER}`, headers })).status).toBe(403);
  });
});

describe('a token', () => {
  const get = (authorization: string) => world.ask({ url: '/api/v1/paths', headers: { authorization } });

  test.each(['Bearer rp_onbekend', 'Bearer', 'Basic Zmllbjpmb28=', 'Bearer a b', ''])(
    '%j opens nothing',
    async (given) => {
      const { status, headers, body } = await get(given);
      expect([status, body.code]).toEqual([401, 'token-invalid']);
      expect(headers['www-authenticate']).toContain('error="invalid_token"');
    },
  );

  test('that was revoked or has expired opens nothing any more', async () => {
    const { store } = world.harness;
    const account = (await store.accounts.accountWith('gust@example.org'))!;
    const make = (seconds: number) =>
      store.apiTokens.create({
        ...{ account: account.id, name: 'kort', role: 'coordinator' },
        expiresAt: asInstant(Date.parse(world.harness.now()) + seconds * 1000),
      });
    const [expired, revoked] = [await make(0), await make(60)];
    expect((await get(`Bearer ${revoked.token}`)).status).toBe(200);
    await store.apiTokens.revoke(account.id, revoked.row.id);
    for (const { token } of [expired, revoked]) expect((await get(`Bearer ${token}`)).status).toBe(401);
  });

  test('in a cookie or in the address opens nothing: no other site can have it sent', async () => {
    const token = world.tokens.administrator;
    const cookie = { cookie: `regiopad=${token}; token=${token}` };
    expect((await world.ask({ url: `/api/v1/paths?access_token=${token}`, headers: cookie })).status).toBe(401);
  });
});
