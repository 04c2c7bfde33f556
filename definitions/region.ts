/** The file with which a coordinator describes a region: who takes part, who answers, when they meet. */
import { z } from 'zod';
import type { AnswerData, NewParty } from '../domain/commands.ts';
import { addDays } from '../domain/dates.ts';
import type { Anchor, BodyKey, Definition, Round, RouteKey } from '../domain/definition.ts';
import type { PathStart } from '../domain/events.ts';
import { asPathId, asPersonId, nisOf, type LocalDate, type PartyId, type PersonId } from '../domain/ids.ts';
import { missingDates } from './checks.ts';
import { itemKey, municipalityOf, type PersonInput, type SessionsInput } from './fields.ts';
import { listDefinitions, loadDefinition, loadRound } from './load.ts';
import { findMunicipality } from './municipalities.ts';
import type { Problem } from './problem.ts';
import { checkAgainst, inOrder, openFile, type Opened, type Source } from './read.ts';
import { crossChecks } from './region-checks.ts';
import { bodiesOf, regionSchema, sessionsKey, type RawRegion } from './region-schema.ts';

export type { PersonInput } from './fields.ts';

export interface RegionMunicipality {
  party: PartyId;
  name: string;
  contact?: PersonInput;
  deputy?: PersonInput;
  /** EUR a year. */
  contribution?: number;
  sessions: Partial<Record<BodyKey, SessionsInput>>;
  decided: Omit<AnswerData, 'party'>[];
}

export interface RegionFile {
  id: string;
  partnership: string;
  path: string;
  round: string;
  route?: RouteKey;
  coordinator: PersonInput;
  deputy?: PersonInput;
  dates: Record<Anchor, LocalDate>;
  /** Of bodies that exist once. */
  sessions: Partial<Record<BodyKey, SessionsInput>>;
  municipalities: RegionMunicipality[];
}

/** What does not stop a plan or a simulation. A closed round stops a start. */
export interface Warning extends Problem {
  code: 'round-closed' | 'round-provisional' | 'route-open' | 'contact-missing' | 'several-regions';
}

export interface Region {
  file: RegionFile;
  definition: Definition;
  round: Round;
  warnings: Warning[];
}

export type ReadRegion = { ok: true; value: Region; source: Source } | { ok: false; problems: Problem[] };

/** Reads a region file and all that it refers to. Never throws for what is in the file. */
export function readRegion(file: string): ReadRegion {
  const opened = openFile(file);
  return opened.ok ? checkRegion(opened) : opened;
}

/** The same for a file that was opened already. */
export function checkRegion(opened: Opened): ReadRegion {
  const { source } = opened;
  const head = checkAgainst(opened, z.looseObject({ path: itemKey, round: itemKey }));
  if (!head.ok) return head;
  if (!listDefinitions().includes(head.value.path)) {
    const problem = source.problem(
      ['path'],
      `unknown path ${head.value.path}`,
      `one of ${listDefinitions().join(', ')}`,
    );
    return { ok: false, problems: [problem] };
  }
  const definition = loadDefinition(head.value.path);
  if (!definition.ok) return definition;
  const round = loadRound(head.value.round);
  const roundProblems = round.ok
    ? missingDates(definition.value, round.value).map((name) =>
        source.problem(
          ['round'],
          `the round ${round.value.key} gives no date ${name}`,
          `a round for ${definition.value.key}`,
        ),
      )
    : round.problems.map(({ message, expected }) => source.problem(['round'], message, expected));
  const parsed = checkAgainst(opened, regionSchema(definition.value));
  if (!parsed.ok) return { ok: false, problems: inOrder([...roundProblems, ...parsed.problems]) };
  const problems = [...roundProblems, ...crossChecks(parsed.value, definition.value, source)];
  if (!round.ok || problems.length > 0) return { ok: false, problems: inOrder(problems) };
  const region = regionOf(parsed.value, definition.value);
  const warnings = warningsOf(region, round.value, source);
  return { ok: true, value: { file: region, definition: definition.value, round: round.value, warnings }, source };
}

function sessionsOf(raw: Record<string, unknown>, bodies: BodyKey[]): Partial<Record<BodyKey, SessionsInput>> {
  return Object.fromEntries(
    bodies.flatMap((body) => {
      const given = raw[sessionsKey(body)] as SessionsInput | undefined;
      return given === undefined ? [] : [[body, given]];
    }),
  );
}

