/** A path's texts, as they are read from its file, made into the lookups that templates use. */
import { nisOf, type PartyId } from '../domain/ids.ts';
import { capital } from './dutch.ts';
import type { BodyTexts, DecisionTexts, LawTexts, PathTexts, TaskTexts } from './mail-context.ts';

/** The part of a texts file that mails need. */
export interface PathWords {
  bodies: Readonly<Record<string, BodyTexts>>;
  tasks: Readonly<Record<string, TaskTexts>>;
  decisions: Readonly<Record<string, DecisionTexts>>;
  laws: Readonly<Record<string, LawTexts>>;
}

/** @param municipality the name of a municipality by its NIS code; undefined when there is none */
export function pathTexts(words: PathWords, municipality: (nis: string) => string | undefined): PathTexts {
  const found = <Text>(section: keyof PathWords, key: string, text: Text | undefined): Text => {
    if (text === undefined) throw new Error(`The texts have no ${section} ${key}`);
    return text;
  };
  const body = (key: string): BodyTexts => found('bodies', key, words.bodies[key]);
  return {
    body,
    decision: (key) => found('decisions', key, words.decisions[key]),
    law: (key) => found('laws', key, words.laws[key]),
    task: (key) => found('tasks', key, words.tasks[key]),
    party: (id: PartyId) => {
      const nis = nisOf(id);
      return nis === undefined ? capital(body(id).title) : (municipality(nis) ?? nis);
    },
  };
}
