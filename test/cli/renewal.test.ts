/** What an administrator would lose: a round that is applied unseen, or a path that is skipped without a word. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asPathId } from '../../domain/ids.ts';
import { historyKeysOf } from '../../worker/histories/keys.ts';
import { temporaryFolder } from '../foundation/launched.ts';
import { roundOf, start } from '../core/world.ts';
import { Stack } from '../workflow/stack.ts';
import { type Ran, run } from './run.ts';

let stack: Stack;
let regiopad: (...words: string[]) => Promise<Ran>;
const round = roundOf(start() as never);
const { definition } = start();
const ROUND = ['rounds', 'apply', round.key];
/** Two months earlier than the file says. */
const older = { ...round, version: round.version - 1, dates: { ...round.dates, opensOn: '2030-11-06' as never } };

beforeAll(async () => {
  const folder = temporaryFolder(afterAll);
  // The command line finds the keys of histories in its folder.
  stack = await Stack.start(join(folder, 'dossier.db'), historyKeysOf({ dataDir: folder }));
  await stack.startWorker();
  regiopad = (...words) =>
    run(words, {
      REGIOPAD_DATA: folder,
      TEMPORAL_ADDRESS: stack.server.address,
      TEMPORAL_NAMESPACE: stack.server.namespace,
    });
  await stack.startPath('behind', {}, { round: older, definition: { ...definition, version: definition.version - 1 } });
  await stack.startPath('ahead', {}, { round: { ...round, version: round.version + 3 } });
  await stack.startPath(
    'edited',
    {},
    { round: { ...round, dates: { ...round.dates, closesOn: '2032-04-02' as never } } },
  );
  for (const path of ['behind', 'ahead', 'edited']) await stack.recorded(asPathId(path), 1);
});
afterAll(() => stack.stop());

const versionOf = async (path: string): Promise<number | undefined> =>
  (await stack.paths.state(asPathId(path))).round?.version;

describe('rounds apply', () => {
  it('shows first what changes for each path and in all, names who refuses, and changes nothing', async () => {
    const { code, stdout, stderr } = await regiopad(...ROUND);
    expect(code).toBe(4);
    expect(stderr).toContain('refused for ahead');
    expect(stdout).toContain('refused (round-not-newer)');
    expect(stdout).toMatch(/^behind \(Cultuur Proef\): round \S+, version \d+ -> \d+$/m);
    expect(stdout).toMatch(/declaration-of-intent +2031-04-30 -> 2031-06-30/);
    expect(stdout).toMatch(/^edited .* with other words: raise the version in the file$/m);
    expect(stdout).toContain('Nothing was changed. To apply it, say it again with --yes.');
    expect(await versionOf('behind')).toBe(older.version);
  });

  it('goes on after a path that refuses, and the second time there is nothing left to do', async () => {
    const first = await regiopad(...ROUND, '--yes', '--format', 'json');
    expect(first.code).toBe(4);
    const states = (ran: Ran) =>
      (JSON.parse(ran.stdout) as { path: string; state: string }[]).map(({ path, state }) => `${path} ${state}`);
    expect(states(first)).toEqual(['ahead refused', 'behind applied', 'edited not-raised']);
    expect(await versionOf('behind')).toBe(round.version);
    const second = await regiopad(...ROUND, '--yes', '--format', 'json');
    expect(states(second)).toEqual(['ahead refused', 'behind unchanged', 'edited not-raised']);
  });

  it('a round that does not exist is said with those that do', async () => {
    const { code, stderr } = await regiopad('rounds', 'apply', 'igs-cultuur-2099');
    expect(code).toBe(2);
    expect(stderr).toContain(round.key);
  });
});

describe('upgrade', () => {
  it('moves a path to the newest definition after showing what changes', async () => {
    const shown = await regiopad('upgrade', 'behind');
    expect(shown.stdout).toContain(`definition ${definition.key}, version`);
    expect(shown.code, shown.stderr).toBe(0);
    const done = await regiopad('upgrade', 'behind', '--yes');
    expect(done.stdout).toContain('Applied.');
    expect((await stack.paths.state(asPathId('behind'))).definition.version).toBe(definition.version);
  });
});

describe('tell --preview', () => {
  it('shows which dates and mails a command would change, and says nothing to the path', async () => {
    const before = (await stack.paths.state(asPathId('ahead'))).seq;
    const data = JSON.stringify({ item: 'closesOn', to: '2032-05-03', reason: 'Uitstel.' });
    const { code, stdout } = await regiopad('tell', 'ahead', 'move-deadline', data, '--preview');
    expect(code).toBe(0);
    expect(stdout).toMatch(/dates\.closesOn +2032-04-01 -> 2032-05-03/);
    expect((await stack.paths.state(asPathId('ahead'))).seq).toBe(before);
    const refused = await regiopad('tell', 'ahead', 'resume', '{}', '--preview');
    expect(refused.code).toBe(4);
  });
});
