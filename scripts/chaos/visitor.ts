/** A contact who opens the link of a mail and answers, and insists until the page says that the answer is noted. */
import { setTimeout as delay } from 'node:timers/promises';
import { browserAt } from '../../test/postgres/browser-at.ts';
import type { Browser } from '../../test/web/harness.ts';
import { DECISION, HELD } from './regions.ts';

/** `acknowledged`: the browser was sent to the page that says so. `open`: never answered until the run was over. */
export type Fate = 'acknowledged' | 'refused' | 'open';

export interface Told {
  fate: Fate;
  /** From the first press of the button to the word that it is noted, in milliseconds. */
  tookMs: number;
  /** How often the button was pressed. */
  presses: number;
  /** What was seen instead of it: a status, or `no answer`. */
  troubles: string[];
  detail?: string;
}

export interface Visit {
  webUrl: string;
  token: string;
  /** Each town hall has its own address; one for all would meet the limits. */
  address: string;
  /** What tells this answer from all others: it stands in the record. */
  reference: string;
  /** Aborted when nobody insists any more. */
  over: AbortSignal;
}

/** Longer than any page may take: who waits for it presses again. */
const PATIENCE_MS = 15_000;
/** The page asks for some patience. */
const PAUSE_MS = 5_000;

/** Undefined when the page never came, so that nothing was said. */
export async function answer(visit: Visit): Promise<Told | undefined> {
  const troubles: string[] = [];
  for (;;) {
    const browser = browserAt(visit.webUrl, {
      headers: { 'x-forwarded-for': visit.address },
      patienceMs: PATIENCE_MS,
    });
    const seen = await trying(browser, () => browser.get(`/m/${visit.token}`));
    if (seen === 'page') return press(visit, browser, troubles);
    if (visit.over.aborted) return undefined;
    await pause(visit.over);
  }
}

/** Cut short when it is over. */
const pause = (over: AbortSignal): Promise<void> => delay(PAUSE_MS, undefined, { signal: over }).catch(() => undefined);

/** What a request ended in: a page that is not about a failure, or a word for the trouble. */
async function trying(browser: Browser, request: () => Promise<void>): Promise<string> {
  try {
    await request();
    return browser.status < 500 && browser.status !== 429 ? 'page' : String(browser.status);
  } catch {
    return 'no answer';
  }
}

async function press(visit: Visit, browser: Browser, troubles: string[]): Promise<Told> {
  const form = browser.forms().find(({ id }) => id === `antwoord-${DECISION}` || id === `verbetering-${DECISION}`);
  const since = Date.now();
  if (form === undefined)
    return { fate: 'refused', tookMs: 0, presses: 0, troubles, detail: `no form: ${browser.text.slice(0, 200)}` };
  const fields = { ...form.fields, ...filledIn(form.id.startsWith('verbetering'), visit.reference) };
  for (let presses = 1; ; presses += 1) {
    const seen = await trying(browser, () => browser.post(form.action, fields));
    const told = { tookMs: Date.now() - since, presses, troubles };
    if (isNoted(browser)) return { fate: 'acknowledged', ...told };
    if (seen === 'page') return { fate: 'refused', ...told, detail: refusalOn(browser) };
    troubles.push(seen);
    if (visit.over.aborted) return { fate: 'open', ...told };
    await pause(visit.over);
  }
}

/** Sent on to the page that says it, also when that page itself did not come any more. */
function isNoted({ status, url, headers }: Browser): boolean {
  const sentOn = status === 303 ? String(headers['location']) : status === 200 ? url : '';
  return sentOn.includes('genoteerd=');
}

const filledIn = (isCorrection: boolean, reference: string): Record<string, string> => ({
  ...{ name: 'Contact Proef', function: 'cultuur', answer: 'approved', 'approved.reference': reference },
  ...{ 'approved.session': 'other', 'approved.date': HELD },
  ...(isCorrection && { because: 'het verslag staat nu elders' }),
});

const refusalOn = ({ status, html, text }: Browser): string => {
  const [, summary] = /class="error-summary"[^>]*>([\s\S]*?)<\/div>/.exec(html) ?? [];
  return `${String(status)}: ${(summary ?? text)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200)}`;
};