function regionOf(raw: RawRegion, definition: Definition): RegionFile {
  return {
    id: raw.id,
    partnership: raw.partnership,
    path: raw.path,
    round: raw.round,
    ...(raw.route !== undefined && { route: raw.route }),
    coordinator: raw.coordinator,
    ...(raw.deputy && { deputy: raw.deputy }),
    dates: raw.dates ?? {},
    sessions: sessionsOf(raw, bodiesOf(definition, 'path')),
    municipalities: raw.municipalities.flatMap((entry) => {
      const found = municipalityOf(entry.municipality);
      if (!found.ok) return [];
      return [
        {
          party: found.party,
          name: found.name,
          ...(entry.contact && { contact: entry.contact }),
          ...(entry.deputy && { deputy: entry.deputy }),
          ...(entry.contribution !== undefined && { contribution: entry.contribution }),
          sessions: sessionsOf(entry, bodiesOf(definition, 'municipality')),
          decided: entry.decided ?? [],
        },
      ];
    }),
  };
}

function warningsOf(region: RegionFile, round: Round, source: Source): Warning[] {
  const warnings: Warning[] = [];
  const warn = (code: Warning['code'], path: (string | number)[], message: string): void => {
    warnings.push({ ...source.problem(path, message), code });
  };
  if (round.status === 'closed')
    warn('round-closed', ['round'], `the round ${round.key} is closed: no path can be started in it`);
  if (round.status === 'provisional') {
    warn('round-provisional', ['round'], `the dates of the round ${round.key} are provisional`);
  }
  if (region.route === undefined) {
    warn('route-open', [], 'no route is chosen: only what all routes share is planned');
  }
  for (const [index, { name, contact }] of region.municipalities.entries()) {
    if (contact === undefined) {
      warn('contact-missing', ['municipalities', index], `${name} has no contact: its mails go to the coordinator`);
    }
  }
  const regions = new Set(region.municipalities.map(({ party }) => referenceRegion(party)));
  if (regions.size > 1) {
    warn(
      'several-regions',
      ['municipalities'],
      `the municipalities lie in several reference regions: ${[...regions].join(', ')}`,
    );
  }
  return warnings;
}

function referenceRegion(party: PartyId): string {
  const found = findMunicipality(nisOf(party) ?? '');
  return found.status === 'found' ? found.municipality.region : '';
}

/** Somebody of a region file, with the id that they go by on the path. */
export interface RegionPerson extends Omit<PersonInput, 'role'> {
  id: PersonId;
  /** Absent for who coordinates. */
  party?: PartyId;
  role: 'coordinator' | 'deputy-coordinator' | 'contact' | 'deputy';
  /** What they are in their town hall, in words. */
  function?: string;
}

/** Gives somebody their id; `number` counts from 1 in the order of the file, the coordinator first. */
export type AssignPerson = (person: Omit<RegionPerson, 'id'>, number: number) => PersonId;

/** What a path starts with, and who is who on it. Person ids are `<path>.<n>` unless `assignPerson` says otherwise. */
export function toPathStart(
  region: RegionFile,
  definition: Definition,
  round: Round,
  assignPerson: AssignPerson = (_, number) => asPersonId(`${region.id}.${String(number)}`),
): { start: PathStart; people: RegionPerson[] } {
  const people: RegionPerson[] = [];
  const assign = ({ role: title, ...person }: PersonInput, role: RegionPerson['role'], party?: PartyId): PersonId => {
    const known = { ...person, role, ...(title !== undefined && { function: title }), ...(party && { party }) };
    const id = assignPerson(known, people.length + 1);
    people.push({ id, ...known });
    return id;
  };
  const coordinator = assign(region.coordinator, 'coordinator');
  const deputyCoordinator = region.deputy && assign(region.deputy, 'deputy-coordinator');
  const municipalities = region.municipalities.map(({ party, contact, deputy, contribution, sessions }): NewParty => ({
    party,
    ...(contact && { contact: assign(contact, 'contact', party) }),
    ...(deputy && { deputy: assign(deputy, 'deputy', party) }),
    ...(contribution !== undefined && { contribution }),
    ...(Object.keys(sessions).length > 0 && { sessions }),
  }));
  const once = Object.entries(region.sessions).flatMap(([body, sessions]): NewParty[] =>
    sessions === undefined ? [] : [{ party: body as PartyId, sessions: { [body]: sessions } }],
  );
  const start: PathStart = {
    id: asPathId(region.id),
    definition,
    round,
    ...(region.route !== undefined && { route: region.route }),
    dates: { ...routeDates(region.route, definition, round), ...region.dates },
    coordinator,
    ...(deputyCoordinator && { deputyCoordinator }),
    parties: [...municipalities, ...once],
    decided: region.municipalities.flatMap(({ party, decided }) => decided.map((each) => ({ ...each, party }))),
  };
  return { start, people };
}

/** The dates of a route that the file may leave to the rules of the definition. */
function routeDates(route: RouteKey | undefined, definition: Definition, round: Round): Record<Anchor, LocalDate> {
  const rules = definition.routes.find(({ key }) => key === route)?.dates ?? {};
  return Object.fromEntries(
    Object.entries(rules).flatMap(([name, rule]) => {
      const from = round.dates[rule.anchor];
      return from === undefined ? [] : [[name, addDays(from, rule.days ?? 0)]];
    }),
  );
}
