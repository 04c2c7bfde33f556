/**
 * New contacts and deputies for many municipalities at once, as after elections. Rows are matched with the paths that somebody may
 * change; each change is one command whose id follows from what it changes, so that pressing again changes nothing twice.
 */
import { createHash } from 'node:crypto';
import { personInput } from '../../definitions/fields.ts';
import { findMunicipality } from '../../definitions/municipalities.ts';
import type { Command } from '../../domain/commands.ts';
import { comingLines, type MailLine } from '../../domain/coming.ts';
import { addDays, instantOf, localDay } from '../../domain/dates.ts';
import { decide } from '../../domain/decide.ts';
import { evolve } from '../../domain/evolve.ts';
import {
  asPersonId,
  type Instant,
  municipalityParty,
  type PartyId,
  type PathId,
  type PersonId,
} from '../../domain/ids.ts';
import { lacking } from '../../domain/preview.ts';
import { isRefusal } from '../../domain/refusals.ts';
import type { Actor, PathState } from '../../domain/state.ts';
import { isSameAddress, type Person } from '../../store/people.ts';
import type { Store } from '../../store/store.ts';
import { coordinatorIn, mayChange, type Viewer } from '../access/viewer.ts';
import type { Board } from '../board/board.ts';
import type { ErrorCode } from '../errors.ts';
import { type PathClient, RefusedError, UnavailableError, UnknownPathError } from '../path-client.ts';
import { withinTime } from '../within-time.ts';

export const handOverFields = ['municipality', 'name', 'email', 'function', 'phone', 'role', 'path'] as const;
export type HandOverField = (typeof handOverFields)[number];
export type HandOverValues = Record<HandOverField, string>;

export interface HandOverRow {
  number: number;
  values: HandOverValues;
}

/** What is wrong with a field: missing, bad (not readable), unknown, ended, elsewhere (not in a path that may be changed), twice. */
export type Fault = 'missing' | 'bad' | 'unknown' | 'ended' | 'elsewhere' | 'twice';

/** new: nobody was it yet; replace: somebody else was; correct: the same person with other details. */
export type ChangeKind = 'new' | 'replace' | 'correct';

export interface HandOverChange {
  row: number;
  path: PathId;
  partnership: string;
  party: PartyId;
  role: 'contact' | 'deputy';
  kind: ChangeKind;
  from?: Person;
  to: { name: string; email: string; function?: string; phone?: string };
  /** Why the path would not take it. */
  refused?: ErrorCode;
}

export interface CheckedHandOverRow extends HandOverRow {
  faults: { field: HandOverField; fault: Fault }[];
  changes: HandOverChange[];
  /** In so many paths it is so already. */
  same: number;
}

export interface HandOverPlan {
  rows: CheckedHandOverRow[];
  /** What the changes do to the mails of the coming weeks, by path. */
  mails: {
    path: PathId;
    partnership: string;
    state: PathState;
    added: MailLine[];
    gone: MailLine[];
    names: Map<PersonId, string>;
  }[];
}

export interface HandOverTools {
  store: Store;
  paths: PathClient;
  board: Board;
  clock: () => Instant;
}

interface Known {
  state: PathState;
  partnership: string;
  people: Map<PersonId, Person>;
}

const AHEAD_DAYS = 56;
const folded = (text: string): string =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

/** The running paths that somebody may change, with who takes part. */
async function openPaths({ board }: HandOverTools, viewer: Viewer) {
  const rows = await board.regions(viewer);
  return rows.filter(
    ({ circle, status }) => mayChange(viewer, circle) && (status === 'running' || status === 'paused'),
  );
}

const roles: Record<string, HandOverChange['role']> = {
  '': 'contact',
  contact: 'contact',
  aanspreekpunt: 'contact',
  contactpersoon: 'contact',
  plaatsvervanger: 'deputy',
  vervanger: 'deputy',
};

