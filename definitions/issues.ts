/** Zod's findings in words: what is there, and what belongs there. */
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

interface Described {
  path: PropertyKey[];
  message: string;
  expected?: string;
  at?: 'value' | 'key';
}

const EXPECTED = 'expected: ';

/** An option of a zod schema that says what belongs there: `z.string(expecting('an e-mail address'))`. */
export const expecting = (what: string): { error: string } => ({ error: EXPECTED + what });

/** What is wrong with what is there, in an issue of one's own: `addIssue({code: 'custom', ...saying('"vollemaan" is not understood')})`. */
export const saying = (says: string): { params: { says: string } } => ({ params: { says } });

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a block of keys',
  record: 'a block of keys',
};

/** One finding can speak of several places: each unknown key has its own line. */
export function describeIssue(issue: Issue, raw: unknown): Described[] {
  const own = issue.message.startsWith(EXPECTED) ? issue.message.slice(EXPECTED.length) : undefined;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...issue.path, key],
        message: `unknown key ${key}`,
        expected: own ?? 'a key that is known here',
        at: 'key',
      }));
    case 'invalid_key':
      return [
        {
          path: issue.path,
          message: `${nameOf(issue.path)} cannot be a key here`,
          expected: own ?? 'another key',
          at: 'key',
        },
      ];
    case 'invalid_union':
      return describeUnion(issue, raw, own);
    default: {
      const says = issue.code === 'custom' ? (issue.params?.['says'] as string | undefined) : undefined;
      const message = says === undefined ? found(issue.path, raw) : `${nameOf(issue.path)}: ${says}`;
      return [{ path: issue.path, message, expected: own ?? expectedOf(issue) }];
    }
  }
}

/** What two rules say in the same words is said once. */
export const eachOnce = <Said>(all: readonly Said[]): Said[] => [
  ...new Map(all.map((each) => [JSON.stringify(each), each])).values(),
];

/** The branch that was meant is the one that got furthest. */
function describeUnion(issue: Issue & { code: 'invalid_union' }, raw: unknown, own: string | undefined): Described[] {
  const deepest = (branch: Issue[]): number => Math.max(0, ...branch.map(({ path }) => path.length));
  const [meant] = [...issue.errors].sort((a, b) => deepest(b) - deepest(a));
  if (own !== undefined || meant === undefined || deepest(meant) === 0) {
    return [{ path: issue.path, message: found(issue.path, raw), expected: own ?? 'another value' }];
  }
  return meant.flatMap((inner) => describeIssue({ ...inner, path: [...issue.path, ...inner.path] }, raw));
}

function expectedOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return kinds[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return sizeOf(issue.origin, 'at least', Number(issue.minimum));
    case 'too_big':
      return sizeOf(issue.origin, 'at most', Number(issue.maximum));
    default:
      return issue.message;
  }
}

function sizeOf(origin: string, limit: string, size: number): string {
  if (origin === 'string') return `${limit} ${String(size)} character${size === 1 ? '' : 's'}`;
  if (origin === 'array') return `${limit} ${String(size)} item${size === 1 ? '' : 's'}`;
  return `${limit} ${String(size)}`;
}

function found(path: readonly PropertyKey[], raw: unknown): string {
  const value = path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    raw,
  );
  const name = nameOf(path);
  if (value === undefined) return `${name} is missing`;
  if (value === null || value === '') return `${name} is empty`;
  if (Array.isArray(value)) return `${name} is a list`;
  if (typeof value === 'object') return `${name} is a block of keys`;
  return `${name} is ${shown(value as string | number | boolean)}`;
}

/** Short and on one line, whatever control characters are in it. */
export function shown(value: string | number | boolean): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 76)}…"` : text;
}

/** `coordinator.email`, `item 3`: the last words of a path. */
function nameOf(path: readonly PropertyKey[]): string {
  const last = path.at(-1);
  if (last === undefined) return 'the file';
  if (typeof last === 'number') return `item ${String(last + 1)}`;
  const parent = path.at(-2);
  return typeof parent === 'string' ? `${parent}.${String(last)}` : String(last);
}
