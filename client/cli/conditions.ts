/** `regiopad conditions FILE|ID`: what the round asks, and what would change if municipalities leave or join. Nothing happens. */
import { existsSync } from 'node:fs';
import { municipalityOf } from '../../definitions/fields.ts';
import { withReferenceRegion } from '../../definitions/municipalities.ts';
import type { NewParty } from '../../domain/commands.ts';
import { type ConditionState, conditionsOf } from '../../domain/conditions.ts';
import { startedState } from '../../domain/plan.ts';
import { type Instant, asInstant, asPartyId, asPathId, type PartyId } from '../../domain/ids.ts';
import { type Refusal, isRefusal } from '../../domain/refusals.ts';
import type { PathState } from '../../domain/state.ts';
import { type Changes, whatIf } from '../../domain/what-if.ts';
import { createTexts } from '../../worker/texts.ts';
import { RefusedError } from '../path-client.ts';
import { conditionReports, conditionsTable, crossedText, whatIfTable } from '../report/conditions.ts';
import { badInput, unknownPath } from './failure.ts';
import { print, printJson } from './output.ts';
import { checkFormat } from './plan.ts';
import { loadCourse } from './region-input.ts';
import { withStore } from './running.ts';

export interface ConditionsOptions {
  without: string[];
  with: string[];
  format: string;
}

interface Looked {
  state: PathState;
  partnership: string;
  now: Instant;
}

/** An id has no dot and no slash; what has one, or is there, is a file. */
const isFile = (target: string): boolean => /[./\\]/.test(target) || existsSync(target);

function fromFile(file: string): Looked {
  const { region, start, from } = loadCourse(file, {});
  return { state: startedState(start, from), partnership: region.file.partnership, now: from };
}

const fromStore = (id: string): Promise<Looked> =>
  withStore(async (store, { clockOffsetMs }) => {
    const path = asPathId(id);
    const [state, facts] = await Promise.all([store.snapshots.snapshot(path), store.paths.path(path)]);
    if (state === undefined) throw unknownPath(id);
    return { state, partnership: facts?.partnership ?? id, now: asInstant(Date.now() + clockOffsetMs) };
  });

function partyOf(name: string, option: string): PartyId {
  const found = municipalityOf(name);
  if (found.ok) return found.party;
  throw badInput(`${option} ${name}: ${found.message} — expected ${found.expected}`);
}

/** `Gent`, or `Gent=10000` with its inhabitants. */
function newParty(text: string): NewParty {
  const [name = '', count] = text.split('=', 2);
  const party = partyOf(name.trim(), '--with');
  if (count === undefined) return { party, facts: withReferenceRegion(party) };
  if (!/^[1-9]\d{0,6}$/.test(count)) {
    throw badInput(`--with ${text}: expected NAME or NAME=INHABITANTS, in digits only, like Gent=10000`);
  }
  return { party, facts: withReferenceRegion(party, { inhabitants: Number(count) }) };
}

/** A refusal that speaks of a municipality by its name. */
function inWords({ code, detail = {} }: Refusal, name: (party: PartyId) => string): Refusal {
  const { party } = detail;
  return { code, detail: { ...detail, ...(typeof party === 'string' && { party: name(asPartyId(party)) }) } };
}

export async function conditions(target: string, options: ConditionsOptions): Promise<void> {
  checkFormat(options.format, ['table', 'json']);
  const changes: Changes = {
    with: options.with.map(newParty),
    without: [...new Set(options.without.map((name) => partyOf(name, '--without')))],
  };
  const { state, partnership, now } = isFile(target) ? fromFile(target) : await fromStore(target);
  const texts = createTexts()(state.definition.key, state.topic);
  const named = (states: ConditionState[]) => conditionReports(states, texts.party);
  const isPreview = options.with.length + options.without.length > 0;
  const preview = isPreview ? whatIf(state, changes, now) : undefined;
  if (preview !== undefined && isRefusal(preview)) throw new RefusedError(inWords(preview, texts.party));
  const before = named(conditionsOf(state));
  const { round } = state;
  if (options.format === 'json') {
    const then = preview && { after: named(preview.after), crossed: preview.crossed };
    const known = { id: state.id, partnership, round: round?.key ?? null, roundStatus: round?.status ?? null };
    printJson({ ...known, conditions: before, ...then });
    return;
  }
  print(`${partnership} (${state.id})`);
  if (before.length === 0) {
    print(
      round === undefined ? 'This path belongs to no round: nothing is asked.' : `The round ${round.key} asks nothing.`,
    );
    return;
  }
  print(`Conditions of ${round?.key ?? ''}${round?.status === 'provisional' ? ', all provisional' : ''}`);
  print('');
  print(preview === undefined ? conditionsTable(before) : whatIfTable(before, named(preview.after)));
  if (preview !== undefined) print(`\n${crossedText(preview.crossed)}\nThis is a preview: nothing was changed.`);
}
