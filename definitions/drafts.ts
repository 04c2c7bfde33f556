/** The texts of draft decisions, in the blocks of a council's file; apart from the words of pages and mails. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isVariable, namesIn, variableNames } from '../domain/draft.ts';
import type { Definition, ItemKey, RouteKey } from '../domain/definition.ts';
import { expecting } from './issues.ts';
import { list } from './placed.ts';
import type { Problem } from './problem.ts';
import {
  checkAgainst,
  displayName,
  inOrder,
  openFile,
  type Opened,
  type Parsed,
  type Path,
  type Source,
} from './read.ts';
import { strict } from './schema.ts';

/** One draft: each block is a list of paragraphs, with variables between braces. */
export interface DraftText {
  /** What the point on the agenda is called. */
  title: string;
  /** Why it is on the agenda now. */
  context: string[];
  /** The law that it rests on: a proposal, which an administration checks. */
  grounds: string[];
  reasons: string[];
  finance: string[];
  /** What is decided, article by article. */
  articles: string[];
}

export type DraftTexts = Record<ItemKey, DraftText & { routes?: Record<RouteKey, Partial<DraftText>> }>;

const braces = expecting('{name} for each variable, both braces on one line');
const words = z
  .string(expecting('text'))
  .trim()
  .min(1, expecting('text'))
  .refine((text) => !/[{}]/.test(text.replace(/\{[^{}\s]+\}/g, '')), braces);
const paragraphs = z
  .array(words, expecting('a list of paragraphs'))
  .min(1, expecting('a list with a paragraph at least'));
const blocks = {
  title: words,
  context: paragraphs,
  grounds: paragraphs,
  reasons: paragraphs,
  finance: paragraphs,
  articles: paragraphs,
};
const onRoute = strict({
  title: words.exactOptional(),
  context: paragraphs.exactOptional(),
  grounds: paragraphs.exactOptional(),
  reasons: paragraphs.exactOptional(),
  finance: paragraphs.exactOptional(),
  articles: paragraphs.exactOptional(),
});
const draft = strict({ ...blocks, routes: z.record(z.string(), onRoute).exactOptional() });

const pathSchema: z.ZodType<{ decisions: DraftTexts }> = strict({ decisions: z.record(z.string(), draft) });
const sharedSchema: z.ZodType<{ usual: DraftText }> = strict({ usual: strict(blocks) });

const folder = import.meta.dirname;
const fileOf = (key: string, language: string): string =>
  displayName(join(folder, 'paths', `${key}.drafts.${language}.yaml`));

/** The drafts of a path's decisions; a path that has no such file has none of its own. */
export function loadDraftTexts(key: string, language = 'nl'): Parsed<{ decisions: DraftTexts }> | undefined {
  const file = fileOf(key, language);
  if (!/^[a-z0-9-]+$/.test(key) || !existsSync(file)) return undefined;
  const opened = openFile(file);
  return opened.ok ? draftTextsIn(opened) : opened;
}

/** The same for a file that was opened already. */
export const draftTextsIn = (opened: Opened): Parsed<{ decisions: DraftTexts }> =>
  withKnownNames(checkAgainst(opened, pathSchema));

/** The draft of a decision that has none of its own. */
export function loadUsualDraft(language = 'nl'): Parsed<{ usual: DraftText }> {
  const opened = openFile(displayName(join(folder, `shared.drafts.${language}.yaml`)));
  return opened.ok ? usualDraftIn(opened) : opened;
}

export const usualDraftIn = (opened: Opened): Parsed<{ usual: DraftText }> =>
  withKnownNames(checkAgainst(opened, sharedSchema));

/** Every name between braces is a variable of drafts. */
function withKnownNames<Value>(parsed: Parsed<Value>): Parsed<Value> {
  if (!parsed.ok) return parsed;
  const problems = textsIn([], parsed.value).flatMap(({ path, text }) =>
    namesIn(text)
      .filter((name) => !isVariable(name))
      .map((name) => parsed.source.problem(path, `nothing is called {${name}}`, list(variableNames))),
  );
  return problems.length === 0 ? parsed : { ok: false, problems: inOrder(problems) };
}

function textsIn(path: Path, node: unknown): { path: Path; text: string }[] {
  if (typeof node === 'string') return [{ path, text: node }];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    textsIn([...path, Array.isArray(node) ? Number(key) : key], value),
  );
}

/** Drafts of decisions or routes that there are not. */
export function checkDraftTexts(definition: Definition, decisions: DraftTexts, source: Source): Problem[] {
  const known = definition.steps.flatMap((step) => step.decisions);
  const routes = definition.routes.map(({ key }) => key);
  return Object.entries(decisions).flatMap(([key, text]) => {
    const decision = known.find((each) => each.key === key);
    const path = ['decisions', key];
    if (decision === undefined)
      return [source.problem(path, `there is no decision ${key}`, list(known.map((each) => each.key)), 'key')];
    if (definition.bodies[decision.body]?.per !== 'municipality')
      return [source.problem(path, `${key} is not for the bodies of municipalities`, 'a decision of theirs', 'key')];
    return Object.keys(text.routes ?? {})
      .filter((route) => !routes.includes(route))
      .map((route) => source.problem([...path, 'routes', route], `there is no route ${route}`, list(routes), 'key'));
  });
}

/** The draft of a decision on a route. */
export function draftTextFor(texts: DraftTexts, usual: DraftText, decision: ItemKey, route?: RouteKey): DraftText {
  const own = texts[decision];
  if (own === undefined) return usual;
  const { routes = {}, ...text } = own;
  return { ...text, ...(route === undefined ? {} : routes[route]) };
}
