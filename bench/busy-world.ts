/** The web application on a store full of paths in mid-course: what the core says over months, with every event and mail on record. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { type PathClient, UnavailableError } from '../client/path-client.ts';
import { introduceRegion } from '../client/introduce.ts';
import { createWebApp } from '../client/web/app.ts';
import { readRegion, type Region } from '../definitions/region.ts';
import { expectedScript, type Script } from '../domain/course.ts';
import { addDays, localDay } from '../domain/dates.ts';
import { asInstant, asLocalDate, asPathId, type Instant, type PathId } from '../domain/ids.ts';
import { runCourse, type SentMessage } from '../domain/plan.ts';
import { openStore, type Store } from '../store/store.ts';
import { createLinks } from '../worker/links.ts';

export interface BusyWorld {
  app: FastifyInstance;
  store: Store;
  paths: PathId[];
  /** A cookie header of who coordinates all of them. */
  cookie: string;
  close: () => Promise<void>;
}

const START = asInstant(Date.parse('2031-01-06T08:00:00Z'));
/** The days up to which paths have lived: from their first requests to a month before they hand in. */
const FIRST_DAY = asLocalDate('2031-05-12');
const DAYS_APART = 5;
const COORDINATOR = 'lore.vannuffel@noordrand.example.org';
const publicUrl = 'http://localhost:3000';

/** Every third path meets silence, which brings the most mails. */
const scriptOf = (index: number): Script => ({ ...expectedScript, default: index % 3 === 2 ? 'none' : 'expected' });

/** @param count of paths, each of the thirteen municipalities of `examples/cultuur-noordrand.yaml` */
export async function busyWorld(count: number): Promise<BusyWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'regiopad-bench-'));
  const read = readRegion(join(import.meta.dirname, '..', 'examples', 'cultuur-noordrand.yaml'));
  if (!read.ok) throw new Error('the example cannot be read');
  let now = START;
  const store = await openStore(join(folder, 'dossier.db'), { now: () => now });
  // Filling it is not what is measured.
  await sql`pragma synchronous = off`.execute(store.db);
  const paths: PathId[] = [];
  for (let index = 0; index < count; index += 1) {
    const until = asInstant(Date.parse(`${addDays(FIRST_DAY, index * DAYS_APART)}T08:00:00Z`));
    paths.push(await livePath(store, read.value, index, until));
    now = until;
  }
  const app = await createWebApp({
    ...{ store, links: createLinks({ keys, publicUrl, codes: store.linkCodes }), clock: () => now, patience: 10_000 },
    ...{ paths: nobody, config: { publicUrl } },
    sendSignIn: () => Promise.resolve(),
    sendTestMail: () => Promise.resolve('accepted'),
    pingTemporal: () => Promise.resolve(),
  });
  return {
    ...{ app, store, paths, cookie: await signedIn(app, store, now) },
    async close() {
      await app.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const keys = { current: 'bench', keys: { bench: Buffer.alloc(32, 1).toString('base64url') } };

/** Pages are looked at; nothing is told. */
const nobody: PathClient = {
  start: () => Promise.reject(new UnavailableError()),
  command: () => Promise.reject(new UnavailableError()),
  reopen: () => Promise.reject(new UnavailableError()),
  state: () => Promise.reject(new UnavailableError()),
};

async function livePath(store: Store, region: Region, index: number, until: Instant): Promise<PathId> {
  const id = asPathId(`regio-${String(index + 1)}`);
  const own = { ...region, file: { ...region.file, id, partnership: `Regio ${String(index + 1)}` } };
  const { events, mails } = runCourse(await introduceRegion(store, own), START, until, scriptOf(index));
  await store.events.recordEvents(id, events);
  const addresses = new Map((await store.people.peopleOf(id)).map((person) => [person.id, person.email ?? '']));
  for (const mail of mails) await noteMail(store, id, mail, addresses.get(mail.message.to) ?? '');
  return id;
}

async function noteMail(store: Store, path: PathId, { at, message }: SentMessage, address: string): Promise<void> {
  const { key, to: person, kind } = message;
  await store.ledger.noteAttempt({
    ...{ messageKey: key, path, person, kind, address, at, subject: kind },
    ...{ messageId: `<${createHash('sha1').update(key).digest('hex')}@example.org>`, day: localDay(at) },
    ...{ outcome: 'accepted', code: 'accepted', response: '250 2.0.0 Ok' },
  });
}

async function signedIn(app: FastifyInstance, store: Store, now: Instant): Promise<string> {
  const account = await store.accounts.ensureAccount({ role: 'coordinator', email: COORDINATOR, name: 'Lore' });
  const token = await store.accounts.createSignInToken(account.id, asInstant(Date.parse(now) + 3_600_000));
  const page = await app.inject({ url: `/aanmelden/${token}` });
  const field = (name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.body)?.[1] ?? '';
  const cookies = (from: typeof page): string => from.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const answer = await app.inject({
    ...{ method: 'POST', url: `/aanmelden/${token}`, payload: `_form=${encodeURIComponent(field('_form'))}` },
    headers: { cookie: cookies(page), 'content-type': 'application/x-www-form-urlencoded', origin: publicUrl },
  });
  if (answer.statusCode !== 303) throw new Error(`signing in gives ${String(answer.statusCode)}`);
  return cookies(answer);
}
