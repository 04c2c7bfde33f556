/** What is odd about the meeting days of a region file: each with its line, none of them an error. */
import { addDays, earliest, isLocalDate } from '../domain/dates.ts';
import type { Anchor, BodyKey, Definition } from '../domain/definition.ts';
import type { LocalDate } from '../domain/ids.ts';
import { sessionRemarks, type SessionRemarkCode } from '../domain/session-remarks.ts';
import { municipalityOf } from './fields.ts';
import type { Problem } from './problem.ts';
import type { Path, Source } from './read.ts';
import { bodiesOf, type RawRegion, sessionsKey } from './region-schema.ts';
import type { ReadSessions, SessionsInput } from './sessions/input.ts';

export type SessionWarningCode = `session-${SessionRemarkCode}` | 'sessions-left-out';

export interface SessionWarning extends Problem {
  code: SessionWarningCode;
}

type Dates = Record<Anchor, LocalDate>;

/** What is a day under the names of a file that is not checked yet. */
export const daysIn = (raw: unknown): Dates =>
  Object.fromEntries(
    Object.entries(typeof raw === 'object' && raw !== null ? raw : {}).filter(
      (entry): entry is [Anchor, LocalDate] => typeof entry[1] === 'string' && isLocalDate(entry[1]),
    ),
  );

/** The day from which meeting days without a year are counted: the opening, or a year before the first date there is. */
export function countedFrom(dates: Dates): LocalDate | undefined {
  const first = earliest(Object.values(dates));
  return dates['opensOn'] ?? (first && addDays(first, -365));
}

/** What was read for each body; where each day stood is only of use to the warnings. */
export function sessionsOf(raw: Record<string, unknown>, bodies: BodyKey[]): Partial<Record<BodyKey, SessionsInput>> {
  return Object.fromEntries(readIn(raw, bodies).map(({ body, read }) => [body, read.sessions]));
}

const readIn = (raw: Record<string, unknown>, bodies: BodyKey[]): { body: BodyKey; read: ReadSessions }[] =>
  bodies.flatMap((body) => {
    const read = raw[sessionsKey(body)] as ReadSessions | undefined;
    return read === undefined ? [] : [{ body, read }];
  });

export function sessionWarnings(
  raw: RawRegion,
  definition: Definition,
  dates: Dates,
  source: Source,
): SessionWarning[] {
  const groups = [
    { path: [], name: '', found: readIn(raw, bodiesOf(definition, 'path')) },
    ...raw.municipalities.map((entry, index) => {
      const municipality = municipalityOf(entry.municipality);
      return {
        path: ['municipalities', index],
        name: municipality.ok ? municipality.name : '',
        found: readIn(entry, bodiesOf(definition, 'municipality')),
      };
    }),
  ];
  return groups.flatMap(({ path, name, found }) =>
    found.flatMap(({ body, read }) => {
      const who = [name, body].filter(Boolean).join(', ');
      return warningsFor(who, [...path, sessionsKey(body)], read, dates, source);
    }),
  );
}

function warningsFor(who: string, path: Path, read: ReadSessions, dates: Dates, source: Source): SessionWarning[] {
  const { placed, leftOut } = read;
  // Of a day that is there twice the second place is the one to look at.
  const remarks = sessionRemarks(
    placed.map(({ on }) => on),
    { dates },
  ).map((remark) => ({ ...remark, place: placed.findLast(({ on }) => on === remark.on)?.path ?? [] }));
  // Days on one line share a warning.
  const byPlace = Map.groupBy(remarks, ({ code, place }) => JSON.stringify([code, place]));
  const warnings = [...byPlace.values()].flatMap((same): SessionWarning[] => {
    const [first] = same;
    if (first === undefined) return [];
    const days = same.map(({ on }) => on);
    const problem = source.problem([...path, ...first.place], `${who}: ${sentence(first.code, days, dates)}`);
    return [{ ...problem, code: `session-${first.code}` }];
  });
  if (leftOut !== undefined)
    warnings.push({ ...source.problem(path, `${who}: ${leftOut}`), code: 'sessions-left-out' });
  return warnings;
}

const MOST_NAMED = 4;

function sentence(code: SessionRemarkCode, days: LocalDate[], dates: Dates): string {
  const named = days.slice(0, MOST_NAMED).join(', ');
  const rest = days.length > MOST_NAMED ? ` and ${String(days.length - MOST_NAMED)} more` : '';
  const list = `${named}${rest}`;
  const verb = days.length === 1 ? 'is' : 'are';
  switch (code) {
    case 'twice':
      return `${list} ${verb} there twice`;
    case 'past':
      return `${list} ${verb} past`;
    case 'holiday':
      return `${list} ${verb} on a holiday: is that right?`;
    case 'weekend':
      return `${list} ${verb} in a weekend: is that right?`;
    case 'before-round':
      return `${list} ${verb} before the round opens on ${dates['opensOn'] ?? ''}`;
    case 'after-round':
      return `${list} ${verb} after all must be decided: the period starts on ${dates['startsOn'] ?? ''}`;
  }
}
