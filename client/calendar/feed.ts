/** What of its paths stands in the calendar of an account. It goes to telephones and to programs of others: no people in it. */
import type { Instant, PathId } from '../../domain/ids.ts';
import { type Moment, momentsOf } from '../../domain/moments.ts';
import type { PathState } from '../../domain/state.ts';
import { type AllDayEvent, icsOf } from './ics.ts';
import { type MomentNames, momentText } from './words.ts';

export interface FeedPath extends MomentNames {
  state: PathState;
  /** How often something was said that can move a day, and when that was last. */
  revision: { count: number; at: Instant };
  /** The page of something of the path, as an absolute address. */
  pageOf: (moment: Moment) => string;
}

const REFRESH_HOURS = 6;

/** `noordrand-2033/due/statutes@regiopad`: the thing, whatever its day. */
export const uidOf = (path: PathId, { key }: Moment): string => `${path}/${key}@regiopad`;

export function feedOf(name: string, paths: readonly FeedPath[]): string {
  return icsOf({
    ...{ product: '-//Regiopad//Agenda//NL', name, refreshHours: REFRESH_HOURS },
    events: paths.flatMap((path) => momentsOf(path.state).map((moment) => eventOf(path, moment))),
  });
}

function eventOf(path: FeedPath, moment: Moment): AllDayEvent {
  const { state, texts, partnership, revision, pageOf } = path;
  const key = moment.isEstimate ? 'calendar.about-estimate' : 'calendar.about';
  return {
    uid: uidOf(state.id, moment),
    on: moment.on,
    summary: momentText(path, moment),
    description: texts.text(key, { partnership }),
    url: pageOf(moment),
    sequence: revision.count,
    changedAt: revision.at,
  };
}
