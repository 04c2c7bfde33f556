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
import { asInstant, asLocalDate, asPathId, type Instant, municipalityParty, type PathId } from '../domain/ids.ts';
import { runCourse, type SentMessage } from '../domain/plan.ts';
import { openStore, type Store } from '../store/store.ts';
import { Browser } from '../test/web/harness.ts';
import { createLinks, type LinkMaker } from '../worker/links.ts';

export interface BusyWorld {
  app: FastifyInstance;
  store: Store;
  links: LinkMaker;
  paths: PathId[];
  /** The id of the account that coordinates all of them. */
  account: string;
  signIn: (role: 'administrator' | 'coordinator') => Promise<Browser>;
  /** A browser that nobody has signed in with. */
  visitor: () => Browser;
  /** Makes nothing hold any more that was remembered of the path that an address is about. */
  touch: (url: string) => Promise<unknown>;
  close: () => Promise<void>;
}

const START = asInstant(Date.parse('2031-01-06T08:00:00Z'));
/** The days up to which paths have lived: from their first requests to a month before they hand in. */
const FIRST_DAY = asLocalDate('2031-05-12');
const DAYS_APART = 5;
const addresses = { coordinator: 'lore.vannuffel@noordrand.example.org', administrator: 'administrator@localhost' };
const publicUrl = 'http://localhost:3000';

/** Nobody is in sixty paths: this municipality is in those of three themes. */
export const KRAAINEM = '23099';
const THEMES = 3;

function fileOf({ file }: Region, index: number): Region['file'] {
  const own = { ...file, id: `regio-${String(index + 1)}`, partnership: `Regio ${String(index + 1)}` };
  const [first] = file.municipalities;
  if (index >= THEMES || first === undefined) return own;
  const { deputy: _deputy, ...member } = first;
  const more = { ...member, party: municipalityParty(KRAAINEM), name: 'Kraainem' };
  return { ...own, municipalities: [...file.municipalities, more] };
}

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
  const links = createLinks({ keys, publicUrl, codes: store.linkCodes });
  const app = await createWebApp({
    ...{ store, links, clock: () => now, patience: 10_000, paths: nobody, config: { publicUrl } },
    sendSignIn: () => Promise.resolve(),
    sendTestMail: () => Promise.resolve('accepted'),
    pingTemporal: () => Promise.resolve(),
  });
  const { id: account } = await store.accounts.ensureAccount({
    ...{ role: 'coordinator', email: addresses.coordinator, name: 'Lore' },
  });
  return {
    ...{ app, store, links, paths, account },
    visitor: () => new Browser(app),
    signIn: (role) => signedIn(app, store, role, now),
    touch: (url) => touched(store, asPathId(url.split('/')[2] ?? '')),
    async close() {
      await app.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** White space at its end makes a recorded state another text that says the same. */
const touched = (store: Store, path: PathId) =>
  sql`update snapshots set state = state || ' ' where path_id = ${path}`.execute(store.db);

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
  const own = { ...region, file: fileOf(region, index) };
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

async function signedIn(
  app: FastifyInstance,
  store: Store,
  role: keyof typeof addresses,
  now: Instant,
): Promise<Browser> {
  const account = await store.accounts.ensureAccount({ role, email: addresses[role], name: 'Lore' });
  const token = await store.accounts.createSignInToken(account.id, asInstant(Date.parse(now) + 3_600_000));
  const browser = new Browser(app);
  await browser.get(`/aanmelden/${token}`);
  await browser.submit(0, {});
  if (browser.status !== 200) throw new Error(`signing in gives ${String(browser.status)}`);
  return browser;
}
