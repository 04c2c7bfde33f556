/** What is handed in at the end of a path, and what has to be arranged before; beside the path's own file, in Dutch. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Definition, ItemKey } from '../domain/definition.ts';
import { expecting } from './issues.ts';
import { list } from './placed.ts';
import type { Problem } from './problem.ts';
import { checkAgainst, displayName, openFile, type Opened, type Parsed, type Source } from './read.ts';
import { slug, strict } from './schema.ts';

export interface ChecklistItem {
  /** Stable: what was ticked is kept by it. */
  key: string;
  /** Before the closing date: from when it is brought up. */
  weeks: number;
  title: string;
  explanation: string;
  /** Tasks of the path that it rests on. */
  tasks?: ItemKey[];
  /** It rests on all decisions, with their proof. */
  decisions?: boolean;
}

export interface Filing {
  /** Where it is handed in: `KIOSK`. */
  platform: string;
  /** The documents that are handed in, as decisions name them. */
  documents: string[];
  checklist: ChecklistItem[];
}

const text = z.string(expecting('text')).trim().min(1, expecting('text'));
const key = slug('a key');
const item = strict({
  ...{ key, title: text, explanation: text },
  weeks: z.int(expecting('a number of weeks')).min(1).max(104),
  tasks: z.array(key).min(1).exactOptional(),
  decisions: z.boolean().exactOptional(),
});
const schema: z.ZodType<Filing> = strict({
  platform: text,
  documents: z.array(key),
  checklist: z.array(item),
});

/** Undefined for a path at whose end nothing is handed in. */
export function loadFiling(path: string, language = 'nl'): Parsed<Filing> | undefined {
  const file = displayName(join(import.meta.dirname, 'paths', `${path}.filing.${language}.yaml`));
  if (!/^[a-z0-9-]+$/.test(path) || !existsSync(file)) return undefined;
  const opened = openFile(file);
  return opened.ok ? filingIn(opened) : opened;
}

export const filingIn = (opened: Opened): Parsed<Filing> => checkAgainst(opened, schema);

/** Tasks and documents that there are not, and keys that stand twice. */
export function checkFiling({ steps }: Definition, { documents, checklist }: Filing, source: Source): Problem[] {
  const tasks = steps.flatMap((step) => step.tasks.map((task) => task.key));
  const known = steps.flatMap((step) => step.decisions.map(({ document }) => document));
  const unknown = (path: PropertyKey[], what: string, all: string[]): Problem[] =>
    all.includes(what) ? [] : [source.problem(path, `there is no ${what}`, list(all))];
  return [
    ...documents.flatMap((document, index) => unknown(['documents', index], document, known)),
    ...checklist.flatMap(({ tasks: mine = [] }, at) =>
      mine.flatMap((task, index) => unknown(['checklist', at, 'tasks', index], task, tasks)),
    ),
    ...checklist.flatMap(({ key: own }, at) =>
      checklist.findIndex((each) => each.key === own) === at
        ? []
        : [source.problem(['checklist', at, 'key'], `${own} stands there twice`, 'another key')],
    ),
  ];
}
