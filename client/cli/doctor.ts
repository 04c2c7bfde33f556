/** `regiopad doctor`: checks what Regiopad needs, says what is wrong and what to do about it. */
import { listDefinitions, listRounds, loadDefinition, loadRound } from '../../definitions/load.ts';
import { formatProblems } from '../../definitions/problem.ts';
import { openStore } from '../../store/store.ts';
import { type Config, loadConfig } from '../../worker/config.ts';
import { historyKeysOf, historyKeysPath, loadHistoryKeys } from '../../worker/histories/keys.ts';
import { neededKeys } from '../../worker/histories/needed.ts';
import { temporalClient } from '../../worker/temporal/client.ts';
import { resolveTemporal, resolveTestServer } from '../../worker/temporal/resolve.ts';
import { isListening } from '../../worker/processes.ts';
import type { Check } from '../doctor/check.ts';
import { clockChecks } from '../doctor/clock.ts';
import { checkHistoryKeys, machineChecks } from '../doctor/machine.ts';
import { mailChecks } from '../doctor/mail.ts';
import { temporalChecks } from '../doctor/temporal.ts';
import { webChecks } from '../doctor/web.ts';
import { Failure, exitCodes } from './failure.ts';
import { print } from './output.ts';
import { connectTo, temporalOf } from './running.ts';

const checks = (config: Config): Check[] => [
  ...machineChecks(config),
  {
    name: 'store',
    run: async () => {
      const store = await openStore(config.storeLocation);
      const paths = await store.overview.overview();
      const { location, engine, migration } = await store.about();
      await store.close();
      return `${location}, ${engine}, schema ${migration}, ${String(paths.length)} paths`;
    },
  },
  { name: 'history keys', run: () => historyKeys(config) },
  { name: 'definitions', run: () => Promise.resolve(definitions()) },
  // A server elsewhere needs no program here.
  ...(config.temporalAddress === undefined
    ? [{ name: 'temporal program', run: async () => (await resolveTemporal()).path }]
    : []),
  { name: 'simulation server', run: async () => (await resolveTestServer()).path },
  ...temporalChecks(temporalOf(config)),
  ...clockChecks(config, temporalOf(config)),
  ...mailChecks(config),
  ...webChecks(config),
];

function definitions(): string {
  const loaded = [...listDefinitions().map(loadDefinition), ...listRounds().map(loadRound)];
  const problems = loaded.flatMap((each) => (each.ok ? [] : each.problems));
  if (problems.length > 0) throw new Error(formatProblems(problems));
  return [...listDefinitions(), ...listRounds()].join(', ');
}

/** Whether every path that runs can go on with the keys that are here. */
async function historyKeys(config: Config): Promise<string> {
  await checkHistoryKeys(config);
  const { current, keys } = loadHistoryKeys(config);
  const here = `${historyKeysPath(config)}: ${current} encrypts, ${String(Object.keys(keys).length)} in all`;
  const temporal = temporalOf(config);
  if (temporal === undefined || !(await isListening(temporal.address))) return `${here}; no server to compare with`;
  const store = await openStore(config.storeLocation);
  const connection = await connectTo(temporal);
  try {
    const running = (await store.overview.overview()).filter(({ status }) => ['running', 'paused'].includes(status));
    const client = temporalClient({ connection, namespace: temporal.namespace, keys: historyKeysOf(config) });
    const needed = await neededKeys(
      client,
      running.map(({ path }) => path),
    );
    const missing = [...needed].filter(([id]) => !Object.hasOwn(keys, id));
    if (missing.length === 0) return here;
    const each = missing.map(([id, paths]) => `${id} (${String(paths.length)} paths: ${someOf(paths)})`).join(', ');
    throw new Error(
      `missing: ${each}. These paths stand still until ${historyKeysPath(config)} holds it again: put it back from a backup.`,
    );
  } finally {
    await connection.close();
    await store.close();
  }
}

const NAMED = 5;
const someOf = (paths: readonly string[]): string =>
  [...paths.slice(0, NAMED), ...(paths.length > NAMED ? ['…'] : [])].join(', ');

export async function doctor(): Promise<void> {
  const config = loadConfig();
  let wrong = 0;
  for (const { name, run } of checks(config)) {
    try {
      print(`ok     ${name.padEnd(18)} ${await run()}`);
    } catch (error) {
      wrong += 1;
      print(`WRONG  ${name.padEnd(18)} ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (wrong > 0) throw new Failure(exitCodes.failure, `${String(wrong)} of these need attention`);
}
