/** The pages of the application in a browser, in any state: paths run the real core in memory, so that a visit takes no time. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { gallery } from '../../../client/gallery/gallery.ts';
import type { AccountRole } from '../../../store/accounts.ts';
import { createHarness, type Harness, PATH, request, startPath, usual, WEMMEL } from '../../web/harness.ts';
import { asInstant, type PartyId } from '../../../domain/ids.ts';

export const ASKED = 'declaration-of-intent';
export const FORM = `antwoord-${ASKED}`;

export interface Stage {
  harness: Harness;
  page: Page;
  url: string;
  /** Follows the link of a contact, and goes on to one of its pages. */
  follow(sub?: string, party?: PartyId): Promise<void>;
  /** Signs in as the coordinator of the path, or as somebody in another role, and opens a page. */
  desk(path: string, role?: AccountRole): Promise<void>;
  go(path: string): Promise<void>;
  /** Opens all that is folded. */
  unfold(): Promise<void>;
  /** Does something that leads to another page, and waits for it. */
  leave(action: () => Promise<unknown>): Promise<void>;
  /** Presses the button of a form. */
  send(form: string): Promise<void>;
  close(): Promise<void>;
}

const mail = [
  'Message-ID: <1@example.org>',
  'From: Regiopad <regiopad@example.org>',
  'To: An <an@example.org>',
  'Subject: Wemmel',
  'MIME-Version: 1.0',
  'Content-Type: text/plain',
  '',
  'Dag An',
].join('\r\n');
export const MAIL = '1900000000000-0123456789ab';

/** An identity provider that does not answer. */
export const NO_PROVIDER = { issuer: 'http://127.0.0.1:9', clientId: 'a', clientSecret: 'b', scope: 'openid' };

/** A path of three municipalities in February 2031, of which the declaration of intent was asked. */
export async function createStage(page: Page): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'regiopad-stage-'));
  writeFileSync(join(folder, `${MAIL}.eml`), mail);
  const harness = await createHarness({ mailbox: { folder }, gallery, oidc: NO_PROVIDER });
  await harness.app.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${String((harness.app.server.address() as AddressInfo).port)}`;
  const stage: Stage = {
    ...{ harness, page, url },
    async go(path) {
      await page.goto(url + path);
    },
    async follow(sub = '', party = WEMMEL) {
      await stage.go(`/m/${await harness.token(party)}`);
      if (sub !== '') await stage.go(`/m/p/${PATH}/${party.slice(4)}/${sub}`);
    },
    async desk(path, role = 'coordinator') {
      const email = usual[role];
      const account = await harness.store.accounts.ensureAccount({ role, email, name: 'Fien De Smet' });
      const expires = asInstant(Date.parse(harness.now()) + 3_600_000);
      await stage.go(`/aanmelden/${await harness.store.accounts.createSignInToken(account.id, expires)}`);
      await stage.leave(() => page.locator('main button').click());
      await stage.go(path);
    },
    async leave(action) {
      const loaded = page.waitForEvent('load');
      await action();
      await loaded;
    },
    async unfold() {
      await page.evaluate('document.querySelectorAll("main details").forEach((fold) => { fold.open = true; })');
    },
    async send(form) {
      const button = page.locator(`#${form} > button, #${form} > .buttons > button`).first();
      await stage.leave(() => button.click());
    },
    async close() {
      await page.context().clearCookies();
      await harness.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await startPath(harness.store, harness.paths);
  await request(harness, ASKED);
  return stage;
}
