/** A region file made ready: what a path starts with, who is who on it, and the answers that change its course. */
import { readAnswers, toScript } from '../../definitions/answers.ts';
import type { NewcomerInput } from '../../definitions/commands.ts';
import { type Region, type RegionPerson, readRegion, toPathStart } from '../../definitions/region.ts';
import type { Source } from '../../definitions/read.ts';
import { type Script, expectedScript } from '../../domain/course.ts';
import { instantOf, isLocalDate, localDay } from '../../domain/dates.ts';
import type { PathStart } from '../../domain/events.ts';
import { horizon } from '../../domain/forecast.ts';
import { namedDate } from '../../domain/lookup.ts';
import { type Instant, type LocalDate, asPersonId } from '../../domain/ids.ts';
import { badFile, badInput } from './failure.ts';
import { warn } from './output.ts';

export interface LoadedRegion extends Region {
  source: Source;
}

/** Reads a region file; its warnings go to standard error. Throws a Failure that names file and line. */
export function loadRegion(file: string): LoadedRegion {
  const read = readRegion(file);
  if (!read.ok) throw badFile(read.problems);
  warn(read.value.warnings);
  return { ...read.value, source: read.source };
}

/** A path from a day on, as `plan` and `simulate` look at it. */
export interface Course {
  region: LoadedRegion;
  start: PathStart;
  people: RegionPerson[];
  /** The people whom commands of the answers file bring in, in order. */
  newcomers: { id: RegionPerson['id']; input: NewcomerInput }[];
  from: Instant;
  until: Instant;
  script: Script;
}

/** Paths begin at nine in the morning, before anything can be due. */
const START_MINUTES = 9 * 60;

export function parseDay(text: string, option: string): LocalDate {
  if (isLocalDate(text) && text >= '1990-01-01' && text < '2200-01-01') return text;
  throw badInput(`${option} ${text}: expected a day that exists, from 1990 to 2199, written YYYY-MM-DD`);
}

/** Reads region and answers. Without a day, the course begins when the round or the path itself opens. */
export function loadCourse(file: string, options: { from?: string; answers?: string }): Course {
  const region = loadRegion(file);
  const { start, people } = toPathStart(region.file, region.definition, region.round);
  const day = options.from === undefined ? namedDate(start, 'opensOn') : parseDay(options.from, '--from');
  if (day === undefined) throw badInput(`${file} and its path give no opensOn: say --from YYYY-MM-DD`);
  const from = instantOf(day, START_MINUTES);
  const newcomers: Course['newcomers'] = [];
  const script =
    options.answers === undefined ? expectedScript : readScript(region, options.answers, people, newcomers);
  // What the file says was decided, but after the first day, happens on its day.
  const isBefore = (on: LocalDate): boolean => on <= localDay(from);
  const later = start.decided.filter((each) => !isBefore(each.on));
  return {
    region,
    start: { ...start, decided: start.decided.filter((each) => isBefore(each.on)) },
    people,
    newcomers,
    from,
    until: horizon(start, from),
    script: { ...script, answers: [...later, ...script.answers] },
  };
}

function readScript(region: Region, file: string, people: RegionPerson[], newcomers: Course['newcomers']): Script {
  const parties = region.file.municipalities.map(({ party }) => party);
  const read = readAnswers(file, { definition: region.definition, parties });
  if (!read.ok) throw badFile(read.problems);
  return toScript(read.value, (input) => {
    const id = asPersonId(`${region.file.id}.${String(people.length + newcomers.length + 1)}`);
    newcomers.push({ id, input });
    return id;
  });
}

/** The address of everybody on a course, by id. */
export function addressesOf(course: Course): (id: string) => string {
  const known = new Map<string, string>([
    ...course.people.map(({ id, email }) => [id, email] as const),
    ...course.newcomers.map(({ id, input }) => [id, input.person.email] as const),
  ]);
  return (id) => known.get(id) ?? id;
}
