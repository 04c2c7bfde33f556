/** However a request ends, its sender gets problem+json with a code and a way on: never a page, never a fault of ours. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PLACE_LIMIT, TOKEN_LIMIT } from '../../client/api/caller.ts';
import { errorCatalogue } from '../../client/errors.ts';
import { UnavailableError } from '../../client/path-client.ts';
import { type Answer, type ApiWorld, createApiWorld } from './world.ts';

let world: ApiWorld;
beforeAll(async () => {
  world = await createApiWorld();
});
afterAll(() => world.close());

const PATH = '/paths/noordrand-2033';
const COMMANDS = `${PATH}/commands`;
const json = { 'content-type': 'application/json' };

function expectProblem({ status, headers, body }: Answer, code: keyof typeof errorCatalogue): void {
  expect(headers['content-type']).toMatch(/^application\/problem\+json/);
  expect({ status, code: body.code }).toEqual({ status: errorCatalogue[code].status, code });
  expect(body).toMatchObject({
    status,
    title: expect.stringMatching(/\w/) as unknown,
    detail: expect.stringMatching(/\w/) as unknown,
  });
  expect(body.type).toBe(`http://localhost:3000/api/v1/problems#${code}`);
}

const asCoordinator = (options: { method?: string; url: string; headers?: object; payload?: string }) =>
  world.ask({
    ...options,
    headers: {
      authorization: `Bearer ${world.tokens.coordinator}`,
      'idempotency-key': 'een-nummer',
      ...options.headers,
    },
  });

describe('an address', () => {
  test.each([
    '/api',
    '/api/',
    '/api/v1',
    '/api/v2/paths',
    '/api/v1/nothing',
    '/api/v1/paths/%E0%A4%A',
    `/api/v1/paths/${'a'.repeat(2_500)}`,
  ])('%s that is not there', async (url) => expectProblem(await asCoordinator({ url }), 'not-found'));

  test('of a path that does not exist', async () => {
    expectProblem(await world.get('administrator', '/paths/nergens-2033'), 'unknown-path');
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
    'with %s, which it does not take, says which it takes',
    async (method) => {
      const answer = await asCoordinator({
        method,
        url: `/api/v1${COMMANDS}`,
        headers: { 'content-type': 'text/xml' },
      });
      expectProblem(answer, 'method-not-allowed');
      expect(answer.headers['allow']).toBe('POST');
      expect((await asCoordinator({ method, url: '/api/v1/rounds' })).headers['allow']).toBe('GET, HEAD');
    },
  );

  test.each([
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['cursor=%25', 'cursor'],
    ['cursor=AAB', 'cursor'],
    ['status=open', 'status'],
    ['municipality=Nergens', 'municipality'],
    ['onbekend=1', 'onbekend'],
  ])('with %s names the parameter', async (query, parameter) => {
    const answer = await world.get('consultant', `/paths?${query}`);
    expectProblem(answer, 'bad-input');
    expect(answer.body.errors).toMatchObject([{ parameter, detail: expect.stringMatching(/./) as unknown }]);
  });
});

describe('a body', () => {
  const post = (payload: string, headers: object = json) =>
    asCoordinator({ method: 'POST', url: `/api/v1${COMMANDS}`, payload, headers });

  test.each(['', '{', 'null,', '{"type":"pause"} x', '{"__proto__":{"a":1}}'])('that is no JSON: %j', async (payload) =>
    expectProblem(await post(payload), 'body-not-json'),
  );
  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'x',
    'application/json;charset',
  ])('of another kind: %s', async (type) => {
    const answer = await post('type=pause', { 'content-type': type });
    expect(answer.status).toBe(type.startsWith('application/json') ? 400 : 415);
  });
  test('that is too large', async () => {
    expectProblem(
      await post(JSON.stringify({ type: 'pause', data: { reason: 'x'.repeat(300_000) } })),
      'body-too-large',
    );
  });
  test.each([
    [null, ''],
    [[], ''],
    [{ type: 'pause' }, '/data'],
    [{ type: 'pause', data: [] }, '/data'],
    [{ type: 'apply-round', data: {} }, '/type'],
    [{ type: 'pause', data: { reason: 7 } }, '/data/reason'],
    [{ type: 'pause', data: { reason: 'x', 'a/b~c': 1 } }, '/data/a~1b~0c'],
    [{ type: 'replace-contact', data: { party: 'Wemmel', person: { name: 'An', email: 'an' } } }, '/data/person/email'],
    [{ type: 'replace-contact', data: { party: 'Wemmel', person: 'zuidrand-2033.1' } }, '/data/person'],
  ])('%j is wrong at %j', async (body, pointer) => {
    const answer = await post(JSON.stringify(body));
    expectProblem(answer, 'bad-input');
    expect(answer.body.errors[0]).toMatchObject({ pointer, detail: expect.stringMatching(/./) as unknown });
  });
});

describe('a rule', () => {
  test('that refuses says which, with what it is about', async () => {
    const body = { type: 'complete-task', data: { task: 'own-time' } };
    const answer = await world.post('coordinator', COMMANDS, body, 'al-gedaan');
    expectProblem(answer, 'task-done');
    expect(answer.body.detail).toBe('The task own-time is done already.');
  });

  test('Temporal that is away is said to be, and when to ask again', async () => {
    world.harness.paths.failure = new UnavailableError('away');
    const body = { type: 'pause', data: { reason: 'Wachten.' } };
    const answer = await world.post('coordinator', COMMANDS, body, 'temporal-weg');
    world.harness.paths.failure = undefined;
    expectProblem(answer, 'unavailable');
    expect(answer.headers['retry-after']).toBe('5');
    // Nothing is known to have come of it: the same request is taken once it can be.
    expect((await world.post('coordinator', COMMANDS, body, 'temporal-weg')).status).toBe(200);
    await world.harness.tell({ type: 'resume', data: {} });
  });
});

describe('who asks too often', () => {
  // A sixtieth of the limits: what is counted in a minute must not depend on how fast this machine is.
  const patience = 1 / PLACE_LIMIT;
  const most = TOKEN_LIMIT / PLACE_LIMIT;

  test('waits, by token and without one by place, and others do not', async () => {
    const small = await createApiWorld({ patience });
    try {
      for (let count = 0; count <= most; count += 1) expect((await small.get('reader', '/problems')).status).toBe(200);
      for (let count = 0; count < most; count += 1) expect((await small.get('reader', '/rounds')).status).toBe(200);
      const late = await small.get('reader', '/rounds');
      expectProblem(late, 'too-many-requests');
      expect(Number(late.headers['retry-after'])).toBeGreaterThan(0);
      expect(late.headers['ratelimit']).toMatch(/^"minute";r=0;t=\d+$/);
      expect((await small.get('consultant', '/rounds')).status).toBe(200);
      expectProblem(await small.ask({ url: '/api/v1/rounds' }), 'token-missing');
      expectProblem(await small.ask({ url: '/api/v1/rounds' }), 'too-many-requests');
    } finally {
      await small.close();
    }
  });
});

test('every code of the catalogue can be looked up', async () => {
  const { body } = await world.ask({ url: '/api/v1/problems' });
  expect(body.items.map(({ code }) => code)).toEqual(Object.keys(errorCatalogue));
});
