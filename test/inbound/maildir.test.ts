/** A spool folder: each mail is taken once, what fails stays, and nothing that lies there holds up the others. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RawMail } from '../../client/inbound/raw-mail.ts';
import { createMaildirSource, deliverTo, makeMaildir } from '../../client/inbound/sources/maildir.ts';
import type { TakeMail } from '../../client/inbound/take.ts';
import { watchInbound } from '../../client/inbound/watch.ts';
import { namesIn, temporaryFolder, until } from './world.ts';

let folder: string;
let given: { text: string; size: number }[];
const never = new AbortController().signal;
const taking =
  (result: (text: string) => 'taken' | 'aside' = () => 'taken'): TakeMail =>
  ({ head, size }: RawMail) => {
    const text = Buffer.from(head.subarray(0, 100)).toString();
    given.push({ text, size });
    return Promise.resolve(result(text));
  };
const texts = () => given.map(({ text }) => text);

beforeEach(() => {
  folder = join(temporaryFolder(), 'spool');
  given = [];
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

test('what was delivered is taken in its order, moved on and marked as seen; what is of no use is put aside', async () => {
  const source = createMaildirSource(folder);
  for (const text of ['one', 'two', 'three']) {
    await deliverTo(folder, text);
    // Names carry the millisecond.
    await until(
      () => namesIn(folder, 'new').every((name) => Number(name.split('.')[0]) < Date.now()),
      'a later moment',
    );
  }
  const round = await source.round(
    taking((text) => (text === 'two' ? 'aside' : 'taken')),
    never,
  );
  expect(round).toEqual({ taken: 3, failures: [] });
  expect(texts()).toEqual(['one', 'two', 'three']);
  expect(namesIn(folder, 'new')).toEqual([]);
  expect(namesIn(folder, 'cur').map((name) => readFileSync(join(folder, 'cur', name), 'utf8'))).toEqual([
    'one',
    'three',
  ]);
  expect(namesIn(folder, 'cur').every((name) => name.endsWith(':2,S'))).toBe(true);
  expect(namesIn(folder, '.unknown', 'cur')).toHaveLength(1);
  expect(await source.round(taking(), never)).toEqual({ taken: 0, failures: [] });
});

test('what cannot be taken now stays, and the others are taken', async () => {
  const source = createMaildirSource(folder);
  await deliverTo(folder, 'good');
  await deliverTo(folder, 'bad');
  const failing: TakeMail = (raw) =>
    Buffer.from(raw.head).toString() === 'bad' ? Promise.reject(new Error('the store is away')) : taking()(raw);
  const round = await source.round(failing, never);
  expect(round).toMatchObject({ taken: 1, failures: [{ message: 'the store is away' }] });
  expect(namesIn(folder, 'new')).toHaveLength(1);
  expect(await source.round(taking(), never)).toEqual({ taken: 1, failures: [] });
});

test('links, pipes, folders and hidden files are not opened', async () => {
  const source = createMaildirSource(folder);
  await makeMaildir(folder);
  writeFileSync(join(folder, '..', 'secret'), 'not yours');
  symlinkSync(join(folder, '..', 'secret'), join(folder, 'new', '1.link'));
  execFileSync('mkfifo', [join(folder, 'new', '2.pipe')]);
  mkdirSync(join(folder, 'new', '3.folder'));
  writeFileSync(join(folder, 'new', '.4.hidden'), 'x');
  expect(await source.round(taking(), never)).toEqual({ taken: 0, failures: [] });
  expect(given).toEqual([]);
});

test('of a mail of fifty megabytes only the beginning is held', async () => {
  const source = createMaildirSource(folder);
  await deliverTo(folder, 'Subject: large\r\n\r\n');
  const [name = ''] = namesIn(folder, 'new');
  truncateSync(join(folder, 'new', name), 50_000_000);
  let held = 0;
  await source.round(({ head, size }) => {
    held = head.byteLength;
    given.push({ text: '', size });
    return Promise.resolve('taken');
  }, never);
  expect([held, given[0]?.size]).toEqual([512 * 1024, 50_000_000]);
});

test('two processes that look at once lose nothing and stumble over nothing', async () => {
  const source = createMaildirSource(folder);
  await Promise.all(Array.from({ length: 40 }, (_, index) => deliverTo(folder, `mail ${index}`)));
  const rounds = await Promise.all([source.round(taking(), never), createMaildirSource(folder).round(taking(), never)]);
  expect(rounds.flatMap(({ failures }) => failures)).toEqual([]);
  expect(new Set(texts()).size).toBe(40);
  expect(namesIn(folder, 'cur')).toHaveLength(40);
});

test('the watch says that it cannot reach its place, and goes on by itself when it can', async () => {
  const notes: { ok: boolean; code: string }[] = [];
  const log: string[] = [];
  const watch = watchInbound({
    source: createMaildirSource(folder, 10),
    take: taking(),
    health: { note: (_component, { ok, code }) => Promise.resolve(void notes.push({ ok, code })) },
    log: ({ error }) => log.push(error.message),
  });
  await until(() => notes.length > 0, 'a first note');
  await deliverTo(folder, 'late');
  await until(() => texts().includes('late') && notes.length > 1, 'the mail');
  await watch.close();
  expect(notes).toEqual([
    { ok: false, code: 'ENOENT' },
    { ok: true, code: 'ok' },
  ]);
  expect(log).toHaveLength(1);
});