/** Holds rows against the paths that somebody may change. Nothing is changed, and nobody is made known to the store. */
export async function planHandOver(tools: HandOverTools, viewer: Viewer, rows: HandOverRow[]): Promise<HandOverPlan> {
  const regions = await openPaths(tools, viewer);
  const known = new Map<PathId, Known>();
  const open = async (path: PathId): Promise<Known | undefined> => {
    const found = known.get(path);
    if (found !== undefined) return found;
    const [state, people] = await Promise.all([
      tools.store.snapshots.snapshot(path),
      tools.store.people.peopleOf(path),
    ]);
    const partnership = regions.find((region) => region.path === path)?.partnership ?? path;
    if (state !== undefined)
      known.set(path, { state, partnership, people: new Map(people.map((person) => [person.id, person])) });
    return known.get(path);
  };
  const seen = new Map<string, CheckedHandOverRow>();
  const checked: CheckedHandOverRow[] = [];
  for (const row of rows) {
    const { faults, party, role, to } = readRow(row.values);
    const wanted = folded(row.values.path);
    const isMeant = ({ path, partnership }: (typeof regions)[number]): boolean =>
      wanted === '' || folded(path) === wanted || folded(partnership) === wanted;
    const meant = regions.filter(isMeant);
    if (wanted !== '' && meant.length === 0) faults.push({ field: 'path', fault: 'unknown' });
    const taking = meant.filter(({ parties }) => parties.some(({ id }) => id === party));
    if (party !== undefined && meant.length > 0 && taking.length === 0)
      faults.push({ field: 'municipality', fault: 'elsewhere' });
    const keys = taking.map(({ path }) => `${path} ${party ?? ''} ${role ?? ''}`);
    const result: CheckedHandOverRow = { ...row, faults, changes: [], same: 0 };
    checked.push(result);
    for (const key of keys) markTwice(seen.get(key), result);
    for (const key of keys) seen.set(key, result);
    if (faults.length > 0 || party === undefined || role === undefined || to === undefined) continue;
    for (const { path } of taking) {
      const found = await open(path);
      const change = found && changeOf(found, row.number, party, role, to);
      if (change === undefined) result.same += 1;
      else result.changes.push(change);
    }
  }
  return {
    rows: checked,
    mails: mailsOf(
      tools.clock(),
      viewer,
      known,
      checked.flatMap(({ changes }) => changes),
    ),
  };
}

/** Of two rows that speak of the same, nobody can tell which one is meant: neither is applied. */
function markTwice(first: CheckedHandOverRow | undefined, second: CheckedHandOverRow): void {
  if (first === undefined) return;
  for (const row of [first, second]) {
    row.changes = [];
    row.same = 0;
    if (!row.faults.some(({ fault }) => fault === 'twice')) row.faults.push({ field: 'municipality', fault: 'twice' });
  }
}

function readRow(values: HandOverValues) {
  const faults: CheckedHandOverRow['faults'] = [];
  const found = values.municipality === '' ? undefined : findMunicipality(values.municipality);
  if (found === undefined) faults.push({ field: 'municipality', fault: 'missing' });
  else if (found.status !== 'found') faults.push({ field: 'municipality', fault: found.status });
  const role = roles[folded(values.role)];
  if (role === undefined) faults.push({ field: 'role', fault: 'unknown' });
  const given = {
    ...{ name: values.name, email: values.email },
    ...(values.function !== '' && { role: values.function }),
    ...(values.phone !== '' && { phone: values.phone }),
  };
  const person = personInput.safeParse(given);
  for (const { path } of person.error?.issues ?? []) {
    const field: HandOverField =
      path[0] === 'role' ? 'function' : (handOverFields.find((each) => each === path[0]) ?? 'name');
    if (!faults.some((each) => each.field === field))
      faults.push({ field, fault: values[field] === '' ? 'missing' : 'bad' });
  }
  const to = person.data && {
    ...{ name: person.data.name, email: person.data.email },
    ...(person.data.role !== undefined && { function: person.data.role }),
    ...(person.data.phone !== undefined && { phone: person.data.phone }),
  };
  const party = found?.status === 'found' ? municipalityParty(found.municipality.nis) : undefined;
  return { faults, party, role, to };
}

