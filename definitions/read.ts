/**
 * Reading YAML and JSON so that whatever is wrong is named by file, line and what belongs there. JSON goes through the same
 * reader: YAML is a superset of it.
 */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type YAMLError,
} from 'yaml';
import type { z } from 'zod';
import { describeIssue, eachOnce } from './issues.ts';
import type { Problem } from './problem.ts';

export type Path = readonly PropertyKey[];

/** A file as one would type it: relative to the working directory when it lies in it. */
export function displayName(file: string): string {
  const short = relative(process.cwd(), file);
  return short.startsWith('..') ? file : short;
}

/** A file that was read: tells where in it something stands. */
export interface Source {
  file: string;
  /** A problem at the value under a path, or at its key; when it is not there, at the nearest thing around it. */
  problem(path: Path, message: string, expected?: string, at?: 'value' | 'key'): Problem;
  /** Where the value under a path stands, in words: `line 12`. */
  placeOf(path: Path): string;
}

export type Parsed<Value> = { ok: true; value: Value; source: Source } | { ok: false; problems: Problem[] };

/** What a file says, before it is held against a schema. */
export interface Opened {
  ok: true;
  raw: unknown;
  source: Source;
}

export type Failed = { ok: false; problems: Problem[] };

/** Reads a file. Never throws for what is in the file, or for a file that is not there. */
export function openFile(file: string): Opened | Failed {
  const read = readText(file);
  return read.ok ? openText(read.text, file) : read;
}

/** The text of a file in UTF-8. */
export function readText(file: string): { ok: true; text: string } | Failed {
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      const message = 'this is not UTF-8: letters like é would be lost';
      return { ok: false, problems: [{ file, line: 1, column: 1, message, expected: 'a file saved as UTF-8' }] };
    }
    const message =
      code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'this is a folder' : 'cannot be read';
    return { ok: false, problems: [{ file, line: 1, column: 1, message, expected: 'a file that can be read' }] };
  }
}

/** One bracket too many can make hundreds of errors: the first ones say it. */
const MAX_SYNTAX_PROBLEMS = 10;

/** The same for text from elsewhere; `file` is what the problems call it. */
export function openText(text: string, file: string): Opened | Failed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const source = sourceOf(file, document, lines);
  if (document.errors.length > 0) {
    const problems = document.errors.slice(0, MAX_SYNTAX_PROBLEMS).map((error) => syntaxProblem(error, file, lines));
    return { ok: false, problems };
  }
  try {
    return { ok: true, raw: document.toJS() as unknown, source };
  } catch {
    return { ok: false, problems: [source.problem([], 'refers to itself too often', 'plain values')] };
  }
}

export function checkAgainst<Schema extends z.ZodType>(
  { raw, source }: Pick<Opened, 'raw' | 'source'>,
  schema: Schema,
): Parsed<z.output<Schema>> {
  const result = schema.safeParse(raw);
  if (result.success) return { ok: true, value: result.data, source };
  const problems = result.error.issues.flatMap((issue) =>
    describeIssue(issue, raw).map(({ path, message, expected, at }) => source.problem(path, message, expected, at)),
  );
  return { ok: false, problems: inOrder(problems) };
}

/** In the order of the lines, each once: what an alias repeats is wrong in one place. */
export const inOrder = (problems: readonly Problem[]): Problem[] =>
  eachOnce(problems).sort((a, b) => a.line - b.line || a.column - b.column);

function syntaxProblem(error: YAMLError, file: string, lines: LineCounter): Problem {
  const { line, col } = lines.linePos(error.pos[0]);
  const at = { file, line, column: col };
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return { ...at, message: 'a tab is used to indent', expected: 'spaces' };
    case 'MULTIPLE_DOCS':
      return { ...at, message: 'a second document begins here', expected: 'one document in a file' };
    case 'DUPLICATE_KEY':
      return { ...at, message: 'this key is there twice', expected: 'each key once' };
    default:
      return { ...at, message: `not valid YAML: ${error.message}`, expected: 'valid YAML or JSON' };
  }
}

function sourceOf(file: string, document: Document.Parsed, lines: LineCounter): Source {
  const positionOf = (path: Path, at: 'value' | 'key') => {
    const { line, col } = lines.linePos(offsetOf(document, path, at));
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  return {
    file,
    problem: (path, message, expected, at = 'value') => ({
      ...{ file, ...positionOf(path, at), message },
      ...(expected && { expected }),
    }),
    placeOf: (path) => `line ${String(positionOf(path, 'value').line)}`,
  };
}

/** Where the value under a path begins; for a block that hangs below its key, or for `at: 'key'`, where the key does. */
function offsetOf(document: Document.Parsed, path: Path, at: 'value' | 'key'): number {
  let node: Node | null = resolved(document, document.contents);
  let offset = startOf(node) ?? 0;
  for (const [index, segment] of path.entries()) {
    const isTarget = index === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(segment));
      if (pair === undefined) return offset;
      const value: Node | null = pair.value as Node | null;
      const key = startOf(pair.key as Node | null) ?? offset;
      const useKey = (isTarget && at === 'key') || isMap(value) || isSeq(value);
      offset = useKey ? key : (startOf(value) ?? key);
      node = resolved(document, value);
    } else if (isSeq(node)) {
      const item = node.items[Number(segment)] as Node | null | undefined;
      if (item === undefined) return offset;
      offset = startOf(item) ?? offset;
      node = resolved(document, item);
    } else {
      return offset;
    }
  }
  return offset;
}

const startOf = (node: Node | null): number | undefined => node?.range?.[0];

const resolved = (document: Document.Parsed, node: Node | null): Node | null =>
  isAlias(node) ? (node.resolve(document) ?? null) : node;
