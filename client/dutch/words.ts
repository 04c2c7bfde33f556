/** The words of a path: those of its definition, and the names of its parties. What has no words goes by its key. */
import { municipalityName } from '../../definitions/municipalities.ts';
import {
  type DecisionText,
  type ItemText,
  type LawText,
  loadTexts,
  type PathTexts,
  type StepText,
} from '../../definitions/texts.ts';
import { readTopic, type Topic } from '../../definitions/topic.ts';
import { nisOf, type PartyId } from '../../domain/ids.ts';
import { capital } from './format.ts';

export interface PathWords {
  title: string;
  /** What the path is about, where its definition leaves that open: `Statutenwijziging van 2028`. */
  topic?: string;
  decision(key: string): DecisionText;
  task(key: string): ItemText;
  step(key: string): StepText;
  route(key: string): StepText;
  body(key: string): { title: string; short: string; article: 'de' | 'het' };
  law(key: string): LawText;
  /** `Beleidsperiode 2033-2038` */
  round(key: string): { title: string; note?: string };
  /** The name of a date: `uiterste indiendatum`. */
  date(anchor: string): string;
  /** `Wemmel`, `raad van bestuur` */
  party(id: PartyId): string;
}

export type WordsOf = (definition: string, topic?: string) => PathWords;

const nothing: PathTexts = {
  title: '',
  short: '',
  explanation: '',
  rounds: {},
  dates: {},
  routes: {},
  bodies: {},
  documents: {},
  steps: {},
  tasks: {},
  decisions: {},
  laws: {},
};

function wordsFrom(texts: PathTexts, key: string, topic: Topic | undefined): PathWords {
  const item = (found: ItemText | undefined, name: string): ItemText => found ?? { title: name, explanation: '' };
  const step = (found: StepText | undefined, name: string): StepText =>
    found ?? { title: name, short: name, explanation: '' };
  const body = (name: string) => texts.bodies[name] ?? { title: name, short: name, article: 'de' as const };
  return {
    title: texts.title === '' ? key : texts.title,
    ...(topic && { topic: capital(topic.name) }),
    decision: (name) =>
      texts.decisions[name] ?? { title: name, short: name, article: 'de', ask: name, explanation: '' },
    task: (name) => item(texts.tasks[name], name),
    step: (name) => step(texts.steps[name], name),
    route: (name) => step(texts.routes[name], name),
    body,
    law: (name) => texts.laws[name] ?? { title: name, explanation: '' },
    round: (name) => texts.rounds[name] ?? { title: name },
    date: (anchor) => texts.dates[anchor] ?? anchor,
    party: (id) => {
      const nis = nisOf(id);
      return nis === undefined ? body(id).title : (municipalityName(nis) ?? nis);
    },
  };
}

/** Reads the words of each definition and topic once. */
export function createWords(): WordsOf {
  const known = new Map<string, PathWords>();
  return (definition, topic) => {
    const key = `${definition} ${topic ?? ''}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const parsed = loadTexts(definition, topic);
    const words = wordsFrom(
      parsed.ok ? parsed.value : nothing,
      definition,
      topic === undefined ? undefined : readTopic(topic),
    );
    known.set(key, words);
    return words;
  };
}
