/** /healthz says that this process answers; /readyz whether what it needs does. */
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Component } from '../../store/health.ts';
import type { Web } from './web.ts';

interface Check {
  ok: boolean;
  detail: string;
}

const PATIENCE_MS = 1_500;

async function check(work: () => Promise<unknown>): Promise<Check> {
  const timer = new AbortController();
  const tooLate = delay(PATIENCE_MS, { ok: false, detail: 'no answer in time' }, { signal: timer.signal });
  tooLate.catch(() => undefined);
  const answer = work().then(
    () => ({ ok: true, detail: 'ok' }),
    // The words of an error may name hosts and files: its kind is enough here.
    (error: unknown) => ({ ok: false, detail: error instanceof Error ? error.name : 'error' }),
  );
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    timer.abort();
  }
}

/**
 * What the process that sends mail, or looks for mail that came in, found last; unused so far counts as well. A server's own words
 * stay in the store.
 */
async function noted(web: Web, component: Component): Promise<Check & { since?: string }> {
  const health = await web.store.health.health(component);
  if (health === undefined) return { ok: true, detail: 'not used yet' };
  const { ok, code, since } = health;
  if (ok || component === 'inbound') return { ok, detail: code, since };
  return { ok, detail: `${code}: ${mailTrouble(code)}`, since };
}

/** Of the first machine that is wrong, as long as it runs. */
async function notedClock(web: Web): Promise<Check & { since?: string }> {
  const wrong = (await web.store.health.clocks()).find(({ ok }) => !ok);
  if (wrong === undefined) return { ok: true, detail: 'ok' };
  const { component, detail, since } = wrong;
  return {
    ok: false,
    detail: `the machine of the ${component === 'web-clock' ? 'web process' : 'worker'} is ${detail}`,
    since,
  };
}

function mailTrouble(code: string): string {
  if (['EAUTH', 'ENOAUTH', 'EOAUTH2'].includes(code))
    return 'the mail server does not take the user and password of SMTP_URL';
  if (['ETLS', 'EREQUIRETLS'].includes(code)) return 'no secure connection to the mail server';
  if (['ECONFIG', 'EPROXY', 'EDNS'].includes(code)) return 'the mail server of SMTP_URL cannot be found or used';
  if (code === '421') return 'the mail server takes no mail for now';
  if (/^\d{3}$/.test(code))
    return 'the mail server does not take mail from MAIL_FROM or MAIL_BOUNCE, or passes none on';
  return 'the mail server cannot be reached, or breaks off';
}

/** Whether it is asked often or not, the store is written to once in so many milliseconds. */
const PROBE_EVERY_MS = 5_000;

/** Writes: a store that can be read may still have no room left, or a disk that became read-only. */
function createProbe({ store, clock }: Web): () => Promise<void> {
  let last: { at: number; done: Promise<void> } | undefined;
  return () => {
    const now = performance.now();
    if (last === undefined || now - last.at > PROBE_EVERY_MS)
      last = { at: now, done: store.health.note('store', { ok: true, code: 'written', detail: '', at: clock() }) };
    return last.done;
  };
}

export function registerHealth(app: FastifyInstance, web: Web): void {
  const probe = createProbe(web);
  const config = { rateLimit: false as const };
  app.get('/healthz', { config }, () => ({ ok: true }));

  app.get('/readyz', { config }, async (_request, reply) => {
    const [temporal, store] = await Promise.all([check(web.pingTemporal), check(probe)]);
    const last = (ask: () => Promise<Check>) => (store.ok ? ask() : { ok: false, detail: 'unknown' });
    const [mail, inbound, clock] = await Promise.all([
      last(() => noted(web, 'mail')),
      last(() => noted(web, 'inbound')),
      last(() => notedClock(web)),
    ]);
    const ok = [temporal, store, mail, inbound, clock].every((each) => each.ok);
    return reply
      .code(ok ? 200 : 503)
      .header('Cache-Control', 'no-store')
      .send({ ok, temporal, store, mail, inbound, clock });
  });
}
