/** What a region would lose if it were begun with the previous release and had to end with this one. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { listMails, type MailDetail, readMail } from '../../client/mailbox.ts';
import { localDay } from '../../domain/dates.ts';
import { asInstant, asPathId, municipalityParty } from '../../domain/ids.ts';
import { findAsk } from '../../domain/lookup.ts';
import { openStore } from '../../store/store.ts';
import { until } from '../../worker/processes.ts';
import { findRunning } from '../../worker/run-file.ts';
import { applicationIn, region } from '../faults/application.ts';
import { temporaryFolder } from '../foundation/launched.ts';
import { browserAt } from '../postgres/browser-at.ts';
import { commitOf, keptRelease, unpack } from '../releases/releases.ts';
import { recordedReleases } from '../replay/histories.ts';
import { askNow, coordinatorOf, grant, tickAll } from './course.ts';
import { handlingIn } from './failures.ts';
import { startBeside } from './beside.ts';

const version = keptRelease();
const going = asPathId('proef');
const paused = asPathId('rust');
const waiting = asPathId('wacht');
const decision = 'statement-of-commitment';
const [asse, meise] = [municipalityParty('23002'), municipalityParty('23050')];
const because = 'Verkiezing van een voorzitter.';

/** A Wednesday late in a round, on which no morning mail is due and everything can be asked. */
const AFTERNOON = Date.parse('2032-02-11T13:00:00Z');
const HOUR = 3_600_000;
/** The path that waits for a morning lives an hour in two seconds: the new release has forty to be there. */
const TIMES = 1_800;

/** Answers by a link as often as the page asks to try again: it counts once. */
async function answer(link: string, name: string, on: string, confirmation: string): Promise<void> {
  const { origin, pathname } = new URL(link);
  const browser = browserAt(origin);
  let tries = 0;
  const isConfirmed = async (): Promise<boolean> => {
    // Pages have limits for who comes back too soon.
    if ((tries += 1) > 1) await setTimeout(3_000);
    await browser.get(pathname);
    if (browser.text.includes(confirmation)) return true;
    const fields = { name, function: 'cultuur', answer: 'approved', 'approved.session': 'other', 'approved.date': on };
    await browser.submit(`antwoord-${decision}`, fields);
    return browser.text.includes(confirmation);
  };
  expect(await until(isConfirmed, 60_000), browser.text).toBe(true);
}

const linkIn = ({ text }: MailDetail): string => /\/m\/[\w.~-]+/.exec(text)?.[0] ?? '';

test('the release that is kept is the last one or the one before, and says of which commit it is', () => {
  expect(recordedReleases().slice(-2)).toContain(version);
  expect(commitOf(version)).toMatch(/^[0-9a-f]{40}$/);
});

