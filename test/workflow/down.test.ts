/** A mail server that is away for days, a worker that is away over a morning: what a municipality should have had, and a reminder to who has answered. */
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OutgoingMail } from '../../activities/outgoing.ts';
import type { SendResult } from '../../activities/smtp-outcome.ts';
import { createNullTransport } from '../../activities/transport.ts';
import { asPathId } from '../../domain/ids.ts';
import { localDay } from '../../domain/dates.ts';
import { PATH_WORKFLOW, type PathInput, TASK_QUEUE, workflowIdOf } from '../../workflows/messages.ts';
import { at, asse, contact, meise, requested, wemmel, zaventem } from '../core/world.ts';
import { Stack, coordinatorOf, until } from './stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start();
}, 240_000);
afterAll(() => stack.stop());

/** A day of the path in this many milliseconds. */
const DAY_MS = 4_000;

test(
  'a mail server that is down for three days loses nothing and reminds nobody who answered',
  { timeout: 90_000 },
  async () => {
    const mails: OutgoingMail[] = [];
    let isDown = true;
    let tries = 0;
    const taken = createNullTransport();
    const gone: SendResult = {
      outcome: 'deferred',
      trouble: 'server',
      code: 'ESOCKET',
      response: 'gone',
      scope: 'server',
    };
    stack.transport = {
      ...taken,
      send: async (mail) => {
        tries += 1;
        if (isDown) return gone;
        mails.push(mail);
        return taken.send(mail);
      },
    };
    const since = Date.now();
    // Tuesday morning: what is asked now is mailed on Wednesday, if there is a mail server.
    const from = at('2031-02-25', 12 * 60 + 30);
    const clock = {
      offsetMs: Date.parse(from) - since,
      granularityMs: 1,
      faster: { since, times: 86_400_000 / DAY_MS },
    };
    const path = await stack.startPath('storing', { clock });
    await stack.startWorker();
    const decision = 'statement-of-commitment';
    let number = 0;
    const say = (type: string, data: object, personId?: string) =>
      stack.paths.command(path, {
        id: `say-${String((number += 1))}`,
        actor:
          personId === undefined ? coordinatorOf(path) : { kind: 'contact', via: 'link', personId: personId as never },
        command: { type, data } as never,
      });
    const { definition } = await stack.paths.state(path);
    for (const step of definition.steps.filter(({ key }) =>
      ['support', 'existing-cooperation', 'area', 'agreements'].includes(key),
    ))
      for (const task of step.tasks) await say('complete-task', { task: task.key });
    await say('request', { decision });
    await until(async () => Object.keys((await stack.paths.state(path)).retries).length === 4);
    const asked = await stack.paths.state(path);
    const began = Object.values(asked.retries)[0]?.message.day ?? '';
    await say(
      'answer',
      { party: wemmel, decision, answer: 'approved', on: localDay(from) },
      contact(wemmel).replace('test', path),
    );
    // Three days on the clock of the path.
    await until(async () => {
      const { retries } = await stack.paths.state(path);
      return Object.values(retries).some(
        (pending) => Date.parse(pending?.lastAt ?? '') - Date.parse(began) > 3.3 * 86_400_000,
      );
    });
    expect(mails).toEqual([]);
    expect(tries).toBeGreaterThan(6);
    isDown = false;
    await until(async () => {
      const { retries, outbox } = await stack.paths.state(path);
      return Object.keys({ ...retries, ...outbox }).length === 0;
    });
    const { undelivered, unreachable } = await stack.paths.state(path);
    expect([undelivered, unreachable]).toEqual([[], {}]);
    const to = (party: string) =>
      mails.filter((mail) => mail.to.address === `contact-${party.slice(4)}@storing.example.org`);
    for (const party of [asse, meise, zaventem]) expect(to(party).map(({ subject }) => subject)).toHaveLength(1);
    expect(to(wemmel).map(({ subject }) => subject)).toEqual([expect.stringContaining('genoteerd')]);
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(mails.length);
  },
);

test(
  'a worker that was away over the morning on which mails were due sends them on the next one',
  { timeout: 90_000 },
  async () => {
    await stack.stopWorker();
    await stack.startWorker();
    const path = asPathId('weg');
    const { state } = requested();
    const carried = { state: { ...state, id: path }, unrecorded: [], handled: [] };
    const since = Date.now();
    // Monday noon, after what was asked that morning: its mails are due on Tuesday morning.
    const offsetMs = Date.parse(at('2031-02-24', 12 * 60 + 30)) - since;
    const clock = { offsetMs, granularityMs: 1, faster: { since, times: 86_400_000 / (2 * DAY_MS) } };
    const input: PathInput = { carried, clock };
    await stack.client.workflow.start(PATH_WORKFLOW, {
      ...{ workflowId: workflowIdOf(path), taskQueue: TASK_QUEUE, args: [input] },
    });
    const seqOf = () =>
      stack.paths.state(path, 5_000).then(
        ({ seq }) => seq,
        () => 0,
      );
    await until(async () => (await seqOf()) > 0);
    await stack.stopWorker();
    // A day and an hour on the clock of the path: that morning is over.
    await setTimeout(since + (25 / 24) * 2 * DAY_MS - Date.now());
    await stack.startWorker();
    await until(async () => (await seqOf()) > state.seq);
    expect((await stack.paths.state(path)).seq).toBeGreaterThan(state.seq);
  },
);
