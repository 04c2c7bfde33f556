/** The real deliver activity, on a recorded path and against a mail server. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { createActivities } from '../../activities/activities.ts';
import type { Bounces } from '../../activities/outgoing.ts';
import type { DeliverInput, DeliveryReport } from '../../domain/message.ts';
import { createSmtpTransport, type MailTransport, type SmtpTransport } from '../../activities/transport.ts';
import { createBounces } from '../../worker/bounces.ts';
import { createLinks } from '../../worker/links.ts';
import type { Instant } from '../../domain/ids.ts';
import { nextDue } from '../../domain/due.ts';
import type { Message } from '../../domain/message.ts';
import type { Store } from '../../store/store.ts';
import { createTexts } from '../../worker/texts.ts';
import { requested, type World } from '../core/world.ts';
import { type PeopleChanges, storeWith } from '../store/dossier.ts';

export const linkKeys = { current: 'k1', keys: { k1: 'x'.repeat(43) } };
/** Where mails come back to. */
export const bounces = createBounces('bounces@example.org', () => linkKeys)!;
export const mailFrom = 'Regiopad <regiopad@example.org>';

export interface Postman {
  world: World;
  store: Store;
  transport: MailTransport;
  messages: Message[];
  now: Instant;
  heartbeats: unknown[];
  /** What became of the messages of the last delivery. */
  reports: DeliveryReport[];
  smtp: SmtpTransport;
  deliver: (messages?: Message[], now?: Instant) => Promise<Record<string, DeliveryReport['outcome']>>;
  close: () => Promise<void>;
}

interface Options {
  world?: World;
  people?: PeopleChanges;
  clock?: () => number;
  transport?: MailTransport;
  bounces?: Bounces;
}

/** @returns what can deliver the requests of a path whose four municipalities were just asked */
export async function hirePostman(url: string, options: Options = {}): Promise<Postman> {
  const world = options.world ?? requested();
  const due = nextDue(world.state, world.now);
  if (due === undefined) throw new Error('nothing is due');
  const store = await storeWith(world, options.people);
  const smtp = createSmtpTransport(url);
  const transport = options.transport ?? smtp;
  const activities = createActivities({
    store,
    transport,
    links: createLinks({ keys: linkKeys, publicUrl: 'https://regiopad.example.org/pad' }),
    texts: createTexts(),
    config: { mailFrom, bounces: options.bounces },
    ...(options.clock && { clock: options.clock }),
  });
  const heartbeats: unknown[] = [];
  const postman: Postman = {
    reports: [],
    ...{ smtp, world, store, transport, messages: due.messages, now: due.at, heartbeats },
    async deliver(messages = due.messages, now = due.at) {
      const environment = new MockActivityEnvironment();
      environment.on('heartbeat', (details: unknown) => heartbeats.push(details));
      const input = { path: world.state.id, messages, now };
      const reports: DeliveryReport[] = await environment.run(
        (given: DeliverInput) => activities.deliver(given),
        input,
      );
      if (reports.some(({ key }, index) => key !== messages[index]?.key)) throw new Error('not in the same order');
      postman.reports = reports;
      return Object.fromEntries(reports.map(({ key, outcome }) => [key.split('/')[1] ?? '', outcome]));
    },
    async close() {
      smtp.close();
      transport.close();
      await store.close();
    },
  };
  return postman;
}
