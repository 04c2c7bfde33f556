/** The file with which a coordinator describes a region: who takes part, who answers, when they meet. */
import { z } from 'zod';
import type { AnswerData, NewParty } from '../domain/commands.ts';
import {
  type Anchor,
  type BodyKey,
  type Definition,
  needsRound,
  type Round,
  type RouteKey,
} from '../domain/definition.ts';
import type { PathStart } from '../domain/events.ts';
import { asPathId, asPersonId, type LocalDate, type PartyId, type PersonId } from '../domain/ids.ts';
import { ruleDate } from '../domain/lookup.ts';
import type { PartyFacts } from '../domain/state.ts';
import { unknownConditionItems } from './checks.ts';
import { missingDates } from './date-checks.ts';
import { itemKey, municipalityOf, type PersonInput } from './fields.ts';
import { listDefinitions, listRounds, loadDefinition, loadRound } from './load.ts';
import { referenceRegionOf } from './municipalities.ts';
import type { Problem } from './problem.ts';
import { checkAgainst, inOrder, openFile, type Opened, type Source } from './read.ts';
import { crossChecks } from './region-checks.ts';
import { factsBeside, factsOf, noFacts } from './region-facts.ts';
import { bodiesOf, regionSchema, type RawRegion } from './region-schema.ts';
import { countedFrom, daysIn, sessionsOf, sessionWarnings, type SessionWarningCode } from './region-sessions.ts';
import type { SessionsInput } from './sessions/input.ts';
import { icsBeside } from './sessions/ics/open.ts';

export type { PersonInput } from './fields.ts';

export interface RegionMunicipality {
  party: PartyId;
  name: string;
  contact?: PersonInput;
  deputy?: PersonInput;
  /** EUR a year. */
  contribution?: number;
  facts: PartyFacts;
  /** Calendar days before a session by which texts should be there. */
  leadDays?: number;
  sessions: Partial<Record<BodyKey, SessionsInput>>;
  decided: Omit<AnswerData, 'party'>[];
}

export interface RegionFile {
  id: string;
  partnership: string;
  path: string;
  /** Absent for a path that gives its dates itself. */
  round?: string;
  /** What the path is about, where its definition leaves that open. */
  topic?: string;
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
  code:
    'round-closed' | 'round-provisional' | 'route-open' | 'contact-missing' | 'several-regions' | SessionWarningCode;
}

export interface Region {
  file: RegionFile;
  definition: Definition;
  round?: Round;
  warnings: Warning[];
}

export type ReadRegion = { ok: true; value: Region; source: Source } | { ok: false; problems: Problem[] };

/** Reads a region file and all that it refers to. Never throws for what is in the file. */
export function readRegion(file: string): ReadRegion {
  const opened = openFile(file);
  return opened.ok ? checkRegion(opened) : opened;
}

/** Where what a region refers to comes from. */
export interface Loaders {
  definition: typeof loadDefinition;
  round: typeof loadRound;
  /** Whether it lies in a folder with calendar files and tables; what comes from elsewhere never reads a file of this machine. */
  readsFiles: boolean;
}

const fromFiles: Loaders = { definition: loadDefinition, round: loadRound, readsFiles: true };

/**
 * The same for a file that was opened already, or for what somebody filled in.
 * @param loaders for who checks often and has read them already
 */
export function checkRegion(opened: Opened, loaders = fromFiles): ReadRegion {
  const { source } = opened;
  const head = checkAgainst(
    opened,
    z.looseObject({ path: itemKey, round: itemKey.exactOptional(), dates: z.unknown().optional() }),
  );
  if (!head.ok) return head;
  if (!listDefinitions().includes(head.value.path)) {
    const problem = source.problem(
      ['path'],
      `unknown path ${head.value.path}`,
      `one of ${listDefinitions().join(', ')}`,
    );
    return { ok: false, problems: [problem] };
  }
  const definition = loaders.definition(head.value.path);
  if (!definition.ok) return definition;
  const found = roundOf(head.value.round, definition.value, source, loaders);
  const roundProblems = found.ok ? [] : found.problems;
  const dates = { ...(found.ok && found.round?.dates), ...daysIn(head.value.dates) };
  const around = countedFrom(dates);
  const context = { ...(loaders.readsFiles && { openIcs: icsBeside(source.file) }), ...(around && { around }) };
  const parsed = checkAgainst(opened, regionSchema(definition.value, context));
  if (!parsed.ok) return { ok: false, problems: inOrder([...roundProblems, ...parsed.problems]) };
  const facts = loaders.readsFiles ? factsBeside(parsed.value, source) : noFacts(parsed.value, source);
  const round = found.ok ? found.round : undefined;
  const problems = [...roundProblems, ...crossChecks(parsed.value, definition.value, round, source)];
  if (!facts.ok) problems.push(...facts.problems);
  if (!found.ok || !facts.ok || problems.length > 0) return { ok: false, problems: inOrder(problems) };
  const region = regionOf(parsed.value, definition.value, facts.facts);
  const warnings = [
    ...warningsOf(region, definition.value, found.round, source),
    ...sessionWarnings(parsed.value, definition.value, dates, source),
  ];
  const value = { file: region, definition: definition.value, ...(found.round && { round: found.round }), warnings };
  return { ok: true, value, source };
}

type FoundRound = { ok: true; round: Round | undefined } | { ok: false; problems: Problem[] };

