/** A path whose contacts were asked, with what the mail server took; and mails about it. */
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createTaking } from '../../client/inbound/take.ts';
import { readRaw } from '../../client/inbound/raw-mail.ts';
import type { WebAppOptions } from '../../client/web/web.ts';
import { asLocalDate, type PersonId } from '../../domain/ids.ts';
import { createHarness, type Harness, PATH, startPath, WEMMEL } from '../web/harness.ts';
import { MESSAGE_ID, SEAL } from './samples.ts';

export interface InboundWorld {
  harness: Harness;
  contact: PersonId;
  take: ReturnType<typeof createTaking>;
  takeText: (source: string | Uint8Array) => ReturnType<ReturnType<typeof createTaking>>;
  /** The same where mails leave with a sealed address for bounces. */
  takeSealed: (source: string) => ReturnType<ReturnType<typeof createTaking>>;
}

/** The contact of Wemmel was sent the message of the samples. */
export async function inboundWorld(options: Partial<WebAppOptions> = {}): Promise<InboundWorld> {
  const harness = await createHarness(options);
  await startPath(harness.store, harness.paths);
  const contact = harness.state().parties[WEMMEL]!.contact!;
  await harness.store.ledger.noteAttempt({
    ...{ messageId: MESSAGE_ID, messageKey: `${PATH}/${contact}/request/2031-02-12`, path: PATH, person: contact },
    ...{ kind: 'request', day: asLocalDate('2031-02-12'), subject: 'Wemmel: intentieverklaring' },
    ...{ address: 'an@wemmel.example.org', outcome: 'accepted', code: '250', response: 'ok', at: harness.now() },
  });
  const tools = { store: harness.store, paths: harness.paths, clock: () => harness.now() };
  const take = createTaking(tools);
  const sealing = createTaking({ ...tools, isSealed: (_number, seal) => seal === SEAL });
  return {
    ...{ harness, contact, take },
    takeText: async (source) => take(await readRaw(streamOf(source))),
    takeSealed: async (source) => sealing(await readRaw(streamOf(source))),
  };
}

export async function* streamOf(source: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(source));
}

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'regiopad-inbound-'));

/** The names in a folder; none when it is not there. */
export function namesIn(...path: string[]): string[] {
  try {
    return readdirSync(join(...path)).sort();
  } catch {
    return [];
  }
}

/** Waits until something is so. */
export async function until(condition: () => boolean | Promise<boolean>, what: string, ms = 20_000): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`in vain: ${what}`);
    await delay(20);
  }
}
