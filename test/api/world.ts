/** The running application with paths of two regions, and who asks about them by the API: one token for each role. */
import type { InjectOptions } from 'fastify';
import { asInstant, asLocalDate, asPathId, type PathId } from '../../domain/ids.ts';
import type { AccountRole } from '../../store/accounts.ts';
import type { WebAppOptions } from '../../client/web/web.ts';
import { ASSE, createHarness, type Harness, request, startPath, WEMMEL } from '../web/harness.ts';

export const OTHER = asPathId('zuidrand-2033');
const SESSION = asLocalDate('2031-02-10');
/** What somebody wrote, with a name in it. */
export const WRITTEN = 'Volgens Rik Janssens is het te duur.';
export const callers = ['administrator', 'consultant', 'coordinator', 'other', 'reader'] as const;
export type CallerName = (typeof callers)[number];

/** One thing of a list, with whatever of this it has. */
export interface AnswerItem {
  id: string;
  seq: number;
  name: string;
  party: string;
  status: string;
  code: string;
  actor: object;
  answer: object;
  path: string;
  nis: string;
  paths: string[];
  partnership: string;
  person: object;
  say: string;
  concerns: { key: string; code: string }[];
}

/** What an answer may hold, as tests look into it. */
export interface AnswerBody {
  type: string;
  title: string;
  detail: string;
  code: string;
  errors: { pointer?: string; parameter?: string; detail: string }[];
  items: AnswerItem[];
  next?: string;
  id: string;
  seq: number;
  status: string | number;
  mayChange: boolean;
  coordinator?: string;
  ending: object;
  deadlines: { to: string }[];
  warnings: { code: string }[];
  nextOn?: string;
  isNew: boolean;
  dates: Record<string, string>;
  asks: { decision: string; party: string; nextSession: string }[];
  conditions: object[];
  mails: { to: { email: string } }[];
  paths: { path: string; member: { contact?: string }; asks: { party: string; status: string; answer: object }[] }[];
}

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: AnswerBody;
  text: string;
}

export interface ApiWorld {
  harness: Harness;
  tokens: Record<CallerName, string>;
  get(who: CallerName, path: string): Promise<Answer>;
  post(who: CallerName, path: string, body: unknown, key?: string): Promise<Answer>;
  ask(options: InjectOptions): Promise<Answer>;
  close(): Promise<void>;
}

/** A year for a token. */
const LATER_MS = 365 * 86_400_000;

export async function createApiWorld(options: Partial<WebAppOptions> = {}): Promise<ApiWorld> {
  const harness = await createHarness(options);
  const { store, paths, app } = harness;
  await startPath(store, paths);
  await startPath(store, paths, {
    ...{ id: OTHER, partnership: 'Cultuur Zuidrand', parties: [WEMMEL, ASSE], coordinator: 'gust@example.org' },
  });
  await request(harness, 'declaration-of-intent');
  await harness.tell({
    type: 'answer',
    data: { party: WEMMEL, decision: 'declaration-of-intent', answer: 'rejected', on: SESSION, reason: WRITTEN },
  });

  async function tokenFor(role: AccountRole, email: string, regions: PathId[] = []): Promise<string> {
    const account = await store.accounts.ensureAccount({ role, email, name: `De ${role} van de proef` });
    await store.accounts.setRegions(account.id, regions);
    const expiresAt = asInstant(Date.parse(harness.now()) + LATER_MS);
    return (await store.apiTokens.create({ account: account.id, name: 'proef', role, expiresAt })).token;
  }
  const tokens = {
    administrator: await tokenFor('administrator', 'beheer@example.org'),
    consultant: await tokenFor('consultant', 'consulent@example.org', [OTHER]),
    coordinator: await tokenFor('coordinator', 'fien@example.org'),
    other: await tokenFor('coordinator', 'gust@example.org'),
    reader: await tokenFor('reader', 'lezer@example.org', [asPathId('noordrand-2033')]),
  };

  async function ask(given: InjectOptions): Promise<Answer> {
    const response = await app.inject(given);
    const text = response.body;
    const isJson = String(response.headers['content-type']).includes('json');
    const body = (isJson && text !== '' ? JSON.parse(text) : {}) as AnswerBody;
    return { status: response.statusCode, headers: response.headers, text, body };
  }
  const authorization = (who: CallerName) => `Bearer ${tokens[who]}`;
  return {
    ...{ harness, tokens, ask },
    get: (who, path) => ask({ url: `/api/v1${path}`, headers: { authorization: authorization(who) } }),
    post: (who, path, body, key) =>
      ask({
        ...{ method: 'POST', url: `/api/v1${path}` },
        headers: {
          ...{ authorization: authorization(who), 'content-type': 'application/json' },
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        payload: JSON.stringify(body),
      }),
    close: () => harness.close(),
  };
}
