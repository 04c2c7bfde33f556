/** What would be lost when the disk is full, or a folder cannot be written: an answer that was acknowledged, or the next start. */
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../store/store.ts';
import { loadLinkKeys } from '../../worker/link-keys.ts';
import { until } from '../../worker/processes.ts';
import { findRunning } from '../../worker/run-file.ts';
import { root } from '../cli/run.ts';
import { temporaryFolder } from '../foundation/launched.ts';
import { applicationIn } from './application.ts';
import { begin, expectAgreement, insist, path, PATIENCE_MS, reason, reasonsIn, say } from './drill.ts';
import { smallDisk } from './small-disk.ts';

test(
  'a full disk is said, takes no answer back that was acknowledged, and all goes on by itself when there is room',
  { timeout: 1_200_000 },
  async () => {
    const disk = smallDisk(
      temporaryFolder(() => undefined),
      64,
    );
    onTestFinished(() => {
      disk.remove();
    });
    const dataDir = join(disk.folder, 'data');
    mkdirSync(dataDir);
    const application = await begin(dataDir);
    for (let number = 0; number < 3; number += 1) await insist(application, number);
    const writers = () => {
      const run = findRunning(dataDir);
      return [run?.worker?.pid, run?.web?.pid].filter((pid) => pid !== undefined);
    };
    const ready = async () => {
      const response = await fetch(`${findRunning(dataDir)?.web?.url ?? ''}/readyz`);
      return (await response.json()) as { store: { ok: boolean } };
    };
    expect((await ready()).store.ok).toBe(true);

    disk.fill(writers());
    const acknowledged = new Set([0, 1, 2]);
    for (let number = 3; number < 11; number += 1) if (await say(application, number, 2_000)) acknowledged.add(number);
    expect(await until(async () => !(await ready()).store.ok, PATIENCE_MS)).toBe(true);
    if (disk.isMounted) {
      const doctor = await application.regiopad('doctor').catch((error: unknown) => error);
      expect(doctor).toMatchObject({
        stdout: expect.stringMatching(/^WRONG {2}data folder .*ENOSPC.*make room/m) as string,
      });
    }

    disk.free(writers());
    expect(await until(async () => (await ready()).store.ok, PATIENCE_MS)).toBe(true);
    // Of some nobody knows whether they arrived: who says them again is counted once.
    for (let number = 3; number < 12; number += 1) if (!acknowledged.has(number)) await insist(application, number);
    const store = await openStore(join(dataDir, 'dossier.db'));
    onTestFinished(() => store.close());
    await expectAgreement(application, store);
    const expected = Array.from({ length: 12 }, (_each, number) => reason(number));
    expect((await reasonsIn(store)).sort()).toEqual(expected.sort());
    // A receipt and news for the coordinator of each; what the mailbox could not keep is tried again after a minute, then after five.
    const accepted = async () =>
      (await store.ledger.entriesOf(path)).filter(({ outcome }) => outcome === 'accepted').length;
    expect(await until(async () => (await accepted()) === 2 * expected.length, 600_000)).toBe(true);
  },
);

/** Root may write anywhere: without this right it is told what any other owner of the folder would be. */
function asOwner(words: string[], environment: NodeJS.ProcessEnv): Promise<{ code: unknown; output: string }> {
  const drop = ['--bounding-set=-dac_override,-dac_read_search', '--inh-caps=-dac_override,-dac_read_search'];
  const [program, ...rest] =
    process.getuid?.() === 0 ? ['setpriv', ...drop, process.execPath, ...words] : [process.execPath, ...words];
  return new Promise((resolve) => {
    const env = { ...process.env, SMTP_URL: '', TEMPORAL_ADDRESS: '', DATABASE_URL: '', PORT: '0', ...environment };
    execFile(program, rest, { cwd: root, env, timeout: 240_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, output: stdout + stderr });
    });
  });
}

test(
  'a folder that can only be read stops a start, a process and a backup with one line each, and all is there when it can be written',
  { timeout: 500_000 },
  async () => {
    const place = temporaryFolder(onTestFinished);
    const dataDir = join(place, 'data');
    await (await openStore(join(dataDir, 'dossier.db'))).close();
    loadLinkKeys(dataDir);
    const before = loadLinkKeys(dataDir);
    for (const name of ['dossier.db', 'keys.json']) chmodSync(join(dataDir, name), 0o400);
    chmodSync(dataDir, 0o500);
    const oneLine = (output: string): string => {
      expect(output.trim().split('\n')).toHaveLength(1);
      return output;
    };
    const there = { REGIOPAD_DATA: dataDir };
    const elsewhere = { ...there, TEMPORAL_ADDRESS: '127.0.0.1:1', SMTP_URL: 'smtp://127.0.0.1:1' };
    const [start, worker, web, doctor, backup] = await Promise.all([
      asOwner(['scripts/supervisor.ts'], there),
      asOwner(['worker/main.ts'], elsewhere),
      asOwner(['client/web/main.ts'], elsewhere),
      asOwner(['client/cli/main.ts', 'doctor'], there),
      asOwner(['client/cli/main.ts', 'backup', dataDir], { ...there, REGIOPAD_DATA: join(place, 'other') }),
    ]);
    expect(start.code).toBe(1);
    expect(oneLine(start.output)).toMatch(/The data folder .* cannot be written .*EACCES.*set REGIOPAD_DATA/);
    for (const { code, output } of [worker, web]) {
      expect(code).toBe(1);
      expect(oneLine(output)).toMatch(/^Cannot open the store .*dossier\.db: .*readonly/);
    }
    expect(doctor.output).toMatch(/^WRONG {2}data folder .*cannot be written .*EACCES/m);
    expect(doctor.output).toMatch(/^WRONG {2}store .*readonly/m);
    expect(backup.code).toBe(1);
    expect(oneLine(backup.output)).toMatch(/^A backup cannot be written in .*EACCES/);

    chmodSync(dataDir, 0o700);
    for (const name of ['dossier.db', 'keys.json']) chmodSync(join(dataDir, name), 0o600);
    const application = applicationIn(dataDir);
    await application.start();
    expect(loadLinkKeys(dataDir)).toEqual(before);
  },
);
