/** `regiopad doctor`: checks what Regiopad needs, says what is wrong and what to do about it. */
import { access, constants, mkdir } from 'node:fs/promises';
import { listDefinitions, listRounds, loadDefinition, loadRound } from '../../definitions/load.ts';
import { formatProblems } from '../../definitions/problem.ts';
import { openStore } from '../../store/store.ts';
import { type Config, loadConfig } from '../../worker/config.ts';
import { resolveTemporal, resolveTestServer } from '../../worker/temporal/resolve.ts';
import { isListening } from '../../worker/processes.ts';
import { Failure, exitCodes } from './failure.ts';
import { print } from './output.ts';
import { temporalOf } from './running.ts';

interface Check {
  name: string;
  /** What was found; throws an error that says what is wrong. */
  run: () => Promise<string>;
}

const checks = (config: Config): Check[] => [
  { name: 'node', run: () => Promise.resolve(process.version) },
  {
    name: 'data folder',
    run: async () => {
      await mkdir(config.dataDir, { recursive: true });
      await access(config.dataDir, constants.W_OK);
      return config.dataDir;
    },
  },
  {
    name: 'store',
    run: async () => {
      const store = await openStore(config.storeLocation);
      const paths = await store.overview.overview();
      await store.close();
      return `${config.storeLocation}, ${String(paths.length)} paths`;
    },
  },
  { name: 'definitions', run: () => Promise.resolve(definitions()) },
  { name: 'temporal program', run: async () => (await resolveTemporal()).path },
  { name: 'simulation server', run: async () => (await resolveTestServer()).path },
  {
    name: 'temporal server',
    run: async () => {
      const temporal = temporalOf(config);
      if (temporal === undefined) throw new Error('not running: `npm start` starts it');
      if (!(await isListening(temporal.address))) throw new Error(`nobody answers at ${temporal.address}`);
      return `${temporal.address}, namespace ${temporal.namespace}`;
    },
  },
  { name: 'mail server', run: () => mailServer(config) },
];

function definitions(): string {
  const loaded = [...listDefinitions().map(loadDefinition), ...listRounds().map(loadRound)];
  const problems = loaded.flatMap((each) => (each.ok ? [] : each.problems));
  if (problems.length > 0) throw new Error(formatProblems(problems));
  return [...listDefinitions(), ...listRounds()].join(', ');
}

async function mailServer({ smtpUrl }: Config): Promise<string> {
  if (smtpUrl === undefined) return 'SMTP_URL is not set: mail goes to the embedded mailbox';
  const { hostname, port, protocol } = new URL(smtpUrl);
  const address = `${hostname}:${port || (protocol === 'smtps:' ? '465' : '587')}`;
  if (!(await isListening(address)))
    throw new Error(`nobody answers at ${address}: correct SMTP_URL or start the mail server`);
  return address;
}

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
