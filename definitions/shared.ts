/**
 * What several paths have in common is written once, in shared.yaml, and its words in shared.nl.yaml. A path takes it by
 * name: `council: shared`.
 */
import { join } from 'node:path';
import { type z } from 'zod';
import { fallsSilent } from './reminder-checks.ts';
import { checkAgainst, displayName, inOrder, openFile, type Failed, type Opened, type Parsed } from './read.ts';
import { bodies, reminders, strict } from './schema.ts';

const sharedSchema = strict({ bodies, reminders });

export type Shared = z.output<typeof sharedSchema>;

/** The bodies and reminder sets that paths share, checked. */
export function sharedIn(opened: Opened): Parsed<Shared> {
  const parsed = checkAgainst(opened, sharedSchema);
  if (!parsed.ok) return parsed;
  const { value, source } = parsed;
  const problems = Object.entries(value.reminders).flatMap(([name, rules]) => fallsSilent(name, rules, source));
  return problems.length === 0 ? parsed : { ok: false, problems: inOrder(problems) };
}

/** A path's file with what it takes from shared.yaml in its place. */
export const withShared = (opened: Opened): Opened | Failed =>
  taking(opened, 'shared.yaml', ['bodies', 'reminders'], sharedIn);

const isBlock = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** A file with what it takes by name from another one. What is wrong in the other one is named by its line there. */
export function taking(
  opened: Opened,
  from: string,
  sections: string[],
  check: (shared: Opened) => Parsed<unknown>,
): Opened | Failed {
  if (!isBlock(opened.raw)) return opened;
  const shared = openFile(displayName(join(import.meta.dirname, from)));
  if (!shared.ok) return shared;
  const checked = check(shared);
  if (!checked.ok) return checked;
  const raw = { ...opened.raw };
  const common = isBlock(shared.raw) ? shared.raw : {};
  const missing = sections.flatMap((section) => {
    const own = raw[section];
    const known = isBlock(common[section]) ? common[section] : {};
    if (!isBlock(own)) return [];
    const taken = Object.keys(own).filter((key) => own[key] === 'shared');
    raw[section] = { ...own, ...Object.fromEntries(taken.map((key) => [key, known[key]])) };
    return taken
      .filter((key) => !Object.hasOwn(known, key))
      .map((key) => {
        const message = `${shared.source.file} has no ${key} in ${section}`;
        return opened.source.problem([section, key], message, `one of ${Object.keys(known).join(', ')}`);
      });
  });
  return missing.length === 0 ? { ...opened, raw } : { ok: false, problems: inOrder(missing) };
}
