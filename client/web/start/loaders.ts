/** Definitions and rounds for who prepares a path: read again after a minute, since somebody may have changed a file. */
import { missingDates } from '../../../definitions/date-checks.ts';
import { listDefinitions, listRounds, loadDefinition, loadRound } from '../../../definitions/load.ts';
import type { Loaders } from '../../../definitions/region.ts';
import { loadTexts } from '../../../definitions/texts.ts';
import type { Definition, Round } from '../../../domain/definition.ts';

const KEPT_MS = 60_000;

/** A function whose answers are kept for a while. */
function kept<Value>(read: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, { at: number; value: Value }>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined && Date.now() - found.at < KEPT_MS) return found.value;
    const value = read(key);
    // Keys come from forms: what is nobody's key is not kept.
    if ((value as { ok?: boolean }).ok !== false) known.set(key, { at: Date.now(), value });
    return value;
  };
}

export interface StartDefinitions extends Loaders {
  /** The paths that can be started, with their words. */
  paths(): { key: string; title: string; explanation: string }[];
  /** The rounds that fit a path, in which it can be started now. */
  roundsFor(definition: Definition): Round[];
}

export function createStartDefinitions(): StartDefinitions {
  const definition = kept(loadDefinition);
  const round = kept(loadRound);
  const texts = kept((key) => loadTexts(key));
  return {
    ...{ definition, round, readsFiles: false },
    paths: () =>
      listDefinitions().flatMap((key) => {
        const words = texts(key);
        return words.ok ? [{ key, title: words.value.title, explanation: words.value.explanation }] : [];
      }),
    roundsFor: (of) =>
      listRounds().flatMap((key) => {
        const loaded = round(key);
        if (!loaded.ok || loaded.value.status === 'closed') return [];
        return missingDates(of, loaded.value).length === 0 ? [loaded.value] : [];
      }),
  };
}
