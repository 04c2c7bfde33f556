/** What regions would lose when the circle or the round changes while they are on their way. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { OutgoingMail } from '../../activities/outgoing.ts';
import { createNullTransport } from '../../activities/transport.ts';
import { type Renewal, applyRenewal, roundRenewals } from '../../client/renewal.ts';
import type { SimulationReport } from '../../client/simulation/report.ts';
import type { Command } from '../../domain/commands.ts';
import type { Round } from '../../domain/definition.ts';
import { asInstant, type PathId } from '../../domain/ids.ts';
import { type Preview, datesOf } from '../../domain/preview.ts';
import { isRefusal } from '../../domain/refusals.ts';
import { run, example } from '../cli/run.ts';
import { temporaryFolder } from '../foundation/launched.ts';
import { asse, at, day, meise, roundOf, start, wemmel } from '../core/world.ts';
import { Stack, coordinatorOf, until } from '../workflow/stack.ts';

describe('a merger in mid-path', { timeout: 4 * 60_000 }, () => {
  test('goes on to a grant with the successor: asked what not all had approved, and nobody of before is mailed', async () => {
    const answers = join(temporaryFolder(onTestFinished), 'answers.yaml');
    const into =
      '{ party: Boechout, contact: { name: Griet Claes, email: griet.claes@boechout.example.org }, contribution: 7200 }';
    writeFileSync(
      answers,
      `commands:
  - { on: 2031-05-22, command: merge-parties, data: { parties: [Hove, Lint], into: ${into}, reason: Fusie. } }
`,
    );
    const { code, stdout, stderr } = await run([
      ...['simulate', example('zuidrand.yaml'), '--answers', answers, '--format', 'json'],
    ]);
    expect(code, stderr).toBe(0);
    const { outcome, refused, events, mails } = JSON.parse(stdout) as SimulationReport;
    expect(refused).toEqual([]);
    expect(outcome).toBe('granted');
    const merged = events.find(({ type }) => type === 'parties-merged');
    const { carried } = (merged?.data ?? {}) as { carried: { decision: string }[] };
    expect(carried.map(({ decision }) => decision)).toEqual(['statement-of-commitment', 'representatives']);
    const since = merged?.at ?? '';
    const later = mails.filter((mail) => mail.at > since);
    expect(later.filter(({ to }) => /hove|lint/.test(to))).toEqual([]);
    expect(later.some(({ to, kind }) => to.includes('boechout') && kind === 'request')).toBe(true);
    const answered = events.flatMap(({ type, data }) =>
      type === 'answered' && (data as { party: string }).party === 'nis:11004'
        ? [(data as { decision: string }).decision]
        : [],
    );
    expect(answered).toContain('declaration-of-intent');
    expect(answered).not.toContain('statement-of-commitment');
  });
});

const PATHS = 19;
const circle = [asse, meise, wemmel];
/** Monday noon on the paths' clock: no morning mail comes in between. */
const NOON = at('2031-03-03');

describe(`a round's date moved by a month while ${String(PATHS)} paths run`, { timeout: 4 * 60_000 }, () => {
  let stack: Stack;
  const sent: OutgoingMail[] = [];
  const paths: PathId[] = [];
  let offsetMs = 0;
  const now = () => asInstant(Date.now() + offsetMs);
  const tell = (path: PathId, command: Command) =>
    stack.paths.command(path, { id: JSON.stringify(command), actor: coordinatorOf(path), command }, 30_000);

  beforeAll(async () => {
    stack = await Stack.start();
    stack.transport = {
      ...createNullTransport(),
      send: (mail) => {
        sent.push(mail);
        return createNullTransport().send(mail);
      },
    };
    await stack.startWorker();
    offsetMs = Date.parse(NOON) - Date.now();
    const parties = start().parties.filter(({ party }) => circle.includes(party));
    for (let index = 1; index <= PATHS; index += 1) {
      paths.push(
        await stack.startPath(`region-${String(index)}`, { clock: { offsetMs, granularityMs: 1 } }, { parties }),
      );
    }
    for (const path of paths) {
      for (const task of ['legal-form-choice', 'intent-draft'])
        await tell(path, { type: 'complete-task', data: { task } });
      const { seq } = await tell(path, { type: 'request', data: { decision: 'declaration-of-intent' } });
      await stack.recorded(path, seq);
    }
  }, 4 * 60_000);
  afterAll(() => stack.stop());

  test('moves the deadlines of every path as the preview said, mails each waiting contact once, and twice is once', async () => {
    const round = roundOf(start() as never);
    const newer: Round = { ...round, version: 2, dates: { ...round.dates, opensOn: day('2031-02-06') } };
    const renewals = await roundRenewals(stack, newer, now(), 'Een maand later.');
    expect(renewals.map(({ path }) => path).sort()).toEqual([...paths].sort());
    const shown = new Map(renewals.map((renewal) => [renewal.path, previewOf(renewal)]));
    for (const renewal of renewals) expect(await applyRenewal(stack.paths, renewal)).toBe('applied');
    await until(() => Promise.resolve(sent.length >= PATHS * circle.length));

    for (const path of paths) {
      const state = await stack.paths.state(path);
      const changes = new Map(shown.get(path)?.deadlines.map(({ key, to }) => [key, to]));
      expect(changes.get('declaration-of-intent')).toBe('2031-07-31');
      for (const { key, on } of datesOf(state, now())) expect(changes.get(key) ?? on, `${path} ${key}`).toBe(on);
      const told = state.parties[asse]?.contact;
      expect(shown.get(path)?.atOnce.filter(({ to }) => to === told)).toHaveLength(1);
    }
    const recipients = sent.map(({ to }) => to.address).sort();
    expect(new Set(recipients).size).toBe(PATHS * circle.length);
    expect(recipients).toHaveLength(PATHS * circle.length);
    expect(sent.every(({ text }) => text.includes('Een maand later.'))).toBe(true);

    const before = await Promise.all(paths.map(async (path) => (await stack.paths.state(path)).seq));
    const again = await roundRenewals(stack, newer, now(), 'Een maand later.');
    expect(again.map(({ shown: each }) => each)).toEqual(Array<string>(PATHS).fill('unchanged'));
    for (const renewal of renewals) expect(await applyRenewal(stack.paths, renewal)).toBe('applied');
    const after = await Promise.all(paths.map(async (path) => (await stack.paths.state(path)).seq));
    expect(after).toEqual(before);
    expect(sent).toHaveLength(PATHS * circle.length);
  });
});

function previewOf({ shown }: Renewal): Preview {
  if (typeof shown === 'string' || isRefusal(shown)) throw new Error(`no preview: ${JSON.stringify(shown)}`);
  return shown;
}