/** The round that a file names: needed by some definitions, out of place in others. */
function roundOf(key: string | undefined, definition: Definition, source: Source, loaders: Loaders): FoundRound {
  const refused = (message: string, expected: string, at?: 'key'): FoundRound => ({
    ok: false,
    problems: [source.problem(['round'], message, expected, at)],
  });
  if (!needsRound(definition)) {
    if (key === undefined) return { ok: true, round: undefined };
    const dates = Object.keys(definition.dates ?? {}).join(', ');
    return refused(`the path ${definition.key} belongs to no round`, `no round, but dates: ${dates}`, 'key');
  }
  if (key === undefined) return refused('round is missing', `one of ${listRounds().join(', ')}`);
  const loaded = loaders.round(key);
  if (!loaded.ok) {
    return {
      ok: false,
      problems: loaded.problems.map(({ message, expected }) => source.problem(['round'], message, expected)),
    };
  }
  const unfit = (what: string): Problem =>
    source.problem(['round'], `the round ${key} ${what}`, `a round for ${definition.key}`);
  const problems = [
    ...missingDates(definition, loaded.value).map((name) => unfit(`gives no date ${name}`)),
    ...unknownConditionItems(definition, loaded.value).map((item) => unfit(`waits for an unknown ${item}`)),
  ];
  return problems.length === 0 ? { ok: true, round: loaded.value } : { ok: false, problems };
}

function regionOf(raw: RawRegion, definition: Definition, table: ReadonlyMap<PartyId, PartyFacts>): RegionFile {
  return {
    id: raw.id,
    partnership: raw.partnership,
    path: raw.path,
    ...(raw.round !== undefined && { round: raw.round }),
    ...(raw.topic !== undefined && { topic: raw.topic }),
    ...(raw.route !== undefined && { route: raw.route }),
    coordinator: raw.coordinator,
    ...(raw.deputy && { deputy: raw.deputy }),
    dates: raw.dates ?? {},
    sessions: sessionsOf(raw, bodiesOf(definition, 'path')),
    municipalities: raw.municipalities.flatMap((entry) => {
      const found = municipalityOf(entry.municipality);
      if (!found.ok) return [];
      const leadDays = entry.leadDays ?? raw.leadDays;
      return [
        {
          party: found.party,
          name: found.name,
          ...(entry.contact && { contact: entry.contact }),
          ...(entry.deputy && { deputy: entry.deputy }),
          ...(entry.contribution !== undefined && { contribution: entry.contribution }),
          facts: factsOf(entry, found.party, table),
          ...(leadDays !== undefined && { leadDays }),
          sessions: sessionsOf(entry, bodiesOf(definition, 'municipality')),
          decided: entry.decided ?? [],
        },
      ];
    }),
  };
}

function warningsOf(region: RegionFile, { routes }: Definition, round: Round | undefined, source: Source): Warning[] {
  const warnings: Warning[] = [];
  const warn = (code: Warning['code'], path: (string | number)[], message: string): void => {
    warnings.push({ ...source.problem(path, message), code });
  };
  if (round?.status === 'closed')
    warn('round-closed', ['round'], `the round ${round.key} is closed: no path can be started in it`);
  if (round?.status === 'provisional') {
    warn('round-provisional', ['round'], `the dates of the round ${round.key} are provisional`);
  }
  if (region.route === undefined && routes.length > 0) {
    warn('route-open', [], 'no route is chosen: only what all routes share is planned');
  }
  for (const [index, { name, contact }] of region.municipalities.entries()) {
    if (contact === undefined) {
      warn('contact-missing', ['municipalities', index], `${name} has no contact: its mails go to the coordinator`);
    }
  }
  const regions = new Set(region.municipalities.map(({ party }) => referenceRegionOf(party) ?? ''));
  if (regions.size > 1) {
    warn(
      'several-regions',
      ['municipalities'],
      `the municipalities lie in several reference regions: ${[...regions].join(', ')}`,
    );
  }
  return warnings;
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
  round: Round | undefined,
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
  const municipalities = region.municipalities.map((each): NewParty => ({
    party: each.party,
    ...(each.contact && { contact: assign(each.contact, 'contact', each.party) }),
    ...(each.deputy && { deputy: assign(each.deputy, 'deputy', each.party) }),
    ...(each.contribution !== undefined && { contribution: each.contribution }),
    facts: each.facts,
    ...(each.leadDays !== undefined && { leadDays: each.leadDays }),
    ...(Object.keys(each.sessions).length > 0 && { sessions: each.sessions }),
  }));
  const once = Object.entries(region.sessions).flatMap(([body, sessions]): NewParty[] =>
    sessions === undefined ? [] : [{ party: body as PartyId, sessions: { [body]: sessions } }],
  );
  const start: PathStart = {
    id: asPathId(region.id),
    definition,
    ...(round && { round }),
    ...(region.topic !== undefined && { topic: region.topic }),
    ...(region.route !== undefined && { route: region.route }),
    dates: datesOf(region, definition, round),
    ...(Object.keys(region.dates).length > 0 && { given: Object.keys(region.dates) }),
    coordinator,
    ...(deputyCoordinator && { deputyCoordinator }),
    parties: [...municipalities, ...once],
    decided: region.municipalities.flatMap(({ party, decided }) => decided.map((each) => ({ ...each, party }))),
  };
  return { start, people };
}

/** The dates of a path: those of its file, and what the file leaves to the rules of the definition and of its route. */
function datesOf(region: RegionFile, definition: Definition, round: Round | undefined): PathStart['dates'] {
  const route = definition.routes.find(({ key }) => key === region.route);
  const known = { dates: region.dates, ...(round && { round }) };
  const rules = Object.entries({ ...definition.dates, ...route?.dates });
  const followed = rules.flatMap(([name, rule]) => {
    const on = rule === 'given' ? undefined : ruleDate(known, rule);
    return on === undefined ? [] : [[name, on] as const];
  });
  return { ...Object.fromEntries(followed), ...region.dates };
}