/** Undefined when it is so already. What a row leaves out of the same person stays as it was. */
function changeOf(
  { state, partnership, people }: Known,
  row: number,
  party: PartyId,
  role: HandOverChange['role'],
  to: HandOverChange['to'],
): HandOverChange | undefined {
  const id = state.parties[party]?.[role];
  const from = id === undefined ? undefined : people.get(id);
  const base = { row, path: state.id, partnership, party, role, to };
  if (from === undefined) return { ...base, kind: 'new' };
  if (folded(from.name) !== folded(to.name)) return { ...base, kind: 'replace', from };
  const merged = {
    ...to,
    ...(to.function === undefined && from.function !== undefined && { function: from.function }),
    ...(to.phone === undefined && from.phone !== undefined && { phone: from.phone }),
  };
  const isSame =
    isSameAddress(from.email, to.email) && merged.function === from.function && merged.phone === from.phone;
  return isSame ? undefined : { ...base, kind: 'correct', from, to: merged };
}

function commandFor({ party, role, kind, from, to }: HandOverChange, person: PersonId): Command {
  if (kind === 'correct' && from !== undefined) {
    const address = isSameAddress(from.email, to.email) ? 'same' : 'other';
    return { type: 'change-details', data: { party, from: from.id, to: person, address } };
  }
  return { type: role === 'contact' ? 'replace-contact' : 'replace-deputy', data: { party, person } };
}

/** All changes of a path together; one that the path would refuse is marked. */
function mailsOf(
  now: Instant,
  viewer: Viewer,
  known: Map<PathId, Known>,
  changes: HandOverChange[],
): HandOverPlan['mails'] {
  const until = instantOf(addDays(localDay(now), AHEAD_DAYS), 0);
  return [...Map.groupBy(changes, ({ path }) => path)].flatMap(([path, ofPath]) => {
    const found = known.get(path);
    if (found === undefined) return [];
    const { state: before, partnership, people } = found;
    const coordinator = coordinatorIn(viewer, before);
    const actor: Actor =
      coordinator === undefined
        ? { kind: 'administrator', via: 'web' }
        : { kind: 'coordinator', personId: coordinator, via: 'web' };
    const names = new Map([...people].map(([id, { name, email }]) => [id, [name, email].filter(Boolean).join(', ')]));
    let after = before;
    for (const [index, change] of ofPath.entries()) {
      const person = asPersonId(`${path}.${String(1_000_000 + index)}`);
      names.set(person, `${change.to.name}, ${change.to.email}`);
      const events = decide(after, commandFor(change, person), actor, now);
      if (isRefusal(events)) change.refused = events.code;
      else after = events.reduce<PathState>(evolve, after);
    }
    const [old, next] = [comingLines(before, now, until), comingLines(after, now, until)];
    return [{ path, partnership, state: before, names, added: lacking(next, old), gone: lacking(old, next) }];
  });
}

/** What was looked at: the same changes give the same. */
export const planDigest = ({ rows }: HandOverPlan): string =>
  createHash('sha256')
    .update(JSON.stringify(rows.flatMap(({ changes }) => changes.map((change) => [idOf(change), change.kind]))))
    .digest('base64url')
    .slice(0, 22);

const idOf = ({ path, party, role, from, to }: HandOverChange): string =>
  `overdracht-${createHash('sha256')
    .update(JSON.stringify([path, party, role, from?.id ?? '', to.name, to.email, to.function ?? '', to.phone ?? '']))
    .digest('base64url')
    .slice(0, 32)}`;

export interface HandOverResult {
  change: HandOverChange;
  /** Absent when it was taken. */
  code?: ErrorCode;
}

const COMMAND_MS = 4_000;
/** A page waits so long for all changes together; what is left then is tried again by who presses again. */
const ALL_MS = 20_000;
const RECORD_MS = 1_500;
const ASK_AGAIN_MS = 25;

