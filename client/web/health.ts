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
  return { ok, detail: ok || component !== 'mail' ? code : `${code}: ${mailTrouble(code)}`, since };
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

export function registerHealth(app: FastifyInstance, web: Web): void {
  const config = { rateLimit: false as const };
  app.get('/healthz', { config }, () => ({ ok: true }));

  app.get('/readyz', { config }, async (_request, reply) => {
    const [temporal, store] = await Promise.all([check(web.pingTemporal), check(() => web.store.ping())]);
    const last = (component: Component) => (store.ok ? noted(web, component) : { ok: false, detail: 'unknown' });
    const [mail, inbound] = await Promise.all([last('mail'), last('inbound')]);
    const ok = [temporal, store, mail, inbound].every((each) => each.ok);
    return reply
      .code(ok ? 200 : 503)
      .header('Cache-Control', 'no-store')
      .send({ ok, temporal, store, mail, inbound });
  });
}
