/** The web application on a real store, with paths that run the real core in memory instead of Temporal. */
import type { FastifyInstance, InjectOptions } from 'fastify';
import type { SignInRequest } from '../../activities/account-mailer.ts';
import type { TestMail } from '../../activities/test-mailer.ts';
import { createWebApp } from '../../client/web/app.ts';
import type { WebAppOptions } from '../../client/web/web.ts';
import { createLinks, type LinkMaker } from '../../worker/links.ts';
import { type PathClient, RefusedError, UnknownPathError } from '../../client/path-client.ts';
import { loadDefinition, loadRound } from '../../definitions/load.ts';
import type { Command } from '../../domain/commands.ts';
import { starterOf } from '../../domain/clockwork.ts';
import { decide, numbered } from '../../domain/decide.ts';
import type { PathEvent, PathStart } from '../../domain/events.ts';
import { evolve } from '../../domain/evolve.ts';
import {
  asInstant,
  asLocalDate,
  asPathId,
  type Instant,
  municipalityParty,
  type PartyId,
  type PathId,
  type PersonId,
} from '../../domain/ids.ts';
import { tasksOf } from '../../domain/lookup.ts';
import { isRefusal } from '../../domain/refusals.ts';
import type { Actor, PathState } from '../../domain/state.ts';
import type { AccountRole } from '../../store/accounts.ts';
import type { Store } from '../../store/store.ts';
import type { Receipt } from '../../workflows/messages.ts';
import { newStore } from '../store/places.ts';

export const PATH = asPathId('noordrand-2033');
export const WEMMEL = municipalityParty('23102');
export const ASSE = municipalityParty('23002');
export const ZAVENTEM = municipalityParty('23094');

export interface Harness {
  app: FastifyInstance;
  store: Store;
  links: LinkMaker;
  paths: FakePaths;
  /** Sign-in mails, as they would go out. */
  signIns: SignInRequest[];
  /** Test mails, as they would go out. */
  tests: TestMail[];
  setTime(at: string): void;
  now(): Instant;
  /** The coordinator tells the path something. */
  tell(command: Command, path?: PathId): Promise<void>;
  state(path?: PathId): PathState;
  /** A link for the contact of a party, or for another person. */
  token(
    party: PartyId,
    change?: { person?: PersonId; generation?: number; expires?: string; path?: PathId },
  ): Promise<string>;
  /** A browser that has followed a link. */
  visit(party: PartyId): Promise<Browser>;
  /** A browser in which somebody has signed in. */
  signIn(role: AccountRole, email?: string): Promise<Browser>;
  close(): Promise<void>;
}

export interface FakePaths extends PathClient {
  states: Map<PathId, PathState>;
  /** Throws instead of taking a command. */
  failure: Error | undefined;
  commands: number;
}

export function fakePaths(store: Store, now: () => Instant): FakePaths {
  const states = new Map<PathId, PathState>();
  const receipts = new Map<string, Receipt>();
  const recording = new Map<PathId, Promise<void>>();
  /** As a workflow does: its state changes at once, and what happened is recorded in turn. */
  const record = async (path: PathId, state: PathState | undefined, events: PathEvent[]) => {
    states.set(path, events.reduce<PathState | undefined>(evolve, state)!);
    const before = recording.get(path) ?? Promise.resolve();
    const turn = before.then(() => store.events.recordEvents(path, events)).then(() => undefined);
    recording.set(path, turn);
    await turn;
  };
  const paths: FakePaths = {
    states,
    failure: undefined,
    commands: 0,
    async start(start: PathStart) {
      if (states.has(start.id)) return false;
      if (paths.failure !== undefined) throw paths.failure;
      const started = numbered(undefined, [{ type: 'path-started', data: start }], starterOf(start), now());
      await record(start.id, undefined, started);
      return true;
    },
    async command(path, { id, actor, command }) {
      if (paths.failure !== undefined) throw paths.failure;
      paths.commands += 1;
      const known = receipts.get(id);
      if (known !== undefined) return known;
      const state = states.get(path);
      if (state === undefined) throw new UnknownPathError('no such path');
      const events = decide(state, command, actor, now());
      if (isRefusal(events)) throw new RefusedError(events);
      const recorded = record(path, state, events);
      const receipt = { commandId: id, seq: states.get(path)!.seq, at: now() };
      receipts.set(id, receipt);
      await recorded;
      return receipt;
    },
    async reopen(ended, message) {
      states.set(ended.id, ended);
      return paths.command(ended.id, message);
    },
    state(path) {
      const state = states.get(path);
      return state === undefined ? Promise.reject(new UnknownPathError('no such path')) : Promise.resolve(state);
    },
  };
  return paths;
}

