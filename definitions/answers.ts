/** The file that changes the expected course of a simulation: who answers what and when, and what the coordinator does. */
import { z } from 'zod';
import type { AnswerData, Command } from '../domain/commands.ts';
import type { Script } from '../domain/course.ts';
import { bodyParty, type Definition } from '../domain/definition.ts';
import type { LocalDate, PartyId, PersonId } from '../domain/ids.ts';
import { answerKinds } from '../domain/state.ts';
import { checkAnswer } from './answer-checks.ts';
import { commandOf, commandTypes, parseCommandInput, type CommandInput, type NewcomerInput } from './commands.ts';
import { amount, itemKey, municipalityOf, paragraph, party as partySchema, reference } from './fields.ts';
import { expecting } from './issues.ts';
import type { Problem } from './problem.ts';
import { checkAgainst, inOrder, openFile, type Opened, type Path, type Source } from './read.ts';
import { day, strict } from './schema.ts';

export interface AnswersFile {
  default: Script['default'];
  outcome: Script['outcome'];
  answers: AnswerData[];
  /** `line` is where the command stands in the file. */
  commands: { on: LocalDate; input: CommandInput; line: number }[];
}

/** What the answers are held against: only what this path asks of these parties makes sense. */
export interface AnswersContext {
  definition: Definition;
  /** The municipalities of the region. Bodies that exist once are taken from the definition. */
  parties: readonly PartyId[];
}

export type ReadAnswers = { ok: true; value: AnswersFile; source: Source } | { ok: false; problems: Problem[] };

const partyName = z
  .union([z.string(), z.int()], expecting('a municipality by name or NIS code, or the key of a body'))
  .transform(String);

const answersSchema = strict({
  default: z.enum(['expected', 'none']).default('expected'),
  decision: strict({
    outcome: z.enum(['granted', 'refused']),
    amount: amount.exactOptional(),
    reason: paragraph('a reason').exactOptional(),
  }).default({ outcome: 'granted' }),
  answers: z
    .array(
      strict(
        {
          party: partyName,
          decision: itemKey,
          answer: z.enum(answerKinds),
          on: day,
          to: day.exactOptional(),
          reason: paragraph('a reason').exactOptional(),
          changes: paragraph('what was changed').exactOptional(),
          reference: reference.exactOptional(),
        },
        'an answer',
      ),
    )
    .default([]),
  commands: z
    .array(
      strict(
        { on: day, command: z.enum(commandTypes), data: z.record(z.string(), z.unknown()).default({}) },
        'a command',
      ),
    )
    .default([]),
});

/** Reads an answers file for a region. Never throws for what is in the file. */
export function readAnswers(file: string, context?: AnswersContext): ReadAnswers {
  const opened = openFile(file);
  return opened.ok ? checkAnswers(opened, context) : opened;
}

/** The same for a file that was opened already. Without a context only what holds for every region is checked. */
export function checkAnswers(opened: Opened, context?: AnswersContext): ReadAnswers {
  const parsed = checkAgainst(opened, answersSchema);
  if (!parsed.ok) return parsed;
  const { value, source } = parsed;
  const problems: Problem[] = [];
  const answers = value.answers.flatMap(({ party: name, ...rest }, index) => {
    const path = ['answers', index];
    problems.push(...checkAnswer(rest, path, source));
    const party = partyOf(name, [...path, 'party'], context, source, problems);
    if (party === undefined) return [];
    if (context !== undefined) problems.push(...concernProblems(rest.decision, party, path, context, source));
    return [{ ...rest, party }];
  });
  const commands = value.commands.flatMap(({ on, command, data }, index) => {
    const path = ['commands', index];
    const parsedCommand = parseCommandInput(command, data);
    if (!parsedCommand.ok) {
      problems.push(
        ...parsedCommand.problems.map((problem) =>
          source.problem([...path, 'data', ...problem.path], problem.message, problem.expected, problem.at),
        ),
      );
      return [];
    }
    const { input } = parsedCommand;
    if (context !== undefined) problems.push(...commandProblems(input.command, [...path, 'data'], context, source));
    return [{ on, input, line: source.problem(path, '').line }];
  });
  if (problems.length > 0) return { ok: false, problems: inOrder(problems) };
  return { ok: true, value: { default: value.default, outcome: value.decision, answers, commands }, source };
}

const onceParties = (definition: Definition): PartyId[] =>
  Object.entries(definition.bodies).flatMap(([key, body]) => (body.per === 'path' ? [bodyParty(key)] : []));

/** A party as it is written in any region, or undefined for what is none. */
const partyKey = (name: string): PartyId | undefined => partySchema.safeParse(name).data;

function partyOf(
  name: string,
  path: Path,
  context: AnswersContext | undefined,
  source: Source,
  problems: Problem[],
): PartyId | undefined {
  const once = context === undefined ? [] : onceParties(context.definition);
  const body = context === undefined ? partyKey(name) : once.find((key) => key === name);
  if (body !== undefined) return body;
  const found = municipalityOf(name);
  if (!found.ok) {
    const bodies = found.isEnded || once.length === 0 ? '' : `, or one of ${once.join(', ')}`;
    problems.push(source.problem(path, found.message, `${found.expected}${bodies}`));
    return undefined;
  }
  if (context === undefined || context.parties.includes(found.party)) return found.party;
  problems.push(source.problem(path, `${found.name} does not take part`, 'a municipality of the region file'));
  return undefined;
}

/** Whether a decision exists and is this party's to take. */
function concernProblems(
  key: string,
  party: PartyId,
  path: Path,
  { definition }: AnswersContext,
  source: Source,
): Problem[] {
  const decisions = definition.steps.flatMap((step) => step.decisions);
  const decision = decisions.find((each) => each.key === key);
  const isOnce = onceParties(definition).includes(party);
  const takes = (each: { body: string }): boolean =>
    definition.bodies[each.body]?.per === 'path' ? bodyParty(each.body) === party : !isOnce;
  if (decision !== undefined && takes(decision)) return [];
  const message = decision === undefined ? `unknown decision ${key}` : `${key} is not a decision of ${party}`;
  const known = decisions.filter(takes).map((each) => each.key);
  return [source.problem([...path, 'decision'], message, `one of ${known.join(', ')}`)];
}

/** Keys in a command that the definition does not know. */
function commandProblems(command: Command, path: Path, { definition }: AnswersContext, source: Source): Problem[] {
  const decisions = definition.steps.flatMap((step) => step.decisions.map(({ key }) => key));
  const tasks = definition.steps.flatMap((step) => step.tasks.map(({ key }) => key));
  const routes = definition.routes.map(({ key }) => key);
  const check = (field: string, known: string[], what: string): Problem[] => {
    const value: unknown = (command.data as Record<string, unknown>)[field];
    if (typeof value !== 'string' || known.includes(value)) return [];
    return [source.problem([...path, field], `unknown ${what} ${value}`, `one of ${known.join(', ')}`)];
  };
  return [
    ...check('decision', decisions, 'decision'),
    ...check('task', tasks, 'task'),
    ...check('route', routes, 'route'),
    ...check('body', Object.keys(definition.bodies), 'body'),
  ];
}

/** The script of a course: newcomers get their ids from the caller. */
export function toScript(answers: AnswersFile, idOf: (newcomer: NewcomerInput) => PersonId): Script {
  return {
    default: answers.default,
    outcome: answers.outcome,
    answers: answers.answers,
    commands: answers.commands.map(({ on, input }) => ({ on, command: commandOf(input, idOf) })),
  };
}
