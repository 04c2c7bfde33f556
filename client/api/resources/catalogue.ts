/** Rounds, definitions, and the codes of what can go wrong. */
import { z } from 'zod';
import { listDefinitions, listRounds, loadDefinition, loadRound } from '../../../definitions/load.ts';
import { type Definition, needsRound, type Round } from '../../../domain/definition.ts';
import type { PathWords } from '../../dutch/words.ts';
import { errorCatalogue, errorText, type ErrorCode } from '../../errors.ts';
import { type Operation, operation } from '../operation.ts';
import { definition, problemKind, round } from '../schemas/catalogue.ts';

const nothing = z.strictObject({});
const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });

const roundView = ({ key, version, status, dates, conditions = [] }: Round, title: string) => ({
  ...{ key, version, status, dates, title },
  conditions: conditions.map((each) => ({ key: each.key, kind: each.kind, isDraft: each.isDraft ?? false })),
});

const routed = ({ routes }: { routes?: string[] }) => routes && { routes };

const definitionView = (found: Definition, words: PathWords) => ({
  ...{ key: found.key, version: found.version, title: words.title, needsRound: needsRound(found) },
  routes: found.routes.map(({ key }) => ({ key, title: words.route(key).title })),
  bodies: Object.entries(found.bodies).map(([key, { per }]) => ({ key, title: words.body(key).title, per })),
  steps: found.steps.map((step) => ({
    ...{ key: step.key, title: words.step(step.key).title },
    tasks: step.tasks.map((task) => ({ key: task.key, title: words.task(task.key).title, ...routed(task) })),
    decisions: step.decisions.map((decision) => ({
      ...{ key: decision.key, title: words.decision(decision.key).title, body: decision.body, ...routed(decision) },
    })),
  })),
});

/** The words of a round stand with the definition that it is for. */
const titleOf = (key: string, wordsOf: (definition: string) => PathWords): string =>
  listDefinitions()
    .map((each) => wordsOf(each).round(key).title)
    .find((title) => title !== key) ?? key;

export const catalogueOperations: Operation[] = [
  operation(
    { id: 'listRounds', method: 'GET', path: '/rounds', tag: 'catalogue', status: 200, summary: 'The rounds' },
    { query: nothing, answer: listOf(round) },
    ({ web }) => ({
      items: listRounds().flatMap((key) => {
        const loaded = loadRound(key);
        return loaded.ok ? [roundView(loaded.value, titleOf(key, web.words))] : [];
      }),
    }),
  ),

  operation(
    {
      ...{ id: 'listDefinitions', method: 'GET', path: '/definitions', tag: 'catalogue', status: 200 },
      summary: 'The paths that can be started, with their steps, tasks and decisions',
      description: 'Titles are Dutch. A path keeps the version that it started with, or was moved to.',
    },
    { query: nothing, answer: listOf(definition) },
    ({ web }) => ({
      items: listDefinitions().flatMap((key) => {
        const loaded = loadDefinition(key);
        return loaded.ok ? [definitionView(loaded.value, web.words(key))] : [];
      }),
    }),
  ),

  operation(
    {
      ...{ id: 'listProblems', method: 'GET', path: '/problems', tag: 'catalogue', status: 200, isPublic: true },
      summary: 'Every code that a problem can have',
    },
    { query: nothing, answer: listOf(problemKind) },
    () => ({
      items: Object.entries(errorCatalogue).map(([code, { status }]) => ({
        ...{ code, status, title: errorText(code as ErrorCode, 'en') },
      })),
    }),
  ),
];
