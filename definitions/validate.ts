/** For `regiopad validate`: any file of this project that people write, told apart by what it holds. */
import { checkAnswers } from './answers.ts';
import { checkDraftTexts, draftTextsIn, usualDraftIn } from './drafts.ts';
import { checkFiling, filingIn } from './filing.ts';
import { sharedIn } from './shared.ts';
import { checkTexts, sharedWordsIn, textsIn } from './texts.ts';
import { definitionIn, roundIn, knownRoundDates, listRounds, loadDefinition } from './load.ts';
import type { Problem } from './problem.ts';
import { openFile, type Opened } from './read.ts';
import { checkRegion, type Warning } from './region.ts';

export type FileKind = 'region' | 'definition' | 'round' | 'shared' | 'texts' | 'drafts' | 'filing' | 'answers';

export interface Validation {
  file: string;
  /** Absent when the file could not be read. */
  kind?: FileKind;
  problems: Problem[];
  warnings: Warning[];
}

/** Keys that only one kind of file has, the surest first. */
const marks: [FileKind, string[]][] = [
  ['definition', ['steps', 'roles']],
  ['region', ['municipalities', 'partnership', 'coordinator']],
  ['answers', ['answers', 'commands', 'default']],
  ['round', ['status', 'dates']],
  ['shared', ['reminders', 'bodies']],
];

function kindOf({ raw }: Opened): FileKind {
  const keys = typeof raw === 'object' && raw !== null ? Object.keys(raw) : [];
  if (keys.includes('checklist')) return 'filing';
  if (keys.includes('decisions') && keys.includes('documents')) return 'texts';
  if (keys.includes('decisions') || keys.includes('usual')) return 'drafts';
  const found = marks.find(([, own]) => own.some((key) => keys.includes(key)));
  return found?.[0] ?? 'region';
}

/** Every error of a file, with what is expected. A file of no known kind is held to be a region file. */
export function validateFile(file: string): Validation {
  const opened = openFile(file);
  if (!opened.ok) return { file, problems: opened.problems, warnings: [] };
  const kind = kindOf(opened);
  const result = check(kind, opened);
  return { file, kind, problems: result.ok ? [] : result.problems, warnings: result.ok ? (result.warnings ?? []) : [] };
}

type Outcome = { ok: true; warnings?: Warning[] } | { ok: false; problems: Problem[] };

function check(kind: FileKind, opened: Opened): Outcome {
  switch (kind) {
    case 'definition':
      return definitionIn(opened, knownRoundDates());
    case 'round':
      return roundIn(opened);
    case 'shared':
      return isSharedWords(opened) ? sharedWordsIn(opened) : sharedIn(opened);
    case 'answers':
      return checkAnswers(opened);
    case 'texts':
      return checkTextsFile(opened);
    case 'drafts':
      return checkDraftsFile(opened);
    case 'filing':
      return checkFilingFile(opened);
    case 'region': {
      const region = checkRegion(opened);
      return region.ok ? { ok: true, warnings: region.value.warnings } : region;
    }
  }
}

const isSharedWords = ({ source }: Opened): boolean => /\.[a-z]+\.ya?ml$/.test(source.file);

/** The path after which a file of its words is named: `igs-cultuur.nl.yaml`, `igs-cultuur.drafts.nl.yaml`. */
const definitionBeside = ({ source }: Opened) =>
  loadDefinition(source.file.replace(/^.*[\\/]/, '').replace(/\..*$/, ''));

function checkDraftsFile(opened: Opened): Outcome {
  if ('usual' in (opened.raw as object)) return usualDraftIn(opened);
  const definition = definitionBeside(opened);
  if (!definition.ok) return definition;
  const drafts = draftTextsIn(opened);
  if (!drafts.ok) return drafts;
  const problems = checkDraftTexts(definition.value, drafts.value.decisions, drafts.source);
  return problems.length === 0 ? { ok: true } : { ok: false, problems };
}

function checkFilingFile(opened: Opened): Outcome {
  const definition = definitionBeside(opened);
  if (!definition.ok) return definition;
  const filing = filingIn(opened);
  if (!filing.ok) return filing;
  const problems = checkFiling(definition.value, filing.value, filing.source);
  return problems.length === 0 ? { ok: true } : { ok: false, problems };
}

function checkTextsFile(opened: Opened): Outcome {
  const definition = definitionBeside(opened);
  if (!definition.ok) return definition;
  const texts = textsIn(opened);
  if (!texts.ok) return texts;
  const problems = checkTexts(definition.value, texts.value, texts.source, listRounds());
  return problems.length === 0 ? { ok: true } : { ok: false, problems };
}