/**
 * Applies changes one by one. What a path refuses, and what a server that is away did not take, comes back with its code: the
 * same can be given again. The viewer is asked for each path once more.
 */
export async function applyHandOver(
  { store, paths }: HandOverTools,
  viewer: Viewer,
  changes: HandOverChange[],
): Promise<HandOverResult[]> {
  const deadline = Date.now() + ALL_MS;
  const results: HandOverResult[] = [];
  const last = new Map<PathId, number>();
  let isAway = false;
  for (const change of changes) {
    if (isAway || Date.now() > deadline) {
      results.push({ change, code: 'unavailable' });
      continue;
    }
    try {
      const seq = await applyOne(store, paths, viewer, change);
      if (typeof seq === 'number') last.set(change.path, seq);
      results.push({ change, ...(typeof seq === 'string' && { code: seq }) });
    } catch (error) {
      isAway = error instanceof UnavailableError;
      results.push({ change, code: codeOf(error) });
    }
  }
  for (const [path, seq] of last) await recorded(store, path, seq);
  return results;
}

function codeOf(error: unknown): ErrorCode {
  if (error instanceof RefusedError) return error.refusal.code;
  if (error instanceof UnknownPathError) return 'unknown-path';
  if (error instanceof UnavailableError) return 'unavailable';
  throw error;
}

async function applyOne(
  store: Store,
  paths: PathClient,
  viewer: Viewer,
  change: HandOverChange,
): Promise<number | ErrorCode> {
  const { path, party, role, kind, to } = change;
  const state = await store.snapshots.snapshot(path);
  if (state === undefined) return 'unknown-path';
  if (!mayChange(viewer, state)) return 'only-reading';
  const person = await store.people[kind === 'correct' ? 'changedPerson' : 'ensurePerson']({
    path,
    party,
    role,
    ...to,
  });
  const command = commandFor(change, person);
  const actor = await actorOf(store, viewer, state);
  const receipt = await withinTime(
    paths.command(path, { id: idOf(change), actor, command }, COMMAND_MS),
    COMMAND_MS + 300,
  );
  return receipt.seq;
}

async function actorOf(store: Store, viewer: Viewer, state: PathState): Promise<Actor> {
  const coordinator = coordinatorIn(viewer, state);
  if (coordinator !== undefined) return { kind: 'coordinator', personId: coordinator, via: 'web' };
  const { name, email } = viewer.account;
  const personId = await store.people.ensurePerson({ path: state.id, role: 'colleague', name, email });
  return { kind: 'administrator', personId, via: 'web' };
}

async function recorded(store: Store, path: PathId, seq: number): Promise<void> {
  const deadline = Date.now() + RECORD_MS;
  while ((await store.events.lastSeq(path)) < seq && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
}

/** The present contacts and deputies of the paths that somebody may change, as rows that can be pasted again. */
export async function presentContacts(tools: HandOverTools, viewer: Viewer, path?: PathId): Promise<string[][]> {
  const regions = (await openPaths(tools, viewer)).filter((region) => path === undefined || region.path === path);
  const rows: string[][] = [];
  for (const { path: id, parties } of regions) {
    const [state, all] = await Promise.all([tools.store.snapshots.snapshot(id), tools.store.people.peopleOf(id)]);
    const people = new Map(all.map((person) => [person.id, person]));
    for (const { id: party, name } of parties) {
      const { contact, deputy } = state?.parties[party] ?? {};
      const one = (role: string, who: PersonId | undefined): string[] => {
        const person = who === undefined ? undefined : people.get(who);
        return [name, person?.name ?? '', person?.email ?? '', person?.function ?? '', person?.phone ?? '', role, id];
      };
      rows.push(one('aanspreekpunt', contact), ...(deputy === undefined ? [] : [one('plaatsvervanger', deputy)]));
    }
  }
  return rows;
}
