/** Whether a Word template can be filled: every name between its braces is known, and every mark is closed. */
import Docxtemplater from 'docxtemplater';
import PizZip from 'pizzip';
import { z } from 'zod';
import { type Parts, writeParts } from './package.ts';
import { isItem, isList, isVariable, itemNames, listNames, variableNames } from '../../domain/draft.ts';

/**
 * `unknown-variable`: nothing has this name, or not in this place; `broken-mark`: a brace or a list is not closed, or a mark of
 * another kind is used; `no-variables`: nothing in it is filled in, so every municipality would get the same file.
 */
export type TemplateProblem =
  | { problem: 'unknown-variable'; name: string; known: string }
  | { problem: 'broken-mark'; name: string }
  | { problem: 'no-variables' };

interface Mark {
  value: string;
  /** Absent for a plain variable. */
  module: string | undefined;
  subparsed: Mark[];
}

const braced = (names: readonly string[]): string => names.map((name) => `{${name}}`).join(' ');
/** All that a template can use, for who writes one. */
export const knownMarks = (): string => `${braced(variableNames)} ${listNames.map((name) => `{#${name}}`).join(' ')}`;

/** What is wrong with a template, or undefined. */
export function checkTemplate(parts: Parts): TemplateProblem | undefined {
  let marks: Mark[];
  try {
    marks = marksOf(parts);
  } catch (error) {
    return { problem: 'broken-mark', name: brokenMark(error) };
  }
  return marks.length === 0 ? { problem: 'no-variables' } : firstProblem(marks, false);
}

const LOOP = 'loop';

function firstProblem(marks: readonly Mark[], isInList: boolean): TemplateProblem | undefined {
  for (const { value, module, subparsed } of marks) {
    // What puts XML of its own into the text, and other marks of its makers, are not for texts that come from data.
    if (module !== undefined && module !== LOOP) return { problem: 'broken-mark', name: value };
    const isKnown = module === LOOP ? isList(value) : isVariable(value) || (isInList && isItem(value));
    if (!isKnown) {
      const known = isInList ? `${braced(itemNames)} ${knownMarks()}` : knownMarks();
      return { problem: 'unknown-variable', name: value, known };
    }
    const inner = firstProblem(subparsed, true);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** What the reader of templates tells its modules of each part; the rest of it is not looked at. */
const Told = z.object({ inspect: z.object({ postparsed: z.array(z.unknown()) }) });
const Placeholder: z.ZodType<Mark> = z.lazy(() =>
  z
    .object({
      type: z.literal('placeholder'),
      value: z.string(),
      module: z.string().optional(),
      subparsed: z.unknown().optional(),
    })
    .transform(({ value, module, subparsed }) => ({ value, module, subparsed: placeholdersIn(subparsed) })),
);

const placeholdersIn = (found: unknown): Mark[] =>
  (Array.isArray(found) ? found : []).flatMap((part: unknown) => Placeholder.safeParse(part).data ?? []);

function marksOf(parts: Parts): Mark[] {
  const marks: Mark[] = [];
  const listening = {
    name: 'marks',
    set: (told: unknown) => marks.push(...placeholdersIn(Told.safeParse(told).data?.inspect.postparsed)),
  };
  const zip = new PizZip(writeParts(parts));
  new Docxtemplater(zip, { paragraphLoop: true, modules: [listening], errorLogging: false });
  return marks;
}

const Broken = z.object({
  properties: z.object({
    xtag: z.string().optional(),
    errors: z.array(z.object({ properties: z.object({ xtag: z.string().optional() }) })).optional(),
  }),
});

/** The mark that its reader stumbled over. */
function brokenMark(error: unknown): string {
  const found = Broken.safeParse(error).data?.properties;
  const [first] = found?.errors ?? [];
  return (first?.properties.xtag ?? found?.xtag ?? '').slice(0, 60);
}
