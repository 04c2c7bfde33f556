/** `regiopad simulate FILE`: the real workflow, with real mails, from the first day to the last. */
import { access, constants, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { Runtime, DefaultLogger } from '@temporalio/worker';
import { createActivities } from '../../activities/activities.ts';
import { type MailTransport, createFolderTransport, createNullTransport } from '../../activities/transport.ts';
import { daysBetween, localDay } from '../../domain/dates.ts';
import { asInstant } from '../../domain/ids.ts';
import { type Store, openStore } from '../../store/store.ts';
import { passingHistoryKeys } from '../../worker/histories/keys.ts';
import type { KeyRing } from '../../worker/key-file.ts';
import { startTimeSkippingServer } from '../../worker/temporal/time-skipping.ts';
import { createTexts } from '../../worker/texts.ts';
import { createLinks } from '../../worker/links.ts';
import { linkKeysOf } from '../../worker/link-keys.ts';
import { introduceNewcomer } from '../introduce.ts';
import { type SimulationReport, simulationReport } from '../simulation/report.ts';
import { runSimulation } from '../simulation/run.ts';
import { messageOf } from '../../worker/setup-error.ts';
import { badInput } from './failure.ts';
import { note, print, printJson } from './output.ts';
import { checkFormat } from './plan.ts';
import { type Course, addressesOf, loadCourse } from './region-input.ts';

export interface SimulateOptions {
  from?: string;
  answers?: string;
  out?: string;
  format: string;
}

/** Addresses in simulated mails: nobody's, and the same each time. */
const PUBLIC_URL = 'https://regiopad.example.org';
const MOST_YEARS = 9;
const MAIL_FROM = 'Regiopad <regiopad@example.org>';

export async function simulate(file: string, options: SimulateOptions): Promise<void> {
  checkFormat(options.format, ['table', 'json']);
  const course = loadCourse(file, options);
  checkSpan(course);
  const transport = options.out === undefined ? createNullTransport() : await folderTransport(options.out);
  const report = await simulateCourse(course, transport);
  if (options.format === 'json') {
    printJson(report);
    return;
  }
  const { simulationTable } = await import('../simulation/table.ts');
  print(simulationTable(report));
  if (options.out !== undefined) note(`${String(report.mails.length)} mails are in ${options.out}`);
}

/** The server that skips time gives up on waits of ten years. */
function checkSpan({ from, until }: Course): void {
  const years = daysBetween(localDay(from), localDay(until)) / 365.25;
  if (years <= MOST_YEARS) return;
  throw badInput(`--from: a simulation spans at most ${String(MOST_YEARS)} years, this one ${years.toFixed(1)}`);
}

/** Throws a Failure before anything starts when the mails could not be written. */
async function folderTransport(folder: string): Promise<MailTransport> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    throw badInput(`--out ${folder}: expected a folder that can be written (${messageOf(error)})`);
  }
  return createFolderTransport(folder);
}

/**
 * Runs a course with a store, a server and a worker of its own, and puts all of them away again.
 * @param lookBack what is asked of the server, by a client that reads its histories, before it is gone
 */
export async function simulateCourse(
  course: Course,
  transport: MailTransport,
  lookBack?: (client: Client, keys: KeyRing) => Promise<void>,
): Promise<SimulationReport> {
  quiet();
  const folder = await mkdtemp(join(tmpdir(), 'regiopad-simulation-'));
  const keys = passingHistoryKeys();
  const [server, store] = await Promise.all([
    startTimeSkippingServer(keys, { onDownload: (what) => note(`fetching ${what}`) }),
    openStore(':memory:'),
  ]);
  try {
    await introduce(store, course);
    const activities = createActivities({
      store,
      transport,
      links: createLinks({ keys: linkKeysOf(folder), publicUrl: PUBLIC_URL, codes: store.linkCodes }),
      texts: createTexts(),
      config: { mailFrom: MAIL_FROM },
    });
    const snapshot = () => store.snapshots.snapshot(course.start.id);
    const run = await runSimulation({ server, keys, activities, snapshot, ...course });
    await lookBack?.(server.client, keys);
    const [events, ledger] = await Promise.all([
      store.events.eventsOf(course.start.id),
      store.ledger.entriesOf(course.start.id),
    ]);
    return simulationReport(course, run, events, ledger, addressesOf(course));
  } finally {
    await server.teardown();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The people of the course, under the ids that its commands use. */
async function introduce(store: Store, course: Course): Promise<void> {
  const { start, people, newcomers, region } = course;
  await store.paths.ensurePath({
    path: start.id,
    partnership: region.file.partnership,
    createdAt: asInstant(Date.parse(course.from)),
  });
  await store.people.ensurePeople(
    start.id,
    people.map(({ id: _id, ...person }) => person),
  );
  for (const { input } of newcomers) await introduceNewcomer(store, start.id, input);
}

/** The SDK says how it is doing on standard error; a simulation has other things to say. */
function quiet(): void {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
    shutdownSignals: [],
  });
}
