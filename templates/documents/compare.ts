/** What changed between two Word files, by their words. */
import { diffWordsWithSpace } from 'diff';
import { openDocx } from './open-docx.ts';
import { writeParts } from './package.ts';

export interface Piece {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** Lines that changed, or that stand beside one; or unchanged lines further off. */
export type Stretch = { kind: 'shown'; lines: Piece[][] } | { kind: 'folded'; lines: string[] };

/** `refused`: cannot be read with care; `too-long`: takes too much time to compare. */
export type Comparison =
  { ok: true; stretches: Stretch[]; isSame: boolean } | { ok: false; why: 'refused' | 'too-long' };

const MOST_MS = 2_000;
const MOST_CHARACTERS = 400_000;
/** Unchanged lines that stay visible beside a change. */
const AROUND = 1;
/** Fewer are not worth folding. */
const FEWEST_FOLDED = 3;

export async function compareDocx(before: Uint8Array, after: Uint8Array): Promise<Comparison> {
  const [from, to] = await Promise.all([textOfDocx(before), textOfDocx(after)]);
  return from === undefined || to === undefined ? { ok: false, why: 'refused' } : compareTexts(from, to);
}

export function compareTexts(before: string, after: string): Comparison {
  if (before.length + after.length > MOST_CHARACTERS) return { ok: false, why: 'too-long' };
  const parts = diffWordsWithSpace(before, after, { timeout: MOST_MS });
  if (parts === undefined) return { ok: false, why: 'too-long' };
  const pieces = parts.map(({ added, removed, value }): Piece => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }));
  const lines = linesOf(joined(pieces));
  return { ok: true, stretches: stretchesOf(lines), isSame: lines.every(isUnchanged) };
}

/** The paragraphs of a Word file, a line for each; undefined when it cannot be read. */
async function textOfDocx(content: Uint8Array): Promise<string | undefined> {
  const opened = openDocx(content);
  if (!opened.ok) return undefined;
  // Loaded when it is needed: a process that serves again after a kill has no time for it.
  const { default: mammoth } = await import('mammoth');
  try {
    const { value } = await mammoth.extractRawText({ buffer: Buffer.from(writeParts(opened.parts)) });
    return value.replace(/\n{2,}/g, '\n').trim();
  } catch {
    return undefined;
  }
}

/** Words that changed one after the other are one change: what was left out, then what came in its place. */
function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  let [removed, added] = ['', ''];
  const flush = (): void => {
    if (removed !== '') result.push({ kind: 'removed', text: removed });
    if (added !== '') result.push({ kind: 'added', text: added });
    [removed, added] = ['', ''];
  };
  for (const [index, piece] of pieces.entries()) {
    const isBetween = /^ +$/.test(piece.text) && removed !== '' && added !== '' && pieces[index + 1] !== undefined;
    if (piece.kind === 'same' && !isBetween) {
      flush();
      result.push(piece);
    }
    if (piece.kind === 'removed' || (piece.kind === 'same' && isBetween)) removed += piece.text;
    if (piece.kind === 'added' || (piece.kind === 'same' && isBetween)) added += piece.text;
  }
  flush();
  return result;
}

function linesOf(pieces: readonly Piece[]): Piece[][] {
  const lines: Piece[][] = [[]];
  for (const { kind, text } of pieces) {
    for (const [index, line] of text.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (line !== '') lines.at(-1)?.push({ kind, text: line });
    }
  }
  return lines.filter((line) => line.length > 0);
}

const isUnchanged = (line: readonly Piece[]): boolean => line.every(({ kind }) => kind === 'same');
const plain = (line: readonly Piece[]): string => line.map(({ text }) => text).join('');

/** Long unchanged parts apart from what changed and stands beside it. */
function stretchesOf(lines: readonly Piece[][]): Stretch[] {
  const isNear = lines.map((_line, at) =>
    lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some((line) => !isUnchanged(line)),
  );
  const stretches: Stretch[] = [];
  for (let at = 0; at < lines.length;) {
    let end = at + 1;
    while (end < lines.length && isNear[end] === isNear[at]) end += 1;
    const part = lines.slice(at, end);
    if (isNear[at] === true || part.length < FEWEST_FOLDED) stretches.push({ kind: 'shown', lines: part });
    else stretches.push({ kind: 'folded', lines: part.map(plain) });
    at = end;
  }
  return stretches;
}