/** A path of some municipalities, each with a contact at example.org. */
export async function startPath(
  store: Store,
  paths: PathClient,
  options: { id?: PathId; partnership?: string; parties?: PartyId[]; coordinator?: string } = {},
): Promise<PathStart> {
  const { id = PATH, partnership = 'Cultuur Noordrand', parties = [ASSE, WEMMEL, ZAVENTEM] } = options;
  const definition = loadDefinition('igs-cultuur');
  const round = loadRound('igs-cultuur-2033');
  if (!definition.ok || !round.ok) throw new Error('the definitions do not load');
  await store.paths.ensurePath({ path: id, partnership, referenceRegion: 'Halle-Vilvoorde', createdAt: asInstant(0) });
  const email = options.coordinator ?? 'fien@example.org';
  const coordinator = await store.people.ensurePerson({ path: id, role: 'coordinator', name: 'Fien De Smet', email });
  const start: PathStart = {
    id,
    definition: definition.value,
    round: round.value,
    route: 'continue-existing',
    dates: { expiresOn: asLocalDate('2032-12-31'), representativesBy: asLocalDate('2031-06-30') },
    coordinator,
    parties: [],
    decided: [],
  };
  for (const party of parties) {
    const contact = await store.people.ensurePerson({
      ...{ path: id, party, role: 'contact', name: `Secretariaat ${party.slice(4)}` },
      email: `secretariaat-${party.slice(4)}@example.org`,
    });
    start.parties.push({ party, contact, contribution: 12_000 });
  }
  await paths.start(start);
  return start;
}

/** Who signs in when no address is given. */
export const usual: Record<AccountRole, string> = {
  administrator: 'administrator@localhost',
  consultant: 'consulent@example.org',
  coordinator: 'fien@example.org',
  reader: 'lezer@example.org',
};

export async function createHarness(options: Partial<WebAppOptions> = {}): Promise<Harness> {
  let at = '2031-02-12T09:00:00.000Z' as Instant;
  const now = (): Instant => at;
  const store = await newStore({ now });
  const publicUrl = options.config?.publicUrl ?? 'http://localhost:3000';
  const keys = { current: 'k1', keys: { k1: Buffer.alloc(32, 7).toString('base64url') } };
  const links = createLinks({ keys, publicUrl, codes: store.linkCodes });
  const paths = fakePaths(store, now);
  const signIns: SignInRequest[] = [];
  const tests: TestMail[] = [];
  const app = await createWebApp({
    ...{ store, paths, links, clock: now, patience: 1000, config: { publicUrl } },
    sendSignIn: (request) => Promise.resolve(void signIns.push(request)),
    sendTestMail: (test) => Promise.resolve(tests.push(test) > 0 ? 'accepted' : 'refused'),
    pingTemporal: () => Promise.resolve(),
    ...options,
  });
  const harness: Harness = {
    ...{ app, store, links, paths, signIns, tests, now },
    setTime: (text) => {
      at = text as Instant;
    },
    state: (path = PATH) => paths.states.get(path)!,
    async tell(command, path = PATH) {
      const actor: Actor = { kind: 'coordinator', personId: harness.state(path).coordinator, via: 'web' };
      await paths.command(path, { id: crypto.randomUUID(), actor, command });
    },
    token(party, change = {}) {
      const path = change.path ?? PATH;
      const current = harness.state(path).parties[party]!;
      return links.contactToken({
        ...{ path, party, person: change.person ?? current.contact! },
        generation: change.generation ?? current.linkGeneration,
        expires: asLocalDate(change.expires ?? '2099-12-31'),
      });
    },
    async visit(party) {
      const browser = new Browser(app);
      await browser.get(`/m/${await harness.token(party)}`);
      return browser;
    },
    async signIn(role, email) {
      const address = email ?? usual[role];
      const account = await store.accounts.ensureAccount({ role, email: address, name: 'Fien De Smet' });
      const expires = asInstant(Date.parse(at) + 3_600_000);
      const token = await store.accounts.createSignInToken(account.id, expires);
      const browser = new Browser(app);
      await browser.get(`/aanmelden/${token}`);
      await browser.submit(0, {});
      return browser;
    },
    async close() {
      await app.close();
      await store.close();
    },
  };
  return harness;
}

const unescaped = (html: string): string =>
  html
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&#x27;', "'")
    .replaceAll('&#x3D;', '=')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

export interface SentFile {
  field: string;
  name: string;
  content: string | Uint8Array<ArrayBuffer>;
}

const noFile: SentFile = { field: 'file', name: '', content: '' };

/** Keeps cookies, follows redirects and sends forms: what a browser without scripts does. */
export class Browser {
  readonly #app: FastifyInstance;
  readonly #cookies: { name: string; value: string; path: string }[] = [];
  url = '';
  status = 0;
  html = '';
  bytes: Uint8Array = new Uint8Array(0);
  headers: Record<string, unknown> = {};

