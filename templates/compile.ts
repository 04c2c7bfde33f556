/**
 * Handlebars templates, read and checked when a process starts: what is broken is named by file and line then, and not by the first
 * mail or page that needs it. The program of a template, which takes twice as long to make, is made when it is first needed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import type Handlebars from 'handlebars';
import { BrokenFileError } from './broken-file.ts';
import { checkTemplate, type Known } from './check-template.ts';

export type Engine = typeof Handlebars;
export type Template = Handlebars.TemplateDelegate;

/** The helpers of handlebars that every template may use. */
const builtIn = ['if', 'unless', 'each'];

/** The templates of a folder: the name of each, without its ending, and its file. */
export function templateFiles(folder: string, ending: string): Map<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith(ending));
  return new Map(names.map((name) => [name.slice(0, -ending.length), join(folder, name)]));
}

export interface CompileRules extends Known {
  /** For plain text. */
  noEscape?: boolean;
}

/**
 * A template that throws for a variable that is missing. Throws a BrokenFileError, with the line, for what cannot be read
 * and for what `checkTemplate` refuses.
 */
export function compileTemplate(engine: Engine, file: string, rules: CompileRules): Template {
  const helpers = [...builtIn, ...rules.helpers];
  const knownHelpers = Object.fromEntries(helpers.map((name) => [name, true]));
  const { noEscape = false } = rules;
  const named = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      if (error instanceof BrokenFileError || !(error instanceof Error)) throw error;
      throw new BrokenFileError(file, lineOf(error), error.message.split('\n')[0] ?? '');
    }
  };
  let tree: hbs.AST.Program | undefined = named(() => {
    const read = engine.parse(readFileSync(file, 'utf8'));
    checkTemplate(read, file, { ...rules, helpers });
    return read;
  });
  const made = once(() =>
    named(() => {
      const source: unknown = engine.precompile(tree, { strict: true, knownHelpersOnly: true, knownHelpers, noEscape });
      // The program stays, and is the smaller of the two.
      tree = undefined;
      return engine.template(runInThisContext(`(${source as string})`, { filename: file }) as TemplateSpecification);
    }),
  );
  return (context, options) => made()(context, options);
}

function once<Result>(make: () => Result): () => Result {
  let held: { result: Result } | undefined;
  return () => (held ??= { result: make() }).result;
}

/** Handlebars names the line in the text of its errors: `Parse error on line 3:`, or `… - 3:5` at the end. */
function lineOf({ message }: Error): number {
  const [, parsed, placed] = /on line (\d+)|- (\d+):\d+$/.exec(message) ?? [];
  return Number(parsed ?? placed ?? 1);
}
