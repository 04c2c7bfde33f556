/**
 * A program that sends whatever it thinks of gets no fault of ours, and no answer that is not in the document. Longer, by hand:
 * FUZZ_EXAMPLES=200 FUZZ_SEED=7 npm test -- test/api/fuzz.test.ts
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../../client/api/operations.ts';
import { fuzz, type Fuzzing, keepOpen } from './fuzz.ts';
import { type ApiWorld, createApiWorld } from './world.ts';

const schemathesis = process.env['SCHEMATHESIS'];
const times = Number(process.env['FUZZ_EXAMPLES'] ?? 20) / 20;

let world: ApiWorld;
let url = '';
beforeAll(async () => {
  world = await createApiWorld();
  keepOpen(world);
  url = await world.harness.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => world.close());

/** Those whose bodies can be so many things that each of them is not tried in every way. */
const large = operations.filter(({ shape }) => shape.documentedBody !== undefined).map(({ id }) => id);
const cases: (Fuzzing & { what: string })[] = [
  {
    what: 'each rule of the document kept and broken',
    who: 'coordinator',
    phases: 'examples,coverage',
    examples: 5,
    except: large,
  },
  { what: 'what is sent, as a coordinator', who: 'coordinator', phases: 'examples,fuzzing', examples: 40, only: large },
  { what: 'everything, as an administrator', who: 'administrator', phases: 'fuzzing,stateful', examples: 10 },
  { what: 'everything, as a reader', who: 'reader', phases: 'fuzzing', examples: 5 },
];

describe.skipIf(schemathesis === undefined)('the fuzzer finds nothing', () => {
  test.each(cases)('$what', { timeout: 15 * 60_000 }, async ({ examples, ...given }) => {
    const found = await fuzz(world, url, schemathesis!, { ...given, examples: Math.ceil(examples * times) });
    expect(found.code, found.output).toBe(0);
    expect(found.requests).toBeGreaterThan(operations.length);
  });
});
