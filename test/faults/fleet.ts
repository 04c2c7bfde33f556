/** Sixty regions of thirteen municipalities each, whose requests are all due at one moment, and a worker that can be killed. */
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { listMunicipalities } from '../../definitions/municipalities.ts';
import { asPathId, asPersonId, municipalityParty, type PathId } from '../../domain/ids.ts';
import { openStore, type Store } from '../../store/store.ts';
import { type DevServer, startEphemeralDevServer } from '../../worker/temporal/dev-server.ts';
import { type ClockInput, PATH_WORKFLOW, type PathInput, TASK_QUEUE, workflowIdOf } from '../../workflows/messages.ts';
import { at, start, World } from '../core/world.ts';
import { launch, type Launched } from '../foundation/launched.ts';

export const root = join(import.meta.dirname, '..', '..');
export const municipalities = listMunicipalities()
  .slice(0, 13)
  .map(({ nis }) => municipalityParty(nis));

/** A working morning, after every path's own time: what became due since yesterday is due at once. */
export const MORNING = at('2031-02-25', 9 * 60 + 30);

/** What was asked of thirteen municipalities the day before. */
function asked(): World {
  const parties = municipalities.map((party, index) => ({ party, contact: asPersonId(`test.${String(index + 2)}`) }));
  const world = new World(at('2031-02-24', 600), start({ parties })).finish('support', 'existing-cooperation', 'area');
  return world.finish('agreements').tell('request', { decision: 'statement-of-commitment' });
}

export const contactsOf = (path: PathId): string[] =>
  municipalities.map((party) => `${party.slice(4)}@${path}.example.org`);

/** What the store holds of a path, as rows; those of another path differ in its name only. */
async function recordOf(world: World) {
  const store = await openStore(':memory:');
  await store.events.recordEvents(world.state.id, world.events);
  const [events, snapshots, overview] = await Promise.all([
    store.db.selectFrom('events').selectAll().execute(),
    store.db.selectFrom('snapshots').selectAll().execute(),
    store.db.selectFrom('overview').selectAll().execute(),
  ]);
  await store.close();
  return { events, snapshots, overview };
}

const named = <Value>(value: Value, path: PathId): Value =>
  JSON.parse(JSON.stringify(value).replaceAll('"test', `"${path}`).replaceAll('\\"test', `\\"${path}`)) as Value;

async function introduce(store: Store, path: PathId, record: Awaited<ReturnType<typeof recordOf>>): Promise<void> {
  const made = { created_at: MORNING, function: '', phone: '', path_id: path };
  await store.paths.ensurePath({ path, partnership: `Cultuur ${path}`, createdAt: MORNING });
  const office = {
    id: `${path}.1`,
    party: '',
    role: 'coordinator',
    name: 'Coördinator',
    email: `c@${path}.example.org`,
  };
  const contacts = municipalities.map((party, index) => ({
    ...{ id: `${path}.${String(index + 2)}`, party, role: 'contact', name: `Contact ${party}` },
    email: `${party.slice(4)}@${path}.example.org`,
  }));
  const rows = [office, ...contacts].map((person) => ({ ...person, ...made, identity: person.id }));
  await store.db.insertInto('people').values(rows).execute();
  await store.db.insertInto('person_numbers').values({ path_id: path, last: rows.length }).execute();
  const { events, snapshots, overview } = named(record, path);
  await store.db.insertInto('events').values(events).execute();
  await store.db.insertInto('snapshots').values(snapshots).execute();
  await store.db.insertInto('overview').values(overview).execute();
}

/** The clock of paths that are at a moment now and live so many times as fast from here on. */
export const clockAt = (moment: string, times: number): ClockInput => {
  const since = Date.now();
  return { offsetMs: Date.parse(moment) - since, granularityMs: 1, faster: { since, times } };
};

export class Fleet {
  readonly server: DevServer;
  readonly client: Client;
  readonly #connection: Connection;

  private constructor(server: DevServer, connection: Connection) {
    this.server = server;
    this.#connection = connection;
    this.client = new Client({ connection, namespace: server.namespace });
  }

  static async start(): Promise<Fleet> {
    const server = await startEphemeralDevServer();
    return new Fleet(server, await Connection.connect({ address: server.address }));
  }

  /** Starts paths that have asked, as if they went on in a new run. */
  async startPaths(store: Store, paths: PathId[], clock: ClockInput): Promise<void> {
    const world = asked();
    const record = await recordOf(world);
    await Promise.all(
      paths.map(async (path) => {
        await introduce(store, path, record);
        const carried = named({ state: world.state, unrecorded: [], handled: [] }, path);
        const input: PathInput = { carried, clock };
        await this.client.workflow.start(PATH_WORKFLOW, {
          ...{ taskQueue: TASK_QUEUE, workflowId: workflowIdOf(path), args: [input] },
        });
      }),
    );
  }

  /** The worker as it runs in production, in a process of its own. @param settings variables in which it differs */
  startWorker(dataDir: string, smtpUrl: string, settings: NodeJS.ProcessEnv = {}): Launched {
    return launch(process.execPath, [join(root, 'worker', 'main.ts')], {
      ...process.env,
      ...{ REGIOPAD_DATA: dataDir, SMTP_URL: smtpUrl, LOG_LEVEL: 'fatal', MAIL_PER_MINUTE: '0' },
      ...{ TEMPORAL_ADDRESS: this.server.address, TEMPORAL_NAMESPACE: this.server.namespace },
      ...settings,
    });
  }

  async stop(): Promise<void> {
    await this.#connection.close();
    await this.server.stop();
  }
}

export const pathsOf = (count: number): PathId[] =>
  Array.from({ length: count }, (_each, index) => asPathId(`regio-${String(index + 1)}`));
