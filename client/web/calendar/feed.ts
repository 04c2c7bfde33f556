/** Puts the calendar of an account together from the record. */
import type { Moment } from '../../../domain/moments.ts';
import type { Account } from '../../../store/accounts.ts';
import type { OverviewRow } from '../../../store/overview.ts';
import { isMine, mayRead, maySee, type Viewer, viewerFor } from '../../access/viewer.ts';
import { type FeedPath, feedOf } from '../../calendar/feed.ts';
import { portions } from '../../portions.ts';
import { homeOfPath } from '../coordinator/access.ts';
import type { Web } from '../web.ts';

export interface Feed {
  ics: string;
  /** The last moment at which a day of it can have changed. */
  changedAt: Date;
}

/** Of a coordinator the own paths, of a consultant the assigned regions, of a reader those that may be read. */
export async function feedFor(web: Web, account: Account): Promise<Feed> {
  const viewer = await viewerFor(web.store, account);
  const paths: FeedPath[] = [];
  for await (const some of portions(await web.store.overview.overview())) {
    paths.push(...(await feedPaths(web, viewer, some)));
  }
  const changes = paths.map(({ revision }) => Date.parse(revision.at));
  return {
    ics: feedOf(web.pages.texts.text('calendar.name'), paths),
    changedAt: new Date(Math.max(0, ...changes)),
  };
}

async function feedPaths(web: Web, viewer: Viewer, overview: readonly OverviewRow[]): Promise<FeedPath[]> {
  const all = overview.map(({ path }) => path);
  // In this order: what is recorded in between has its revision at the next look, and is then taken for new.
  const revisions = await web.store.events.revisionsOf(all);
  const states = await web.store.snapshots.snapshots(all);
  const isTheirs = ({ path }: OverviewRow): boolean => {
    const state = states.get(path);
    return state !== undefined && isMine(viewer, state) && mayRead(viewer, state);
  };
  return overview.filter(isTheirs).flatMap(({ path, partnership }): FeedPath[] => {
    const [state, revision] = [states.get(path), revisions.get(path)];
    if (state === undefined || revision === undefined) return [];
    const home = `${web.origin}${web.base}${maySee(viewer, state) ? homeOfPath(path) : `/regio/${encodeURIComponent(path)}`}`;
    const words = web.words(state.definition.key, state.topic);
    const pageOf = pagesOf(home, maySee(viewer, state));
    return [{ state, words, texts: web.pages.texts, partnership, revision, pageOf }];
  });
}

/** Who sees all of a path is led to the decision itself. */
const pagesOf =
  (home: string, seesAll: boolean) =>
  (moment: Moment): string =>
    seesAll && 'party' in moment ? `${home}/beslissingen/${moment.decision}/${moment.party}` : home;
