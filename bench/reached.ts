/** Regions of thirteen municipalities on the afternoon on which all their councils were asked to decide; nobody has answered yet. */
import { join } from 'node:path';
import { introduceRegion } from '../client/introduce.ts';
import { readRegion, type Region } from '../definitions/region.ts';
import { expectedScript } from '../domain/course.ts';
import { instantOf } from '../domain/dates.ts';
import type { PathEvent } from '../domain/events.ts';
import { asInstant, asLocalDate, asPathId, type PathId } from '../domain/ids.ts';
import { runCourse } from '../domain/plan.ts';
import type { PathState } from '../domain/state.ts';
import type { Store } from '../store/store.ts';

/** What all were asked, and the day on which they were. */
export const ASKED = 'declaration-of-intent';
export const ASKED_ON = asLocalDate('2031-04-21');
/** The morning on which each gets a mail about it. */
export const MAILED_ON = asLocalDate('2031-04-22');
export const REACHED_AT = instantOf(ASKED_ON, 15 * 60 + 5);
const STARTED = asInstant(Date.parse('2031-01-06T08:00:00Z'));

export function exampleRegion(): Region {
  const read = readRegion(join(import.meta.dirname, '..', 'examples', 'cultuur-noordrand.yaml'));
  if (!read.ok) throw new Error('the example cannot be read');
  return read.value;
}

/** The example under another id. */
export const regionWithId = (region: Region, id: string): Region => ({
  ...region,
  file: { ...region.file, id, partnership: `Cultuur ${id}` },
});

export const pathIds = (prefix: string, count: number): PathId[] =>
  Array.from({ length: count }, (_each, index) => asPathId(`${prefix}-${String(index + 1)}`));

/** Lived once by the core; all others are the same under another id. */
export async function reachedRegions(store: Store, paths: readonly PathId[]): Promise<PathState[]> {
  const example = exampleRegion();
  const model = 'bench-model';
  const lived = runCourse(
    ...([await introduceRegion(store, regionWithId(example, model)), STARTED, REACHED_AT, expectedScript] as const),
  );
  const text = JSON.stringify({ events: lived.events, state: lived.state });
  const states: PathState[] = [];
  for (const path of paths) {
    await introduceRegion(store, regionWithId(example, path));
    const { events, state } = JSON.parse(text.replaceAll(model, path)) as { events: PathEvent[]; state: PathState };
    await store.events.recordEvents(path, events);
    states.push(state);
  }
  return states;
}
