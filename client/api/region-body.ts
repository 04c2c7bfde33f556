/** A region in the body of a request, held against the checks of region files; it never reads a file of this machine. */
import { checkRegion, type Loaders, type Region } from '../../definitions/region.ts';
import type { Path } from '../../definitions/read.ts';
import type { LocalDate } from '../../domain/ids.ts';
import { untimelyDecisions } from '../services/start-path.ts';
import { fieldSource } from '../start/field-source.ts';
import { inputError, pointerOf } from './input.ts';
import { ApiProblem, type InputError } from './problem.ts';

export interface RegionBody {
  region: Region;
  warnings: { code: string; pointer: string; detail: string }[];
}

const isBlock = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where a block names a calendar file: under any key, since those of meeting days follow from the definition. */
const calendarsIn = (block: unknown, at: Path): Path[] =>
  isBlock(block) ? Object.keys(block).flatMap((key) => (hasFile(block[key]) ? [[...at, key, 'ics']] : [])) : [];

const hasFile = (value: unknown): boolean => isBlock(value) && 'ics' in value;

/** Every place where a region names a file. */
function filesIn(body: Record<string, unknown>): Path[] {
  const { facts, municipalities } = body;
  const each = Array.isArray(municipalities) ? municipalities : [];
  return [
    ...(facts === undefined ? [] : [['facts']]),
    ...calendarsIn(body, []),
    ...each.flatMap((municipality: unknown, index) => calendarsIn(municipality, ['municipalities', index])),
  ];
}

const fileError = (path: Path): InputError => ({
  pointer: pointerOf(path),
  detail: `${path.at(-1) === 'facts' ? 'a table' : 'a calendar'} in a file is not read here`,
  expected: path.at(-1) === 'facts' ? 'inhabitants and adjoining of each municipality' : 'a list of days, or text',
});

/** Throws `files-not-read` where it names files, or `bad-input` with everything else that is wrong. */
export function readRegionBody(body: Record<string, unknown>, loaders: Loaders, today: LocalDate): RegionBody {
  const files = filesIn(body);
  if (files.length > 0) throw new ApiProblem('files-not-read', { errors: files.map(fileError) });
  const { source, pathOf } = fieldSource();
  const read = checkRegion({ ok: true, raw: body, source }, { ...loaders, readsFiles: false });
  const problems = read.ok ? untimelyDecisions(read.value, source, today) : read.problems;
  if (!read.ok || problems.length > 0)
    throw new ApiProblem('bad-input', { errors: problems.map((each) => inputError(pathOf(each), each)) });
  const { value: region } = read;
  const warnings = region.warnings.map((warning) => {
    return { code: warning.code, pointer: pointerOf(pathOf(warning)), detail: warning.message };
  });
  return { region, warnings };
}
