/** `regiopad rounds apply` and `regiopad upgrade`: first what would change, with --yes also done. */
import { paragraph } from '../../definitions/fields.ts';
import { listRounds, loadDefinition, loadRound } from '../../definitions/load.ts';
import { type Parsed } from '../../definitions/read.ts';
import { asInstant, asPathId } from '../../domain/ids.ts';
import { isRefusal, type Refusal } from '../../domain/refusals.ts';
import { errorText } from '../errors.ts';
import { type Applied, type Renewal, applyRenewal, definitionRenewal, roundRenewals } from '../renewal.ts';
import { mailCount } from '../report/change-rows.ts';
import { partyName, previewJson, previewLines } from '../report/preview.ts';
import { Failure, badFile, badInput, exitCodes, unknownPath } from './failure.ts';
import { print, printJson } from './output.ts';
import { checkFormat } from './plan.ts';
import { type Running, withRunning } from './running.ts';

export interface RenewalOptions {
  yes?: true;
  reason?: string;
  format: string;
}

function loaded<Value>(parsed: Parsed<Value>): Value {
  if (!parsed.ok) throw badFile(parsed.problems);
  return parsed.value;
}

/** A round for every open path of it; without a key each round there is. */
export async function applyRounds(key: string | undefined, options: RenewalOptions): Promise<void> {
  checkFormat(options.format, ['table', 'json']);
  checkReason(options);
  const rounds = (key === undefined ? listRounds() : [key]).map((each) => loaded(loadRound(each)));
  await renew(options, async (running) => {
    const renewals: Renewal[] = [];
    for (const round of rounds) renewals.push(...(await roundRenewals(running, round, nowOf(running), options.reason)));
    return renewals;
  });
}

/** The newest definition for some paths. */
export async function upgrade(ids: string[], options: RenewalOptions): Promise<void> {
  checkFormat(options.format, ['table', 'json']);
  checkReason(options);
  await renew(options, async (running) => {
    const renewals: Renewal[] = [];
    for (const path of ids.map(asPathId)) {
      const snapshot = await running.store.snapshots.snapshot(path);
      if (snapshot === undefined) throw unknownPath(path);
      const definition = loaded(loadDefinition(snapshot.definition.key));
      renewals.push(await definitionRenewal(running, path, definition, nowOf(running), options.reason));
    }
    return renewals;
  });
}

/** The reason goes into mails: what a path would refuse is said before any path is told. */
function checkReason({ reason }: RenewalOptions): void {
  if (reason === undefined || paragraph('a reason').safeParse(reason).success) return;
  throw badInput('--reason: expected a reason, at most 4000 characters, without control characters');
}

const nowOf = ({ config }: Running) => asInstant(Date.now() + config.clockOffsetMs);

async function renew(options: RenewalOptions, find: (running: Running) => Promise<Renewal[]>): Promise<void> {
  await withRunning(async (running) => {
    const renewals = await find(running);
    const applied = new Map<Renewal, Applied>();
    if (options.yes === true) {
      for (const renewal of renewals) {
        if (!isSkipped(renewal)) applied.set(renewal, await applyRenewal(running.paths, renewal));
      }
    }
    if (options.format === 'json') printJson(renewals.map((renewal) => asJson(renewal, applied.get(renewal))));
    else print(report(renewals, applied, options.yes === true));
    const refused = renewals.filter((renewal) => refusalOf(renewal, applied.get(renewal)) !== undefined);
    if (refused.length > 0) {
      throw new Failure(exitCodes.refused, `refused for ${refused.map(({ path }) => path).join(', ')}`);
    }
  });
}

/** What has this version already needs nothing; what is refused is not tried. */
const isSkipped = ({ shown }: Renewal): boolean => typeof shown === 'string' || isRefusal(shown);

function refusalOf({ shown }: Renewal, applied: Applied | undefined): Refusal | undefined {
  if (typeof shown === 'object' && isRefusal(shown)) return shown;
  return typeof applied === 'object' ? applied : undefined;
}

function refusalText({ code, detail }: Refusal): string {
  const named = (name: string, value: string | number): string =>
    name === 'party' ? partyName(value as never) : String(value);
  return `refused (${code}): ${errorText(code, 'en', detail, named)}`;
}

const subjectOf = ({ command }: Renewal): string =>
  command.type === 'apply-round' ? `round ${command.data.round.key}` : `definition ${command.data.definition.key}`;

function pathLines(renewal: Renewal, applied: Applied | undefined): string[] {
  const { path, partnership, from, to, shown } = renewal;
  const head = `${path} (${partnership}): ${subjectOf(renewal)}`;
  const refusal = refusalOf(renewal, applied);
  if (shown === 'unchanged') return [`${head} is version ${String(to)} already`];
  if (shown === 'not-raised') {
    return [`${head} is version ${String(to)} already, but with other words: raise the version in the file`];
  }
  const title = `${head}, version ${String(from)} -> ${String(to)}`;
  if (refusal !== undefined) return [title, refusalText(refusal)];
  const done = applied === undefined ? [] : ['', applied === 'applied' ? 'Applied.' : 'It had this version already.'];
  return [title, ...(isRefusal(shown) ? [] : previewLines(shown)), ...done];
}

/** What changes for each path and in all. */
function report(renewals: Renewal[], applied: Map<Renewal, Applied>, isDone: boolean): string {
  if (renewals.length === 0) return 'No path that runs belongs to it.';
  const shown = renewals.flatMap(({ shown: each }) => (typeof each === 'string' || isRefusal(each) ? [] : [each]));
  const sum = (count: (preview: (typeof shown)[number]) => number): string =>
    String(shown.reduce((total, preview) => total + count(preview), 0));
  const total = [
    `In all: ${String(renewals.length)} paths, ${String(shown.length)} of them to change;`,
    `${sum(({ deadlines }) => deadlines.length)} dates,`,
    `${sum(({ atOnce }) => mailCount(atOnce))} mails at once,`,
    `${sum(({ gone }) => mailCount(gone))} that go out no more,`,
    `${sum(({ added }) => mailCount(added))} new ones.`,
  ].join(' ');
  const hint = isDone || shown.length === 0 ? [] : ['Nothing was changed. To apply it, say it again with --yes.'];
  return [...renewals.flatMap((each) => [...pathLines(each, applied.get(each)), '']), total, ...hint].join('\n');
}

function asJson(renewal: Renewal, applied: Applied | undefined) {
  const { path, partnership, from, to, shown } = renewal;
  const refusal = refusalOf(renewal, applied);
  return {
    ...{ path, partnership, from, to },
    state: refusal === undefined ? (typeof shown === 'string' ? shown : (applied ?? 'to-apply')) : 'refused',
    ...(refusal && { refusal }),
    ...(typeof shown === 'object' && !isRefusal(shown) && { preview: previewJson(shown) }),
  };
}
