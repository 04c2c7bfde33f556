/** The bare way to say what a page says: an Update by Temporal's own client, on an equal path. */
import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { commandUpdate, type CommandMessage, workflowIdOf } from '../workflows/messages.ts';
import type { Contact } from './people.ts';
import { ASKED, ASKED_ON } from './reached.ts';

/** Gives the milliseconds until the path has accepted the answer, and the number of its event. */
export async function update(
  client: Client,
  { state, party, person }: Contact,
): Promise<{ took: number; seq: number }> {
  const message: CommandMessage = {
    id: randomUUID(),
    actor: { kind: 'contact', personId: person, via: 'link' },
    command: { type: 'answer', data: { party, decision: ASKED, answer: 'approved', on: ASKED_ON } },
  };
  const handle = client.workflow.getHandle(workflowIdOf(state.id));
  const since = performance.now();
  const { seq } = await handle.executeUpdate(commandUpdate, { args: [message] });
  return { took: performance.now() - since, seq };
}
