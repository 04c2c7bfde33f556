/** Makes the digest of an account: the regions that it coordinates or follows, as they stand at a moment. */
import { localDay } from '../../domain/dates.ts';
import { digestSince } from '../../domain/digest-day.ts';
import type { Instant, LocalDate, PathId } from '../../domain/ids.ts';
import type { PathState } from '../../domain/state.ts';
import type { Account } from '../../store/accounts.ts';
import type { Settings } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';
import type { TextsOf } from '../../templates/mail-context.ts';
import type { DigestMail, DigestRegion } from '../../templates/render-digest.ts';
import type { DigestLinks } from '../links.ts';
import { isTold, regionFacts } from './region.ts';

export interface DigestTools {
  store: Store;
  links: DigestLinks;
  texts: TextsOf;
}

export interface DigestFor {
  account: Account;
  settings: Settings;
  /** Of this digest; see domain/digest-day.ts. */
  day: LocalDate;
  now: Instant;
}

/** Undefined for who has no region: there is nothing to say, and no mail that says so. */
export async function digestFor(tools: DigestTools, { account, settings, day, now }: DigestFor) {
  const since = digestSince(settings, day);
  const regions: DigestRegion[] = [];
  for (const state of await ownPaths(tools.store, account)) {
    const region = await regionOf(tools, state, since, now);
    if (region !== undefined) regions.push(region);
  }
  if (regions.length === 0) return undefined;
  return {
    name: account.name,
    isCoordinator: account.role === 'coordinator',
    day: localDay(now),
    since: localDay(since),
    weekday: settings.digestWeekday,
    link: tools.links.pageUrl('/'),
    off: await tools.links.digestUrl(account.id),
    regions,
  } satisfies DigestMail;
}

/** A reader has a page without people; who coordinates, or follows as a consultant, sees everything of the own regions. */
async function ownPaths(store: Store, account: Account): Promise<PathState[]> {
  if (account.role === 'reader') return [];
  const [followed, persons] = await Promise.all([
    store.accounts.regionsOf(account.id),
    store.people.coordinatorsWith(account.email),
  ]);
  const ids = new Set<PathId>([...followed, ...persons.map(({ path }) => path)]);
  const isOwn = ({ id, coordinator, deputyCoordinator }: PathState): boolean =>
    followed.includes(id) || persons.some((person) => person.id === coordinator || person.id === deputyCoordinator);
  const states: PathState[] = [];
  for (const id of [...ids].sort()) {
    const state = await store.snapshots.snapshot(id);
    if (state !== undefined && isOwn(state)) states.push(state);
  }
  return states;
}

async function regionOf(
  { store, links, texts }: DigestTools,
  state: PathState,
  since: Instant,
  now: Instant,
): Promise<DigestRegion | undefined> {
  const events = await store.events.eventsOf(state.id, { since });
  if (!isTold({ state, events })) return undefined;
  const [facts, people] = await Promise.all([store.paths.path(state.id), store.people.peopleOf(state.id)]);
  return {
    partnership: facts?.partnership ?? state.id,
    link: links.pathUrl(state.id),
    texts: texts(state.definition.key, state.topic),
    ...regionFacts({ state, events, now, people: new Map(people.map((person) => [person.id, person])) }),
  };
}
