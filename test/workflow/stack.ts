/** The real thing in small: a Temporal server, a dossier store, a worker that can come and go. */
import { type Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, type Worker } from '@temporalio/worker';
import { createActivities } from '../../activities/activities.ts';
import { createNullTransport, type MailTransport } from '../../activities/transport.ts';
import { createPathClient, type PathClient } from '../../client/path-client.ts';
import type { PathStart } from '../../domain/events.ts';
import { asInstant, asPathId, type PathId } from '../../domain/ids.ts';
import type { Actor } from '../../domain/state.ts';
import { openStore, type Store } from '../../store/store.ts';
import { passingHistoryKeys } from '../../worker/histories/keys.ts';
import type { KeyRing } from '../../worker/key-file.ts';
import { createPathWorker } from '../../worker/path-worker.ts';
import { temporalClient } from '../../worker/temporal/client.ts';
import { createTexts } from '../../worker/texts.ts';
import { workflowIdOf } from '../../workflows/messages.ts';
import { start } from '../core/world.ts';
import { bounces } from '../mail/postman.ts';
import { historiesOf } from '../replay/keep.ts';
import { newStore } from '../store/places.ts';
import { newTemporal, type TemporalPlace } from '../temporal/place.ts';

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
});

export const coordinatorOf = (path: PathId): Actor => ({
  kind: 'coordinator',
  via: 'cli',
  personId: `${path}.1` as never,
});

/** The start of the core's small path, under an id of its own. */
export function startOf(id: string, changes: Partial<PathStart> = {}): PathStart {
  const text = JSON.stringify(start(changes)).replaceAll('"test', `"${id}`);
  return JSON.parse(text) as PathStart;
}

/** A machine that does other things too takes longer than a click may. */
const PATIENCE_MS = 60_000;

/** Waits, unless a test says how long. */
const patient = (paths: PathClient): PathClient => ({
  ...paths,
  command: (path, message, timeoutMs = PATIENCE_MS) => paths.command(path, message, timeoutMs),
  reopen: (ended, message, timeoutMs = PATIENCE_MS) => paths.reopen(ended, message, timeoutMs),
  state: (path, timeoutMs = PATIENCE_MS) => paths.state(path, timeoutMs),
});

export class Stack {
  readonly server: TemporalPlace;
  readonly connection: Connection;
  readonly client: Client;
  readonly paths: PathClient;
  readonly store: Store;
  readonly native: NativeConnection;
  /** Of the histories. */
  readonly keys: KeyRing;
  #worker: { worker: Worker; running: Promise<void> } | undefined;
  transport: MailTransport = createNullTransport();

  private constructor(
    server: TemporalPlace,
    connection: Connection,
    native: NativeConnection,
    store: Store,
    keys: KeyRing,
  ) {
    this.server = server;
    this.connection = connection;
    this.client = temporalClient({ connection, namespace: server.namespace, keys });
    this.paths = patient(createPathClient(this.client));
    this.store = store;
    this.native = native;
    this.keys = keys;
  }

  /**
   * @param storeLocation where the dossier store is kept: by default an empty one of its own
   * @param keys of the histories
   */
  static async start(storeLocation?: string, keys = passingHistoryKeys()): Promise<Stack> {
    const server = await newTemporal();
    const { address } = server;
    const [connection, native, store] = await Promise.all([
      Connection.connect({ address }),
      NativeConnection.connect({ address }),
      storeLocation === undefined ? newStore() : openStore(storeLocation),
    ]);
    return new Stack(server, connection, native, store, keys);
  }

  /** @param keys those that this worker has: by default all */
  async startWorker(keys = this.keys): Promise<void> {
    const activities = createActivities({
      store: this.store,
      transport: { concurrency: 5, send: (mail) => this.transport.send(mail), close: () => undefined },
      links: {
        contactLink: () => Promise.resolve('https://regiopad.example.org/m/x'),
        pathUrl: () => 'https://regiopad.example.org/',
      },
      texts: createTexts(),
      config: { mailFrom: 'Regiopad <regiopad@example.org>', bounces },
    });
    const worker = await createPathWorker({
      connection: this.native,
      namespace: this.server.namespace,
      keys,
      activities,
      stickyQueueTimeoutMs: 500,
    });
    this.#worker = { worker, running: worker.run() };
  }

  async stopWorker(): Promise<void> {
    this.#worker?.worker.shutdown();
    await this.#worker?.running;
    this.#worker = undefined;
  }

  /** Starts the small path; everybody on it is known to the store. */
  async startPath(
    id: string,
    options: Parameters<PathClient['start']>[1] = {},
    changes: Partial<PathStart> = {},
  ): Promise<PathId> {
    const path = asPathId(id);
    await this.store.paths.ensurePath({ path, partnership: 'Cultuur Proef', createdAt: asInstant(Date.now()) });
    await this.store.people.ensurePerson({
      path,
      role: 'coordinator',
      name: 'Coördinator',
      email: `c@${id}.example.org`,
    });
    const started = startOf(id, changes);
    for (const { party } of started.parties) {
      for (const role of ['contact', 'deputy'] as const) {
        const email = `${role}-${party.slice(4)}@${id}.example.org`;
        await this.store.people.ensurePerson({ path, party, role, name: `${role} ${party}`, email });
      }
    }
    await this.paths.start(started, options);
    return path;
  }

  /** Waits until a path's record holds an event. */
  async recorded(path: PathId, seq: number): Promise<void> {
    await until(async () => (await this.store.events.lastSeq(path)) >= seq);
  }

  async historyLength(path: PathId): Promise<number> {
    return (await this.client.workflow.getHandle(workflowIdOf(path)).describe()).historyLength;
  }

  /** How many runs a path has had. */
  async runs(path: PathId): Promise<number> {
    return (await historiesOf(this.client, workflowIdOf(path))).length;
  }

  async stop(): Promise<void> {
    await this.stopWorker();
    await this.native.close();
    await this.connection.close();
    await this.store.close();
    await this.server.stop();
  }
}

/** Waits for a condition; fails after two minutes. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('the condition did not come true within two minutes');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
