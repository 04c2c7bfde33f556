import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RefusedError, UnavailableError, UnknownPathError } from '../../client/path-client.ts';
import type { Command } from '../../domain/commands.ts';
import { evolve } from '../../domain/evolve.ts';
import type { PathId } from '../../domain/ids.ts';
import type { PathState } from '../../domain/state.ts';
import { workflowIdOf } from '../../workflows/messages.ts';
import { administrator, asse, wemmel } from '../core/world.ts';
import { Stack, coordinatorOf, until } from './stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start();
  await stack.startWorker();
});
afterAll(() => stack.stop());

const tick: Command = { type: 'complete-task', data: { task: 'own-time' } };
const untick: Command = { type: 'reopen-task', data: { task: 'own-time', reason: 'toch niet' } };
const tell = (path: PathId, id: string, command: Command) =>
  stack.paths.command(path, { id, actor: coordinatorOf(path), command }, 20_000);

describe('a path that runs for years', () => {
  it('goes on in new runs without losing an event, a command or a receipt', async () => {
    const path = await stack.startPath('long', { continueAfterEvents: 20 });
    const first = await tell(path, 'command-0', tick);
    let last = first;
    for (let index = 1; index < 40; index += 1) {
      last = await tell(path, `command-${String(index)}`, index % 2 === 1 ? untick : tick);
    }
    expect(await stack.runs(path)).toBeGreaterThan(3);
    // The receipt of a command of the first run, asked for again in the last one.
    expect(await tell(path, 'command-0', tick)).toEqual(first);
    expect((await stack.paths.state(path)).seq).toBe(last.seq);
    await stack.recorded(path, last.seq);
    const events = await stack.store.events.eventsOf(path);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, index) => index + 1));
    expect(events.filter(({ type }) => type === 'task-completed' || type === 'task-reopened')).toHaveLength(40);
    const replayed = events.reduce<PathState | undefined>(evolve, undefined);
    expect(await stack.paths.state(path)).toEqual(replayed);
  });

  it('accepts commands that come in while it goes on in a new run', async () => {
    const path = await stack.startPath('busy', { continueAfterEvents: 16 });
    const sent = Array.from({ length: 60 }, (_each, index) => index);
    // Half of these are refused: the task is done, or is not. What is accepted must be there exactly once.
    let accepted = 0;
    for (let index = 0; index < sent.length; index += 6) {
      const batch = sent.slice(index, index + 6).map(async (number) => {
        try {
          await tell(path, `busy-${String(number)}`, number % 2 === 0 ? tick : untick);
          accepted += 1;
        } catch (error) {
          if (!(error instanceof RefusedError)) throw error;
        }
      });
      await Promise.all(batch);
    }
    await stack.recorded(path, accepted + 1);
    const events = await stack.store.events.eventsOf(path);
    expect(events.filter(({ type }) => type.startsWith('task-'))).toHaveLength(accepted);
    expect(accepted).toBeGreaterThan(10);
  });
});

