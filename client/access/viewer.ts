/**
 * Who looks, and what they may: the one place that says so, for pages, exports, feeds and the API. All of it is about one
 * path at a time; a list is what is left after asking for each of its rows.
 */
import type { PathId, PersonId } from '../../domain/ids.ts';
import type { PathState } from '../../domain/state.ts';
import type { Account, AccountRole } from '../../store/accounts.ts';
import type { Store } from '../../store/store.ts';

export interface Viewer {
  account: Account;
  /** The role of the account, or a weaker one that an API token was given. */
  role: AccountRole;
  /** The persons that this account is, over all paths: it coordinates the paths whose state names one of them. */
  persons: ReadonlySet<PersonId>;
  /** The regions of a consultant, or those that a reader may read. */
  regions: ReadonlySet<PathId>;
  /** Of a token that only reads, for somebody who may more: its owner, whose regions it reads. */
  owner?: Viewer;
}

/** What of a path says who is concerned with it. */
export type Circle = Pick<PathState, 'id' | 'coordinator' | 'deputyCoordinator'>;

/** @param role of an API token; that of the account when it is left out */
export async function viewerFor(store: Store, account: Account, role: AccountRole = account.role): Promise<Viewer> {
  const [people, regions] = await Promise.all([
    store.people.coordinatorsWith(account.email),
    store.accounts.regionsOf(account.id),
  ]);
  const viewer = { account, role, persons: new Set(people.map((person) => person.id)), regions: new Set(regions) };
  if (role !== 'reader' || account.role === 'reader') return viewer;
  return { ...viewer, persons: new Set(), owner: { ...viewer, role: account.role } };
}

/** The person that a viewer is on a path, when they coordinate it or stand in for who does. */
export const coordinatorIn = ({ persons }: Viewer, circle: Omit<Circle, 'id'>): PersonId | undefined =>
  [circle.coordinator, circle.deputyCoordinator].find((id) => id !== undefined && persons.has(id));

export const isAdministrator = ({ role }: Viewer): boolean => role === 'administrator';

/** Everything of a path, with its people. */
export const maySee = (viewer: Viewer, circle: Circle): boolean =>
  isAdministrator(viewer) || viewer.role === 'consultant' || coordinatorIn(viewer, circle) !== undefined;

/** Where a path stands, without personal data. */
export const mayRead = (viewer: Viewer, circle: Circle): boolean =>
  maySee(viewer, circle) ||
  viewer.regions.has(circle.id) ||
  (viewer.owner !== undefined && maySee(viewer.owner, circle));

/** Tell the path something, and what goes out for it. A consultant follows and calls, and changes nothing. */
export const mayChange = (viewer: Viewer, circle: Circle): boolean =>
  isAdministrator(viewer) || coordinatorIn(viewer, circle) !== undefined;

/** Write notes about a path and log calls. */
export const mayNote = maySee;

/** Start a path. */
export const mayStart = ({ role }: Viewer): boolean => role === 'administrator' || role === 'coordinator';

/** One of the viewer's own regions, which come first. */
export const isMine = (viewer: Viewer, circle: Circle): boolean =>
  viewer.regions.has(circle.id) || coordinatorIn(viewer, circle) !== undefined;
