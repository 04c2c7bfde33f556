/** The drill: all of it runs, answers come in, a backup is made meanwhile; then the folder is gone, and what is restored goes on. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { Backup } from '../../client/backup/make.ts';
import { readManifest } from '../../client/backup/manifest.ts';
import { listMails, readMail } from '../../client/mailbox.ts';
import { UnknownPathError } from '../../client/path-client.ts';
import type { Command } from '../../domain/commands.ts';
import { asPartyId, asPathId, asPersonId } from '../../domain/ids.ts';
import { openStore, type Store } from '../../store/store.ts';
import { commandLineOf, until } from '../../worker/processes.ts';
import { findRunning } from '../../worker/run-file.ts';
import type { CommandMessage } from '../../workflows/messages.ts';
import { temporaryFolder } from '../foundation/launched.ts';
import { browserAt } from '../postgres/browser-at.ts';
import { type Application, applicationIn, region } from './application.ts';

export const path = asPathId('proef');
const parties = ['23002', '23050', '23102'].map((nis) => asPartyId(`nis:${nis}`));
const decision = 'statement-of-commitment';
export const PATIENCE_MS = 120_000;

/** The contact of a municipality corrects its answer, each time with a reason of its own. */
function correction(number: number) {
  const index = number % parties.length;
  const [party, because] = [parties[index], `reden ${String(number)}`];
  return {
    id: `correction-${String(number)}`,
    actor: { kind: 'contact', via: 'link', personId: asPersonId(`proef.${String(index + 2)}`) } as const,
    command: { type: 'correct', data: { party, decision, answer: 'approved', on: '2026-11-02', because } } as Command,
  };
}

/** Says it until it is accepted; gives its event's number. */
export const insist = (application: Application, number: number): Promise<number> =>
  insistOn(application, correction(number));

async function insistOn(application: Application, message: CommandMessage): Promise<number> {
  let seq = 0;
  const isAccepted = async (): Promise<boolean> => {
    try {
      seq = (await application.withPaths((paths) => paths.command(path, message, 5_000))).seq;
      return true;
    } catch (error) {
      if (error instanceof UnknownPathError) throw error;
      return false;
    }
  };
  if (!(await until(isAccepted, PATIENCE_MS))) throw new Error(`${message.id} was never accepted`);
  return seq;
}

/** Says it once; whether it was acknowledged. */
export async function say(application: Application, number: number, timeoutMs: number): Promise<boolean> {
  return application
    .withPaths((paths) => paths.command(path, correction(number), timeoutMs))
    .then(
      () => true,
      () => false,
    );
}

/** Three municipalities have answered. */
export async function begin(dataDir: string, settings: NodeJS.ProcessEnv = {}): Promise<Application> {
  const application = applicationIn(dataDir, settings);
  await application.start();
  const file = join(temporaryFolder(onTestFinished), 'proef.yaml');
  writeFileSync(file, region);
  await application.regiopad('start', file);
  const actor = { kind: 'coordinator', via: 'cli', personId: asPersonId('proef.1') } as const;
  for (const party of parties) {
    const command = { type: 'answer', data: { party, decision, answer: 'approved', on: '2026-11-02' } } as Command;
    await insistOn(application, { id: `answer-${party}`, actor, command });
  }
  return application;
}

/** Asked anew after each wait. */
const isStopped = (signal: AbortSignal): boolean => signal.aborted;

/** Answers that keep coming until they are stopped; each with the moment at which it was acknowledged. */
export function answersFlow(application: Application) {
  const acknowledged: { number: number; at: number }[] = [];
  const stopping = new AbortController();
  const flow = (async () => {
    for (let number = 0; !isStopped(stopping.signal); number += 1) {
      await insist(application, number);
      acknowledged.push({ number, at: Date.now() });
    }
  })();
  // Whoever stops it hears of what went wrong.
  flow.catch(() => undefined);
  return {
    acknowledged,
    reach: (count: number) => until(() => acknowledged.length >= count, PATIENCE_MS),
    async stop() {
      stopping.abort();
      await flow;
    },
  };
}

export async function reasonsIn(store: Store): Promise<string[]> {
  const events = await store.events.eventsOf(path);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, index) => index + 1));
  return events.flatMap((event) => (event.type === 'answer-corrected' ? [event.data.because] : []));
}

export const reason = (number: number): string => `reden ${String(number)}`;

