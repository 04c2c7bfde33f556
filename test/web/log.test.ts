/** What was done by a program or on the telephone is missing from who did what, or shown to who may not know of it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asLocalDate } from '../../domain/ids.ts';
import type { Actor } from '../../domain/state.ts';
import { ASSE, createHarness, type Harness, PATH, startPath, WEMMEL } from './harness.ts';

const LOG = `/paden/${PATH}/logboek`;
let harness: Harness;
beforeAll(async () => {
  harness = await createHarness();
  await startPath(harness.store, harness.paths);
  const change = (contribution: number, via: Actor['via']) =>
    harness.paths.command(PATH, {
      ...{ id: via, actor: { kind: 'coordinator', personId: harness.state().coordinator, via } },
      command: { type: 'change-party', data: { party: WEMMEL, contribution } },
    });
  await change(1, 'web');
  await change(2, 'api');
  await change(3, 'cli');
  harness.setTime('2031-02-12T10:00:00.000Z');
  const call = { path: PATH, concerns: [], account: 'a', author: 'Sofie' };
  await harness.store.calls.add({
    ...{ ...call, id: '1', outcome: 'later', party: WEMMEL, person: harness.state().parties[WEMMEL]!.contact! },
    ...{ note: 'De secretaris is ziek.', nextAction: 'Opnieuw bellen', nextOn: asLocalDate('2031-03-03'), via: 'web' },
  });
  await harness.store.calls.add({ ...call, id: '2', outcome: 'spoken', note: '', nextAction: '', via: 'api' });
  harness.setTime('2031-02-12T11:00:00.000Z');
  await harness.tell({ type: 'change-party', data: { party: ASSE, contribution: 4 } });
}, 60_000);
afterAll(() => harness.close());

test('the log says what came by a program, and nothing of how the rest came', async () => {
  const browser = await harness.signIn('coordinator');
  await browser.get(LOG);
  expect(browser.text.match(/Fien De Smet \(coördinator\), via de API/g)).toHaveLength(1);
  expect(browser.text.match(/Fien De Smet \(coördinator\), via de opdrachtregel/g)).toHaveLength(1);
  expect(browser.text.match(/via de/g)).toHaveLength(3);
});

test('calls stand among the rest, in the order of time', async () => {
  const browser = await harness.signIn('consultant');
  await browser.get(LOG);
  const text = browser.text;
  expect(text).toContain('Gebeld met Secretariaat 23102, Wemmel: later');
  expect(text).toContain('De secretaris is ziek.');
  expect(text).toContain('op 3 maart: Opnieuw bellen');
  expect(text).toMatch(/Gebeld met Fien De Smet: gesproken .{0,40}Sofie, via de API/);
  const [after, call, before] = ['gegevens van Asse', 'Gebeld met', 'via de opdrachtregel'].map((part) =>
    text.indexOf(part),
  );
  expect([after! < call!, call! < before!]).toEqual([true, true]);
});

test('a municipality learns nothing of calls', async () => {
  const contact = await harness.visit(WEMMEL);
  expect(contact.status).toBe(200);
  expect(contact.html).not.toMatch(/Gebeld met|De secretaris is ziek/);
});
