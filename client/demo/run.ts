/** Once everything runs: every region of the demo becomes a living path, and who looks around is told where to begin. */
import { type Client, Connection } from '@temporalio/client';
import { linksExpireOn } from '../../activities/mail-context.ts';
import { asInstant, asPathId, type Instant, municipalityParty } from '../../domain/ids.ts';
import type { PathState } from '../../domain/state.ts';
import type { Account } from '../../store/accounts.ts';
import { openStore, type Store } from '../../store/store.ts';
import type { Config } from '../../worker/config.ts';
import { historyKeysOf } from '../../worker/histories/keys.ts';
import { linkKeysOf } from '../../worker/link-keys.ts';
import { createLinks, type LinkMaker } from '../../worker/links.ts';
import { readRunFile } from '../../worker/run-file.ts';
import { SetupError } from '../../worker/setup-error.ts';
import { temporalClient } from '../../worker/temporal/client.ts';
import { startReached } from '../path-client.ts';
import { table } from '../report/table.ts';
import { openDesks } from './desks.ts';
import { demoRegions } from './regions.ts';

const SIGN_IN_MS = 12 * 3_600_000;
/** A council said no here, and who coordinates must choose. */
const CHOICE = 'dijk92';
/** A council meets next week, and nobody has said yet whether it is on the agenda. */
const ASKED = { region: CHOICE, municipality: 'Lede', party: municipalityParty('41034') };

/** Starts what is not running yet, each from the state that is recorded. What has ended stays ended. */
export async function startRegions(client: Client, store: Store, clockOffsetMs: number): Promise<PathState[]> {
  const states: PathState[] = [];
  for (const { id } of demoRegions) {
    const state = await store.snapshots.snapshot(asPathId(id));
    if (state === undefined)
      throw new SetupError(`The region ${id} is not in the store: remove the folder and start again.`);
    if (state.ending === undefined) await startReached(client, state, clockOffsetMs);
    states.push(state);
  }
  return states;
}

/** @param say hears what to open, line by line */
export async function runDemo(config: Config, say: (line: string) => void): Promise<void> {
  const run = readRunFile(config.dataDir);
  if (run?.temporal === undefined) throw new SetupError(`Nothing runs on ${config.dataDir}.`);
  const now = (): Instant => asInstant(Date.now() + config.clockOffsetMs);
  const publicUrl = run.web?.url ?? config.publicUrl;
  const store = await openStore(config.storeLocation, { now });
  const connection = await Connection.connect({ address: run.temporal.address });
  try {
    const client = temporalClient({ connection, namespace: run.temporal.namespace, keys: historyKeysOf(config) });
    const states = await startRegions(client, store, config.clockOffsetMs);
    const links = createLinks({ keys: linkKeysOf(config.dataDir), publicUrl, codes: store.linkCodes });
    for (const line of await whereToBegin({ store, links, now, publicUrl }, states)) say(line);
  } finally {
    await connection.close();
    await store.close();
  }
}

interface Guide {
  store: Store;
  links: LinkMaker;
  now: () => Instant;
  publicUrl: string;
}

async function whereToBegin({ store, links, now, publicUrl }: Guide, states: readonly PathState[]): Promise<string[]> {
  const signIn = async ({ id }: Account): Promise<string> =>
    links.signInUrl(await store.accounts.createSignInToken(id, asInstant(Date.parse(now()) + SIGN_IN_MS)));
  const { consultants, reader } = await openDesks(store);
  const coordinator = await coordinatorOf(store, states, CHOICE);
  const people = [...consultants.slice(0, 1), ...(coordinator === undefined ? [] : [coordinator]), reader];
  const rows: string[][] = [];
  for (const person of people) rows.push([person.role, `${person.name}, ${person.email}`, await signIn(person)]);
  const asked = await linkOf(links, states);
  return [
    '',
    `It is ${now().slice(0, 10)} in this demo. Each of these links signs in once; a link asks for the address beside it.`,
    table([['who', 'name and address', 'link'], ...rows]),
    ...(asked === undefined ? [] : ['', `${ASKED.municipality}, as its contact: ${asked}`]),
    `Mails:           ${publicUrl}/mailbox`,
    'Partnerships are real; with (demo) behind the name, who takes part is a choice. All people and answers are invented.',
  ];
}

async function coordinatorOf(store: Store, states: readonly PathState[], region: string): Promise<Account | undefined> {
  const id = states.find((state) => state.id === region)?.coordinator;
  const person = id === undefined ? undefined : await store.people.person(id);
  if (person?.email === undefined) return undefined;
  return store.accounts.ensureAccount({ role: 'coordinator', email: person.email, name: person.name });
}

/** The link in the mails to who is asked; undefined once that municipality left. */
async function linkOf(links: LinkMaker, states: readonly PathState[]): Promise<string | undefined> {
  const state = states.find(({ id }) => id === ASKED.region);
  const party = state?.parties[ASKED.party];
  if (state === undefined || party?.contact === undefined) return undefined;
  const { id, contact: person, linkGeneration: generation } = party;
  return links.contactLink({ path: state.id, party: id, person, generation, expires: linksExpireOn(state) });
}