test(
  `paths that began with ${version} go on with this release to a grant, links of earlier mails work, nobody is mailed twice`,
  { timeout: 480_000 },
  async () => {
    const dataDir = temporaryFolder(onTestFinished);
    const home = unpack(version, join(temporaryFolder(onTestFinished), 'release'));
    const offsetHours = Math.ceil((AFTERNOON - Date.now()) / HOUR);
    const settings = { REGIOPAD_CLOCK_OFFSET_HOURS: String(offsetHours) };
    const now = () => asInstant(Date.now() + offsetHours * HOUR);
    const mails = () => listMails(join(dataDir, 'mailbox'));
    const mailsAbout = async (place: string) =>
      (await mails()).filter(({ to }) => to.includes(`@${place}.example.org`));
    const pagesAt = () => findRunning(dataDir)?.web?.url ?? '';

    const previous = applicationIn(dataDir, settings, home);
    const began = await previous.start();
    const files = [going, paused].map((id) => {
      const file = join(dataDir, `${id}.yaml`);
      writeFileSync(file, region.replace('id: proef', `id: ${id}`).replaceAll('.example.org', `-${id}.example.org`));
      return file;
    });
    await previous.regiopad('start', ...files);
    await previous.withPaths(async (paths) => {
      const tell = coordinatorOf(paths, going);
      await tickAll(tell, await paths.state(going));
      let state = await tell({ type: 'request', data: { decision } });
      for (const party of Object.values(state.parties))
        if (party?.contact !== undefined) state = await askNow(tell, state, party.contact, now());
      await coordinatorOf(paths, paused)({ type: 'pause', data: { reason: because } });
    });
    expect(await until(async () => (await mailsAbout(`asse-${going}`)).length === 1, 60_000)).toBe(true);
    expect(await until(async () => (await mailsAbout(`meise-${going}`)).length === 1, 60_000)).toBe(true);
    const [toAsse, toMeise] = await Promise.all(
      ['asse', 'meise'].map(async (place) => {
        const [mail] = await mailsAbout(`${place}-${going}`);
        return linkIn((await readMail(join(dataDir, 'mailbox'), mail?.id ?? ''))!);
      }),
    );
    await answer(pagesAt() + toAsse!, 'An Asse', '2032-02-10', 'Goedgekeurd op 10 februari');
    expect(await until(async () => (await mailsAbout(`asse-${going}`)).length >= 2, 60_000)).toBe(true);
    // Asked in the afternoon: the mail is due the next morning, and its timer is set by the previous release.
    await previous.withPaths(async (paths) => {
      const clock = { since: Date.now(), times: TIMES };
      await startBeside(paths, dataDir, { from: paused, id: waiting }, { ...clock, offsetMs: offsetHours * HOUR });
      const tell = coordinatorOf(paths, waiting);
      await tickAll(tell, await paths.state(waiting));
      await tell({ type: 'request', data: { decision } });
    });
    began.child.kill('SIGTERM');
    expect((await began.ended).code).toBe(0);

    const present = applicationIn(dataDir, settings);
    await present.start();
    const again = browserAt(pagesAt());
    await again.get(toAsse!);
    expect(again.text).toContain('Goedgekeurd op 10 februari');
    await answer(pagesAt() + toMeise!, 'Bart Meise', '2032-02-09', 'Goedgekeurd op 9 februari');
    const states = await present.withPaths(async (paths) => {
      const stopped = await paths.state(paused, 60_000);
      expect(stopped.paused?.reason).toBe(because);
      const resumed = await coordinatorOf(paths, paused)({ type: 'resume', data: {} });
      expect(resumed.paused).toBeUndefined();
      const tell = coordinatorOf(paths, going);
      const granted = await grant(tell, await paths.state(going), localDay(now()));
      const answers = [asse, meise].map((party) => findAsk(granted, decision, party)?.answer);
      expect(answers.map((answer) => answer?.sessionOn)).toEqual(['2032-02-10', '2032-02-09']);
      return [granted, resumed];
    });
    expect(await until(async () => (await mailsAbout(`wemmel-${waiting}`)).length > 0, 120_000)).toBe(true);
    await present.withPaths((paths) => coordinatorOf(paths, waiting)({ type: 'pause', data: { reason: because } }));

    const store = await openStore(join(dataDir, 'dossier.db'));
    onTestFinished(() => store.close());
    for (const state of states) {
      expect(await until(async () => (await store.events.lastSeq(state.id)) >= state.seq, 60_000)).toBe(true);
      const events = await store.events.eventsOf(state.id);
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, index) => index + 1));
      // What came since is about mails only: the record is what the path was when it was asked.
      await expect
        .poll(
          () =>
            present.withPaths(async (paths) => [await store.snapshots.snapshot(state.id), await paths.state(state.id)]),
          { timeout: 60_000 },
        )
        .toSatisfy(([recorded, held]: unknown[]) => JSON.stringify(recorded) === JSON.stringify(held));
    }
    // Of the path that waits something may have been under way when the previous release was ended.
    const all = (await mails()).filter(({ to }) => !to.includes(`-${waiting}.`));
    expect(all.filter(({ copies }) => copies > 1)).toEqual([]);
    for (const place of ['asse', 'meise', 'wemmel']) {
      const requests = all.filter(
        ({ to, subject }) => to.includes(`@${place}-${going}.`) && subject.includes('engagementsverklaring tegen'),
      );
      expect(requests.length, place).toBe(1);
    }
    for (const path of [going, paused, waiting]) {
      const { failed, workers } = await handlingIn(dataDir, path);
      expect([failed, workers], path).toEqual([[], 2]);
    }
  },
);
