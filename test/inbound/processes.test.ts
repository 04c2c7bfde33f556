/** Where inbound mail runs as processes of its own, a mail counts once, however many of them look, and none stays lying. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { deliverTo, makeMaildir } from '../../client/inbound/sources/maildir.ts';
import { takesInbound } from '../../client/inbound/start.ts';
import { asInstant, asLocalDate, asPathId, asPersonId } from '../../domain/ids.ts';
import { openStore } from '../../store/store.ts';
import { loadConfig } from '../../worker/config.ts';
import { temporaryFolder } from '../foundation/launched.ts';
import { answering, MESSAGE_ID, plain } from './samples.ts';
import { namesIn, until } from './world.ts';

const main = join(import.meta.dirname, '..', '..', 'client', 'inbound', 'main.ts');
const MAILS = 100;
const PATH = asPathId('noordrand-2033');

interface Started {
  child: ChildProcess;
  /** Resolves when it looks for mail. */
  ready: Promise<unknown>;
  ended: Promise<unknown>;
  output: () => string;
}

const started: Started[] = [];
function start(environment: NodeJS.ProcessEnv): Started {
  const unset = { SMTP_URL: '', MAIL_BOUNCE: '', TEMPORAL_ADDRESS: '127.0.0.1:1', LOG_LEVEL: 'error' };
  const child = fork(main, [], { env: { ...process.env, ...unset, ...environment }, silent: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => (output += text.toString()));
  const ended = once(child, 'close');
  const one = { child, ended, ready: Promise.race([once(child, 'message'), ended]), output: () => output };
  started.push(one);
  return one;
}
afterEach(async () => {
  const all = started.splice(0);
  for (const { child } of all) child.kill('SIGKILL');
  await Promise.all(all.map(({ ended }) => ended));
});

test('two processes on one mailbox take every mail, and none twice', async () => {
  const dataDir = temporaryFolder(onTestFinished);
  const spool = join(dataDir, 'spool');
  const store = await openStore(join(dataDir, 'dossier.db'));
  onTestFinished(() => store.close());
  const at = asInstant(Date.UTC(2031, 1, 12, 7));
  await store.ledger.noteAttempt({
    ...{ messageId: MESSAGE_ID, messageKey: 'k', path: PATH, person: asPersonId(`${PATH}.1`), kind: 'request', at },
    ...{ day: asLocalDate('2031-02-12'), subject: 'Wemmel', address: 'an@wemmel.example.org' },
    ...{ outcome: 'accepted', code: '250', response: 'ok' },
  });
  await makeMaildir(spool);
  const environment = { REGIOPAD_DATA: dataDir, MAIL_INBOUND: pathToFileURL(spool).href };
  const [one, other] = [start(environment), start(environment)];
  await Promise.all([one.ready, other.ready]);
  const texts = Array.from({ length: MAILS }, (_, number) => plain(answering, [`antwoord ${number}`]));
  await Promise.all(texts.map((text) => deliverTo(spool, text)));
  await until(() => namesIn(spool, 'new').length === 0, 'an empty mailbox', 100_000);
  for (const { child } of [one, other]) child.kill('SIGTERM');
  expect(await Promise.all([one.ended, other.ended])).toEqual(Array(2).fill([0, null]));
  expect(one.output() + other.output()).toBe('');
  expect(namesIn(spool, 'cur')).toHaveLength(MAILS);
  const kept = await store.inbound.mailsOf(PATH);
  expect(new Set(kept.map(({ excerpt }) => excerpt)).size).toBe(MAILS);
  const facts = (await store.ledger.factsOf([MESSAGE_ID])).get(MESSAGE_ID) ?? [];
  expect(facts.filter(({ fact }) => fact === 'replied')).toHaveLength(MAILS);
});

test('it says in one line what it cannot do without', async () => {
  const dataDir = temporaryFolder(onTestFinished);
  const launched = start({ REGIOPAD_DATA: dataDir, MAIL_INBOUND: '' });
  expect(await launched.ended).toEqual([1, null]);
  expect(launched.output()).toMatch(/^MAIL_INBOUND: [^\n]+\n$/);
});

test('the web process leaves a mailbox alone that processes of their own look at, and keeps that of a trial', () => {
  const apart = { REGIOPAD_INBOUND: 'apart', MAIL_INBOUND: 'file:///var/spool/regiopad' };
  expect(takesInbound(loadConfig(apart))).toBe(false);
  expect(takesInbound(loadConfig({ ...apart, REGIOPAD_INBOUND: '' }))).toBe(true);
  expect(takesInbound(loadConfig({ ...apart, MAIL_INBOUND: '' }))).toBe(true);
  expect(() => loadConfig({ REGIOPAD_INBOUND: 'both' })).toThrow(/^REGIOPAD_INBOUND: expected web .* or apart/);
});