  constructor(app: FastifyInstance) {
    this.#app = app;
  }

  get text(): string {
    return unescaped(this.html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' '));
  }

  cookieHeader(path: string): string {
    const mine = this.#cookies.filter((cookie) => path.startsWith(cookie.path));
    return mine.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  async request(options: InjectOptions & { url: string }): Promise<void> {
    const response = await this.#app.inject({
      ...options,
      headers: { host: 'localhost:3000', cookie: this.cookieHeader(options.url.split('?')[0]!), ...options.headers },
    });
    for (const { name, value, path = '/' } of response.cookies) {
      const others = this.#cookies.filter((known) => known.name !== name || known.path !== path);
      this.#cookies.splice(0, this.#cookies.length, ...others, { name, value, path });
    }
    this.url = options.url;
    this.status = response.statusCode;
    this.html = response.body;
    this.bytes = response.rawPayload;
    this.headers = response.headers;
    const { location } = response.headers;
    if (location !== undefined) await this.get(location);
  }

  get(url: string): Promise<void> {
    return this.request({ method: 'GET', url: url.split('#')[0]! });
  }

  /** The forms of the page, with what stands in their fields. */
  forms(): { action: string; id: string; isMultipart: boolean; fields: Record<string, string> }[] {
    return [...this.html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)].map(([, attributes = '', inner = '']) => {
      const fields: Record<string, string> = {};
      for (const [tag] of inner.matchAll(/<input[^>]*>/g)) {
        const name = /name="([^"]*)"/.exec(tag)?.[1] ?? '';
        if (tag.includes('type="file"')) continue;
        const isUnchecked = /type="(?:radio|checkbox)"/.test(tag) && !tag.includes(' checked');
        if (!isUnchecked) fields[name] = unescaped(/value="([^"]*)"/.exec(tag)?.[1] ?? '');
      }
      for (const [, name = '', value = ''] of inner.matchAll(/<textarea[^>]*name="([^"]*)"[^>]*>\n?([^<]*)</g)) {
        fields[name] = unescaped(value);
      }
      for (const [, name = '', options = ''] of inner.matchAll(
        /<select[^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g,
      )) {
        const chosen = /value="([^"]*)" selected/.exec(options) ?? /value="([^"]*)"/.exec(options);
        fields[name] = unescaped(chosen?.[1] ?? '');
      }
      const attribute = (name: string): string =>
        unescaped(new RegExp(`${name}="([^"]*)"`).exec(attributes)?.[1] ?? '');
      const isMultipart = attribute('enctype') === 'multipart/form-data';
      return { action: attribute('action'), id: attribute('id'), isMultipart, fields };
    });
  }

  /** Sends a form, by its number or its id, with some fields filled in. */
  async submit(
    form: number | string,
    fill: Record<string, string>,
    headers: Record<string, string> = {},
    file?: SentFile,
  ): Promise<void> {
    const found = typeof form === 'number' ? this.forms()[form] : this.forms().find(({ id }) => id === form);
    if (found === undefined) throw new Error(`no form ${form} on ${this.url}: ${this.text.slice(0, 300)}`);
    const fields = { ...found.fields, ...fill };
    if (found.isMultipart) await this.postMultipart(found.action, fields, file ?? noFile, headers);
    else await this.post(found.action, fields, headers);
  }

  /** As browsers send a form with a field for a file; one that was left empty is sent without a name. */
  async postMultipart(
    url: string,
    fields: Record<string, string>,
    file: SentFile,
    headers: Record<string, string> = {},
  ): Promise<void> {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.append(name, value);
    data.append(file.field, new Blob([file.content]), file.name);
    const { headers: own, body } = new Request('http://localhost:3000', { method: 'POST', body: data });
    const payload = Buffer.from(await new Response(body).arrayBuffer());
    await this.request({
      ...{ method: 'POST', url, payload },
      headers: { 'content-type': own.get('content-type')!, origin: 'http://localhost:3000', ...headers },
    });
  }

  post(url: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<void> {
    return this.request({
      ...{ method: 'POST', url },
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost:3000', ...headers },
      payload: new URLSearchParams(fields).toString(),
    });
  }
}

/** Asks a decision of everybody, with what comes before it done. */
export async function request(harness: Harness, decision: string, path: PathId = PATH): Promise<void> {
  for (const task of tasksOf(harness.state(path))) {
    if (task.kind === undefined && harness.state(path).tasks[task.key] === undefined) {
      await harness.tell({ type: 'complete-task', data: { task: task.key } }, path);
    }
  }
  await harness.tell({ type: 'request', data: { decision } }, path);
}
