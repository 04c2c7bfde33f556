/** The OpenAPI document is that of the API as it runs: everybody can have it, and programs can be made from it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operations } from '../../client/api/operations.ts';
import { sayable } from '../../client/api/schemas/commands.ts';
import { createHarness } from '../web/harness.ts';
import { type ApiWorld, createApiWorld } from './world.ts';

interface Schema {
  title: string;
  type?: string;
  additionalProperties?: boolean;
  oneOf: Schema[];
  anyOf: Schema[];
  properties: Record<string, Schema>;
}

/** As much of a document as is looked at here. */
interface OpenApi {
  openapi: string;
  servers: unknown;
  paths: Record<string, Record<string, DescribedOperation>>;
  components: { schemas: Record<string, Schema>; securitySchemes: { token: object } };
}

interface DescribedOperation {
  operationId: string;
  responses: Record<number, { content: Record<string, { schema: object }> }>;
  parameters?: { in: string; name: string; required?: boolean }[];
  security: object[];
}

let world: ApiWorld;
let document: OpenApi;
beforeAll(async () => {
  world = await createApiWorld();
  const answer = await world.ask({ url: '/api/v1/openapi.json' });
  expect(answer.status).toBe(200);
  document = JSON.parse(answer.text) as OpenApi;
});
afterAll(() => world.close());

test('needs no token, and names every operation with what it answers', () => {
  expect(document.openapi).toMatch(/^3\.1/);
  for (const { id, method, path, status, isPublic, isChange } of operations) {
    const found = document.paths[path]![method.toLowerCase()]!;
    expect(found.operationId).toBe(id);
    expect(found.responses[status]!.content['application/json']?.schema).toBeDefined();
    expect(found.security).toEqual(isPublic === true ? [] : [{ token: [] }]);
    const headers = (found.parameters ?? []).filter(({ in: place }) => place === 'header');
    expect(headers.map(({ name, required }) => [name, required])).toEqual(
      isChange === true ? [['Idempotency-Key', true]] : [],
    );
  }
  expect(document.components.securitySchemes.token).toMatchObject({ type: 'http', scheme: 'bearer' });
});

test('refers to nothing that is not in it, and no answer may have a field that is not named', () => {
  const text = JSON.stringify(document);
  for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g))
    expect(document.components.schemas, name).toHaveProperty(name);
  const made = ['Note', 'Call', 'CallToMake', 'Municipality', 'MunicipalityOverPaths', 'Started', 'Plan'];
  for (const name of [
    'Path',
    'PathSummary',
    'Ask',
    'Person',
    'Mail',
    'Event',
    'Receipt',
    'Preview',
    'Problem',
    ...made,
  ])
    expect(document.components.schemas[name]!.additionalProperties, name).toBe(false);
});

test('says of every command what its data are, and that people may be described', () => {
  const variants = document.components.schemas['Command']!.oneOf;
  expect(variants.map(({ title }) => title)).toEqual(sayable);
  const dataOf = (type: string) => variants.find(({ title }) => title === type)!.properties['data']!.properties;
  expect(dataOf('replace-contact')['person']!.anyOf).toMatchObject([
    { type: 'string' },
    { type: 'object', required: ['name', 'email'] },
  ]);
  expect(dataOf('answer')['on']).toEqual({ type: 'string', format: 'date' });
});

test('says where it is, also below a path prefix', async () => {
  expect(document.servers).toEqual([{ url: 'http://localhost:3000/api/v1' }]);
  const harness = await createHarness({ config: { publicUrl: 'https://example.org/regiopad' } });
  const { body } = await harness.app.inject({ url: '/regiopad/api/v1/openapi.json' });
  await harness.close();
  expect((JSON.parse(body) as OpenApi).servers).toEqual([{ url: 'https://example.org/regiopad/api/v1' }]);
});