/** The store comes to say what the workflow says. */
export async function expectAgreement(application: Application, store: Store): Promise<void> {
  const both = async () => {
    const workflow = await application.withPaths((paths) => paths.state(path, 10_000)).catch(() => undefined);
    return { workflow, record: await store.snapshots.snapshot(path) };
  };
  let last = await both();
  await until(async () => {
    last = await both();
    return last.workflow !== undefined && last.workflow.seq === last.record?.seq;
  }, PATIENCE_MS);
  expect(last.record).toEqual(last.workflow);
}

/** Stops everything, as the end of a machine would: without asking. */
export async function end(dataDir: string): Promise<void> {
  const run = findRunning(dataDir);
  if (run === undefined) throw new Error('nothing runs');
  process.kill(run.pid, 'SIGKILL');
  const others = [run.temporal, run.worker, run.web].flatMap((part) => part?.pid ?? []);
  const isGone = (pid: number): boolean => commandLineOf(pid) === undefined;
  for (const pid of others) if (!isGone(pid)) process.kill(pid, 'SIGKILL');
  await until(() => [run.pid, ...others].every(isGone), 30_000);
}

/** @param places where the store is before and after: variables of the environment */
export async function drill(places: [NodeJS.ProcessEnv, NodeJS.ProcessEnv]): Promise<void> {
  const folder = temporaryFolder(onTestFinished);
  const [before, after, backups] = ['data', 'new', 'backups'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(before);
  const application = await begin(before, places[0]);
  const flow = answersFlow(application);
  await flow.reach(8);
  const backup = await backUp(application, backups);
  await flow.reach(flow.acknowledged.length + 4);
  await flow.stop();
  const moment = Date.parse(backup.manifest.moment);
  const kept = flow.acknowledged.filter(({ at }) => at < moment).map(({ number }) => reason(number));
  const links = await linksIn(join(before, 'mailbox'));
  await end(before);
  rmSync(before, { recursive: true, force: true });

  const restored = applicationIn(after, places[1]);
  await restored.regiopad('restore', backup.folder);
  const store = await openStore(places[1]['DATABASE_URL'] ?? join(after, 'dossier.db'));
  onTestFinished(() => store.close());
  const sent = (await store.ledger.entriesOf(path)).filter(({ outcome }) => outcome === 'accepted');
  await restored.start();
  await expectAgreement(restored, store);
  const reasons = await reasonsIn(store);
  expect(reasons).toEqual(expect.arrayContaining(kept));
  expect(kept.length).toBeGreaterThanOrEqual(8);
  expect(new Set(reasons).size).toBe(reasons.length);

  // Of what came after the backup nothing is known: it can be said again.
  const last = flow.acknowledged.length - 1;
  expect(await insist(restored, last)).toBeGreaterThan(0);
  await until(async () => (await reasonsIn(store)).includes(reason(last)), PATIENCE_MS);
  // A receipt and news for the coordinator of each; none that was noted as sent goes out again.
  const due = 2 * (await reasonsIn(store)).length;
  const accepted = async () =>
    (await store.ledger.entriesOf(path)).filter(({ outcome }) => outcome === 'accepted').length;
  expect(await until(async () => (await accepted()) === due, PATIENCE_MS)).toBe(true);
  const copies = new Map((await listMails(join(after, 'mailbox'))).map((mail) => [mail.messageId, mail.copies]));
  expect(sent.length).toBeGreaterThan(0);
  for (const { messageId } of sent) expect(copies.get(messageId), messageId).toBe(1);

  expect(links.length).toBeGreaterThan(0);
  const visitor = browserAt(findRunning(after)?.web?.url ?? '');
  await visitor.get(links[0] ?? '');
  expect(visitor.text).toMatch(/Asse|Meise|Wemmel/);
  await expectSaidAgreement(restored);
}

/** `rebuild` comes to say so: what a workflow has only just done may still wait to be recorded. */
export async function expectSaidAgreement(application: Application): Promise<void> {
  let said = '';
  await until(async () => {
    said = (await application.regiopad('rebuild').catch((error: unknown) => error as { stdout: string })).stdout;
    return said.includes('record and workflow agree for 1 open paths');
  }, PATIENCE_MS);
  expect(said).toContain('record and workflow agree for 1 open paths');
}

export async function backUp(application: Application, into: string, ...options: string[]): Promise<Backup> {
  const { stdout } = await application.regiopad('backup', into, ...options);
  const folder = stdout.slice(0, stdout.indexOf(': '));
  return { folder, manifest: await readManifest(folder) };
}

/** The links that contacts got. */
async function linksIn(mailbox: string): Promise<string[]> {
  const mails = await Promise.all((await listMails(mailbox)).map(({ id }) => readMail(mailbox, id)));
  return mails.flatMap((mail) => /\/m\/[\w.-]{40,}/.exec(mail?.text ?? '') ?? []);
}