describe('a command', () => {
  it('that is refused leaves no trace in the history', async () => {
    const path = await stack.startPath('refusals');
    await stack.recorded(path, 1);
    await until(async () => (await stack.historyLength(path)) >= 11);
    const before = await stack.historyLength(path);
    await expect(tell(path, 'no', { type: 'resume', data: {} })).rejects.toMatchObject({
      refusal: { code: 'path-not-paused' },
    });
    expect(await stack.historyLength(path)).toBe(before);
    await tell(path, 'yes', tick);
    expect(await stack.historyLength(path)).toBeGreaterThan(before);
  });

  it('that no client of ours would send is refused, and the path goes on', async () => {
    const path = await stack.startPath('nonsense');
    const nonsense = [{ type: 'request', data: null }, { type: 'answer' }, { type: 7, data: {} }, {}, null];
    for (const [index, command] of nonsense.entries()) {
      await expect(tell(path, `nonsense-${String(index)}`, command as unknown as Command)).rejects.toBeInstanceOf(
        RefusedError,
      );
    }
    expect((await tell(path, 'sense', tick)).seq).toBe(2);
  });

  it('sent twice at once is one command', async () => {
    const path = await stack.startPath('twice');
    const [one, two] = await Promise.all([tell(path, 'same', tick), tell(path, 'same', tick)]);
    expect(one).toEqual(two);
    expect((await stack.paths.state(path)).seq).toBe(one.seq);
  });

  it('with the id of another command is refused: to confirm it would lose what it says', async () => {
    const path = await stack.startPath('reused');
    await tell(path, 'mine', tick);
    await expect(tell(path, 'mine', untick)).rejects.toMatchObject({ refusal: { code: 'command-id-reused' } });
    expect((await stack.paths.state(path)).tasks['own-time']).toBeDefined();
  });

  it('to a path that does not exist says so', async () => {
    await expect(tell('nowhere' as PathId, 'x', tick)).rejects.toBeInstanceOf(UnknownPathError);
  });

  it('without a worker fails within its time, and is there once when it is sent again', async () => {
    const path = await stack.startPath('away');
    await tell(path, 'before', tick);
    await stack.stopWorker();
    const started = Date.now();
    const message = { id: 'while-away', actor: coordinatorOf(path), command: untick };
    await expect(stack.paths.command(path, message, 2_000)).rejects.toBeInstanceOf(UnavailableError);
    expect(Date.now() - started).toBeLessThan(15_000);
    await stack.startWorker();
    const receipt = await stack.paths.command(path, message, 20_000);
    expect(receipt.seq).toBe(3);
    await stack.recorded(path, 3);
    const events = await stack.store.events.eventsOf(path);
    expect(events.filter(({ type }) => type === 'task-reopened')).toHaveLength(1);
  });
});

describe('the end of a path', () => {
  it('completes the workflow when all is recorded and the last mails are away; an administrator can open it again', async () => {
    const path = await stack.startPath('ending');
    await tell(path, 'stop', { type: 'stop', data: { reason: 'De gemeenten gaan apart verder.' } });
    const handle = stack.client.workflow.getHandle(workflowIdOf(path));
    await handle.result();
    const state = await stack.store.snapshots.snapshot(path);
    expect(state?.ending?.outcome).toBe('stopped');
    const mails = await stack.store.ledger.entriesOf(path);
    expect(mails.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual(Array(5).fill('decision-news accepted'));
    await expect(tell(path, 'late', tick)).rejects.toBeInstanceOf(UnknownPathError);
    if (state === undefined) throw new Error('no snapshot');
    const reopen: Command = { type: 'reopen', data: { reason: 'Er is een nieuwe trekker.' } };
    const message = { id: 'reopen', actor: administrator, command: reopen };
    const receipt = await stack.paths.reopen(state, message);
    expect(receipt.seq).toBe(state.seq + 1);
    expect((await tell(path, 'again', tick)).seq).toBe(receipt.seq + 1);
    await stack.recorded(path, receipt.seq + 1);
  });
});

describe('a mail server', () => {
  it('that takes nothing now loses nothing: what is due stays in the state, and nobody who answers is mailed', async () => {
    const path = await stack.startPath('no-mail');
    stack.transport = {
      concurrency: 5,
      send: () => Promise.resolve({ outcome: 'deferred', code: 'ECONNREFUSED', response: 'refused', scope: 'server' }),
      close: () => undefined,
    };
    for (const type of ['answer', 'correct'] as const) {
      const data = {
        party: asse,
        decision: 'statement-of-commitment',
        answer: 'rejected',
        on: '2026-11-02',
        because: 'x',
      };
      const contact = { kind: 'contact', via: 'link', personId: `${path}.2` };
      const actor = type === 'answer' ? coordinatorOf(path) : (contact as never);
      const command = { type, data } as unknown as Command;
      await stack.paths.command(path, { id: type, actor, command });
    }
    await until(async () => {
      const pending = Object.values((await stack.paths.state(path)).outbox);
      return pending.length === 2 && pending.every((each) => each !== undefined && each.attempts > 0);
    });
    const state = await stack.paths.state(path);
    expect(
      Object.values(state.outbox)
        .map((pending) => pending?.message.kind)
        .sort(),
    ).toEqual(['answer-news', 'receipt']);
    expect(state.parties[wemmel]).toBeDefined();
  });
});
