import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { commandLineOf, freePort, isListening, until } from '../../worker/processes.ts';
import { findRunning, readRunFile, runFileOf, type RunFile } from '../../worker/run-file.ts';
import { launch, temporaryFolder, type Launched } from './launched.ts';

const started: Launched[] = [];
afterEach(async () => {
  const launched = started.splice(0);
  for (const { child } of launched) child.kill('SIGKILL');
  await Promise.all(launched.map(({ ended }) => ended));
});

/** Milliseconds; on a quiet machine it takes some 400. What waits for something that hangs would wait for ever. */
const AT_ONCE = 15_000;

interface Options {
  readonly dataDir?: string;
  readonly worker?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

function start({ dataDir = temporaryFolder(onTestFinished), worker = 'worker', environment = {} }: Options = {}) {
  const main = join(import.meta.dirname, 'fakes', 'supervisor.ts');
  const unset = { SMTP_URL: '', TEMPORAL_ADDRESS: '', PUBLIC_URL: '', HOST: '' };
  const all = { ...process.env, ...unset, PORT: '0', REGIOPAD_DATA: dataDir, ...environment };
  const supervisor = launch(process.execPath, [main, worker], all);
  started.push(supervisor);
  return { supervisor, dataDir };
}

async function startReady(options: Options = {}): Promise<{ supervisor: Launched; dataDir: string; run: Complete }> {
  const { supervisor, dataDir } = start(options);
  await supervisor.prints('Ctrl-C stops it');
  return { supervisor, dataDir, run: completeRun(dataDir) };
}

type Complete = { [Part in keyof RunFile]-?: NonNullable<RunFile[Part]> } & {
  temporal: { pid: number };
  web: { url: string };
};
const completeRun = (dataDir: string) => findRunning(dataDir) as Complete;

const isGone = (pid: number) => commandLineOf(pid) === undefined;
const allPids = (run: Complete) => [run.temporal.pid, run.worker.pid, run.web.pid];
const seenByWeb = async (run: Complete) => {
  const response = await fetch(run.web.url);
  return (await response.json()) as { pid: number; config: Record<string, unknown> };
};

describe('npm start', () => {
  test('prints where Regiopad is, how to sign in and where mail goes, and tells each program what was decided', async () => {
    const { supervisor, dataDir, run } = await startReady();
    expect(supervisor.output()).toContain(`Regiopad runs at ${run.web.url}\n`);
    expect(supervisor.output()).toContain(`${run.web.url}/once\n`);
    expect(supervisor.output()).toContain(`${run.web.url}/mailbox\n`);
    expect((await seenByWeb(run)).config).toMatchObject({
      dataDir,
      publicUrl: run.web.url,
      temporalAddress: run.temporal.address,
      temporalNamespace: 'regiopad',
      smtpUrl: `smtp://127.0.0.1:${run.mailbox.port}`,
      mailboxPort: run.mailbox.port,
    });
  });

  test('opens no mailbox when there is a mail server', async () => {
    const { supervisor, run } = await startReady({ environment: { SMTP_URL: 'smtp://mail.example.org' } });
    expect(supervisor.output()).not.toContain('mailbox');
    expect(run.mailbox).toBeUndefined();
    expect((await seenByWeb(run)).config['smtpUrl']).toBe('smtp://mail.example.org');
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s ends everything at once, exits 0 and leaves nothing',
    async (signal) => {
      const { supervisor, dataDir, run } = await startReady();
      const askedAt = Date.now();
      supervisor.child.kill(signal);
      supervisor.child.kill(signal); // a terminal and npm both pass it on
      expect(await supervisor.ended).toEqual({ code: 0, signal: null });
      expect(Date.now() - askedAt).toBeLessThan(AT_ONCE);
      expect(allPids(run).filter((pid) => !isGone(pid))).toEqual([]);
      expect(existsSync(runFileOf(dataDir))).toBe(false);
    },
  );

  test('Ctrl-C does so when a program hangs, too', async () => {
    const { supervisor, run } = await startReady({ worker: 'stubborn' });
    const askedAt = Date.now();
    supervisor.child.kill('SIGINT');
    expect((await supervisor.ended).code).toBe(0);
    expect(Date.now() - askedAt).toBeLessThan(AT_ONCE);
    expect(isGone(run.worker.pid)).toBe(true);
  });

  test('kill -9 of the supervisor takes everything with it, and the next start works on the same folder', async () => {
    const { supervisor, dataDir, run } = await startReady();
    supervisor.child.kill('SIGKILL');
    const next = await startReady({ dataDir });
    expect(allPids(run).filter((pid) => !isGone(pid))).toEqual([]);
    expect(next.run.pid).toBe(next.supervisor.pid);
    expect(await isListening(next.run.temporal.address)).toBe(true);
  });

  test('ends what a killed predecessor left, but never a stranger that was given its number', async () => {
    const dataDir = temporaryFolder(onTestFinished);
    const fakes = join(import.meta.dirname, 'fakes');
    const leftover = launch(process.execPath, [join(fakes, 'worker.ts')], process.env);
    const stranger = launch(process.execPath, ['-e', 'setInterval(() => undefined, 60_000)'], process.env);
    started.push(leftover, stranger);
    const run: RunFile = {
      pid: stranger.pid,
      script: join(fakes, 'supervisor.ts'),
      startedAt: new Date(0).toISOString(),
      temporal: { address: '127.0.0.1:1', namespace: 'regiopad', pid: stranger.pid },
      worker: { pid: leftover.pid, script: join(fakes, 'worker.ts') },
      web: { pid: stranger.pid, script: join(fakes, 'web.ts') },
    };
    writeFileSync(runFileOf(dataDir), JSON.stringify(run));
    await startReady({ dataDir });
    expect(isGone(leftover.pid)).toBe(true);
    expect(isGone(stranger.pid)).toBe(false);
  });

  test.each(['worker', 'web', 'temporal'] as const)(
    'starts the %s again when it dies, and says so in one line',
    async (part) => {
      const { supervisor, dataDir, run } = await startReady();
      process.kill(run[part].pid, 'SIGKILL');
      await supervisor.prints('starting it again');
      const isBack = () => {
        const pid = readRunFile(dataDir)?.[part]?.pid;
        return pid !== undefined && pid !== run[part].pid && !isGone(pid);
      };
      expect(await until(isBack, 10_000)).toBe(true);
      expect(await until(() => isListening(run.temporal.address), 10_000)).toBe(true);
      expect(
        await until(
          () =>
            seenByWeb(run)
              .then(() => true)
              .catch(() => false),
          10_000,
        ),
      ).toBe(true);
      expect(supervisor.output().match(/starting it again/g)).toHaveLength(1);
    },
  );
});

describe('npm start says in one line what is wrong and exits 1', () => {
  async function refusal(options: Options): Promise<string> {
    const { supervisor } = start(options);
    expect((await supervisor.ended).code).toBe(1);
    return supervisor.output();
  }

  test('when the port is taken', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    onTestFinished(() => void other.close());
    expect(await refusal({ environment: { PORT: String(port) } })).toBe(
      `Port ${port} on 127.0.0.1 is in use: stop what uses it, or start with PORT=${port + 1} npm start.\n`,
    );
  });

  test('when it runs already on the folder, and leaves that one alone', async () => {
    const { supervisor, dataDir, run } = await startReady();
    expect(await refusal({ dataDir })).toBe(
      `Regiopad runs already on ${dataDir} (process ${supervisor.pid}, ${run.web.url}): stop that one first, or set REGIOPAD_DATA to another folder.\n`,
    );
    expect(findRunning(dataDir)?.pid).toBe(supervisor.pid);
    expect((await seenByWeb(run)).pid).toBe(run.web.pid);
  });

  test('when the data folder cannot be written', async () => {
    const file = join(temporaryFolder(onTestFinished), 'file');
    writeFileSync(file, '');
    const output = await refusal({ dataDir: join(file, 'data') });
    expect(output).toMatch(
      /^The data folder .*\/file\/data cannot be written \(.*\): set REGIOPAD_DATA to one that can\.\n$/,
    );
  });

  test('when a variable is wrong', async () => {
    expect(await refusal({ environment: { PORT: 'abc' } })).toBe('PORT: expected a port, 0 to 65535, got "abc"\n');
  });

  test('when Python is missing and there is no Temporal', async () => {
    const nothing = temporaryFolder(onTestFinished);
    const environment = { PATH: nothing, REGIOPAD_CACHE: nothing, REGIOPAD_TEMPORAL_BIN: '' };
    const lines = (await refusal({ environment })).trimEnd().split('\n');
    expect(lines.at(-1)).toMatch(/Python 3 is not installed .* set REGIOPAD_TEMPORAL_BIN/);
    expect(lines).toHaveLength(2); // the first says what is being fetched
  });

  test('when no server answers at TEMPORAL_ADDRESS', async () => {
    const address = `127.0.0.1:${await freePort()}`;
    expect(await refusal({ environment: { TEMPORAL_ADDRESS: address } })).toContain(
      `No Temporal server answers at ${address}`,
    );
  });

  test('when a program does not start; its own words come first, and nothing keeps running', async () => {
    const { supervisor, dataDir } = start({ worker: 'broken' });
    expect((await supervisor.ended).code).toBe(1);
    expect(supervisor.output()).toBe(
      'a reason from the program\nThe worker ended before it was ready (exit code 1).\n',
    );
    expect(existsSync(runFileOf(dataDir))).toBe(false);
  });
});
