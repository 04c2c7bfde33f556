/** What a user would lose here: an answer that Regiopad said it had noted, or the mail that belongs to it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listMails } from '../../client/mailbox.ts';
import { UnknownPathError } from '../../client/path-client.ts';
import type { Command } from '../../domain/commands.ts';
import { asPartyId, asPathId, asPersonId } from '../../domain/ids.ts';
import { openStore } from '../../store/store.ts';
import { until } from '../../worker/processes.ts';
import { findRunning, type RunFile } from '../../worker/run-file.ts';
import { temporaryFolder } from '../foundation/launched.ts';
import { type Application, applicationIn, region } from './application.ts';

const path = asPathId('proef');
const parties = ['23002', '23050', '23102'].map((nis) => asPartyId(`nis:${nis}`));
const decision = 'statement-of-commitment';

/** The contact of a municipality corrects its answer, over and over, each time with a reason of its own. */
const correction = (number: number) => {
  const index = number % parties.length;
  const data = {
    party: parties[index],
    decision,
    answer: 'approved',
    on: '2026-11-02',
    because: `reden ${String(number)}`,
  };
  return {
    id: `correction-${String(number)}`,
    actor: { kind: 'contact', via: 'link', personId: asPersonId(`proef.${String(index + 2)}`) } as const,
    command: { type: 'correct', data } as Command,
  };
};

/** Says it until it is accepted, as a person would who sees that it was not. */
async function insist(application: Application, number: number): Promise<void> {
  const message = correction(number);
  const isAccepted = async (): Promise<boolean> => {
    try {
      await application.withPaths((paths) => paths.command(path, message, 3_000));
      return true;
    } catch (error) {
      if (error instanceof UnknownPathError) throw error;
      return false;
    }
  };
  if (!(await until(isAccepted, 60_000))) throw new Error(`${message.id} was never accepted`);
}

type Part = 'worker' | 'web' | 'temporal' | 'supervisor';
const pidOf = (run: RunFile | undefined, part: Part): number | undefined =>
  part === 'supervisor' ? run?.pid : run?.[part]?.pid;

test(
  'kill -9 of each process in turn, while answers come in, loses no answer and no mail',
  { timeout: 420_000 },
  async () => {
    const dataDir = temporaryFolder(onTestFinished);
    const application = applicationIn(dataDir);
    await application.start();
    const file = join(dataDir, 'proef.yaml');
    writeFileSync(file, region);
    await application.regiopad('start', file);
    for (const party of parties) {
      await application.regiopad(
        'tell',
        'proef',
        'answer',
        JSON.stringify({ party, decision, answer: 'approved', on: '2026-11-02' }),
      );
    }
    let number = 0;
    for (const part of ['worker', 'web', 'temporal', 'supervisor'] as const) {
      for (let count = 0; count < 4; count += 1) await insist(application, number++);
      const before = pidOf(findRunning(dataDir), part);
      if (before === undefined) throw new Error(`no process of ${part}`);
      // An answer is under way, and the mails of those before it, when the process dies.
      const underWay = insist(application, number++);
      process.kill(before, 'SIGKILL');
      if (part === 'supervisor') await application.start();
      await underWay;
      await insist(application, number++);
    }

    const store = await openStore(join(dataDir, 'dossier.db'));
    onTestFinished(() => store.close());
    const reasons = async () => {
      const events = await store.events.eventsOf(path);
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, index) => index + 1));
      return events.flatMap((event) => (event.type === 'answer-corrected' ? [event.data.because] : []));
    };
    await until(async () => (await reasons()).length === number, 60_000);
    const expected = Array.from({ length: number }, (_each, index) => `reden ${String(index)}`);
    expect((await reasons()).sort()).toEqual(expected.sort());

    // A receipt for who corrected and news for the coordinator, each under its own Message-ID.
    const mails = () => listMails(join(dataDir, 'mailbox'));
    const distinct = async () => new Set((await mails()).map((mail) => mail.messageId)).size;
    await until(async () => (await distinct()) === 2 * number, 180_000);
    expect(await distinct()).toBe(2 * number);
    // Repeats only of what was in flight when the worker or its server died: at most a pool of connections each time.
    expect((await mails()).length - (await distinct())).toBeLessThanOrEqual(3 * 5);
  },
);

test('Ctrl-C and start again finds everything as it was', { timeout: 300_000 }, async () => {
  const dataDir = temporaryFolder(onTestFinished);
  const application = applicationIn(dataDir);
  const first = await application.start();
  const file = join(dataDir, 'proef.yaml');
  writeFileSync(file, region);
  await application.regiopad('start', file);
  await application.regiopad('tell', 'proef', 'complete-task', '{"task":"own-time"}', '--id', 'mine');
  first.child.kill('SIGINT');
  expect((await first.ended).code).toBe(0);
  const stopped = await application
    .regiopad('tell', 'proef', 'pause', '{"reason":"x"}')
    .catch((error: unknown) => error);
  expect(stopped).toMatchObject({ code: 3 });
  await application.start();
  const again = await application.regiopad('tell', 'proef', 'complete-task', '{"task":"own-time"}', '--id', 'mine');
  expect(again.stdout).toContain('accepted as event 2');
  const { stdout } = await application.regiopad('status', 'proef', '--format', 'json');
  expect(JSON.parse(stdout)).toMatchObject({ seq: 2, outcome: 'running' });
});
