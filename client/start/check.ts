/**
 * Holds a draft against the same checks as a region file, and brings each finding back to the field that it came from. A region
 * file stops at its first kind of errors; whoever corrects a table wants them all, so what is wrong is set aside and the rest is
 * checked again.
 */
import type { Definition } from '../../domain/definition.ts';
import type { Path } from '../../definitions/read.ts';
import { checkRegion, type Loaders, type Region, type Warning } from '../../definitions/region.ts';
import { sessionsKey } from '../../definitions/region-schema.ts';
import type { RowField, StartDraft } from './draft.ts';
import { fieldSource } from './field-source.ts';
import { calendarBody, rawRegion } from './raw-region.ts';

/** Something that is not right: at a field of the first page, of a row, or of the rows as a whole. */
export interface Finding {
  /** The number of a row; absent: on the first page. */
  row?: number;
  /** A RowField, or the name of a field on the first page. Empty: the rows as a whole. */
  field: string;
  path: Path;
}

export interface CheckedDraft {
  definition: Definition;
  findings: Finding[];
  warnings: { code: Warning['code']; row?: number }[];
  /** Present when nothing is wrong. */
  region?: Region;
}

/** Findings hide each other in a few layers: syntax, facts, what fits together. */
const MOST_PASSES = 4;

/** Undefined for a path that does not exist. */
export function checkDraft(draft: StartDraft, loaders: Loaders): CheckedDraft | undefined {
  const loaded = loaders.definition(draft.path);
  if (!loaded.ok) return undefined;
  const definition = loaded.value;
  const raw = rawRegion(draft, definition);
  const findings = new Map<string, Finding>();
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const { source, pathOf } = fieldSource();
    const read = checkRegion({ ok: true, raw, source }, loaders);
    if (read.ok) {
      const warnings = read.value.warnings.map((warning) => ({ code: warning.code, ...rowOf(pathOf(warning), draft) }));
      const all = [...findings.values()];
      return { definition, findings: all, warnings, ...(all.length === 0 && { region: read.value }) };
    }
    let isChanged = false;
    for (const problem of read.problems) {
      const path = pathOf(problem);
      for (const finding of findingsAt(path, draft, definition)) {
        findings.set(`${String(finding.row ?? '')} ${finding.field}`, finding);
      }
      isChanged = setAside(raw, path) || isChanged;
    }
    // Nothing stood in the way of looking at the rest.
    if (!isChanged) break;
  }
  return { definition, findings: [...findings.values()], warnings: [] };
}

const rowOf = (path: Path, { rows }: StartDraft): { row?: number } => {
  const row = path[0] === 'municipalities' && typeof path[1] === 'number' ? rows[path[1]] : undefined;
  return row === undefined ? {} : { row: row.number };
};

const personField: Record<string, string> = { name: 'Name', email: 'Email', role: 'Function', phone: 'Phone' };
const contactField: Record<string, RowField> = { name: 'name', email: 'email', role: 'function', phone: 'phone' };

function findingsAt(path: Path, draft: StartDraft, definition: Definition): Finding[] {
  const [first, second, third, fourth] = path.map(String);
  if (first === 'municipalities') {
    return [{ ...rowOf(path, draft), field: second === undefined ? '' : rowField(third, fourth, definition), path }];
  }
  if (first === 'dates' && second === undefined)
    return missingDates(draft, definition).map((field) => ({ field, path }));
  return [{ field: whatField(first, second, definition), path }];
}

function rowField(part: string | undefined, inner: string | undefined, definition: Definition): RowField {
  const body = calendarBody(definition);
  if (part === 'contact') return contactField[inner ?? 'name'] ?? 'name';
  if (part === 'deputy') return `deputy${personField[inner ?? 'name'] ?? 'Name'}` as RowField;
  if (part === 'contribution') return 'contribution';
  return body !== undefined && part === sessionsKey(body) ? 'sessions' : 'municipality';
}

function whatField(first = '', second: string | undefined, { bodies }: Definition): string {
  if (first === 'coordinator' || first === 'deputy') return `${first}${personField[second ?? 'name'] ?? 'Name'}`;
  if (first === 'dates') return `date.${second ?? ''}`;
  const body = Object.keys(bodies).find((key) => sessionsKey(key) === first);
  return body === undefined ? first : `sessions.${body}`;
}

const missingDates = ({ what }: StartDraft, { dates = {} }: Definition): string[] =>
  Object.keys(dates)
    .filter((name) => dates[name] === 'given' && (what[`date.${name}`] ?? '').trim() === '')
    .map((name) => `date.${name}`);

/** What stands in for something that is wrong, so that the rest can be looked at; it never leaves this file. */
const standIns: Record<string, unknown> = {
  id: 'wordt-nagekeken',
  partnership: 'Wordt nagekeken',
  coordinator: { name: 'Wordt nagekeken', email: 'nagekeken@example.org' },
};

/** Whether there was something to set aside. */
function setAside(raw: Record<string, unknown>, path: Path): boolean {
  const [first] = path;
  if (typeof first !== 'string') return false;
  if (first in standIns) return replaced(raw, first);
  if (first === 'municipalities')
    return path.length > 1 && setAsideIn((raw[first] as unknown[])[Number(path[1])], path[2]);
  if (first === 'dates' && path.length > 1) return removed(raw[first] as object, path[1] ?? '');
  return first !== 'round' && removed(raw, first);
}

const removed = (from: object, key: PropertyKey): boolean => key in from && Reflect.deleteProperty(from, key);

function replaced(raw: Record<string, unknown>, key: string): boolean {
  const isNew = raw[key] !== standIns[key];
  raw[key] = standIns[key];
  return isNew;
}

/** A municipality stays, whatever it is: its place is its row. */
const setAsideIn = (entry: unknown, part: PropertyKey | undefined): boolean =>
  typeof entry === 'object' && entry !== null && part !== undefined && part !== 'municipality' && removed(entry, part);
