/** Signing in with ACM/IDM: who gets in as somebody else, and who is left with a raw error. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { freePort } from '../../worker/processes.ts';
import { createHarness, type Harness, startPath } from './harness.ts';
import { CLIENT, type IdentityProvider, startProvider } from './identity-provider.ts';

let harness: Harness;
let provider: IdentityProvider;
let url: string;

/** Follows redirects across both sites, with a jar of cookies for each, as a browser does. */
class Traveller {
  readonly #jars = new Map<string, Map<string, { value: string; path: string }>>();
  page = '';
  at = '';
  status = 0;

  async go(address: string, form?: Record<string, string>): Promise<void> {
    const target = new URL(address, this.at === '' ? url : this.at);
    const jar = this.#jars.get(target.host) ?? new Map<string, { value: string; path: string }>();
    this.#jars.set(target.host, jar);
    const cookies = [...jar].filter(([, { path }]) => target.pathname.startsWith(path));
    const response = await fetch(target, {
      redirect: 'manual',
      headers: { cookie: cookies.map(([name, { value }]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const isOver = /expires=Thu, 01 Jan 1970/i.test(line) || value === '';
      if (isOver) jar.delete(name);
      else jar.set(name, { value, path: /path=([^;]+)/i.exec(line)?.[1] ?? '/' });
    }
    this.at = target.href;
    this.status = response.status;
    this.page = await response.text();
    const next = response.headers.get('location');
    if (next !== null) await this.go(next);
  }

  /** Forgets what one site gave it. */
  forget(site: string): void {
    this.#jars.delete(new URL(site).host);
  }

  /** Signs in at the provider as somebody and agrees; ends where that leads. */
  async pass(who: string): Promise<void> {
    await this.go(`${url}/aanmelden/oidc`);
    await this.answer({ prompt: 'login', login: who, password: 'any' });
    await this.answer({ prompt: 'consent' });
  }

  answer(form: Record<string, string>): Promise<void> {
    const [, action = ''] = /<form[^>]*action="([^"]+)"/.exec(this.page) ?? [];
    return this.go(action, form);
  }

  get text(): string {
    return this.page.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
  }
}

let traveller: Traveller;
const identities = () => harness.store.db.selectFrom('account_identities').select('subject').execute();
const accountOf = (email: string) => harness.store.accounts.accountWith(email);

beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  provider = await startProvider(`${url}/aanmelden/oidc/terug`);
  harness = await createHarness({ config: { publicUrl: url }, oidc: { issuer: provider.issuer, ...CLIENT } });
  await startPath(harness.store, harness.paths);
  await harness.app.listen({ host: '127.0.0.1', port });
}, 120_000);
afterAll(async () => {
  await harness.close();
  await provider.close();
});
beforeEach(() => {
  traveller = new Traveller();
});

describe('signing in with ACM/IDM', { timeout: 120_000 }, () => {
  test('is offered beside the link', async () => {
    await traveller.go('/aanmelden');
    expect(traveller.page).toContain('<a class="button quiet" href="/aanmelden/oidc">Aanmelden met ACM/IDM</a>');
  });

  test('lets nobody in whom no account is for, and says what to do about it; linked, the same person gets in', async () => {
    await traveller.pass('an');
    expect(traveller.status).toBe(403);
    expect(traveller.text).toContain('We kennen u nog niet');
    expect(traveller.text).toContain('An Peeters, Gemeente Wemmel (OVO001835)');
    expect(traveller.text).toContain('2b1f-an');
    expect(await identities()).toEqual([]);

    const account = await harness.store.accounts.ensureAccount({
      role: 'consultant',
      email: 'an@example.org',
      name: 'An',
    });
    const administrator = await harness.signIn('administrator');
    await administrator.get(`/accounts/${account.id}`);
    await administrator.submit('identiteit', { vo_id: ' 2b1f-an ' });
    expect(administrator.text).toContain('Gekoppeld: 2b1f-an');
    await traveller.go('/aanmelden/oidc');
    expect(traveller.at).toBe(`${url}/`);
    expect(traveller.text).toContain('Cultuur Noordrand');

    const other = await harness.store.accounts.ensureAccount({ role: 'reader', email: 'jo@example.org', name: 'Jo' });
    await administrator.get(`/accounts/${other.id}`);
    await administrator.submit('identiteit', { vo_id: '2b1f-an' });
    expect(administrator.text).toContain('Dit nummer hoort al bij een ander account');
    await administrator.get(`/accounts/${account.id}`);
    const unlink = administrator.forms().findIndex(({ fields }) => fields['unlink'] !== undefined);
    await administrator.submit(unlink, {});
    await traveller.go('/aanmelden/oidc');
    expect(traveller.status).toBe(403);
  });

  test('knows somebody by an address that the provider checked, and remembers who that is', async () => {
    await harness.store.accounts.ensureAccount({ role: 'consultant', email: 'els@example.org', name: 'Els Maes' });
    await traveller.pass('els');
    expect(traveller.at).toBe(`${url}/`);
    expect(traveller.text).toContain('Els Maes');
    expect(await identities()).toContainEqual({ subject: 'vo_id:77aa-els' });
    const { id } = (await accountOf('els@example.org'))!;
    await harness.store.db
      .updateTable('accounts')
      .set({ email: 'els.maes@example.org' })
      .where('id', '=', id)
      .execute();
    await traveller.go('/aanmelden/oidc');
    expect(traveller.text).toContain('Els Maes');
  });

  test('does not believe an address that nobody checked', async () => {
    await traveller.pass('eva');
    expect(traveller.status).toBe(403);
    expect(await accountOf('fien@example.org')).toBeUndefined();
  });

  test('that somebody breaks off ends on a page of ours', async () => {
    await traveller.go(`${url}/aanmelden/oidc`);
    const [, abort = ''] = /href="([^"]*abort)"/.exec(traveller.page) ?? [];
    await traveller.go(abort);
    expect(traveller.status).toBe(403);
    expect(traveller.text).toContain('geannuleerd of geweigerd');
    await traveller.go(traveller.at);
    expect(traveller.status).toBe(400);
    expect(traveller.text).toContain('duurde te lang');
  });

  test('that began in another browser, or came with another state, lets nobody in', async () => {
    await traveller.go(`${url}/aanmelden/oidc`);
    await traveller.answer({ prompt: 'login', login: 'els', password: 'any' });
    traveller.forget(url);
    await traveller.answer({ prompt: 'consent' });
    expect(traveller.status).toBe(400);
    const { at } = traveller;
    await traveller.go(`${url}/aanmelden/oidc/terug`);
    expect(traveller.status).toBe(400);
    const other = new Traveller();
    await other.go(`${url}/aanmelden/oidc`);
    await other.go(at);
    expect(other.status).toBe(400);
    expect(other.text).toContain('Begin opnieuw');
  });
});

test('a provider that is away has a page of its own, and is asked again later', { timeout: 60_000 }, async () => {
  const port = await freePort();
  const oidc = { issuer: `http://127.0.0.1:${port}`, ...CLIENT };
  const lonely = await createHarness({ oidc });
  const response = await lonely.app.inject({ url: '/aanmelden/oidc' });
  expect(response.statusCode).toBe(503);
  expect(response.body).toContain('ACM/IDM antwoordt nu niet');
  expect(response.body).toContain('href="/aanmelden"');
  await lonely.close();
});
