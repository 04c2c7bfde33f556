/** The words of a path in one language, apart from its rules. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Definition } from '../domain/definition.ts';
import { expecting } from './issues.ts';
import type { Problem } from './problem.ts';
import { checkAgainst, displayName, openFile, type Opened, type Parsed, type Source } from './read.ts';
import { strict } from './schema.ts';
import { taking } from './shared.ts';
import { readTopic, topicExpected, withTopic } from './topic.ts';

export interface ItemText {
  title: string;
  explanation: string;
}

export interface StepText extends ItemText {
  /** For narrow places: the bar of steps, a table's column. */
  short: string;
}

export interface DecisionText extends ItemText {
  /** As it stands in the subject of a mail: `Wemmel: intentieverklaring op de raad van 24 juni`. */
  short: string;
  article: 'de' | 'het';
  /** What exactly is asked, as a sentence. */
  ask: string;
  /** Why it is asked by its date, to follow that date: `zodat …`. Every texts file has it. */
  why?: string;
}

export interface NamedText {
  title: string;
  article: 'de' | 'het';
}

export interface LawText {
  /** What the law asks, in a few words. */
  title: string;
  /** The same in a sentence. */
  explanation: string;
  /** What becomes of it otherwise, as a sentence. */
  otherwise?: string;
  /** For a window: why a council is asked by its last day, to follow that date: `zodat …`. */
  why?: string;
}

export interface PathTexts {
  title: string;
  short: string;
  explanation: string;
  /** What stands for the topic of a path where no single path is meant; only where its definition leaves the topic open. */
  topic?: string;
  rounds: Record<string, { title: string; note?: string }>;
  dates: Record<string, string>;
  routes: Record<string, StepText>;
  bodies: Record<string, NamedText & { short: string }>;
  documents: Record<string, NamedText>;
  steps: Record<string, StepText>;
  tasks: Record<string, ItemText>;
  decisions: Record<string, DecisionText>;
  laws: Record<string, LawText>;
}

const words = z.string(expecting('text')).trim().min(1, expecting('text'));
const article = z.enum(['de', 'het'], expecting('de or het, or "{article}" where the words have a topic'));
const itemText = { title: words, explanation: words };
const stepText = strict({ ...itemText, short: words });

const bodyTexts = z.record(z.string(), strict({ title: words, short: words, article }));

export const textsSchema: z.ZodType<PathTexts> = strict({
  title: words,
  short: words,
  explanation: words,
  topic: words.refine((text) => readTopic(text) !== undefined, expecting(topicExpected)).exactOptional(),
  rounds: z.record(z.string(), strict({ title: words, note: words.exactOptional() })).default({}),
  dates: z.record(z.string(), words),
  routes: z.record(z.string(), stepText).default({}),
  bodies: bodyTexts,
  documents: z.record(z.string(), strict({ title: words, article })),
  steps: z.record(z.string(), stepText),
  tasks: z.record(z.string(), strict(itemText)),
  decisions: z.record(z.string(), strict({ ...itemText, short: words, article, ask: words, why: words })),
  laws: z
    .record(
      z.string(),
      strict({ title: words, explanation: words, otherwise: words.exactOptional(), why: words.exactOptional() }),
    )
    .default({}),
});

/**
 * The words of a path, with its topic in them where its definition leaves that open; `language` is the code in the file's
 * name.
 */
export function loadTexts(key: string, topic?: string, language = 'nl'): Parsed<PathTexts> {
  const file = displayName(join(import.meta.dirname, 'paths', `${key}.${language}.yaml`));
  if (/^[a-z0-9-]+$/.test(key) && /^[a-z-]+$/.test(language) && existsSync(file)) {
    const opened = openFile(file);
    return opened.ok ? textsIn(opened, topic, language) : opened;
  }
  const message = `there are no words in ${language} for the path ${JSON.stringify(key)}`;
  return { ok: false, problems: [{ file, line: 1, column: 1, message, expected: 'a file with its words' }] };
}

/** The same for a file that was opened already. */
export function textsIn(opened: Opened, topic?: string, language = 'nl'): Parsed<PathTexts> {
  const whole = taking(opened, `shared.${language}.yaml`, ['bodies'], sharedWordsIn);
  if (!whole.ok) return whole;
  const { topic: usual } = z.object({ topic: z.string() }).safeParse(whole.raw).data ?? {};
  const known = readTopic(topic ?? usual ?? '');
  return checkAgainst(known === undefined ? whole : withTopic(whole, known), textsSchema);
}

/** The words that paths share, checked. */
export const sharedWordsIn = (opened: Opened): Parsed<{ bodies: PathTexts['bodies'] }> =>
  checkAgainst(opened, strict({ bodies: bodyTexts }));

type Section = 'rounds' | 'routes' | 'bodies' | 'documents' | 'steps' | 'tasks' | 'decisions' | 'laws';

/** Words that a definition needs and the texts lack, and words that nothing uses. */
export function checkTexts(
  definition: Definition,
  texts: PathTexts,
  source: Source,
  rounds: readonly string[],
): Problem[] {
  const { steps } = definition;
  const decisions = steps.flatMap((step) => step.decisions);
  const wanted: [section: Section, keys: string[]][] = [
    ['rounds', rounds.filter((round) => round.startsWith(`${definition.key}-`))],
    ['routes', definition.routes.map(({ key }) => key)],
    ['bodies', Object.keys(definition.bodies)],
    ['documents', decisions.map(({ document }) => document)],
    ['steps', steps.map(({ key }) => key)],
    ['tasks', steps.flatMap((step) => step.tasks.map(({ key }) => key))],
    ['decisions', decisions.map(({ key }) => key)],
    ['laws', definition.routes.flatMap(({ laws = [] }) => laws.map(({ key }) => key))],
  ];
  const sections = wanted.flatMap(([section, keys]) => {
    const given = Object.keys(texts[section]);
    return [
      ...keys
        .filter((key, index) => keys.indexOf(key) === index && !given.includes(key))
        .map((key) => source.problem([section], `${section} has no words for ${key}`, `a block ${key}`, 'key')),
      ...given
        .filter((key) => !keys.includes(key))
        .map((key) =>
          source.problem([section, key], `nothing uses the words for ${key}`, 'words that are used', 'key'),
        ),
    ];
  });
  return [...topicProblems(definition, texts, source), ...dateProblems(definition, texts, source), ...sections];
}

/** The words have a topic when the definition leaves it open, and only then. */
function topicProblems({ key, topic }: Definition, texts: PathTexts, source: Source): Problem[] {
  const isThere = texts.topic !== undefined;
  if (isThere === (topic === 'given')) return [];
  return isThere
    ? [source.problem(['topic'], 'nothing uses the topic', `no topic: ${key} says what is decided`, 'key')]
    : [source.problem(['topic'], 'topic is missing', topicExpected)];
}

/** Dates that the path gives itself; those of rounds are known to the rounds only. */
function dateProblems({ dates = {}, routes }: Definition, texts: PathTexts, source: Source): Problem[] {
  const own = new Set([...Object.keys(dates), ...routes.flatMap((route) => Object.keys(route.dates ?? {}))]);
  return [...own]
    .filter((name) => !Object.hasOwn(texts.dates, name))
    .map((name) => source.problem(['dates'], `dates has no words for ${name}`, `a line ${name}`, 'key'));
}
